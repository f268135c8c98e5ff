#pragma once

/// \file
/// The model as it is seen from outside, in texts that are compared with the engine's.

#include <string>
#include <vector>

#include "model/seat_model.hpp"

namespace licet::model::seen {

std::string pool(const SeatModel& model, const Plan& plan);
std::string seats(const SeatModel& model, const Plan& plan);
std::string holders(const SeatModel& model, const Plan& plan);
/// Those with a direct seat.
std::vector<User> direct(const SeatModel& model, const Plan& plan);
bool is_over(const SeatModel& model, const Plan& plan);
/// What reports.licenses has of it.
std::string reported(const SeatModel& model, const Plan& plan);
/// The seats not used, or given, since then, and their last use.
std::string unused(const SeatModel& model, const Plan& plan, Timestamp since);
/// Whether nothing is left of its licences.
bool is_gone(const SeatModel& model, const Plan& plan);
std::string group(const SeatModel& model, const Source& id);
std::string check(const SeatModel& model, const Plan& plan, User user);

}  // namespace licet::model::seen
