#include "model/model_seen.hpp"

#include <algorithm>

#include "unit/engine/people.hpp"

namespace licet::model {
namespace {

// The users with a seat in their order, which is that of the keys.
std::vector<std::pair<User, NaiveModel::Seat>> held(const NaiveModel& model, const Plan& plan) {
    std::vector<std::pair<User, NaiveModel::Seat>> seats;
    for (const auto& [key, seat] : model.seats) {
        if (key.first == plan && !seat.sources.empty()) {
            seats.emplace_back(key.second, seat);
        }
    }
    return seats;
}

std::string pending_text(const NaiveModel& model, const Plan& plan) {
    std::map<std::pair<Timestamp, std::string>, std::int64_t> all;
    for (const auto& [deal, line] : model.pools.at(plan)) {
        for (auto change = line.upper_bound(model.now); change != line.end(); ++change) {
            all[{change->first, deal}] = change->second;
        }
    }
    std::string text;
    for (const auto& [when, number] : all) {
        text += when.first.str() + ' ' + when.second + ' ' + std::to_string(number) + ' ';
    }
    return text;
}

// Whether there never was a line, and none is to come.
bool is_none(const NaiveModel& model, const Plan& plan) {
    return std::ranges::all_of(model.pools.at(plan), [](const auto& line) {
        return std::ranges::all_of(line.second, [](const auto& part) { return part.second == 0; });
    });
}

// When the line that is there now began, after which it never was away; nothing where none is.
std::optional<Timestamp> began(const Line& line, Timestamp now) {
    std::optional<Timestamp> since;
    for (const auto& [moment, number] : line) {
        if (moment <= now) {
            since = number == 0 ? std::nullopt : since ? since : moment;
        }
    }
    return since;
}

}  // namespace

std::string pool_text(const NaiveModel& model, const Plan& plan) {
    if (!model.pools.contains(plan)) {
        return "pool_not_found";
    }
    const std::int64_t enabled = model.licences(plan, 0);
    const std::int64_t usable = model.licences(plan, 30);
    const std::int64_t consumed = std::ssize(held(model, plan));
    std::string text;
    for (const std::int64_t number : {enabled, usable - enabled, model.licences(plan, 120) - usable,
                                      consumed, std::max<std::int64_t>(0, enabled - consumed),
                                      std::max<std::int64_t>(0, consumed - usable)}) {
        text += std::to_string(number) + ' ';
    }
    return text + pending_text(model, plan);
}

std::string seats_text(const NaiveModel& model, const Plan& plan) {
    std::string text;
    for (const auto& [user, seat] : held(model, plan)) {
        text += std::to_string(user) + " since " + seat.since.str() + " by";
        for (const Source& source : seat.sources) {
            text += ' ' + (source.empty() ? "direct" : source);
        }
        text += '\n';
    }
    return text;
}

std::string holders_text(const NaiveModel& model, const Plan& plan) {
    std::string text;
    for (const auto& [user, seat] : held(model, plan)) {
        text += std::to_string(user) + ' ';
    }
    return text;
}

std::vector<User> direct_users(const NaiveModel& model, const Plan& plan) {
    std::vector<User> users;
    for (const auto& [user, seat] : held(model, plan)) {
        if (seat.sources.contains("")) {
            users.push_back(user);
        }
    }
    return users;
}

bool is_over(const NaiveModel& model, const Plan& plan) {
    return std::ssize(held(model, plan)) > model.licences(plan, 30);
}

std::string unused_text(const NaiveModel& model, const Plan& plan, Timestamp since) {
    std::string text = model.pools.contains(plan) ? "" : "pool_not_found";
    for (const auto& [user, seat] : held(model, plan)) {
        if (seat.used.value_or(seat.since) < since) {
            text += std::to_string(user) + ' ' + (seat.used ? seat.used->str() : "never") + '\n';
        }
    }
    return text;
}

// Whoever has a product without the group as a source lost it with the whole seat, unless it was
// never given.
std::string group_text(const NaiveModel& model, const Source& group) {
    const auto found = model.groups.find(group);
    if (found == model.groups.end()) {
        return "group_not_found";
    }
    const auto& [plans, members] = found->second;
    std::string text;
    for (const User user : members) {
        for (const Plan& plan : plans) {
            const auto seat = model.seats.find({plan, user});
            const bool has = seat != model.seats.end() && seat->second.sources.contains(group);
            const bool is_blameless = model.blameless.at(group).at({plan, user});
            text += std::to_string(user) + ' ' + plan;
            text += has ? " active\n" : is_blameless ? " other\n" : " count_violation\n";
        }
    }
    return text;
}

std::string check_text(const NaiveModel& model, const Plan& plan, User user) {
    if (!model.pools.contains(plan) || is_none(model, plan)) {
        return "no_pool";
    }
    const auto seat = model.seats.find({plan, user});
    if (seat == model.seats.end() || seat->second.sources.empty()) {
        return "no_seat";
    }
    return model.licences(plan, 0) > 0    ? "licensed"
           : model.licences(plan, 30) > 0 ? "in_grace"
                                          : "suspended";
}

std::string licenses_row(const NaiveModel& model, const Plan& plan) {
    const std::int64_t number = model.licences(plan, 120);
    if (number == 0) {
        return {};
    }
    Timestamp oldest = model.now;
    for (const auto& [deal, line] : model.pools.at(plan)) {
        if (model.now < model.ends.at(deal) + days(120)) {
            oldest = std::min(oldest, began(line, model.now).value_or(oldest));
        }
    }
    const std::string state = model.licences(plan, 0) > 0    ? "active"
                              : model.licences(plan, 30) > 0 ? "warning"
                                                             : "suspended";
    return "United States,US,Contoso," + Date::of(oldest).str() + ",Fabrikam 365,f365," +
           std::to_string(number) + ',' + std::to_string(std::ssize(held(model, plan))) +
           ",Fabrikam " + plan + ',' + world::contoso().str() + ',' + state + ',' +
           world::service(plan).str() + '\n';
}

}  // namespace licet::model
