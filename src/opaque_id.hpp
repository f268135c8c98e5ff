#pragma once

/// \file
/// User ids that are no GUIDs, for those who must judge one without keeping it.

#include <optional>
#include <string_view>

#include <licet/error.hpp>

namespace licet {

/// What keeps a text that is no GUID from being a user's id: what `UserId::parse` would fail
/// with. Nothing where it is one; then nothing was allocated either.
std::optional<Error> why_no_opaque_user(std::string_view text);

/// Whether there is nothing that keeps it from being one.
bool is_opaque_user(std::string_view text) noexcept;

}  // namespace licet
