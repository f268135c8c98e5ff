#include "engine/record_cache.hpp"

#include <doctest/doctest.h>

#include "engine/keys.hpp"

#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

Decoded number(int value) { return std::make_shared<const std::any>(value); }

int value(const Decoded& record) { return record ? std::any_cast<int>(*record) : 0; }

}  // namespace

TEST_CASE("a record is known decoded under the stamp it was written with, and no other") {
    RecordCache cache;
    CHECK_FALSE(cache.find("a", 1));
    cache.keep("a", 5, number(50));
    CHECK(value(cache.find("a", 5)) == 50);
    CHECK_FALSE(cache.find("a", 4));
    CHECK_FALSE(cache.find("a", 6));
    CHECK_FALSE(cache.find("b", 5));
}

TEST_CASE("a newer record takes the place of an older one, whichever is heard of first") {
    RecordCache cache;
    cache.keep("a", 5, number(50));
    cache.keep("a", 7, number(70));
    cache.keep("a", 6, number(60));
    CHECK(value(cache.find("a", 7)) == 70);
    CHECK_FALSE(cache.find("a", 6));
    CHECK_FALSE(cache.find("a", 5));
}

TEST_CASE("the newest is trusted until told otherwise, and another key's from the start") {
    RecordCache cache;
    cache.trust("a", true);
    CHECK_FALSE(cache.newest("a").is_trusted);
    cache.keep("a", 5, number(50));
    CHECK(cache.newest("a").is_trusted);
    CHECK(cache.newest("a").stamp == 5);
    CHECK(value(cache.newest("a").record) == 50);
    cache.trust("a", false);
    cache.keep("a", 7, number(70));
    CHECK_FALSE(cache.newest("a").is_trusted);
    CHECK(value(cache.newest("a").record) == 70);
    cache.trust("a", true);
    CHECK(cache.newest("a").is_trusted);
    CHECK_FALSE(cache.newest("b").record);
}

TEST_CASE("of more keys than there are places some are forgotten and none is taken for another") {
    RecordCache cache;
    int kept = 0;
    for (int n = 1; n <= 1000; ++n) {
        cache.keep(std::to_string(n), 1, number(n));
    }
    for (int n = 1; n <= 1000; ++n) {
        const Decoded found = cache.find(std::to_string(n), 1);
        CHECK((!found || value(found) == n));
        kept += found ? 1 : 0;
    }
    CHECK(kept > 100);
    CHECK(kept <= 256);
}

TEST_CASE("a pool that another engine has changed meanwhile is read anew") {
    World world;
    world.sell_article({line("bronze", 10)});
    REQUIRE(world.assign("bronze", {person(2)}));
    const auto other = world.open();
    REQUIRE(other->seats().assign({contoso(), service("bronze"), {person(3)}, {}, {}}, ben()));
    REQUIRE(world.assign("bronze", {person(4)}));
    const auto pool = world.seats().get_pool({contoso(), service("bronze")}, ben());
    CHECK(pool.value().pool.consumed == std::ssize(world.holders("bronze")));
    CHECK(world.verify(keys::pool(contoso(), service("bronze"))).ok);
}

TEST_CASE("a pool that is full as far as this engine knows is asked for again") {
    World world;
    world.sell_article({line("bronze", 1)});
    REQUIRE(world.assign("bronze", {person(2)}));
    const auto other = world.open();
    REQUIRE(other->seats().unassign({contoso(), service("bronze"), {person(2)}, {}}, ben()));
    REQUIRE(world.assign("bronze", {person(3)}));
    CHECK(world.holders("bronze") == std::vector{person(3)});
    CHECK(failure_of(world.assign("bronze", {person(4)})) == Errc::no_free_license);
}

TEST_CASE("an answer that another engine has kept is given again") {
    World world;
    world.sell_article({line("bronze", 10)});
    REQUIRE(world.assign("bronze", {person(2)}));
    const auto other = world.open();
    const AssignSeats command{contoso(), service("bronze"), {person(3)}, {}, {}};
    const auto theirs = other->seats().assign(command, with_key(ben(), "k"));
    const auto ours = world.seats().assign(command, with_key(ben(), "k"));
    REQUIRE(ours);
    CHECK(ours.value().replayed);
    CHECK(ours.value().revision == theirs.value().revision);
}

TEST_CASE("seats that are there already are found, however often new ones were given before") {
    World world;
    world.sell_article({line("bronze", 10)});
    REQUIRE(world.assign("bronze", {person(2)}));
    REQUIRE(world.assign("bronze", {person(3)}));
    const auto again = world.assign("bronze", {person(3), person(4)});
    REQUIRE(again);
    CHECK(again.value().value.outcomes[0].outcome == Outcome::already);
    CHECK(again.value().value.outcomes[1].outcome == Outcome::assigned);
    CHECK(again.value().value.pool.consumed == 3);
}
