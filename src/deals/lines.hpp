#pragma once

/// \file
/// The lines of a deal, as they are changed.

#include <vector>

#include <licet/deals/deal.hpp>

namespace licet {

/// Makes the plan's line so; a new one is there since `change.effective`. Removing a line that is
/// not there does nothing.
void set_line(std::vector<LicenseLine>& licenses, const PendingLine& change);

}  // namespace licet
