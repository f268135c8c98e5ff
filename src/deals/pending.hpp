#pragma once

/// \file
/// Changes of lines that take effect later.

#include <optional>

#include <licet/deals/deal.hpp>

namespace licet {

/// Errors of a moment that no change of this deal can be ordered for, at `/effective`.
void check_effective(const Deal& deal, std::optional<Timestamp> effective, Timestamp now,
                     Findings& findings);

/// Puts a change among those pending, in place of what was ordered of the line for that moment, and
/// of anything after it where the line is to be removed.
void order(Deal& deal, PendingLine change);

/// An error at `at` where more changes of a plan's line are pending than may be.
void check_pending(const Deal& deal, const PlanId& plan, Findings& findings, const Path& at);

}  // namespace licet
