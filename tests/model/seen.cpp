// The model as it is seen from outside, in texts that are compared with the engine's.

#include "model/seen.hpp"

#include <algorithm>

namespace licet::model::seen {
namespace {

std::map<User, SeatModel::Seat> pool_of(const SeatModel& model, const Plan& plan) {
    const auto found = model.pools.find(plan);
    return found == model.pools.end() ? std::map<User, SeatModel::Seat>() : found->second;
}

std::string pending(const SeatModel& model, const Plan& plan) {
    std::map<std::pair<Timestamp, std::string>, Quantity> all;
    for (const auto& [deal, line] : model.lines.at(plan)) {
        for (auto later = line.upper_bound(model.now); later != line.end(); ++later) {
            all[{later->first, deal}] = later->second;
        }
    }
    std::string text;
    for (const auto& [when, quantity] : all) {
        text +=
            when.first.str() + ' ' + when.second + ' ' + std::to_string(quantity.value_or(0)) + ' ';
    }
    return text;
}

bool has_begun(const SeatModel& model, const Plan& plan) {
    return std::ranges::any_of(model.lines.at(plan), [&](const auto& line) {
        return std::any_of(line.second.begin(), line.second.upper_bound(model.now),
                           [](const auto& change) { return change.second.has_value(); });
    });
}

}  // namespace

std::string pool(const SeatModel& model, const Plan& plan) {
    if (!model.pools.contains(plan)) {
        return "pool_not_found";
    }
    const std::int64_t enabled = model.count(plan, -1, 0);
    const std::int64_t warning = model.count(plan, 0, 30);
    const std::int64_t held = std::ssize(model.pools.at(plan));
    std::string text;
    for (const std::int64_t number : {enabled, warning, model.count(plan, 30, 120), held,
                                      std::max<std::int64_t>(0, enabled - held),
                                      std::max<std::int64_t>(0, held - enabled - warning)}) {
        text += std::to_string(number) + ' ';
    }
    return text + pending(model, plan);
}

std::string seats(const SeatModel& model, const Plan& plan) {
    std::string text;
    for (const auto& [user, seat] : pool_of(model, plan)) {
        text += std::to_string(user) + " since " + seat.since.str() + " by";
        for (const Source& source : seat.sources) {
            text += ' ' + (source.empty() ? "direct" : source);
        }
        text += '\n';
    }
    return text;
}

std::string holders(const SeatModel& model, const Plan& plan) {
    std::string text;
    for (const auto& [user, seat] : pool_of(model, plan)) {
        text += std::to_string(user) + ' ';
    }
    return text;
}

std::vector<User> direct(const SeatModel& model, const Plan& plan) {
    std::vector<User> users;
    for (const auto& [user, seat] : pool_of(model, plan)) {
        if (seat.sources.contains("")) {
            users.push_back(user);
        }
    }
    return users;
}

bool is_over(const SeatModel& model, const Plan& plan) {
    return model.pools.contains(plan) &&
           std::ssize(model.pools.at(plan)) > model.count(plan, -1, 30);
}

std::string reported(const SeatModel& model, const Plan& plan) {
    if (!model.pools.contains(plan) || model.count(plan, -1, 120) == 0) {
        return {};
    }
    const std::string state = model.count(plan, -1, 0) > 0   ? "active"
                              : model.count(plan, 0, 30) > 0 ? "warning"
                                                             : "suspended";
    return plan + ' ' + std::to_string(model.count(plan, -1, 120)) + ' ' +
           std::to_string(model.pools.at(plan).size()) + ' ' + state + '\n';
}

std::string unused(const SeatModel& model, const Plan& plan, Timestamp since) {
    if (!model.pools.contains(plan)) {
        return "pool_not_found";
    }
    std::string text;
    for (const auto& [user, seat] : model.pools.at(plan)) {
        if (seat.used.value_or(seat.since) < since) {
            text += std::to_string(user) + ' ' + (seat.used ? seat.used->str() : "never") + '\n';
        }
    }
    return text;
}

bool is_gone(const SeatModel& model, const Plan& plan) {
    return !model.pools.contains(plan) || model.is_gone(plan, model.now);
}

// Whoever has a product without the group as a source lost it with the whole seat, unless it was
// never given.
std::string group(const SeatModel& model, const Source& id) {
    if (!model.groups.contains(id)) {
        return "group_not_found";
    }
    const SeatModel::Group& group = model.groups.at(id);
    std::string text;
    for (const User user : group.members) {
        for (const Plan& plan : group.plans) {
            const auto error = group.errors.find({user, plan});
            text += std::to_string(user) + ' ' + plan + ' ';
            text += model.has(plan, user, id)     ? "active\n"
                    : error == group.errors.end() ? "count_violation\n"
                                                  : error->second + '\n';
        }
    }
    return text;
}

std::string check(const SeatModel& model, const Plan& plan, User user) {
    if (!model.pools.contains(plan) || (is_gone(model, plan) && !has_begun(model, plan))) {
        return "no_pool";
    }
    if (!model.pools.at(plan).contains(user)) {
        return "no_seat";
    }
    return model.count(plan, -1, 0) > 0    ? "licensed"
           : model.count(plan, -1, 30) > 0 ? "in_grace"
                                           : "suspended";
}

}  // namespace licet::model::seen
