#pragma once

/// \file
/// What taking whole seats means for the groups that gave them.

#include <map>
#include <vector>

#include <licet/seats/group.hpp>

#include "engine/record.hpp"
#include "engine/unit.hpp"

namespace licet {

/// Users whose seats were taken, by the groups that gave those.
using LostBy = std::map<GroupId, std::vector<UserId>>;

/// Each of the users has a seat.
LostBy groups_of(const std::vector<UserId>& users, const SeatOf& seat_of);

/// A group as it is, and as it will be.
struct GroupLoss {
    Stored<Group> record;
    Group after;
};

/// Reads the groups by which seats were taken, of each product, and puts those rows in violation.
/// Writes nothing.
result<std::vector<GroupLoss>> lose_rows(Unit& unit, const TenantId& tenant,
                                         const std::map<ServiceId, LostBy>& taken);

}  // namespace licet
