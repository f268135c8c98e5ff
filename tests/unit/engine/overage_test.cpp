// The same edge on every way to a seat: as many as the policy's overage allows, and not one more.

#include <doctest/doctest.h>

#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// Eight licences of bronze; in percent that is 9, by 12.5.
Options overage(Overage::Kind kind, std::string_view percent = "12.5") {
    Options options;
    options.policy.overage = {kind, Decimal::parse(percent).value()};
    return options;
}

struct Edge {
    Options options;
    std::size_t allowed;
};

const std::vector<Edge>& edges() {
    static const std::vector<Edge> all{{overage(Overage::Kind::none), 8},
                                       {overage(Overage::Kind::percent), 9},
                                       {overage(Overage::Kind::percent, "12.49"), 8},
                                       {overage(Overage::Kind::percent, "24.999999999999999"), 9},
                                       {overage(Overage::Kind::percent, "25"), 10}};
    return all;
}

}  // namespace

TEST_CASE("as many seats are assigned as overage allows, and not one more") {
    for (const Edge& edge : edges()) {
        World world(edge.options);
        world.sell_article({line("bronze", 8)});
        CHECK(failure_of(world.assign("bronze", people(0, edge.allowed + 1))) ==
              Errc::no_free_license);
        CHECK(failure_of(world.assign("bronze", people(0, edge.allowed))) == done);
        CHECK(failure_of(world.assign("bronze", {person(99)})) == Errc::no_free_license);
        CHECK(world.pool("bronze").over_by == static_cast<std::int64_t>(edge.allowed) - 8);
        CHECK(world.pool("bronze").available == 0);
    }
}

TEST_CASE("as many seats are moved to as overage allows, and not one more") {
    for (const Edge& edge : edges()) {
        World world(edge.options);
        world.sell_article({line("bronze", 8), line("gold", 20)});
        REQUIRE(world.assign("gold", people(0, edge.allowed + 1)));
        const auto moved = [&](std::size_t count) {
            return failure_of(world.seats().move(
                {contoso(), service("gold"), service("bronze"), people(0, count), Mode::atomic, {}},
                ben()));
        };
        CHECK(moved(edge.allowed + 1) == Errc::no_free_license);
        CHECK(moved(edge.allowed) == done);
        CHECK(world.pool("bronze").consumed == static_cast<std::int64_t>(edge.allowed));
    }
}

TEST_CASE("a group gives as many seats as overage allows, and not one more") {
    for (const Edge& edge : edges()) {
        World world(edge.options);
        world.sell_article({line("bronze", 8)});
        REQUIRE(world.assign_group({"bronze"}, people(0, edge.allowed + 1)));
        CHECK(world.holders("bronze") == people(0, edge.allowed));
        REQUIRE(world.reprocess());
        CHECK(world.holders("bronze") == people(0, edge.allowed));
    }
}

TEST_CASE("overage without an edge lets everyone in, by every way, while the pool is usable") {
    World world(overage(Overage::Kind::always));
    world.sell_article({line("bronze", 1), line("gold", 1)});
    REQUIRE(world.assign("bronze", people(0, 20)));
    REQUIRE(world.seats().move(
        {contoso(), service("bronze"), service("gold"), people(0, 10), Mode::atomic, {}}, ben()));
    REQUIRE(world.assign_group({"bronze", "gold"}, people(20, 10)));
    CHECK(world.pool("bronze").consumed == 20);
    CHECK(world.pool("gold").over_by == 19);
    world.clock->set(contract_over() + days(30) + Duration(-1));
    CHECK(failure_of(world.assign("bronze", {person(50)})) == done);
    world.clock->set(contract_over() + days(30));
    CHECK(failure_of(world.assign("bronze", {person(51)})) == Errc::pool_suspended);
    REQUIRE(world.set_members({person(52)}));
    CHECK(world.check("bronze", person(52)) == Decision::no_seat);
}

TEST_CASE("under the microsoft365 preset each way to a direct seat asks for a usage location") {
    Options options;
    options.policy = Policy::microsoft365();
    World world(options);
    world.sell_article({line("bronze", 8), line("gold", 8)});
    const auto given = [&](const UserId& user, std::optional<Country> location) {
        return failure_of(world.seats().assign(
            {contoso(), service("bronze"), {user}, Mode::atomic, std::move(location)}, ben()));
    };
    const auto moved = [&](const UserId& user) {
        return failure_of(world.seats().move(
            {contoso(), service("bronze"), service("gold"), {user}, Mode::atomic, {}}, ben()));
    };
    CHECK(given(person(1), {}) == Errc::usage_location_missing);
    CHECK(given(person(1), Country::parse("DE").value()) == done);
    CHECK(moved(person(1)) == done);  // it goes along
    const auto seats = world.seats().list_seats({contoso(), service("gold"), {}}, ben());
    CHECK(seats.value().items.at(0).usage_location == Country::parse("DE").value());
    REQUIRE(world.assign_group({"bronze"}, people(5, 1)));  // a group asks for none
    CHECK(world.check("bronze", person(5)) == Decision::licensed);
    CHECK(world.pool("gold").capacity.enabled == 8);
}

TEST_CASE("a contract that ends on a leap day is active up to its last millisecond") {
    World world;
    world.publish();
    world.consent();
    Deal leap = article_deal();
    leap.contract.end = day("2028-02-29");
    world.sell({line("bronze", 1)}, leap);
    REQUIRE(world.assign("bronze", {person(1)}));
    const Timestamp end = at("2028-03-01T00:00:00Z");
    for (const auto& [moment, decision] :
         {std::pair(end + Duration(-1), Decision::licensed), std::pair(end, Decision::in_grace),
          std::pair(at("2028-03-30T23:59:59.999Z"), Decision::in_grace),
          std::pair(at("2028-03-31T00:00:00Z"), Decision::suspended),
          std::pair(at("2028-06-28T23:59:59.999Z"), Decision::suspended),
          std::pair(at("2028-06-29T00:00:00Z"), Decision::no_seat)}) {
        const Timestamp now = moment;
        CAPTURE(now.str());
        world.clock->set(now);
        CHECK(world.check("bronze", person(1)) == decision);
        CHECK(world.open()
                  ->seats()
                  .check(contoso().str(), service("bronze").str(), person(1).str())
                  .value() == decision);
    }
}
