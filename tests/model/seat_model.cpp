#include "model/seat_model.hpp"

#include <algorithm>

namespace licet::model {

void SeatModel::pass_until(Timestamp now) {
    now_ = now;
    for (const Plan& plan : licences_.pass_until(now)) {
        pools_[plan].seats.clear();
    }
}

bool SeatModel::is_full(const Plan& plan) const {
    const std::int64_t enabled = licences_.count(plan, -1, 0);
    const std::int64_t more = overage_ == Overage::Kind::percent ? enabled / 2 : 0;
    const bool has_more = overage_ == Overage::Kind::always;
    return !is_usable(plan) || (!has_more && std::ssize(pools_.at(plan).seats) >= enabled + more);
}

bool SeatModel::has(const Plan& plan, User user, const Source& source) const {
    const auto& seats = pools_.at(plan).seats;
    return seats.contains(user) && seats.at(user).sources.contains(source);
}

void SeatModel::give(const Plan& plan, User user, const Source& source) {
    Seat& seat = pools_[plan].seats.try_emplace(user, Seat{{}, now_}).first->second;
    seat.sources.insert(source);
}

void SeatModel::take(const Plan& plan, User user, const Source& source) {
    auto& seats = pools_[plan].seats;
    if (seats.contains(user) && seats[user].sources.erase(source) != 0 &&
        seats[user].sources.empty()) {
        seats.erase(user);
    }
}

std::string SeatModel::assign(const Plan& plan, const std::set<User>& users, bool atomic) {
    if (!pools_.contains(plan) || users.empty()) {
        return pools_.contains(plan) ? "users_missing" : "pool_not_found";
    }
    const SeatModel before = *this;
    std::string told;
    for (const User user : users) {
        if (has(plan, user, "")) {
            told += "already ";
        } else if (pools_[plan].seats.contains(user) || !is_full(plan)) {
            give(plan, user, "");
            told += "assigned ";
        } else if (atomic) {
            *this = before;
            return shortage(plan);
        } else {
            told += shortage(plan) + ' ';
        }
    }
    return told;
}

std::string SeatModel::unassign(const Plan& plan, const std::set<User>& users) {
    if (!pools_.contains(plan) || users.empty()) {
        return pools_.contains(plan) ? "users_missing" : "pool_not_found";
    }
    std::string told;
    for (const User user : users) {
        told += has(plan, user, "") ? "released " : "absent ";
        take(plan, user, "");
    }
    return told;
}

std::string SeatModel::move(const Plan& from, const Plan& to, const std::set<User>& users,
                            bool atomic) {
    if (!pools_.contains(from) || !pools_.contains(to)) {
        return "pool_not_found";
    }
    if (users.empty() || from == to) {
        return users.empty() ? "users_missing" : "move_to_itself";
    }
    const SeatModel before = *this;
    std::string told;
    for (const User user : users) {
        const bool moves = has(from, user, "");
        told += moves ? assign(to, {user}, false) : has(to, user, "") ? "already " : "absent ";
        if (moves && has(to, user, "")) {
            take(from, user, "");
        } else if (moves && atomic) {
            *this = before;
            return shortage(to);
        }
    }
    return told;
}

std::string SeatModel::touch(const Plan& plan, const std::set<User>& users) {
    if (!pools_.contains(plan)) {
        return "pool_not_found";
    }
    for (const User user : users) {
        if (pools_[plan].seats.contains(user)) {
            pools_[plan].seats[user].used = now_;
        }
    }
    return {};
}

void SeatModel::process(const Source& id, Group& group, User user) {
    std::set<Plan> lacking;
    std::set<Plan> full;
    for (const Plan& plan : group.plans) {
        if (has(plan, user, id)) {
            continue;
        }
        lacking.insert(plan);
        if (!pools_[plan].seats.contains(user) && is_full(plan)) {
            full.insert(plan);
        }
    }
    for (const Plan& plan : lacking) {
        if (full.empty()) {
            give(plan, user, id);
            group.errors.erase({user, plan});
        } else {
            group.errors[{user, plan}] = full.contains(plan) ? "count_violation" : "other";
        }
    }
}

std::string SeatModel::edit_group(GroupAct act, const Source& id, const std::set<Plan>& plans,
                                  const std::optional<std::set<User>>& members) {
    if (act != GroupAct::assign && !groups_.contains(id)) {
        return "group_not_found";
    }
    if (plans.empty() && (act == GroupAct::assign || act == GroupAct::unassign)) {
        return "service_ids_missing";
    }
    if (!std::ranges::all_of(plans, [&](const Plan& plan) { return pools_.contains(plan); })) {
        return "pool_not_found";
    }
    Group& group = groups_[id];
    const Group before = group;
    for (const Plan& plan : plans) {
        group.plans.erase(plan);
        if (act == GroupAct::assign) {
            group.plans.insert(plan);
        }
    }
    group.members = members.value_or(group.members);
    for (const User user : before.members) {
        for (const Plan& plan : before.plans) {
            if (!group.members.contains(user) || !group.plans.contains(plan)) {
                take(plan, user, id);
                group.errors.erase({user, plan});
            }
        }
    }
    const bool all = group.plans.size() > before.plans.size() || act == GroupAct::reprocess;
    for (const User user : group.members) {
        if (all || !before.members.contains(user)) {
            process(id, group, user);
        }
    }
    return this->group(id);
}

std::string SeatModel::set_lines(const std::string& deal, const std::map<Plan, Quantity>& lines,
                                 std::optional<Timestamp> effective) {
    const SeatModel before = *this;
    std::string told = licences_.set(deal, lines, effective);
    if (!told.empty()) {
        return told;
    }
    for (const auto& [plan, quantity] : lines) {
        auto& seats = pools_[plan].seats;
        const std::int64_t usable = licences_.count(plan, -1, 30);
        std::int64_t over = std::max<std::int64_t>(0, std::ssize(seats) - usable);
        if (effective || lowering_ == Lowering::over_assign ||
            usable >= before.licences_.count(plan, -1, 30)) {
            over = 0;
        }
        if (over > 0 && lowering_ == Lowering::reject) {
            *this = before;
            return "license_seats_assigned";
        }
        std::set<std::pair<Timestamp, User>> newest;
        for (const auto& [user, seat] : seats) {
            newest.emplace(seat.since, user);
        }
        for (std::int64_t n = 0; n < over; ++n) {
            seats.erase(newest.extract(std::prev(newest.end())).value().second);
        }
        told += "unassigned " + std::to_string(over) + ' ';
    }
    pass_until(now_);
    return told;
}

}  // namespace licet::model
