// Many users at once are told what each would be told alone.

#include "engine/index.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "unit/engine/dice.hpp"
#include "unit/engine/fake_source.hpp"

using namespace licet;
using namespace licet::test;
using licet::world::Dice;

namespace {

constexpr Duration staleness{1'000};
const std::string bronze_app = "crf36_BronzeApp";

using Texts = std::vector<std::string>;
using Decisions = std::vector<Decision>;

/// An index that each user is checked by alone, and one that only ever checks many.
struct World {
    explicit World(IndexOptions options = {.staleness_max = staleness})
        : alone(source, clock, options, 42), together(source, clock, options, 43) {
        source.set_apps({{bronze_app, {bronze, silver, gold}}});
    }

    Decisions one_by_one(const Texts& users, const std::string& service_id = bronze) {
        return ask_each(
            users, [&](const std::string& user) { return alone.check(contoso, service_id, user); });
    }
    Decisions one_by_one_of_app(const Texts& users) {
        return ask_each(users, [&](const std::string& user) {
            return alone.check_app(contoso, bronze_app, user);
        });
    }

    Decisions many(const Texts& users, const std::string& service_id = bronze) {
        const std::vector<std::string_view> views(users.begin(), users.end());
        Decisions decisions(users.size(), Decision::licensed);
        REQUIRE(together.check_many(contoso, service_id, views, decisions));
        return decisions;
    }
    Decisions many_of_app(const Texts& users) {
        const std::vector<std::string_view> views(users.begin(), users.end());
        Decisions decisions(users.size(), Decision::licensed);
        REQUIRE(together.check_app_many(contoso, bronze_app, views, decisions));
        return decisions;
    }

    FakeSource source;
    ManualClock clock{Timestamp::parse("2026-01-01T00:00:00Z").value()};
    Index alone;
    Index together;

private:
    template <class Ask>
    static Decisions ask_each(const Texts& users, Ask ask) {
        Decisions decisions;
        for (const std::string& user : users) {
            const result<Decision> one = ask(user);
            if (!one) {
                CHECK((one.error().code == Errc::user_id_length ||
                       one.error().code == Errc::user_id_bad_character));
            }
            decisions.push_back(one ? one.value() : Decision::bad_user_id);
        }
        return decisions;
    }
};

std::string guid(std::size_t number) {
    return "00000000-0000-4000-8000-" + std::to_string(100'000'000'000 + number);
}

/// One of thirty people, in one of the forms their ids may have, or a text that is no id.
std::string someone(Dice& dice) {
    const std::size_t who = dice.below(30);
    switch (dice.below(8)) {
        case 0:
            return "{" + guid(who) + "}";
        case 1:
            return "00000000-0000-0000-0000-000000000000";
        case 2:
            return Texts{"", "no one", std::string(65, 'a'), guid(who) + "-", "adele\n"}[who % 5];
        case 3:
        case 4:
            return "user-" + std::to_string(who);
        default:
            return guid(who);
    }
}

Texts some_people(Dice& dice, std::size_t count) {
    Texts users;
    while (users.size() < count) {
        users.push_back(someone(dice));
    }
    return users;
}

constexpr std::size_t counts[] = {0, 1, 2, 31, 32, 33, 63, 64, 65, 128, 129, 1000};

std::uint64_t first_seed() {
    const char* const given = std::getenv("LICET_SEED");
    return given ? std::strtoull(given, nullptr, 10) : 1;
}

}  // namespace

TEST_CASE("each of many is told what a check of their own tells, however many they are") {
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 20; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        World world;
        const Timestamp now = world.clock.now();
        for (const std::string& plan : {bronze, silver}) {
            world.source.commit(contoso, plan, {guid(dice.below(30)), "user-7"});
            for (std::size_t n = 0; n < 20; ++n) {
                world.source.commit(
                    contoso, plan,
                    {n % 2 == 0 ? guid(dice.below(30)) : "user-" + std::to_string(dice.below(30))});
            }
        }
        world.source.commit(contoso, silver, {"00000000-0000-0000-0000-000000000000"});
        world.source.commit_spells(silver,
                                   spells(now, now + Duration(5'000), now + Duration(9'000)));
        for (const std::size_t count : counts) {
            CAPTURE(count);
            const Texts users = some_people(dice, count);
            for (const std::string& plan : {bronze, silver, gold}) {
                CAPTURE(plan);
                CHECK(world.many(users, plan) == world.one_by_one(users, plan));
            }
            CHECK(world.many_of_app(users) == world.one_by_one_of_app(users));
            world.clock.advance(Duration(1'000));  // silver is in grace, suspended, and lapsed
        }
    }
}

TEST_CASE("a pool that is known is not asked for again, one that is too old once") {
    World world;
    world.source.commit(contoso, bronze, {guid(1)});
    const Texts users(100, guid(1));
    CHECK(world.many(users) == Decisions(100, Decision::licensed));
    const auto calls = world.source.calls();
    CHECK(world.many(users) == Decisions(100, Decision::licensed));
    CHECK(world.source.calls() == calls);
    world.source.commit(contoso, bronze, {}, {guid(1)});  // another process's
    CHECK(world.many(users) == Decisions(100, Decision::licensed));
    world.clock.advance(staleness);
    CHECK(world.many(users) == Decisions(100, Decision::no_seat));
    CHECK(world.source.calls().pool == calls.pool + 1);
    CHECK(world.source.calls().holders == calls.holders);
}

TEST_CASE("a pool that is gone is none, for many as for one") {
    World world;
    world.source.commit(contoso, bronze, {guid(1)});
    const Texts users{guid(1), "no one", "adele"};
    CHECK(world.many(users) ==
          Decisions{Decision::licensed, Decision::bad_user_id, Decision::no_seat});
    world.source.remove_pool(bronze);
    world.clock.advance(staleness);
    CHECK(world.many(users) ==
          Decisions{Decision::no_pool, Decision::bad_user_id, Decision::no_pool});
    CHECK(world.one_by_one(users) == world.many(users));
}

TEST_CASE("where the store fails nobody is let in, also who was decided about before") {
    World world({.staleness_max = Duration(0)});
    world.source.commit(contoso, bronze, {guid(1)});
    const Texts users(33, guid(1));
    const std::vector<std::string_view> views(users.begin(), users.end());
    CHECK(world.many(users) == Decisions(33, Decision::licensed));
    CHECK(world.many_of_app(users) == Decisions(33, Decision::licensed));
    Decisions decisions(33, Decision::licensed);
    // The first 32 are up to date, and the last one is not any more.
    world.source.after_next_pool([&] { world.source.fail(true); });
    const auto plan = world.together.check_many(contoso, bronze, views, decisions);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().code == Errc::store_failed);
    CHECK(decisions == Decisions(33, Decision::no_seat));
    decisions.assign(33, Decision::licensed);
    const auto app = world.together.check_app_many(contoso, bronze_app, views, decisions);
    REQUIRE_FALSE(app);
    CHECK(app.error().code == Errc::store_failed);
    CHECK(decisions == Decisions(33, Decision::no_seat));
    world.source.fail(false);
    CHECK(world.many(users) == Decisions(33, Decision::licensed));
}

TEST_CASE("a tenant or a plan that is none makes the whole call fail, however many ask") {
    World world;
    for (const std::size_t count : {0U, 1U, 33U}) {
        CAPTURE(count);
        const std::vector<std::string_view> users(count, "adele");
        const auto code = [&](std::string_view tenant, std::string_view service_id) {
            Decisions decisions(count, Decision::licensed);
            const auto done = world.together.check_many(tenant, service_id, users, decisions);
            CHECK(decisions == Decisions(count, Decision::no_seat));
            return done ? std::error_code() : done.error().code;
        };
        CHECK(code("", bronze) == Errc::tenant_id_length);
        CHECK(code("a b", bronze) == Errc::tenant_id_bad_character);
        CHECK(code(contoso, "bronze") == Errc::service_id_parts);
        Decisions decisions(count, Decision::licensed);
        const auto app = world.together.check_app_many("a b", bronze_app, users, decisions);
        REQUIRE_FALSE(app);
        CHECK(app.error().code == Errc::tenant_id_bad_character);
        CHECK(decisions == Decisions(count, Decision::no_seat));
    }
}

TEST_CASE("threads that check many while others change find who stays and never who never was") {
    for (const Duration late : {staleness, Duration(0)}) {
        CAPTURE(late.count());
        World world({.staleness_max = late});
        Texts users;
        for (std::size_t n = 0; n < 40; ++n) {  // who stays, who comes and goes, who never was
            users.insert(users.end(), {guid(n), "user-" + std::to_string(n), guid(1'000 + n)});
            world.source.commit(contoso, bronze, {guid(n)});
        }
        std::atomic<bool> right{true};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, of_app = t % 2 == 1] {
                const std::vector<std::string_view> views(users.begin(), users.end());
                Decisions decisions(users.size());
                for (int i = 0; i < (late.count() == 0 ? 30 : 500); ++i) {
                    const auto done =
                        of_app
                            ? world.together.check_app_many(contoso, bronze_app, views, decisions)
                            : world.together.check_many(contoso, bronze, views, decisions);
                    bool fine = done.has_value();
                    for (std::size_t n = 0; n < users.size(); n += 3) {
                        fine = fine && decisions[n] == Decision::licensed &&
                               !is_licensed(decisions[n + 2]);
                    }
                    if (!fine) {
                        right = false;
                    }
                }
            });
        }
        for (std::size_t i = 0; i < 1'000; ++i) {
            const std::string who = "user-" + std::to_string(i % 40);
            const bool comes = i / 40 % 2 == 0;
            const auto news = comes ? world.source.commit(contoso, bronze, {who})
                                    : world.source.commit(contoso, bronze, {}, {who});
            if (i % 7 != 0) {  // the rest is as another process's
                world.together.apply(news);
            }
            world.clock.advance(Duration(10));
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        CHECK(right);
        world.clock.advance(staleness);
        CHECK(world.many(users) == world.one_by_one(users));
    }
}
