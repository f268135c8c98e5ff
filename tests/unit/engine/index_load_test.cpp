#include "engine/index.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "engine/hash.hpp"
#include "unit/engine/fake_source.hpp"

using namespace licet;
using namespace licet::test;

namespace {

struct World {
    explicit World(IndexOptions options) : index(source, clock, options, 42) {}

    bool holds(const std::string& user) {
        return index.check(contoso, bronze, user).value() == Decision::licensed;
    }

    FakeSource source;
    ManualClock clock{Timestamp::parse("2026-01-01T00:00:00Z").value()};
    Index index;
};

// Alone, so that nothing but the load itself can make it right.
constexpr IndexOptions alone = {.staleness_max = Duration(1'000), .exclusive = true};

std::string user(std::uint64_t number) { return "user-" + std::to_string(100 + number); }

}  // namespace

TEST_CASE("changes while the holders are read are neither missed nor taken twice") {
    World world(alone);
    world.source.commit(contoso, bronze, {user(1), user(2), user(3), user(4)});
    world.source.during_next_scan([&] {
        world.source.commit(contoso, bronze, {user(0)}, {user(1)});  // behind the scan
        world.source.commit(contoso, bronze, {user(9)}, {user(4)});  // before it
        world.source.commit(contoso, bronze, {user(4)}, {user(9)});  // and back again
    });
    CHECK(world.holds(user(0)));
    CHECK_FALSE(world.holds(user(1)));
    CHECK(world.holds(user(2)));
    CHECK(world.holds(user(3)));
    CHECK(world.holds(user(4)));
    CHECK_FALSE(world.holds(user(9)));
    CHECK(world.source.calls().holders == 1);
}

TEST_CASE("whatever changes while the holders are read, a load ends where the source is") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        KeyStream random(seed);
        World world(alone);
        constexpr std::uint64_t everyone = 12;
        std::vector<bool> holds(everyone, false);
        const auto commit_some = [&] {
            for (auto left = random.next() % 20; left > 0; --left) {
                const auto who = random.next() % everyone;
                if (holds[who]) {
                    world.source.commit(contoso, bronze, {}, {user(who)});
                } else {
                    world.source.commit(contoso, bronze, {user(who)});
                }
                holds[who] = !holds[who];
            }
        };
        world.source.commit(contoso, bronze, {});
        commit_some();
        world.source.after_next_pool(commit_some);
        world.source.during_next_scan(commit_some);
        world.holds(user(0));
        for (std::uint64_t who = 0; who < everyone; ++who) {
            REQUIRE(world.holds(user(who)) == holds[who]);
        }
    }
}

TEST_CASE("a load starts over where a new epoch begins meanwhile") {
    World world(alone);
    world.source.commit(contoso, bronze, {user(1), user(2)});
    world.source.during_next_scan([&] { world.source.begin_epoch(bronze, {user(3)}); });
    CHECK_FALSE(world.holds(user(1)));
    CHECK_FALSE(world.holds(user(2)));
    CHECK(world.holds(user(3)));
    CHECK(world.source.calls().holders == 2);
}

TEST_CASE("a load starts over where the events since are gone already") {
    World world(alone);
    world.source.commit(contoso, bronze, {user(1), user(2)});
    world.source.during_next_scan([&] {
        world.source.commit(contoso, bronze, {user(3)}, {user(1)});
        world.source.prune_events();
    });
    CHECK_FALSE(world.holds(user(1)));
    CHECK(world.holds(user(3)));
    CHECK(world.source.calls().holders == 2);
}

TEST_CASE("news that comes while its pool is being loaded is not lost") {
    World world(alone);
    world.source.commit(contoso, bronze, {user(1)});
    world.source.during_next_scan([&] {
        world.source.after_next_pool(
            [&] { world.index.apply(world.source.commit(contoso, bronze, {user(2)})); });
    });
    CHECK(world.holds(user(1)));
    CHECK(world.holds(user(2)));
}

TEST_CASE("news that comes while its pool is being refreshed is not lost and not undone") {
    World world({.staleness_max = Duration(1'000)});
    world.source.commit(contoso, bronze, {user(1)});
    CHECK(world.holds(user(1)));
    world.source.commit(contoso, bronze, {user(2)});
    world.clock.advance(Duration(1'000));
    world.source.after_next_pool(
        [&] { world.index.apply(world.source.commit(contoso, bronze, {}, {user(2)})); });
    world.holds(user(1));
    CHECK_FALSE(world.holds(user(2)));
    world.clock.advance(Duration(1'000));
    world.source.after_next_pool(
        [&] { world.index.apply(world.source.commit(contoso, bronze, {user(3)})); });
    CHECK(world.holds(user(3)));
}

TEST_CASE("the holders of a large pool take at most 26 bytes each") {
    World world(alone);
    constexpr std::size_t count = 100'000;
    std::vector<std::string> many;
    for (std::size_t i = 0; i < count; ++i) {
        many.push_back("00000000-0000-4000-8000-000000" + std::to_string(100'000 + i));
    }
    world.source.commit(contoso, bronze, many);
    CHECK(world.holds(many.front()));
    CHECK(world.holds(many.back()));
    CHECK(world.index.holder_bytes() >= 16 * count);
    CHECK(world.index.holder_bytes() <= 26 * count);
}

TEST_CASE("threads that check while others change find who stays and never who never was") {
    for (const Duration staleness : {Duration(1'000), Duration(0)}) {
        CAPTURE(staleness.count());
        World world({.staleness_max = staleness});
        world.source.commit(contoso, bronze, {user(1), "00000000-0000-4000-8000-000000000001"});
        world.source.set_apps({{"crf36_App", {bronze}}});
        std::atomic<bool> right{true};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < (staleness.count() == 0 ? 300 : 5'000); ++i) {
                    const bool is =
                        world.holds(t % 2 == 0 ? user(1) : "00000000-0000-4000-8000-000000000001");
                    const bool never = world.holds(user(899));
                    const auto app = world.index.check_app(contoso, "crf36_app", user(1));
                    if (!is || never || app.value() != Decision::licensed) {
                        right = false;
                    }
                }
            });
        }
        threads.emplace_back([&] {
            for (int i = 0; i < 1'000; ++i) {
                world.clock.advance(Duration(10));
                if (i % 100 == 50) {
                    world.index.forget_apps();
                }
            }
        });
        for (std::uint64_t i = 0; i < 1'000; ++i) {
            const std::string who = user(2 + i % 300);
            const auto news = i % 600 < 300 ? world.source.commit(contoso, bronze, {who})
                                            : world.source.commit(contoso, bronze, {}, {who});
            if (i % 7 != 0) {  // the rest is as another process's
                world.index.apply(news);
            }
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        CHECK(right);
        world.clock.advance(Duration(1'000));
        for (std::uint64_t i = 0; i < 300; ++i) {
            REQUIRE(world.holds(user(2 + i)) == (i >= 100));
        }
    }
}
