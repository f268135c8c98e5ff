#pragma once

/// \file
/// A tenant's seats, groups and licences in the simplest way there is: sets in memory.
///
/// Nothing of licet's rules is used here. A fault that both have must have been made twice.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <licet/policy.hpp>
#include <licet/seats/group.hpp>
#include <licet/time.hpp>

#include "model/licence_model.hpp"

namespace licet::model {

using User = std::size_t;
using Source = std::string;  ///< A group, or "" for direct.

class SeatModel {
public:
    /// `ends` are those of the deals that end.
    SeatModel(Lowering lowering, Overage::Kind overage, Timestamp now,
              const std::map<std::string, Timestamp>& ends)
        : lowering_(lowering), overage_(overage), now_(now), licences_(now, ends) {}

    void pass_until(Timestamp now);
    Timestamp now() const noexcept { return now_; }

    // What each answers: the rule that was broken, or how it went for each user.
    std::string assign(const Plan& plan, const std::set<User>& users, bool atomic);
    std::string unassign(const Plan& plan, const std::set<User>& users);
    std::string move(const Plan& from, const Plan& to, const std::set<User>& users, bool atomic);
    std::string touch(const Plan& plan, const std::set<User>& users);
    std::string edit_group(GroupAct act, const Source& group, const std::set<Plan>& plans,
                           const std::optional<std::set<User>>& members);
    /// No quantity removes a line. Without a moment: at once.
    std::string set_lines(const std::string& deal, const std::map<Plan, Quantity>& lines,
                          std::optional<Timestamp> effective);
    std::string extend(const std::string& deal, Duration by) {
        licences_.extend(deal, by);
        return {};
    }
    std::string cancel_change(const std::string& deal, const Plan& plan,
                              std::optional<Timestamp> effective) {
        return licences_.cancel(deal, plan, effective);
    }

    // What is seen.
    std::string pool(const Plan& plan) const;
    std::string seats(const Plan& plan) const;
    std::string holders(const Plan& plan) const;
    /// Those with a direct seat.
    std::vector<User> direct(const Plan& plan) const;
    bool is_over(const Plan& plan) const;
    /// The seats not used, or given, since then, and their last use.
    std::string unused(const Plan& plan, Timestamp since) const;
    /// Whether nothing is left of its licences.
    bool is_gone(const Plan& plan) const;
    std::string group(const Source& group) const;
    std::string check(const Plan& plan, User user) const;

private:
    struct Seat {
        std::set<Source> sources;
        Timestamp since;
        std::optional<Timestamp> used = {};
    };
    struct Pool {
        std::map<User, Seat> seats;
    };
    struct Group {
        std::set<Plan> plans;
        std::set<User> members;
        std::map<std::pair<User, Plan>, std::string> errors;
    };

    bool is_usable(const Plan& plan) const { return licences_.count(plan, -1, 30) > 0; }
    bool is_full(const Plan& plan) const;
    std::string shortage(const Plan& plan) const {
        return is_usable(plan) ? "no_free_license" : "pool_suspended";
    }
    bool has(const Plan& plan, User user, const Source& source) const;
    void give(const Plan& plan, User user, const Source& source);
    void take(const Plan& plan, User user, const Source& source);
    void process(const Source& id, Group& group, User user);

    Lowering lowering_;
    Overage::Kind overage_;
    Timestamp now_;
    LicenceModel licences_;
    std::map<Plan, Pool> pools_;
    std::map<Source, Group> groups_;
};

}  // namespace licet::model
