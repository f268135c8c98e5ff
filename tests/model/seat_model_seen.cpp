// The model as it is seen from outside, in texts that are compared with the engine's.

#include "model/seat_model.hpp"

namespace licet::model {

std::string SeatModel::pool(const Plan& plan) const {
    if (!pools_.contains(plan)) {
        return "pool_not_found";
    }
    const Pool& pool = pools_.at(plan);
    std::string text;
    for (const std::int64_t number : {licenses(pool, -1, 0), licenses(pool, 0, 30),
                                      licenses(pool, 30, 120), std::ssize(pool.seats)}) {
        text += std::to_string(number) + ' ';
    }
    return text;
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

bool SeatModel::is_gone(const Plan& plan) const {
    return !pools_.contains(plan) || pools_.at(plan).lines.empty();
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
    if (!pools_.contains(plan)) {
        return "no_pool";
    }
    const Pool& pool = pools_.at(plan);
    if (!pool.seats.contains(user)) {
        return "no_seat";
    }
    return licenses(pool, -1, 0) > 0 ? "licensed" : is_usable(pool) ? "in_grace" : "suspended";
}

}  // namespace licet::model
