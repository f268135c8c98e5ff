// A history of everything that moves a pool, by two engines, and after each step the naive
// answer: what the holders and the numbers of the pool say.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "dice.hpp"
#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

constexpr int steps = 120;

const std::vector<std::string> plans{"bronze", "silver", "gold"};

const std::map<std::string, std::vector<std::string>> plans_of_app{
    {"crf36_bronzeapp", plans},
    {"crf36_silverapp", {"silver", "gold"}},
    {"crf36_goldapp", {"gold"}}};

std::vector<UserId> everyone() { return people(0, 13); }

Decision check(Engine& engine, const std::string& plan, const UserId& who) {
    return engine.seats().check(contoso().str(), service(plan).str(), who.str()).value();
}

Decision check_app(World& world, const std::string& app, const UserId& who) {
    const auto answer = world.seats().check_app(CheckApp{contoso(), who, app});
    REQUIRE(answer);
    CHECK(world.seats().check_app(contoso().str(), app, who.str()).value() ==
          answer.value().decision);
    return answer.value().decision;
}

void sell_twice(World& world) {
    world.publish();
    world.consent();
    Deal later = article_deal("d-2");
    later.contract.end = day("2027-06-30");
    REQUIRE(world.deals().register_deal({article_deal(), false}, ana()));
    REQUIRE(world.deals().register_deal({later, false}, ana()));
}

void take_step(World& world, Engine& engine, Dice& dice) {
    const std::string& plan = plans[dice.below(plans.size())];
    const auto users = people(dice.below(10), 1 + dice.below(3));
    const DealId deal = deal_id(dice.below(2) == 0 ? "d-1" : "d-2");
    switch (dice.below(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
            (void)engine.seats().assign({contoso(), service(plan), users, Mode::best_effort, {}},
                                        ben());
            break;
        case 4:
        case 5:
            (void)engine.seats().unassign({contoso(), service(plan), users, Mode::atomic}, ben());
            break;
        case 6:
        case 7: {
            const auto quantity = static_cast<std::int64_t>(1 + dice.below(6));
            (void)engine.deals().update_licenses({publisher(), deal, {line(plan, quantity)}},
                                                 ana());
            break;
        }
        case 8:
            (void)engine.deals().update_licenses({publisher(), deal, {no_line(plan)}}, ana());
            break;
        default:
            world.pass_time(days(static_cast<std::int64_t>(dice.below(20))));
    }
}

std::map<UserId, Decision> naive(World& world, const std::string& plan) {
    const auto pool = world.seats().get_pool({contoso(), service(plan)}, ben());
    std::set<UserId> holders;
    if (pool) {
        for (const UserId& user : world.holders(plan)) {
            holders.insert(user);
        }
        CHECK(pool.value().pool.consumed == std::ssize(holders));
    }
    std::map<UserId, Decision> decisions;
    for (const UserId& user : everyone()) {
        Decision decision = pool ? Decision::no_seat : Decision::no_pool;
        if (holders.contains(user)) {
            const Capacity& capacity = pool.value().pool.capacity;
            decision = capacity.enabled > 0   ? Decision::licensed
                       : capacity.warning > 0 ? Decision::in_grace
                                              : Decision::suspended;
        }
        decisions.emplace(user, decision);
    }
    return decisions;
}

void compare(World& world, Engine& other) {
    std::map<std::string, std::map<UserId, Decision>> expected;
    for (const std::string& plan : plans) {
        expected[plan] = naive(world, plan);
    }
    for (const UserId& user : everyone()) {
        for (const std::string& plan : plans) {
            CHECK(world.check(plan, user) == expected[plan][user]);
            CHECK(check(other, plan, user) == expected[plan][user]);
        }
        const bool has_pool = std::ranges::any_of(
            plans, [&](const auto& plan) { return expected[plan][user] != Decision::no_pool; });
        for (const auto& [app, by] : plans_of_app) {
            Decision best = Decision::app_not_mapped;
            for (const std::string& plan : by) {
                best = better(best, expected[plan][user]);
            }
            CHECK(check_app(world, app, user) == (has_pool ? best : Decision::app_not_mapped));
        }
    }
}

}  // namespace

TEST_CASE("every check equals what the seats and the pool say, whatever has happened") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        Options options;
        options.policy.lowering = seed == 1 ? Lowering::over_assign : Lowering::unassign_newest;
        options.staleness_max = Duration(0);
        World world(options);
        sell_twice(world);
        const auto other = world.open();
        Dice dice(seed);
        for (int n = 0; n < steps; ++n) {
            CAPTURE(n);
            take_step(world, dice.below(2) == 0 ? world.engine() : *other, dice);
            compare(world, *other);
        }
        for (const std::string& stream : world.streams()) {
            CAPTURE(stream);
            CHECK(world.verify(stream).ok);
        }
    }
}
