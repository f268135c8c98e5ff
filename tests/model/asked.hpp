#pragma once

/// \file
/// What is asked of the model: it is refused where it names nothing, and goes through its users one
/// after the other.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <licet/seats/group.hpp>

#include "model/seat_model.hpp"

namespace licet::model {

// Each throws the rule that is broken, or tells how it went for each user.
std::string assign(SeatModel& model, const Plan& plan, const std::set<User>& users, bool atomic);
std::string unassign(SeatModel& model, const Plan& plan, const std::set<User>& users);
std::string move(SeatModel& model, const Plan& from, const Plan& to, const std::set<User>& users,
                 bool atomic);
std::string import_seats(SeatModel& model, const std::vector<std::pair<Plan, User>>& lines);
std::string touch(SeatModel& model, const Plan& plan, const std::set<User>& users);
/// Without members: they stay.
std::string edit_group(SeatModel& model, GroupAct act, const Source& id,
                       const std::set<Plan>& plans, const std::optional<std::set<User>>& members);
std::string set_lines(SeatModel& model, const std::string& deal,
                      const std::map<Plan, Quantity>& lines, std::optional<Timestamp> effective);
std::string cancel_change(SeatModel& model, const std::string& deal, const Plan& plan,
                          std::optional<Timestamp> effective);
/// The deal that ends does so later.
std::string extend(SeatModel& model, Duration by);

}  // namespace licet::model
