#include "engine/index.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/engine/fake_source.hpp"

using namespace licet;
using namespace licet::test;

namespace {

const std::string ana = "00000000-0000-4000-8000-00000000000a";
const std::string ben = "00000000-0000-4000-8000-00000000000b";
const std::string eve = "00000000-0000-4000-8000-00000000000e";

struct World {
    explicit World(IndexOptions options = {}) : index(source, clock, options, 42) {}

    Decision check(const std::string& user, const std::string& service_id = bronze) {
        return index.check(contoso, service_id, user).value();
    }
    bool holds(const std::string& user) { return check(user) == Decision::licensed; }

    FakeSource source;
    ManualClock clock{Timestamp::parse("2026-01-01T00:00:00Z").value()};
    Index index;
};

constexpr Duration staleness{1'000};

}  // namespace

TEST_CASE("who holds a seat is licensed, who does not is not, and where no pool is there is none") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.check(ana) == Decision::licensed);
    CHECK(world.check(ben) == Decision::no_seat);
    CHECK(world.check(ana, silver) == Decision::no_pool);
    CHECK(world.index.check("other-tenant", bronze, ana).value() == Decision::no_pool);
}

TEST_CASE("a pool is loaded once, and then answers alone") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    const auto calls = world.source.calls();
    CHECK(calls.holders == 1);
    for (int i = 0; i < 10; ++i) {
        CHECK(world.holds(ana));
        CHECK_FALSE(world.holds(ben));
    }
    CHECK(world.source.calls() == calls);
}

TEST_CASE("ids are taken in every form their parse takes") {
    World world;
    world.source.commit(contoso, bronze, {"abcdef00-0000-4000-8000-000000000001", "ben@contoso"});
    for (const char* user :
         {"abcdef00-0000-4000-8000-000000000001", "ABCDEF00-0000-4000-8000-000000000001",
          "{abcdef00-0000-4000-8000-000000000001}", "{ABCDEF00-0000-4000-8000-000000000001}"}) {
        CAPTURE(user);
        CHECK(world.check(user) == Decision::licensed);
    }
    CHECK(world.check("ben@contoso") == Decision::licensed);
    CHECK(world.check("Ben@contoso") == Decision::no_seat);
    for (const char* tenant :
         {"6F9619FF-8B86-D011-B42D-00C04FC964FF", "{6f9619ff-8b86-d011-b42d-00c04fc964ff}"}) {
        CHECK(world.index.check(tenant, "Fabrikam.F365.BRONZE", "ben@contoso").value() ==
              Decision::licensed);
    }
}

TEST_CASE("an id that breaks a rule fails with that rule, also of a pool that is known") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    const auto code = [&](const char* tenant, const char* service_id, const std::string& user) {
        return world.index.check(tenant, service_id, user).error().code;
    };
    CHECK(code("", bronze.c_str(), ana) == Errc::tenant_id_length);
    CHECK(code("a b", bronze.c_str(), ana) == Errc::tenant_id_bad_character);
    CHECK(code(contoso.c_str(), "bronze", ana) == Errc::service_id_parts);
    for (const char* service_id : {bronze.c_str(), silver.c_str()}) {
        CAPTURE(service_id);
        CHECK(code(contoso.c_str(), service_id, "") == Errc::user_id_length);
        CHECK(code(contoso.c_str(), service_id, "a b") == Errc::user_id_bad_character);
        CHECK(code(contoso.c_str(), service_id, std::string(65, 'a')) == Errc::user_id_length);
    }
    CHECK(world.index.check(contoso, bronze, std::string(64, 'a')));
}

TEST_CASE("an opaque id is not taken for a GUID, nor for an id that begins as it does") {
    World world;
    const std::string digits = "00000000000040008000000000000001";
    world.source.commit(contoso, bronze, {digits, std::string(64, 'a'), "0"});
    CHECK(world.holds(digits));
    CHECK_FALSE(world.holds("00000000-0000-4000-8000-000000000001"));
    CHECK_FALSE(world.holds("00000000-0000-0000-0000-000000000000"));
    CHECK(world.holds(std::string(64, 'a')));
    CHECK_FALSE(world.holds(std::string(63, 'a')));
    CHECK(world.index.check(contoso, bronze, std::string(65, 'a')).error().code ==
          Errc::user_id_length);
}

TEST_CASE("the GUID of all zeros is a user like any other") {
    World world;
    const std::string nobody = "00000000-0000-0000-0000-000000000000";
    world.source.commit(contoso, bronze, {ana});
    CHECK_FALSE(world.holds(nobody));
    world.index.apply(world.source.commit(contoso, bronze, {nobody}));
    CHECK(world.holds(nobody));
    world.index.apply(world.source.commit(contoso, bronze, {}, {nobody}));
    CHECK_FALSE(world.holds(nobody));
}

