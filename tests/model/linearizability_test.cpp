// Callers of one pool at once: is there an order in which each was told the truth?
// LICET_ROUNDS says how many histories, LICET_SEED from which one on.

#include "model/linearizability.hpp"

#include <atomic>
#include <barrier>
#include <cstdlib>
#include <thread>

#include <doctest/doctest.h>

#include "unit/engine/dice.hpp"
#include "unit/engine/world.hpp"

using namespace licet;
using namespace licet::model;

namespace {

constexpr std::size_t capacity = 2;
constexpr std::size_t users = 4;
constexpr std::size_t callers = 3;
constexpr std::size_t calls_each = 6;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

/// A pool of bronze, engines on its store that look at every check, and a store that lets others
/// go first in the middle of a command.
struct Shared {
    explicit Shared(std::size_t engine_count)
        : world(world::Options{{}, Duration(0), false}), engines{&world.engine()} {
        world.sell_article({world::line("bronze", capacity)});
        while (engines.size() < engine_count) {
            others.push_back(world.open());
            engines.push_back(others.back().get());
        }
        world.store->on_commit([](Store& inner, const Batch& batch) {
            std::this_thread::yield();
            return inner.commit(batch);
        });
    }

    world::World world;
    std::vector<std::unique_ptr<Engine>> others;
    std::vector<Engine*> engines;
};

template <class Answer>
std::size_t told_in_the_end(const std::function<result<Answer>()>& request,
                            const std::function<std::size_t(const result<Answer>&)>& meaning) {
    auto answer = request();
    while (!answer && answer.error().code == Errc::contended) {
        answer = request();
    }
    return meaning(answer);
}

constexpr std::size_t nonsense = 99;

std::size_t ask(Engine& engine, Act act, std::size_t number) {
    const auto pool = world::service("bronze");
    const UserId user = world::person(number);
    const auto outcome = [](const result<Written<SeatsAnswer>>& answer) -> std::size_t {
        if (!answer) {
            return answer.error().code == Errc::no_free_license ? 0 : nonsense;
        }
        return answer.value().value.outcomes[0].outcome == Outcome::absent ? 0 : 1;
    };
    switch (act) {
        case Act::assign:
            return told_in_the_end<Written<SeatsAnswer>>(
                [&] {
                    return engine.seats().assign({world::contoso(), pool, {user}, Mode::atomic, {}},
                                                 world::ben());
                },
                outcome);
        case Act::unassign:
            return told_in_the_end<Written<SeatsAnswer>>(
                [&] {
                    return engine.seats().unassign({world::contoso(), pool, {user}, Mode::atomic},
                                                   world::ben());
                },
                outcome);
        case Act::count: {
            const auto view = engine.seats().get_pool({world::contoso(), pool}, world::ben());
            return view ? static_cast<std::size_t>(view.value().pool.consumed) : nonsense;
        }
        case Act::check: {
            const auto decision =
                engine.seats().check(world::contoso().str(), pool.str(), user.str());
            return decision ? (is_licensed(decision.value()) ? 1 : 0) : nonsense;
        }
    }
    return nonsense;
}

/// What three callers at once were told.
std::vector<Call> history(Shared& shared, std::uint64_t seed) {
    std::atomic<std::uint64_t> counter{0};
    std::vector<Call> calls(callers * calls_each);
    std::barrier gate(callers);
    std::vector<std::thread> threads;
    for (std::size_t caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            world::Dice dice(seed * callers + caller);
            Engine& engine = *shared.engines[caller % shared.engines.size()];
            gate.arrive_and_wait();
            for (std::size_t n = 0; n < calls_each; ++n) {
                Call& call = calls[caller * calls_each + n];
                call.act = static_cast<Act>(dice.below(4));
                call.user = dice.below(users);
                call.began = ++counter;
                call.told = ask(engine, call.act, call.user);
                call.ended = ++counter;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return calls;
}

bool overlaps(const std::vector<Call>& calls) {
    for (const Call& one : calls) {
        for (const Call& other : calls) {
            if (&one != &other && one.began < other.began && other.began < one.ended) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

TEST_CASE("an order is found where there is one, and only there") {
    const auto is_good = [](const std::vector<Call>& calls) {
        return linearization(calls, 1).has_value();
    };
    const Call ada{Act::assign, 0, 1, 1, 4};
    const Call bob{Act::assign, 1, 1, 2, 3};
    CHECK(is_good({}));
    CHECK(is_good({ada, {Act::assign, 1, 0, 2, 3}}));
    CHECK_FALSE(is_good({ada, bob}));  // two have the last seat
    CHECK(is_good({ada, bob, {Act::unassign, 0, 1, 2, 3}}));
    CHECK_FALSE(is_good({ada, bob, {Act::unassign, 0, 1, 5, 6}}));  // it came too late for Bob
    CHECK(is_good({ada, {Act::check, 0, 0, 2, 3}}));
    CHECK_FALSE(is_good({ada, {Act::check, 0, 0, 5, 6}}));  // an old answer
    CHECK(is_good({ada, {Act::check, 0, 0, 2, 5}, {Act::count, 0, 1, 6, 7}}));
    const Call slow{Act::assign, 0, 1, 1, 9};
    CHECK(is_good({slow, {Act::count, 0, 0, 2, 3}, {Act::check, 0, 1, 4, 5}}));
    CHECK_FALSE(is_good({slow, {Act::check, 0, 1, 2, 3}, {Act::count, 0, 0, 4, 5}}));
    CHECK_FALSE(is_good({ada, {Act::unassign, 0, 1, 5, 6}, {Act::unassign, 0, 1, 7, 8}}));
    CHECK(*linearization({ada, {Act::check, 0, 0, 2, 3}}, 1) == std::vector<std::size_t>{1, 0});
}

TEST_CASE("callers of one pool at once are told what one after the other would have been") {
    const std::uint64_t seed = from_environment("LICET_SEED", 1);
    const std::uint64_t rounds = from_environment("LICET_ROUNDS", 60);
    for (const std::size_t engines : {std::size_t{1}, std::size_t{2}}) {
        CAPTURE(engines);
        std::uint64_t overlapping = 0;
        for (std::uint64_t round = seed; round < seed + rounds; ++round) {
            Shared shared(engines);
            const auto calls = history(shared, round);
            overlapping += overlaps(calls) ? 1U : 0U;
            const bool is_linearizable = linearization(calls, capacity).has_value();
            REQUIRE_MESSAGE(is_linearizable, "LICET_SEED=", round, '\n', text_of(calls));
        }
        CHECK(overlapping > 0);
    }
}

TEST_CASE("a store that forgets what a batch relies on is found out by what callers are told") {
    bool found = false;
    for (std::uint64_t round = 1; round <= 2000 && !found; ++round) {
        Shared shared(2);
        shared.world.store->on_commit([](Store& inner, const Batch& batch) {
            std::this_thread::yield();
            return inner.commit({{}, batch.writes});
        });
        found = !linearization(history(shared, round), capacity);
    }
    CHECK(found);
}
