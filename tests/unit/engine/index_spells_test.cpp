// The states of a pool over time, as the index answers by them.

#include "engine/index.hpp"

#include <doctest/doctest.h>

#include <string>

#include "unit/engine/fake_source.hpp"

using namespace licet;
using namespace licet::test;

namespace {

const std::string ana = "00000000-0000-4000-8000-00000000000a";
const std::string ben = "00000000-0000-4000-8000-00000000000b";

struct World {
    Decision check(const std::string& user) { return index.check(contoso, bronze, user).value(); }

    FakeSource source;
    ManualClock clock{Timestamp::parse("2026-01-01T00:00:00Z").value()};
    Index index{source, clock, {.staleness_max = Duration(1'000), .exclusive = true}, 42};
};

}  // namespace

TEST_CASE("the state of the pool follows the clock to the millisecond") {
    World world;
    const Timestamp start = world.clock.now();
    world.source.commit(contoso, bronze, {ana});
    world.source.commit_spells(
        bronze, spells(start + Duration(10), start + Duration(20), start + Duration(30)));
    const auto at = [&](int ms, const std::string& user) {
        world.clock.set(start + Duration(ms));
        return world.check(user);
    };
    CHECK(at(9, ana) == Decision::licensed);
    CHECK(at(10, ana) == Decision::in_grace);
    CHECK(at(19, ana) == Decision::in_grace);
    CHECK(at(20, ana) == Decision::suspended);
    CHECK(at(29, ana) == Decision::suspended);
    CHECK(at(30, ana) == Decision::no_seat);
    for (const int ms : {9, 10, 20, 30}) {
        CHECK(at(ms, ben) == Decision::no_seat);
    }
}

TEST_CASE("a pool's state may come and go, and back with a clock set back, without the source") {
    World world;
    const Timestamp start = world.clock.now();
    world.source.commit(contoso, bronze, {ana});
    const auto moment = [&](int ms) { return start + Duration(ms); };
    world.source.commit_spells(bronze, {{PoolState::suspended, Timestamp::earliest(), moment(10)},
                                        {PoolState::active, moment(10), moment(20)},
                                        {PoolState::suspended, moment(20), moment(30)},
                                        {PoolState::active, moment(30), Timestamp::latest()}});
    CHECK(world.check(ana) == Decision::suspended);
    const auto calls = world.source.calls();
    for (const auto& [ms, decision] :
         {std::pair(9, Decision::suspended), std::pair(10, Decision::licensed),
          std::pair(19, Decision::licensed), std::pair(20, Decision::suspended),
          std::pair(30, Decision::licensed), std::pair(29, Decision::suspended),
          std::pair(15, Decision::licensed), std::pair(0, Decision::suspended)}) {
        const int after = ms;
        CAPTURE(after);
        world.clock.set(moment(after));
        CHECK(world.check(ana) == decision);
        CHECK(world.check(ben) == Decision::no_seat);
    }
    world.clock.set(moment(15));
    world.index.apply(world.source.commit(contoso, bronze, {ben}));
    CHECK(world.check(ben) == Decision::licensed);
    CHECK(world.source.calls() == calls);
}
