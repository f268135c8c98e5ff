#include <licet/policy.hpp>

#include <doctest/doctest.h>

#include <chrono>

using licet::Policy;

TEST_CASE("the microsoft365 preset requires a usage location and leaves the rest as it is") {
    const Policy defaults;
    CHECK_FALSE(defaults.require_usage_location);

    Policy preset = Policy::microsoft365();
    CHECK(preset.require_usage_location);
    preset.require_usage_location = false;
    CHECK(preset == defaults);
}

TEST_CASE("the defaults are those of the domain") {
    const Policy policy;
    CHECK(policy.overage.kind == licet::Overage::Kind::none);
    CHECK(policy.lowering == licet::Lowering::over_assign);
    CHECK(policy.alias_immutable);
    CHECK(policy.go_live_delay == std::chrono::hours(4));
    CHECK(policy.invite_ttl_days == 30);
    CHECK(policy.grace_days == 30);
    CHECK(policy.suspended_days == 90);
    CHECK(policy.over_assigned_days == 90);
    CHECK(policy.quantity_max == 1'000'000);
}
