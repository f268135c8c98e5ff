// Whatever is sold, held and over, a preview is what then happens. LICET_SEED says which worlds.

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

#include "dice.hpp"
#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

constexpr std::uint64_t worlds = 60;

std::uint64_t first_seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? std::strtoull(given, nullptr, 10) : 20'261'122;
}

Options draw_options(Dice& dice) {
    Options options;
    options.policy.lowering = static_cast<Lowering>(dice.below(3));
    options.policy.overage = {static_cast<Overage::Kind>(dice.below(3)),
                              Decimal::parse("33.3").value()};
    options.policy.grace_days = static_cast<std::int64_t>(dice.below(3)) * 15;
    return options;
}

/// Two deals of three plans, one of which ends soon, and people with seats.
void settle_in(World& world, Dice& dice) {
    world.publish();
    world.consent();
    Deal shorter = article_deal("d-2");
    shorter.contract.end = day("2026-05-31");
    for (const Deal& deal : {article_deal("d-1"), shorter}) {
        world.sell({line("bronze", 1 + static_cast<std::int64_t>(dice.below(8))),
                    line("gold", 1 + static_cast<std::int64_t>(dice.below(4)))},
                   deal);
    }
    for (int round = 0; round < 3; ++round) {
        for (const char* plan : {"bronze", "gold"}) {
            REQUIRE(world.assign(plan, people(dice.below(12), 1 + dice.below(6)), ben(),
                                 Mode::best_effort));
        }
        world.pass_time(Duration(1));
    }
    (void)world.assign_group({"bronze", "gold"}, people(dice.below(12), 3));
}

std::vector<LineChange> draw_lines(Dice& dice) {
    std::vector<LineChange> lines;
    for (const char* plan : {"bronze", "gold", "silver"}) {
        const auto quantity = static_cast<std::int64_t>(dice.below(10));
        if (quantity > 0) {
            lines.push_back(line(plan, quantity));
        } else if (std::string_view(plan) != "silver") {
            lines.push_back(no_line(plan));
        }
    }
    return lines;
}

bool is_blocked(const PoolEffect& effect) { return effect.blocked_count > 0; }

void check_outcome(World& world, const PoolEffect& seen, const PoolEffect& told,
                   const std::vector<UserId>& holders_before) {
    const std::string plan = seen.service_id.plan().str();
    CHECK(told.before == seen.before);
    CHECK(told.after == seen.after);
    CHECK(told.unassigned == seen.unassigned);
    CHECK(world.pool(plan) == seen.after);
    const auto holders = world.holders(plan);
    CHECK(std::ssize(holders) == seen.after.consumed);
    for (const UserId& user : holders_before) {
        const bool stays = std::ranges::binary_search(holders, user);
        CHECK(stays != (std::ranges::find(seen.unassigned, user) != seen.unassigned.end()));
        CHECK((world.check(plan, user) == Decision::no_seat) != stays);
    }
}

}  // namespace

TEST_CASE("a preview is what then happens, at once and later, under every policy and over expiry") {
    for (std::uint64_t seed = first_seed(); seed < first_seed() + worlds; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        World world(draw_options(dice));
        settle_in(world, dice);
        world.clock->set(at("2026-05-01T00:00:00Z") +
                         days(static_cast<std::int64_t>(dice.below(90))));
        const std::vector<LineChange> lines = draw_lines(dice);
        std::optional<Timestamp> effective;
        if (dice.below(2) == 0) {
            effective =
                world.clock->now() + Duration(1) + days(static_cast<std::int64_t>(dice.below(100)));
        }
        const auto seen =
            world.deals().preview({publisher(), deal_id("d-1"), lines, effective}, ana());
        REQUIRE(seen);
        std::map<std::string, std::vector<UserId>> holders;
        for (const char* plan : {"bronze", "gold"}) {
            holders[plan] = world.holders(plan);
        }
        const auto told =
            world.deals().update_licenses({publisher(), deal_id("d-1"), lines, effective}, ana());
        if (std::ranges::any_of(seen.value().effects, is_blocked)) {
            CHECK(failure_of(told) == Errc::license_seats_assigned);
            continue;
        }
        REQUIRE(failure_of(told) == done);
        world.clock->set(effective.value_or(world.clock->now()));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            check_outcome(world, seen.value().effects[i], told.value().value.effects[i],
                          holders[lines[i].plan.str()]);
        }
    }
}