TEST_CASE("a commit of this process is seen at once") {
    World world({.staleness_max = staleness, .exclusive = true});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    const auto calls = world.source.calls();
    world.index.apply(world.source.commit(contoso, bronze, {ben}));
    CHECK(world.holds(ben));
    world.index.apply(world.source.commit(contoso, bronze, {eve}, {ana, ben}));
    CHECK_FALSE(world.holds(ana));
    CHECK_FALSE(world.holds(ben));
    CHECK(world.holds(eve));
    world.index.apply(world.source.commit_spells(
        bronze, spells(world.clock.now(), Timestamp::latest(), Timestamp::latest())));
    CHECK(world.check(eve) == Decision::in_grace);
    CHECK(world.source.calls() == calls);
}

TEST_CASE("a commit of many users at once is taken whole") {
    World world({.staleness_max = staleness, .exclusive = true});
    world.source.commit(contoso, bronze, {});
    CHECK_FALSE(world.holds(ana));
    std::vector<std::string> many;
    for (int i = 0; i < 1'000; ++i) {
        many.push_back((i % 2 == 0 ? "user-" : "00000000-0000-4000-8000-00000000") +
                       std::to_string(1'000 + i));
    }
    world.index.apply(world.source.commit(contoso, bronze, many));
    for (const std::string& user : many) {
        REQUIRE(world.holds(user));
    }
    world.index.apply(world.source.commit(contoso, bronze, {ana}, many));
    for (const std::string& user : many) {
        REQUIRE_FALSE(world.holds(user));
    }
    CHECK(world.holds(ana));
}

TEST_CASE("news out of order makes the index look for itself, also where it is alone") {
    for (const bool exclusive : {false, true}) {
        CAPTURE(exclusive);
        World world({.staleness_max = staleness, .exclusive = exclusive});
        world.source.commit(contoso, bronze, {ana});
        world.check(ana);
        const PoolNews first = world.source.commit(contoso, bronze, {ben});
        const PoolNews second = world.source.commit(contoso, bronze, {}, {ben});
        world.index.apply(second);
        CHECK_FALSE(world.holds(ben));
        world.index.apply(first);
        CHECK_FALSE(world.holds(ben));
        CHECK(world.source.calls().holders == 1);
        CHECK(world.source.calls().changes == 1);
    }
}

TEST_CASE("news that is late for one commit and filled in by the other still leaves nothing out") {
    World world({.staleness_max = staleness, .exclusive = true});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    const PoolNews first = world.source.commit(contoso, bronze, {ben});
    const PoolNews second = world.source.commit(contoso, bronze, {eve});
    world.index.apply(second);
    world.index.apply(first);
    CHECK(world.holds(ben));
    CHECK(world.holds(eve));
}

TEST_CASE("the same news twice is news once") {
    World world({.staleness_max = staleness, .exclusive = true});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    const PoolNews gained = world.source.commit(contoso, bronze, {ben});
    world.index.apply(gained);
    world.index.apply(world.source.commit(contoso, bronze, {}, {ben}));
    const auto calls = world.source.calls();
    world.index.apply(gained);
    CHECK_FALSE(world.holds(ben));
    CHECK(world.source.calls() == calls);
}

TEST_CASE("what another process changed is seen after staleness_max and not before") {
    World world({.staleness_max = staleness});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    world.source.commit(contoso, bronze, {ben}, {ana});
    world.clock.advance(staleness - Duration(1));
    CHECK(world.holds(ana));
    CHECK_FALSE(world.holds(ben));
    world.clock.advance(Duration(1));
    CHECK_FALSE(world.holds(ana));
    CHECK(world.holds(ben));
    CHECK(world.source.calls().holders == 1);
}

TEST_CASE("a clock set back does not make old knowledge fresh") {
    World world({.staleness_max = staleness});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    world.clock.advance(staleness);
    world.clock.set(Timestamp::parse("2020-01-01T00:00:00Z").value());
    world.source.commit(contoso, bronze, {}, {ana});
    CHECK_FALSE(world.holds(ana));
}

TEST_CASE("a refresh that finds nothing new asks for one record and lasts as long as a load") {
    World world({.staleness_max = staleness});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    auto calls = world.source.calls();
    world.clock.advance(staleness);
    CHECK(world.holds(ana));
    ++calls.pool;
    CHECK(world.source.calls() == calls);
    world.clock.advance(staleness - Duration(1));
    CHECK(world.holds(ana));
    CHECK(world.source.calls() == calls);
}

TEST_CASE("with staleness_max 0 the source is asked at every check") {
    World world({.staleness_max = Duration(0)});
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.holds(ana));
    world.source.commit(contoso, bronze, {}, {ana});
    CHECK_FALSE(world.holds(ana));
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.holds(ana));
}

