#pragma once

/// \file
/// What DOMAIN leaves to decide, with licet's defaults [D]. Given to an engine when it is opened.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <licet/money.hpp>
#include <licet/time.hpp>

namespace licet {

/// How many seats above the enabled licences may be assigned.
struct Overage {
    enum class Kind { none, percent, always };

    Kind kind = Kind::none;
    Decimal percent;  ///< Of the enabled licences; only with Kind::percent.

    friend bool operator==(const Overage&, const Overage&) = default;
};

/// What lowering a line below what is assigned does, and removing one with seats assigned; what the
/// overage policy allows is not in its way.
enum class Lowering {
    over_assign,      ///< Keep the seats; the pool is over-assigned.
    reject,           ///< Refuse, naming the seats in the way.
    unassign_newest,  ///< Take whole seats, the newest first.
};

struct Policy {
    Overage overage;
    Lowering lowering = Lowering::over_assign;
    bool require_usage_location = false;
    bool alias_immutable = true;
    Duration go_live_delay = Duration(4 * 3'600'000);
    std::int64_t invite_ttl_days = 30;
    std::int64_t grace_days = 30;          ///< In `warning` after the end of the contract. [P]
    std::int64_t suspended_days = 90;      ///< In `suspended` after that. [P]
    std::int64_t over_assigned_days = 90;  ///< Until an over-assigned pool is overdue. [P]
    std::int64_t quantity_max = 1'000'000;
    std::string invite_link_base = "https://licet.example/consent";
    /// US dollars for one unit, by currency.
    std::map<std::string, Decimal, std::less<>> usd_rates;

    /// The defaults with Microsoft 365's ways: a usage location is required. [P]
    static Policy microsoft365();

    friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace licet
