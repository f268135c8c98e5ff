#pragma once

/// \file
/// What changing the licence lines of a deal does to the pools of its customer.

#include <optional>
#include <vector>

#include <licet/deals/commands.hpp>
#include <licet/seats/seat.hpp>

#include "engine/group_loss.hpp"
#include "engine/index.hpp"
#include "engine/record.hpp"

namespace licet {

class Core;
class Unit;

/// One pool as it was and as it will be.
struct PoolChange {
    Stored<Pool> record;
    std::optional<Pool> before;  ///< Absent: the pool comes into being.
    Pool after;
    std::vector<SeatWrite> writes;
    HolderChange holders;
};

struct LinesChange {
    Stored<Deal> deal;  ///< As it is.
    Deal changed;       ///< As it will be.
    Publication offer;  ///< The deal's.
    std::vector<PoolChange> pools;
    std::vector<GroupLoss> groups;
    std::vector<PoolEffect> effects;  ///< One a pool, in the same order.
};

/// Reads what is needed and decides; writes nothing but the count of a tenant's pools. What the
/// policy `reject` would refuse is in the effects, not a failure. The effects of a change for a
/// later moment are those of that moment, and nobody loses a seat by it.
result<LinesChange> change_lines(Core& core, Unit& unit, const PublisherId& publisher,
                                 const DealId& deal, const std::vector<LineChange>& lines,
                                 std::optional<Timestamp> effective);

/// The failure of an update that seats stand in the way of.
Error blocked(const PoolEffect& effect);

/// Writes the pools with their seats, and the groups; not the deal.
void write_lines(Unit& unit, LinesChange& change, const Policy& policy);

/// The pools of a deal's customer for these plans, those that are there.
result<std::vector<Stored<Pool>>> read_pools(Unit& unit, const Deal& deal,
                                             const std::vector<PlanId>& plans);

/// Gives pools what the deal, as changed, has for their plans.
void renew_contributions(Unit& unit, const Deal& deal, std::vector<Stored<Pool>> pools,
                         const Policy& policy);

/// The plans of which the deal has a line, or will have.
std::vector<PlanId> plans_of(const Deal& deal);

}  // namespace licet