TEST_CASE("the longest staleness_max there is does not overflow") {
    World world({.staleness_max = Duration::max()});
    world.clock.advance(days(1));
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.holds(ana));
    world.source.commit(contoso, bronze, {}, {ana});
    world.clock.advance(days(36'500));
    CHECK(world.holds(ana));
}

TEST_CASE("an index that is alone never refreshes") {
    World world({.staleness_max = Duration(0), .exclusive = true});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    const auto calls = world.source.calls();
    world.clock.advance(days(400));
    CHECK(world.holds(ana));
    CHECK(world.source.calls() == calls);
}

TEST_CASE("a pool not too far behind is brought up to date by its events, else by a scan") {
    for (const int behind : {4'096, 4'097}) {
        CAPTURE(behind);
        World world({.staleness_max = staleness});
        world.source.commit(contoso, bronze, {ana});
        world.check(ana);
        for (int i = 1; i < behind; ++i) {
            world.source.commit(contoso, bronze, {});
        }
        world.source.commit(contoso, bronze, {ben}, {ana});
        world.clock.advance(staleness);
        CHECK(world.holds(ben));
        CHECK_FALSE(world.holds(ana));
        CHECK(world.source.calls().holders == (behind == 4'096 ? 1 : 2));
    }
}

TEST_CASE("where the events are gone the holders are read again") {
    World world({.staleness_max = staleness});
    world.source.commit(contoso, bronze, {ana});
    world.check(ana);
    world.source.commit(contoso, bronze, {ben}, {ana});
    world.source.prune_events();
    world.clock.advance(staleness);
    CHECK(world.holds(ben));
    CHECK_FALSE(world.holds(ana));
    CHECK(world.source.calls().holders == 2);
}

TEST_CASE("a new epoch begins with its own holders") {
    for (const bool told : {false, true}) {
        CAPTURE(told);
        World world({.staleness_max = staleness});
        world.source.commit(contoso, bronze, {ana});
        world.check(ana);
        const PoolNews news = world.source.begin_epoch(bronze, {ben});
        if (told) {
            world.index.apply(news);
        } else {
            world.clock.advance(staleness);
        }
        CHECK_FALSE(world.holds(ana));
        CHECK(world.holds(ben));
    }
}

TEST_CASE("a pool that comes into being is seen at once") {
    World world({.staleness_max = staleness, .exclusive = true});
    CHECK(world.check(ana) == Decision::no_pool);
    world.index.apply(world.source.commit(contoso, bronze, {ana}));
    CHECK(world.check(ana) == Decision::licensed);
}

TEST_CASE("a pool that the source no longer has is none, until it has it again") {
    World world({.staleness_max = staleness});
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.holds(ana));
    world.source.remove_pool(bronze);
    world.clock.advance(staleness);
    CHECK(world.check(ana) == Decision::no_pool);
    world.source.commit(contoso, bronze, {ben});
    CHECK(world.check(ana) == Decision::no_seat);
    CHECK(world.check(ben) == Decision::licensed);
}

TEST_CASE("ids that name nothing take no memory of holders and are asked for each time") {
    World world;
    for (int i = 0; i < 100; ++i) {
        const std::string id = std::to_string(i);
        CHECK(world.index.check("tenant-" + id, bronze, ana).value() == Decision::no_pool);
        CHECK(world.check(ana, "fabrikam.f365.plan-" + id) == Decision::no_pool);
    }
    CHECK(world.source.calls().pool == 200);
    CHECK(world.index.holder_bytes() == 0);
}

TEST_CASE("where the source fails the check fails with its error, and the next one tries again") {
    World world({.staleness_max = staleness});
    world.source.commit(contoso, bronze, {ana});
    const auto fails = [&] {
        const auto decision = world.index.check(contoso, bronze, ana);
        return !decision && decision.error().code == Errc::store_failed;
    };
    world.source.fail(true);
    CHECK(fails());
    world.source.fail(false);
    CHECK(world.holds(ana));
    world.source.fail(true);
    CHECK(world.holds(ana));
    world.clock.advance(staleness);
    CHECK(fails());
    CHECK(fails());
    world.source.fail(false);
    world.source.commit(contoso, bronze, {}, {ana});
    CHECK_FALSE(world.holds(ana));
}
