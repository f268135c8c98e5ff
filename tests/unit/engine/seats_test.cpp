// Seats and pools through the engine.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

std::vector<Outcome> outcomes(const result<Written<SeatsAnswer>>& answer) {
    REQUIRE(failure_of(answer) == done);
    std::vector<Outcome> all;
    for (const SeatOutcome& outcome : answer.value().value.outcomes) {
        all.push_back(outcome.outcome);
    }
    return all;
}

using Outcomes = std::vector<Outcome>;

}  // namespace

TEST_CASE("a seat given is a unit taken, at once and in the answer") {
    World world;
    world.sell_article({line("bronze", 3)});
    const auto assigned = world.assign("bronze", {person(2), person(1)});
    CHECK(outcomes(assigned) == Outcomes{Outcome::assigned, Outcome::assigned});
    CHECK(assigned.value().value.outcomes.at(0).user == person(1));
    CHECK(assigned.value().value.pool == world.pool("bronze"));
    CHECK(world.pool("bronze").consumed == 2);
    CHECK(world.pool("bronze").available == 1);
    CHECK(outcomes(world.assign("bronze", people(1, 3))) ==
          Outcomes{Outcome::already, Outcome::already, Outcome::assigned});
    CHECK(outcomes(world.unassign("bronze", {person(1), person(9)})) ==
          Outcomes{Outcome::released, Outcome::absent});
    CHECK(world.holders("bronze") == people(2, 2));
}

TEST_CASE("an atomic call gives all or none, a best-effort one as many as there are") {
    World world;
    world.sell_article({line("bronze", 2)});
    const auto before = world.store->dump();
    CHECK(failure_of(world.assign("bronze", people(1, 3))) == Errc::no_free_license);
    CHECK(world.store->dump() == before);
    CHECK(outcomes(world.assign("bronze", people(1, 3), ben(), Mode::best_effort)) ==
          Outcomes{Outcome::assigned, Outcome::assigned, Outcome::failed});
    CHECK(world.holders("bronze") == people(1, 2));
}

TEST_CASE("a call names someone, and a pool that is there") {
    World world;
    world.sell_article({line("bronze", 2)});
    CHECK(failure_of(world.assign("bronze", {})) == Errc::users_missing);
    CHECK(failure_of(world.unassign("bronze", {})) == Errc::users_missing);
    CHECK(failure_of(world.assign("gold", {person(1)})) == Errc::pool_not_found);
    CHECK(failure_of(world.seats().assign(
              {northwind(), service("bronze"), {person(1)}, Mode::atomic, {}}, nora())) ==
          Errc::pool_not_found);
}

