#pragma once

/// \file
/// How an answer about a group is kept under an idempotency key: its members once, and a letter a
/// row.

#include <string>
#include <string_view>

#include <licet/seats/group_commands.hpp>

namespace licet {

std::string keep_group(const Written<GroupAnswer>& answer);

/// The answer about this group, without `replayed`. Fails with `record_corrupt`.
result<void> restore_group(const TenantId& tenant, const GroupId& group, std::string_view text,
                           Written<GroupAnswer>& answer);

}  // namespace licet
