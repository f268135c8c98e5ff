// Time: the clock that is moved, and what a clock set back must not undo.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

TEST_CASE("event times never run backwards, though the clock does") {
    World world;
    mutations::seated(world);
    REQUIRE(world.catalog().update_offer(
        {publisher(), offer_id(), {R"({"listing":{"summary":"Field work"}})"}}, ana()));
    const Timestamp then = world.events(pool_stream("bronze")).back().at;
    world.clock->set(at("2025-06-01T00:00:00Z"));
    REQUIRE(world.assign("bronze", {person(3)}));
    REQUIRE(world.catalog().stop_selling({{publisher(), offer_id(), plan_id("gold")}}, ana()));
    CHECK(world.events(pool_stream("bronze")).back().at == then);
    CHECK(world.events(offer_stream).back().at == then);
    world.pass_time(days(1));
    REQUIRE(world.change_lines({line("bronze", 9)}));
    for (const std::string& stream : world.streams()) {
        CAPTURE(stream);
        CHECK(world.verify(stream).ok);
    }
}

TEST_CASE("a clock set back does not revive a contract that was seen to have ended") {
    World world({{}, Duration(0), false});
    mutations::seated(world);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    world.clock->set(contract_over() + days(30));
    REQUIRE(world.unassign("bronze", {person(2)}));
    CHECK(world.check("bronze", person(1)) == Decision::suspended);

    world.clock->set(at("2026-03-01T00:00:00Z"));
    CHECK(world.pool("bronze").capacity == Capacity{0, 0, 3, 0});
    CHECK(failure_of(world.assign("bronze", {person(5)})) == Errc::pool_suspended);
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    CHECK(world.open()
              ->seats()
              .check(contoso().str(), service("bronze").str(), person(1).str())
              .value() == Decision::suspended);
}

TEST_CASE("a clock set back does not revive an invite that was seen to have expired") {
    World world;
    mutations::registered(world);
    const std::string token = world.invite(deal_id("d-1"));
    world.pass_time(days(30));
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
    REQUIRE(world.deals().update_deal(
        {publisher(), deal_id("d-1"), {R"({"contact":{"phone":"1"}})"}}, ana()));
    world.clock->set(at("2026-01-11T00:00:00Z"));
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
}

TEST_CASE("a manual clock is moved by so much, or to a moment, and never back") {
    World world;
    const Timestamp start = world.clock->now();
    CHECK(world.history().advance_clock({1, {}}).value().now == start + Duration(1));
    CHECK(world.history().advance_clock({{}, start + days(1)}).value().now == start + days(1));
    CHECK(world.history().advance_clock({0, {}}).value().now == start + days(1));
    CHECK(world.history().advance_clock({{}, start + days(1)}).value().now == start + days(1));
    CHECK(failure_of(world.history().advance_clock({-1, {}})) == Errc::clock_backwards);
    CHECK(failure_of(world.history().advance_clock({{}, start})) == Errc::clock_backwards);
    CHECK(failure_of(world.history().advance_clock({})) == Errc::missing_field);
    CHECK(failure_of(world.history().advance_clock({1, start + days(2)})) == Errc::missing_field);
    CHECK(world.clock->now() == start + days(1));
    CHECK(world.history().advance_clock({INT64_MAX, {}}).value().now == Timestamp::latest());
}

TEST_CASE("the machine's clock is not moved") {
    const auto engine = Engine::open(std::make_unique<MemoryStore>()).value();
    CHECK(failure_of(engine->history().advance_clock({1, {}})) == Errc::clock_not_manual);
}