TEST_CASE("where a usage location is required a seat is given with it only, and keeps it") {
    World world({Policy::microsoft365(), Duration(1'000), false});
    world.sell_article({line("bronze", 2)});
    const auto refused = world.assign("bronze", {person(1)});
    CHECK(failure_of(refused) == Errc::usage_location_missing);
    CHECK(refused.error().findings.at(0).pointer == "/usage_location");
    const Country de = Country::parse("DE").value();
    REQUIRE(
        world.seats().assign({contoso(), service("bronze"), {person(1)}, Mode::atomic, de}, ben()));
    const auto seats = world.seats().list_seats({contoso(), service("bronze"), {}}, ben());
    CHECK(seats.value().items.at(0).usage_location == de);
    CHECK(failure_of(world.unassign("bronze", {person(1)})) == done);
}

TEST_CASE("a usage location that is corrected is told by the pool's stream, once under a key") {
    World world;
    world.sell_article({line("bronze", 1)});
    const auto give = [&](const char* location, const Caller& caller = ben()) {
        return world.seats().assign({contoso(),
                                     service("bronze"),
                                     {person(1)},
                                     Mode::atomic,
                                     Country::parse(location).value()},
                                    caller);
    };
    const auto seat = [&] {
        return world.seats()
            .list_seats({contoso(), service("bronze"), {}}, ben())
            .value()
            .items.at(0);
    };
    REQUIRE(give("DE"));
    const Seat given = seat();
    world.pass_time(days(1));
    const auto corrected = give("FR", with_key(ben(), "k"));
    CHECK(outcomes(corrected) == Outcomes{Outcome::assigned});
    CHECK(corrected.value().value.pool.consumed == 1);
    CHECK(seat().usage_location == Country::parse("FR").value());
    CHECK(seat().since == given.since);
    CHECK(world.events(pool_stream("bronze")).back().details.text ==
          R"({"before":{},"after":{},"given":[")" + person(1).str() + R"("],"source":"direct"})");
    CHECK(world.check("bronze", person(1)) == Decision::licensed);

    const auto content = world.store->dump();
    const auto again = give("FR", with_key(ben(), "k"));
    CHECK(again.value().replayed);
    CHECK(outcomes(again) == Outcomes{Outcome::assigned});
    CHECK(outcomes(give("FR")) == Outcomes{Outcome::already});
    CHECK(outcomes(world.assign("bronze", {person(1)})) == Outcomes{Outcome::already});
    CHECK(failure_of(give("ZZ")) == Errc::country_syntax);
    CHECK(world.store->dump() == content);
    CHECK(outcomes(world.unassign("bronze", {person(1)})) == Outcomes{Outcome::released});
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("how many seats above the licences may be given is a policy") {
    Policy policy;
    policy.overage = {Overage::Kind::percent, Decimal::parse("12.5").value()};
    World world({policy, Duration(1'000), false});
    world.sell_article({line("bronze", 16)});
    CHECK(failure_of(world.assign("bronze", people(0, 19))) == Errc::no_free_license);
    CHECK(failure_of(world.assign("bronze", people(0, 18))) == done);
    CHECK(world.pool("bronze").over_by == 2);
    CHECK(world.pool("bronze").available == 0);
    CHECK(world.pool("bronze").over_since == world.clock->now());
}

TEST_CASE("seats are listed by user, in pages that stay right while seats come and go") {
    World world;
    world.sell_article({line("bronze", 20)});
    REQUIRE(world.assign("bronze", people(0, 10)));
    ListSeats query{contoso(), service("bronze"), {3, {}}};
    auto page = world.seats().list_seats(query, ben()).value();
    REQUIRE(page.items.size() == 3);
    CHECK(page.items[2].user == person(2));
    CHECK(page.items[2].service_id == service("bronze"));
    CHECK(page.items[2].sources == std::vector{SeatSource()});
    CHECK(page.items[2].since == world.clock->now());

    REQUIRE(world.unassign("bronze", {person(0), person(2), person(4)}));
    REQUIRE(world.assign("bronze", {person(11)}));
    std::vector<UserId> rest;
    while (page.next) {
        query.page.after = page.next;
        page = world.seats().list_seats(query, ben()).value();
        for (const Seat& seat : page.items) {
            rest.push_back(seat.user);
        }
    }
    const std::vector expected{person(3), person(5), person(6), person(7),
                               person(8), person(9), person(11)};
    CHECK(rest == expected);
}

TEST_CASE("a page has one to a thousand items") {
    World world;
    world.sell_article({line("bronze", 1)});
    for (const std::int64_t limit : {INT64_MIN, std::int64_t{0}, std::int64_t{1001}, INT64_MAX}) {
        const auto refused =
            world.seats().list_seats({contoso(), service("bronze"), {limit, {}}}, ben());
        CHECK(failure_of(refused) == Errc::number_out_of_range);
        CHECK(refused.error().findings.at(0).pointer == "/limit");
    }
    for (const std::int64_t limit : {1, 1000}) {
        CHECK(world.seats().list_seats({contoso(), service("bronze"), {limit, {}}}, ben()));
    }
}

TEST_CASE("a page after anything at all is a page") {
    World world;
    world.sell_article({line("bronze", 5)});
    REQUIRE(world.assign("bronze", people(0, 5)));
    const auto after = [&](std::string where) {
        return world.seats()
            .list_seats({contoso(), service("bronze"), {100, std::move(where)}}, ben())
            .value()
            .items.size();
    };
    CHECK(after("") == 5);
    CHECK(after(person(1).str()) == 3);
    CHECK(after("~~~~") == 0);
    CHECK(after("/../") == 5);
    CHECK(after(std::string(1000, 'z')) == 0);
    CHECK(after("\xff") == 0);
}

TEST_CASE("the seats of a person are those of every pool") {
    World world;
    world.sell_article({line("bronze", 1), line("gold", 2), line("silver", 1)});
    REQUIRE(world.assign("bronze", {person(1)}));
    REQUIRE(world.assign("gold", people(1, 2)));
    const auto seats_of = [&](const UserId& user) {
        std::vector<ServiceId> all;
        const auto answer = world.seats().seats_of({contoso(), user}, ben());
        for (const HeldSeat& held : answer.value().seats) {
            CHECK(held.seat.user == user);
            all.push_back(held.seat.service_id);
        }
        return all;
    };
    CHECK(seats_of(person(1)) == std::vector{service("bronze"), service("gold")});
    CHECK(seats_of(person(2)) == std::vector{service("gold")});
    CHECK(seats_of(person(3)).empty());
}

TEST_CASE("the pools of a tenant are its own") {
    World world;
    world.sell_article({line("bronze", 1), line("gold", 2)});
    const auto pools = world.seats().list_pools({contoso(), {}}, ben()).value().items;
    REQUIRE(pools.size() == 2);
    CHECK(pools[0] == world.pool("bronze"));
    CHECK(pools[1] == world.pool("gold"));
    CHECK(world.seats().list_pools({northwind(), {}}, nora()).value().items.empty());
    const auto first = world.seats().list_pools({contoso(), {1, {}}}, ben()).value();
    CHECK(first.items.size() == 1);
    CHECK(first.next);
}

TEST_CASE("after its lines are deleted a pool's seats are forgotten and written over") {
    World world({{}, Duration(0), false});
    mutations::seated(world);
    world.clock->set(contract_over() + days(120) + Duration(-1));
    CHECK(world.pool("bronze").consumed == 2);
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    world.clock->set(contract_over() + days(120));
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(world.pool("bronze").capacity == Capacity{});
    CHECK(world.pool("bronze").over_by == 0);
    CHECK(world.holders("bronze").empty());
    CHECK(world.seats().seats_of({contoso(), person(1)}, ben()).value().seats.empty());
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    CHECK(outcomes(world.unassign("bronze", {person(1)})) == Outcomes{Outcome::absent});
    CHECK(failure_of(world.assign("bronze", {person(1)})) == Errc::pool_suspended);

    Deal renewal = article_deal("d-2");
    renewal.contract.start = day("2027-07-01");
    renewal.contract.end = day("2028-06-30");
    world.sell({line("bronze", 1)}, renewal);
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    CHECK(outcomes(world.assign("bronze", {person(2)})) == Outcomes{Outcome::assigned});
    CHECK(failure_of(world.assign("bronze", {person(1)})) == Errc::no_free_license);
    CHECK(world.holders("bronze") == std::vector{person(2)});
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    CHECK(world.check("bronze", person(2)) == Decision::licensed);
    CHECK(world.open()
              ->seats()
              .check(contoso().str(), service("bronze").str(), person(1).str())
              .value() == Decision::no_seat);
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("in grace the holders stay and nobody is added") {
    World world;
    mutations::seated(world);
    world.clock->set(contract_over());
    CHECK(world.check("bronze", person(1)) == Decision::in_grace);
    CHECK(failure_of(world.assign("bronze", {person(5)})) == Errc::no_free_license);
    CHECK(outcomes(world.assign("bronze", {person(1)})) == Outcomes{Outcome::already});
    CHECK(outcomes(world.unassign("bronze", {person(1)})) == Outcomes{Outcome::released});
}

TEST_CASE("opaque ids and GUIDs hold seats side by side") {
    World world;
    world.sell_article({line("bronze", 3)});
    REQUIRE(world.assign("bronze", {user("adele@contoso.com"), user("Adele"), person(1)}));
    CHECK(world.check("bronze", user("adele@contoso.com")) == Decision::licensed);
    CHECK(world.check("bronze", user("Adele")) == Decision::licensed);
    CHECK(world.check("bronze", user("adele")) == Decision::no_seat);
    CHECK(world.check("bronze", user("{00000001-0000-4000-8000-000000000001}")) ==
          Decision::licensed);
}
