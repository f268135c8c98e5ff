#pragma once

/// \file
/// The licences of deals over time in the simplest way there is: what a line has, and what it will.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <licet/time.hpp>

namespace licet::model {

using Plan = std::string;
using Quantity = std::optional<std::int64_t>;  ///< None: no line.

class LicenceModel {
public:
    explicit LicenceModel(Timestamp now) : now_(now) {}

    /// One moment after the other. Gives the plans whose last line was deleted meanwhile.
    std::set<Plan> pass_until(Timestamp now);

    /// All of it or, with the rule that was broken, nothing. `ends` is the deal's.
    std::string set(const std::string& deal, std::optional<Timestamp> ends,
                    const std::map<Plan, Quantity>& lines, std::optional<Timestamp> effective);
    /// Without a moment: all that is pending.
    std::string cancel(const std::string& deal, const Plan& plan,
                       std::optional<Timestamp> effective);

    /// Of lines that ended so many days ago; the first bound is none for those that have not.
    std::int64_t count(const Plan& plan, std::int64_t from_days, std::int64_t to_days) const;
    bool is_gone(const Plan& plan) const;
    /// Whether no line ever was, and none is to come.
    bool is_none(const Plan& plan) const { return is_gone(plan) && !begun_.contains(plan); }
    std::string pending(const Plan& plan) const;

private:
    struct Line {
        Quantity quantity;
        std::optional<Timestamp> ends;
        std::map<Timestamp, Quantity> later = {};

        bool ended(Timestamp now, std::int64_t days_ago) const {
            return ends && now >= *ends + days(days_ago);
        }
        Quantity just_before(Timestamp moment) const;
    };

    std::set<Timestamp> moments_until(Timestamp now) const;

    Timestamp now_;
    std::map<Plan, std::map<std::string, Line>> plans_;
    std::set<Plan> begun_;
};

}  // namespace licet::model
