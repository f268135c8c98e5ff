#pragma once

/// \file
/// A group as it stands in the store, and what happens to it.

#include <licet/seats/group.hpp>

#include "engine/record.hpp"
#include "engine/unit.hpp"

namespace licet {

/// Writes a group as changed, with events: products and the number of members before and after, who
/// joined, who left, and the rows that are new or other than before, a thousand of all these to an
/// event. `before` is null for a group that comes into being.
void save_group(Unit& unit, Stored<Group>& record, const Group* before, Group after);

}  // namespace licet
