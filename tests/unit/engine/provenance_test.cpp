// Why a check comes out as it does.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// Bronze by two deals, of which the second is in grace; person 1 has it directly and by sales.
struct Contoso : World {
    Contoso() {
        sell_article({line("bronze", 2)});
        Deal second = article_deal("d-2");
        second.contract.end = day("2026-06-30");
        sell({line("bronze", 3)}, second);
        REQUIRE(assign("bronze", people(1, 1)));
        REQUIRE(assign_group({"bronze"}, people(1, 1)));
        clock->set(at("2026-07-01T00:00:00Z"));
    }

    Provenance why(const UserId& who, std::string_view plan) {
        const auto answer = seats().check(Check{contoso(), who, service(plan), true});
        REQUIRE(answer);
        REQUIRE(answer.value().why.size() == 1);
        CHECK(answer.value().why[0].service_id == service(plan));
        return answer.value().why[0];
    }
};

const std::vector<SeatSource> both_ways{{}, {group("sales")}};

std::vector<PoolLine> both_deals() {
    return {{deal_id("d-1"), 2, LineState::active, contract_over()},
            {deal_id("d-2"), 3, LineState::warning, at("2026-07-01T00:00:00Z")}};
}

}  // namespace

TEST_CASE("a check says by which ways a seat is held and which deals carry its pool") {
    Contoso world;
    CHECK(world.why(person(1), "bronze").sources == both_ways);
    CHECK(world.why(person(1), "bronze").deals == both_deals());
    CHECK(world.why(person(2), "bronze").sources.empty());
    CHECK(world.why(person(2), "bronze").deals == both_deals());
    CHECK(world.why(person(1), "gold").sources.empty());
    CHECK(world.why(person(1), "gold").deals.empty());
}

TEST_CASE("a deal carries a pool until its line is deleted, and a seat as long as any does") {
    Contoso world;
    world.clock->set(at("2026-07-01T00:00:00Z") + days(120) + Duration(-1));
    CHECK(world.why(person(1), "bronze").deals.at(1).state == LineState::suspended);
    world.clock->set(at("2026-07-01T00:00:00Z") + days(120));
    CHECK(world.why(person(1), "bronze").deals.size() == 1);
    world.clock->set(contract_over() + days(120) + Duration(-1));
    CHECK(world.why(person(1), "bronze").sources == both_ways);
    world.clock->set(contract_over() + days(120));
    CHECK(world.why(person(1), "bronze").sources.empty());
    CHECK(world.why(person(1), "bronze").deals.empty());
}

TEST_CASE("a check of an app says why of every plan that it rests on") {
    Contoso world;
    const auto app =
        world.seats().check_app(CheckApp{contoso(), person(1), "crf36_BronzeApp", true}).value();
    REQUIRE(app.why.size() == 1);
    CHECK(app.why[0].service_id == service("bronze"));
    CHECK(app.why[0].sources == both_ways);
    CHECK(app.why[0].deals == both_deals());
    const auto unknown =
        world.seats().check_app(CheckApp{contoso(), person(1), "crf36_None", true});
    CHECK(unknown.value().why.empty());
}

TEST_CASE("the seats of a person come with the deals that carry them") {
    Contoso world;
    const auto held = world.seats().seats_of({contoso(), person(1)}, ben()).value().seats;
    REQUIRE(held.size() == 1);
    CHECK(held[0].seat.sources == both_ways);
    CHECK(held[0].deals == both_deals());
}

TEST_CASE("whoever does not ask why is answered from memory") {
    Contoso world;
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    world.store->on_read([](const auto&) -> result<void> {
        return Error{Errc::store_failed, {}, {}};
    });
    Check check{contoso(), person(1), service("bronze"), true};
    CHECK(failure_of(world.seats().check(check)) == Errc::store_failed);
    check.why = false;
    const auto spared = world.seats().check(check);
    REQUIRE(failure_of(spared) == done);
    CHECK(spared.value().decision == Decision::licensed);
    CHECK(spared.value().why.empty());
}
