#pragma once

/// \file
/// The licences of deals over time in the simplest way there is: what a line has, what it will, and
/// when its deal ends.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <licet/time.hpp>

namespace licet::model {

using Plan = std::string;
using Quantity = std::optional<std::int64_t>;  ///< None: no line.

class LicenceModel {
public:
    /// `ends` are those of the deals that end.
    LicenceModel(Timestamp now, std::map<std::string, Timestamp> ends)
        : now_(now), ends_(std::move(ends)) {}

    /// One moment after the other. Gives the plans whose last line was deleted meanwhile.
    std::set<Plan> pass_until(Timestamp now);

    /// All of it or, with the rule that was broken, nothing.
    std::string set(const std::string& deal, const std::map<Plan, Quantity>& lines,
                    std::optional<Timestamp> effective);
    /// Without a moment: all that is pending.
    std::string cancel(const std::string& deal, const Plan& plan,
                       std::optional<Timestamp> effective);

    /// A deal that ends does so later.
    void extend(const std::string& deal, Duration by) { ends_.at(deal) = ends_.at(deal) + by; }

    /// Of lines that ended so many days ago; the first bound is none for those that have not.
    std::int64_t count(const Plan& plan, std::int64_t from_days, std::int64_t to_days) const;
    bool is_gone(const Plan& plan) const;
    /// Whether no line ever was, and none is to come.
    bool is_none(const Plan& plan) const { return is_gone(plan) && !begun_.contains(plan); }
    std::string pending(const Plan& plan) const;

private:
    struct Line {
        Quantity quantity = {};
        std::map<Timestamp, Quantity> later = {};

        Quantity just_before(Timestamp moment) const;
    };

    bool ended(const std::string& deal, Timestamp now, std::int64_t days_ago) const;
    std::set<Timestamp> moments_until(Timestamp now) const;

    Timestamp now_;
    std::map<std::string, Timestamp> ends_;
    std::map<Plan, std::map<std::string, Line>> plans_;
    std::set<Plan> begun_;
};

}  // namespace licet::model
