#pragma once

/// \file
/// A tenant's seats, groups and licences in the simplest way there is, sets in memory, without
/// licet's rules: a fault that both have must have been made twice.

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <licet/finding.hpp>
#include <licet/policy.hpp>
#include <licet/time.hpp>

namespace licet::model {

using User = std::size_t;
using Plan = std::string;
using Source = std::string;                        ///< A group, or "" for direct.
using Quantity = std::optional<std::int64_t>;      ///< None: no line.
using Line = std::map<Timestamp, Quantity>;        ///< What it is from each moment on.
inline const std::string ending_deal = "d-short";  ///< The only one that ends.
inline Quantity at(const Line& line, Timestamp moment) {
    const auto next = line.upper_bound(moment);
    return next == line.begin() ? std::nullopt : std::prev(next)->second;
}

/// Throws the rule that is broken, and is then to be forgotten.
struct SeatModel {
    struct Seat {
        std::set<Source> sources;
        Timestamp since;
        std::optional<Timestamp> used = {};
    };
    struct Group {
        std::set<Plan> plans;
        std::set<User> members;
        std::map<std::pair<User, Plan>, std::string> errors = {};
    };
    Lowering lowering;
    Overage::Kind overage;
    Timestamp now;
    Timestamp end;                                           ///< Of the deal that ends.
    std::map<Plan, std::map<std::string, Line>> lines = {};  ///< By deal.
    std::map<Plan, std::map<User, Seat>> pools = {};
    std::map<Source, Group> groups = {};
    bool is_deleted(const std::string& deal, Timestamp moment) const {
        return deal == ending_deal && moment >= end + days(120);
    }
    /// Whether no line is left, nor is one to come.
    bool is_gone(const Plan& plan, Timestamp moment) const {
        return std::ranges::none_of(lines.at(plan), [&](const auto& line) {
            const bool is_there = at(line.second, moment) && !is_deleted(line.first, moment);
            return is_there || line.second.upper_bound(moment) != line.second.end();
        });
    }
    void pass_until(Timestamp then) {
        const Timestamp deleted = end + days(120);
        for (auto& [plan, deals] : lines) {
            const bool is_due = now < deleted && deleted <= then;
            if (is_due && at(deals[ending_deal], deleted) && is_gone(plan, deleted)) {
                pools[plan].clear();
            }
        }
        now = then;
    }
    /// Of lines that ended so many days ago; -1 days: that have not.
    std::int64_t count(const Plan& plan, std::int64_t from, std::int64_t to) const {
        std::int64_t sum = 0;
        for (const auto& [deal, line] : lines.at(plan)) {
            const auto age = deal == ending_deal && now >= end ? (now - end) / days(1) : -1;
            sum += from <= age && age < to ? at(line, now).value_or(0) : 0;
        }
        return sum;
    }
    std::int64_t allowed(const Plan& plan) const {
        const std::int64_t enabled = count(plan, -1, 0);
        const std::int64_t half = overage == Overage::Kind::percent ? enabled / 2 : 0;
        const std::int64_t more = overage == Overage::Kind::always ? 1'000 : half;
        return count(plan, -1, 30) > 0 ? enabled + more : 0;
    }
    /// Why nobody more gets a unit, unless somebody does.
    Errc shortage(const Plan& plan) const {
        const Errc why = count(plan, -1, 30) > 0 ? Errc::no_free_license : Errc::pool_suspended;
        return std::ssize(pools.at(plan)) >= allowed(plan) ? why : Errc::none;
    }
    bool has(const Plan& plan, User user, const Source& source) const {
        return pools.at(plan).contains(user) && pools.at(plan).at(user).sources.contains(source);
    }
    void give(const Plan& plan, User user, const Source& source) {
        pools[plan].try_emplace(user, Seat{{}, now}).first->second.sources.insert(source);
    }
    bool take(const Plan& plan, User user, const Source& source) {
        const bool was_there = pools[plan][user].sources.erase(source) > 0;
        std::erase_if(pools[plan], [](const auto& seat) { return seat.second.sources.empty(); });
        return was_there;
    }
    std::string assign(const Plan& plan, User user) {
        if (!pools[plan].contains(user) && shortage(plan) != Errc::none) {
            throw shortage(plan);
        }
        const bool had = has(plan, user, "");
        give(plan, user, "");
        return had ? "already" : "assigned";
    }
    std::string move(const Plan& from, const Plan& to, User user) {
        if (!has(from, user, "")) {
            return has(to, user, "") ? "already" : "absent";
        }
        const std::string told = assign(to, user);
        take(from, user, "");
        return told;
    }
    /// A group's plans that a user lacks: all of them or none.
    void process(const Source& id, Group& group, User user) {
        std::set<Plan> full;
        std::ranges::copy_if(group.plans, std::inserter(full, full.end()), [&](const Plan& plan) {
            return !pools[plan].contains(user) && shortage(plan) != Errc::none;
        });
        for (const Plan& plan : group.plans) {
            if (full.empty()) {
                give(plan, user, id);
                group.errors.erase({user, plan});
            } else if (!has(plan, user, id)) {
                group.errors[{user, plan}] = full.contains(plan) ? "count_violation" : "other";
            }
        }
    }
    void edit_group(const Source& id, const Group& wanted, bool again) {
        Group& group = groups[id];
        const Group before = std::exchange(group, wanted);
        for (const User user : before.members) {
            for (const Plan& plan : before.plans) {
                if (!group.members.contains(user) || !group.plans.contains(plan)) {
                    take(plan, user, id);
                }
            }
        }
        for (const User user : group.members) {
            if (again || !before.members.contains(user)) {
                process(id, group, user);
            }
        }
    }
    std::map<Plan, std::int64_t> set_lines(const std::string& deal,
                                           const std::map<Plan, Quantity>& wanted,
                                           std::optional<Timestamp> effective) {
        const Timestamp from = effective.value_or(now);
        if (effective && deal == ending_deal && from >= end) {
            throw Errc::license_change_after_end;
        }
        std::map<Plan, std::int64_t> had;
        for (const auto& [plan, quantity] : wanted) {
            Line& line = lines[plan][deal];
            had[plan] = count(plan, -1, 30);
            if (!quantity && !at(line, effective ? from + Duration(-1) : now)) {
                throw Errc::license_line_missing;
            }
            line.erase(quantity ? line.end() : line.lower_bound(from), line.end());
            line[from] = quantity;
        }
        std::map<Plan, std::int64_t> unassigned;
        for (const auto& [plan, quantity] : wanted) {
            auto& seats = pools[plan];
            const std::int64_t usable = count(plan, -1, 30);
            const bool takes = usable < had[plan] && lowering != Lowering::over_assign;
            if (quantity && is_deleted(deal, now) && is_gone(plan, now)) {
                seats.clear();
            }
            const std::int64_t kept = std::max(usable, allowed(plan));
            for (unassigned[plan] = 0; takes && std::ssize(seats) > kept; ++unassigned[plan]) {
                if (lowering == Lowering::reject) {
                    throw Errc::license_seats_assigned;
                }
                seats.erase(std::ranges::max_element(seats, {}, [](const auto& seat) {
                    return std::pair(seat.second.since, seat.first);  // the newest
                }));
            }
        }
        return unassigned;
    }
    void cancel_change(const std::string& deal, const Plan& plan,
                       std::optional<Timestamp> effective) {
        Line& line = lines[plan][deal];
        const auto later = line.upper_bound(now);
        if (effective ? !line.contains(*effective) : later == line.end()) {
            throw Errc::license_change_missing;
        }
        effective ? (void)line.erase(*effective) : (void)line.erase(later, line.end());
        std::erase_if(line, [before = Quantity()](const auto& change) mutable {
            return !std::exchange(before, change.second) && !change.second;
        });
    }
};

}  // namespace licet::model
