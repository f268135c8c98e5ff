#pragma once

/// \file
/// A tenant's licences, seats and groups in the simplest way there is: sets in memory. Nothing of
/// licet's rules is used here: a fault that both have must have been made twice.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <licet/policy.hpp>
#include <licet/seats/group.hpp>
#include <licet/time.hpp>

namespace licet::model {

using Plan = std::string;
using User = std::size_t;
using Source = std::string;                      ///< A group, or "" for direct.
using Line = std::map<Timestamp, std::int64_t>;  ///< From each moment on so many; 0: no line.

/// What is done answers with how it went, or is undone and answers with the first rule it broke.
struct NaiveModel {
    struct Seat {
        std::set<Source> sources;  ///< Without one it is no seat.
        Timestamp since;
        std::optional<Timestamp> used;
    };

    Lowering lowering;
    Overage::Kind overage;
    Timestamp now;  ///< As the moment of a change: at once; of a change to cancel: any.
    std::map<std::string, Timestamp> ends;                           ///< Of deals; latest(): never.
    std::map<Plan, std::map<std::string, Line>> pools = {{"", {}}};  ///< The lines, by deal.
    std::map<std::pair<Plan, User>, Seat> seats = {};
    std::map<Source, std::pair<std::set<Plan>, std::set<User>>> groups = {};
    std::map<Source, std::map<std::pair<Plan, User>, bool>> blameless = {};  ///< A unit was left.
    std::string broken = {};

    void extend(const std::string& deal, Duration by) { ends.at(deal) = ends.at(deal) + by; }
    void pass_until(Timestamp then) {
        now = then;
        std::erase_if(seats, [this](const auto& seat) { return has_lapsed(seat.first.first); });
    }

    /// The plan "" is nowhere: to assign is to move from it, and to unassign to it.
    std::string move(const Plan& from, const Plan& to, const std::set<User>& users, bool atomic) {
        const NaiveModel before = *this;
        require(pools.contains(from) && pools.contains(to), "pool_not_found");
        require(!users.empty(), "users_missing");
        require(from != to, "move_to_itself");
        const char* const full = licences(to, 30) > 0 ? "no_free_license" : "pool_suspended";
        std::string told;
        for (const User user : users) {
            const bool has = seats[{from, user}].sources.contains("");
            const bool holds = seats[{to, user}].sources.contains("");
            const bool comes = !holds && !to.empty() && (has || from.empty());
            if (comes && !give({to}, user, "")) {
                require(!atomic, full);
                told.append(full).append(" ");
            } else {
                seats[{from, user}].sources.erase("");
                told += comes ? "assigned " : holds ? "already " : has ? "released " : "absent ";
            }
        }
        return done(before, told);
    }

    std::string touch(const Plan& plan, const std::set<User>& users) {
        for (auto& [key, seat] : seats) {
            seat.used = key.first == plan && users.contains(key.second) ? now : seat.used;
        }
        return pools.contains(plan) ? "" : "pool_not_found";
    }
    std::string edit_group(GroupAct act, const Source& id, const std::set<Plan>& named,
                           const std::optional<std::set<User>>& members_now) {
        const NaiveModel before = *this;
        require(act == GroupAct::assign || groups.contains(id), "group_not_found");
        require(!named.empty() || act == GroupAct::set_members || act == GroupAct::reprocess,
                "service_ids_missing");
        auto& [plans, members] = groups[id];
        const auto [old_plans, old_members] = groups[id];
        for (const Plan& plan : named) {
            require(pools.contains(plan), "pool_not_found");
            plans.erase(plan);
        }
        plans.merge(act == GroupAct::assign ? std::set<Plan>(named) : std::set<Plan>());
        members = members_now.value_or(old_members);
        for (auto& [key, seat] : seats) {
            if (!plans.contains(key.first) || !members.contains(key.second)) {
                seat.sources.erase(id);
            }
        }
        const bool all = act == GroupAct::reprocess || plans.size() > old_plans.size();
        for (const User user : members) {
            if (all || !old_members.contains(user)) {
                give(plans, user, id);
            }
        }
        return done(before, "");
    }
    std::string set_lines(const std::string& deal, const std::map<Plan, std::int64_t>& numbers,
                          Timestamp moment) {
        const NaiveModel before = *this;
        require(moment == now || moment < ends.at(deal), "license_change_after_end");
        for (const auto& [plan, number] : numbers) {
            Line& line = pools[plan][deal];
            line.erase(number == 0 ? line.lower_bound(moment) : line.end(), line.end());
            const bool is_there = !line.empty() && line.rbegin()->second > 0;
            require(number > 0 || is_there, "license_line_missing");
            line[moment] = number;
        }
        std::string told;
        for (const auto& [plan, number] : numbers) {
            const bool lowers = moment == now && licences(plan, 30) < before.licences(plan, 30);
            const auto kept = std::max(licences(plan, 30), allowed(plan));
            std::int64_t taken = 0;
            while (lowers && lowering != Lowering::over_assign && std::ssize(by_age(plan)) > kept) {
                ++taken;
                by_age(plan).rbegin()->second->sources.clear();
            }
            require(taken == 0 || lowering == Lowering::unassign_newest, "license_seats_assigned");
            told += "unassigned " + std::to_string(taken) + ' ';
        }
        return done(before, told);
    }

