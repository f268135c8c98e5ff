#pragma once

/// \file
/// A plan of an offer: what a customer takes licences of (DOMAIN §3).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <licet/ids.hpp>
#include <licet/money.hpp>

namespace licet {

enum class Visibility { public_, private_ };

/// draft until the offer is published with it; a published plan can only stop being sold. [P]
enum class PlanState { draft, live, stopped };

enum class PricingModel { per_user };
enum class TermUnit { month, year };

/// How many users one purchase may be for: 1 to 1,000,000. [P]
struct UserLimits {
    std::int64_t min = 1;
    std::int64_t max = 1'000'000;

    friend bool operator==(const UserLimits&, const UserLimits&) = default;
};

struct Term {
    TermUnit unit = TermUnit::month;
    std::int64_t count = 1;  ///< 1..1000. [D]
    Money price;

    friend bool operator==(const Term&, const Term&) = default;
};

/// Only where the offer is sold through Microsoft; model and published terms are frozen after
/// publish. [P]
struct Pricing {
    PricingModel model = PricingModel::per_user;
    UserLimits user_limits;
    std::vector<Country> markets;
    std::vector<Term> terms;
    bool free_trial = false;

    friend bool operator==(const Pricing&, const Pricing&) = default;
};

struct Plan {
    PlanId id;
    std::string name;  ///< 1..200, unique in the offer. [P]
    std::string description;
    Visibility visibility = Visibility::public_;
    std::optional<std::string> more_info_url;  ///< http or https, up to 2,048.
    std::vector<std::string> apps;             ///< Unique names, with prefix, of the apps it opens.
    std::vector<TenantId> audience;            ///< Who sees a private plan, up to 20,000. [P]
    std::optional<Pricing> pricing;

    ServiceId service_id;  ///< Derived.
    PlanState state = PlanState::draft;

    friend bool operator==(const Plan&, const Plan&) = default;
};

}  // namespace licet
