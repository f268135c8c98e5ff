// Seats as a table.

#include <doctest/doctest.h>

#include "mutations.hpp"
#include "streams.hpp"

using namespace licet;
using namespace licet::world;

namespace {

std::string csv_of(World& world) {
    const auto exported = world.seats().export_seats({contoso()}, ben());
    REQUIRE(failure_of(exported) == done);
    return exported.value().csv.value();
}

}  // namespace

TEST_CASE("a tenant without seats exports a header") {
    World world;
    world.sell_article({line("bronze", 3)});
    CHECK(csv_of(world) == "User,Service ID\n");
}

TEST_CASE("direct seats are exported pool by pool and user by user, inherited ones are not") {
    World world;
    world.sell_article({line("silver", 3), line("bronze", 3)});
    REQUIRE(failure_of(world.assign("silver", {person(1)})) == done);
    REQUIRE(failure_of(world.assign("bronze", {person(2), person(1)})) == done);
    REQUIRE(failure_of(world.groups().assign(
                {contoso(), group("sales"), {service("silver")}, {{person(2), person(1)}}},
                ben())) == done);
    const std::string one = person(1).str();
    const std::string two = person(2).str();
    const std::string bronze = service("bronze").str();
    const std::string silver = service("silver").str();
    CHECK(csv_of(world) == "User,Service ID\n" + one + "," + bronze + "\n" + two + "," + bronze +
                               "\n" + one + "," + silver + "\n");
}

TEST_CASE("seats go to a stream in pages, and it is told how many have gone") {
    constexpr std::size_t count = 2001;
    World world;
    world.sell_article({line("bronze", count)});
    REQUIRE(failure_of(world.assign("bronze", people(1, 1000))) == done);
    REQUIRE(failure_of(world.assign("bronze", people(1001, 1001))) == done);
    Tape tape;
    const auto exported = world.seats().export_seats({contoso()}, ben(), tape);
    REQUIRE(failure_of(exported) == done);
    CHECK(exported.value().count == count);
    CHECK_FALSE(exported.value().csv);
    CHECK(tape.told.back().first == count);
    CHECK(tape.pieces.size() == 4);  // the header and three pages
    CHECK(tape.taken() == csv_of(world));
}

TEST_CASE("an export that is stopped fails with what stopped it") {
    World world;
    world.sell_article({line("bronze", 3)});
    REQUIRE(failure_of(world.assign("bronze", {person(1)})) == done);
    for (const std::size_t pieces : {std::size_t{0}, std::size_t{1}}) {
        Tape tape;
        tape.pieces_max = pieces;
        CHECK(failure_of(world.seats().export_seats({contoso()}, ben(), tape)) == Errc::cancelled);
    }
}

TEST_CASE("who may not read a tenant's seats gets none of them") {
    World world;
    world.sell_article({line("bronze", 3)});
    Tape tape;
    CHECK(failure_of(world.seats().export_seats({contoso()}, nora(), tape)) == Errc::other_tenant);
    CHECK(tape.pieces.empty());
}
