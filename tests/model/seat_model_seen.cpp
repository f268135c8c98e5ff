// The model as it is seen from outside, in texts that are compared with the engine's.

#include <algorithm>

#include "model/seat_model.hpp"

namespace licet::model {

std::string SeatModel::pool(const Plan& plan) const {
    if (!pools_.contains(plan)) {
        return "pool_not_found";
    }
    const std::int64_t enabled = licences_.count(plan, -1, 0);
    const std::int64_t warning = licences_.count(plan, 0, 30);
    const std::int64_t held = std::ssize(pools_.at(plan).seats);
    std::string text;
    for (const std::int64_t number : {enabled, warning, licences_.count(plan, 30, 120), held,
                                      std::max<std::int64_t>(0, enabled - held),
                                      std::max<std::int64_t>(0, held - enabled - warning)}) {
        text += std::to_string(number) + ' ';
    }
    return text + licences_.pending(plan);
}

std::string SeatModel::seats(const Plan& plan) const {
    std::string text;
    if (pools_.contains(plan)) {
        for (const auto& [user, seat] : pools_.at(plan).seats) {
            text += std::to_string(user) + " since " + seat.since.str() + " by";
            for (const Source& source : seat.sources) {
                text += ' ' + (source.empty() ? "direct" : source);
            }
            text += '\n';
        }
    }
    return text;
}

std::string SeatModel::holders(const Plan& plan) const {
    std::string text;
    if (pools_.contains(plan)) {
        for (const auto& [user, seat] : pools_.at(plan).seats) {
            text += std::to_string(user) + ' ';
        }
    }
    return text;
}

std::vector<User> SeatModel::direct(const Plan& plan) const {
    std::vector<User> users;
    if (pools_.contains(plan)) {
        for (const auto& [user, seat] : pools_.at(plan).seats) {
            if (seat.sources.contains("")) {
                users.push_back(user);
            }
        }
    }
    return users;
}

bool SeatModel::is_over(const Plan& plan) const {
    return pools_.contains(plan) &&
           std::ssize(pools_.at(plan).seats) > licences_.count(plan, -1, 30);
}

std::string SeatModel::unused(const Plan& plan, Timestamp since) const {
    if (!pools_.contains(plan)) {
        return "pool_not_found";
    }
    std::string text;
    for (const auto& [user, seat] : pools_.at(plan).seats) {
        if (seat.used.value_or(seat.since) < since) {
            text += std::to_string(user) + ' ' + (seat.used ? seat.used->str() : "never") + '\n';
        }
    }
    return text;
}

bool SeatModel::is_gone(const Plan& plan) const {
    return !pools_.contains(plan) || licences_.is_gone(plan);
}

// Whoever has a product without the group as a source lost it with the whole seat, unless it was
// never given.
std::string SeatModel::group(const Source& id) const {
    if (!groups_.contains(id)) {
        return "group_not_found";
    }
    const Group& group = groups_.at(id);
    std::string text;
    for (const User user : group.members) {
        for (const Plan& plan : group.plans) {
            const auto error = group.errors.find({user, plan});
            text += std::to_string(user) + ' ' + plan + ' ';
            text += has(plan, user, id)           ? "active\n"
                    : error == group.errors.end() ? "count_violation\n"
                                                  : error->second + '\n';
        }
    }
    return text;
}

std::string SeatModel::check(const Plan& plan, User user) const {
    if (!pools_.contains(plan) || licences_.is_none(plan)) {
        return "no_pool";
    }
    if (!pools_.at(plan).seats.contains(user)) {
        return "no_seat";
    }
    return licences_.count(plan, -1, 0) > 0 ? "licensed"
           : is_usable(plan)                ? "in_grace"
                                            : "suspended";
}

}  // namespace licet::model