    std::string cancel_change(const std::string& deal, const Plan& plan, Timestamp moment) {
        const NaiveModel before = *this;
        std::int64_t last = 0;  // a removal of nothing goes too
        const auto cancelled = std::erase_if(pools[plan][deal], [&](const auto& change) {
            const bool is_meant = change.first > now && (moment == now || moment == change.first);
            return is_meant || (std::exchange(last, change.second) == 0 && change.second == 0);
        });
        require(cancelled > 0, "license_change_missing");
        return done(before, "");
    }

    /// Of lines that did not end so many days ago.
    std::int64_t licences(const Plan& plan, std::int64_t ago) const {
        std::int64_t sum = 0;
        for (const auto& [deal, line] : pools.at(pools.contains(plan) ? plan : "")) {
            const Line past(line.begin(), line.upper_bound(now));
            sum += past.empty() || now >= ends.at(deal) + days(ago) ? 0 : past.rbegin()->second;
        }
        return sum;
    }
    std::int64_t allowed(const Plan& plan) const {
        const std::int64_t enabled = licences(plan, 0);
        const std::int64_t more = overage == Overage::Kind::percent ? enabled / 2 : 1'000;
        const std::int64_t all = enabled + (overage == Overage::Kind::none ? 0 : more);
        return licences(plan, 30) > 0 ? all : 0;
    }
    /// Whether nothing is left, and what went last was a line that had ended 120 days before.
    bool has_lapsed(const Plan& plan) const {
        std::pair<Timestamp, bool> last;
        for (const auto& [deal, line] : pools.at(plan)) {
            const auto [moment, number] = line.empty() ? Line::value_type() : *line.rbegin();
            const Timestamp deleted = std::max(moment, ends.at(deal) + days(120));
            last = std::max(last, {number == 0 ? moment : deleted, number > 0});
        }
        return last.second && last.first <= now;
    }
    std::map<std::pair<Timestamp, User>, Seat*> by_age(const Plan& plan) {
        std::map<std::pair<Timestamp, User>, Seat*> all;
        for (auto& [key, seat] : seats) {
            if (key.first == plan && !seat.sources.empty()) {
                all[{seat.since, key.second}] = &seat;
            }
        }
        return all;
    }

    /// All of these or, where there is no unit of one, none.
    bool give(const std::set<Plan>& plans, User user, const Source& source) {
        const auto has_unit = [&](const Plan& plan) {
            return !seats[{plan, user}].sources.empty() || std::ssize(by_age(plan)) < allowed(plan);
        };
        const bool all = std::ranges::all_of(plans, has_unit);
        for (const Plan& plan : plans) {
            Seat& seat = seats[{plan, user}];
            if (all) {
                seat = seat.sources.empty() ? Seat{{}, now, {}} : seat;
                seat.sources.insert(source);
            }
            blameless[source][{plan, user}] = !seat.sources.contains(source) && has_unit(plan);
        }
        return all;
    }

    void require(bool kept, const char* rule) { broken = kept || !broken.empty() ? broken : rule; }
    std::string done(const NaiveModel& before, const std::string& told) {
        return broken.empty() ? told : std::exchange(*this, before).broken;
    }
};

}  // namespace licet::model
