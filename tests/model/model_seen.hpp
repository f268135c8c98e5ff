#pragma once

/// \file
/// The model as it is seen from outside, in texts that are compared with the engine's.

#include <string>
#include <vector>

#include "model/naive_model.hpp"

namespace licet::model {

std::string pool_text(const NaiveModel& model, const Plan& plan);
std::string seats_text(const NaiveModel& model, const Plan& plan);
std::string group_text(const NaiveModel& model, const Source& group);
std::string check_text(const NaiveModel& model, const Plan& plan, User user);

/// Those who have a seat, and those who have it directly.
std::string holders_text(const NaiveModel& model, const Plan& plan);
std::vector<User> direct_users(const NaiveModel& model, const Plan& plan);

bool is_over(const NaiveModel& model, const Plan& plan);
/// The seats not used, or given, since then, and their last use.
std::string unused_text(const NaiveModel& model, const Plan& plan, Timestamp since);

/// Its row of the licence dashboard, if it has one.
std::string licenses_row(const NaiveModel& model, const Plan& plan);

}  // namespace licet::model
