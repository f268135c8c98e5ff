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
