// Several writers of one record, committed together.

#include <array>
#include <functional>
#include <set>
#include <system_error>
#include <thread>

#include <doctest/doctest.h>

#include "engine/core.hpp"
#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const Error unknown{Errc::outcome_unknown, "the line went dead", {}};

Policy taking_newest() {
    Policy policy;
    policy.lowering = Lowering::unassign_newest;
    return policy;
}

/// A sold article, an engine whose queues can be seen, and `world.engine()` as another process.
struct Crowd {
    explicit Crowd(const std::vector<LineChange>& lines, const Policy& policy = {})
        : world({policy, Duration(1'000), false}) {
        world.sell_article(lines);
        EngineOptions options;
        options.policy = policy;
        options.clock = world.clock;
        options.random = std::make_shared<SeededRandom>(99);
        options.ids = std::make_shared<SequentialIds>(100);
        core.emplace(std::make_unique<SharedStore>(world.store), options, Core::Seeds{1, {}});
        seats.emplace(*core);
        deals.emplace(*core);
    }

    void count_commits() {
        world.store->on_commit([this](Store& inner, const Batch& batch) {
            ++commits;
            return inner.commit(batch);
        });
    }

    /// All writers wait, in this order, before the first of them is begun: `another` one of the
    /// same home holds them up. `act` takes the place of the commit after that one.
    void together(const std::string& home, const std::function<void()>& another,
                  const std::vector<std::function<void()>>& writers, StoreInHand::OnCommit act) {
        world.store->on_commit([&](Store& inner, const Batch& batch) {
            while (core->writers_of(home) != 1 + writers.size()) {
                std::this_thread::yield();
            }
            count_commits();
            if (act) {
                world.store->on_commit([this, act](Store& store, const Batch& joined) {
                    count_commits();
                    ++commits;
                    return act(store, joined);
                });
            }
            return inner.commit(batch);
        });
        std::vector<std::jthread> threads;
        threads.emplace_back(another);
        for (std::size_t n = 0; n < writers.size(); ++n) {
            while (core->writers_of(home) != 1 + n) {
                std::this_thread::yield();
            }
            threads.emplace_back(writers[n]);
        }
    }

    using Told = result<Written<SeatsAnswer>>;

    /// One writer of the bronze pool.
    struct Writer {
        std::vector<UserId> users;
        Caller caller = ben();
        bool assigns = true;
    };

    Told write(const Writer& writer) {
        if (writer.assigns) {
            return seats->assign({contoso(), service("bronze"), writer.users, Mode::atomic, {}},
                                 writer.caller);
        }
        return seats->unassign({contoso(), service("bronze"), writer.users, Mode::atomic},
                               writer.caller);
    }

    /// Person 0 is given a seat, and meanwhile these wait.
    std::vector<Told> write_together(const std::vector<Writer>& writers,
                                     StoreInHand::OnCommit act = {}) {
        std::vector<Told> told(writers.size(), Error{Errc::internal, "not told", {}});
        std::vector<std::function<void()>> all;
        for (std::size_t n = 0; n < writers.size(); ++n) {
            all.emplace_back([&, n] { told[n] = write(writers[n]); });
        }
        const auto another = [&] { (void)write({{person(0)}}); };
        together(pool_stream("bronze"), another, all, std::move(act));
        return told;
    }

    /// Each of these persons wants a seat, all at once.
    std::vector<Told> assign_together(std::size_t first, std::size_t count,
                                      StoreInHand::OnCommit act = {}) {
        std::vector<Writer> writers;
        for (const UserId& who : people(first, count)) {
            writers.push_back({{who}});
        }
        return write_together(writers, std::move(act));
    }

    World world;
    std::optional<Core> core;
    std::optional<Seats> seats;
    std::optional<Deals> deals;
    int commits = 0;
};

using Failures = std::vector<std::error_code>;

Failures failures_of(const std::vector<Crowd::Told>& told) {
    Failures failures;
    for (const auto& one : told) {
        failures.push_back(failure_of(one));
    }
    return failures;
}

/// The seats stand as they should, told of by so many events, each of a command of its own.
void check_holders(Crowd& crowd, const std::vector<UserId>& holders, std::size_t events) {
    crowd.world.store->on_commit(nullptr);
    crowd.world.store->on_read(nullptr);
    CHECK(crowd.world.holders("bronze") == holders);
    CHECK(crowd.world.pool("bronze").consumed == std::ssize(holders));
    CHECK(crowd.world.verify(pool_stream("bronze")).ok);
    const auto all = crowd.world.events(pool_stream("bronze"));
    std::set<std::string> commands;
    for (const Event& event : all) {
        commands.insert(event.command);
    }
    CHECK(all.size() == events);
    CHECK(commands.size() == events);
    for (const UserId& who : holders) {
        const auto decision =
            crowd.seats->check(contoso().str(), service("bronze").str(), who.str());
        CHECK(decision.value() == Decision::licensed);
    }
}

}  // namespace

TEST_CASE("those who wait for one pool are given one commit, and each an answer of its own") {
    Crowd crowd({line("bronze", 100)});
    REQUIRE(crowd.seats->check(contoso().str(), service("bronze").str(), person(1).str()));
    const auto told = crowd.assign_together(1, 8);
    CHECK(crowd.commits == 1);
    for (std::size_t n = 0; n < told.size(); ++n) {
        REQUIRE(told[n]);
        CHECK(told[n].value().revision == 3 + n);
        CHECK(told[n].value().value.pool.consumed == static_cast<std::int64_t>(n) + 2);
        CHECK(told[n].value().value.outcomes ==
              std::vector<SeatOutcome>{{person(n + 1), Outcome::assigned, {}}});
    }
    check_holders(crowd, people(0, 9), 10);
}

TEST_CASE("who is refused beside others is refused alone") {
    Crowd crowd({line("bronze", 3)});
    const auto told = crowd.write_together({{{person(1)}},
                                            {people(2, 2)},
                                            {{}},
                                            {{person(4)}},
                                            {{person(5)}},
                                            {{person(1)}, ben(), false},
                                            {{person(6)}}});
    CHECK(failures_of(told) == Failures{done, Errc::no_free_license, Errc::users_missing, done,
                                        Errc::no_free_license, done, done});
    CHECK(crowd.commits == 1);
    check_holders(crowd, {person(0), person(4), person(6)}, 6);
}

TEST_CASE("one command that several send under one key at once is done once") {
    Crowd crowd({line("bronze", 5)});
    const Caller keyed = with_key(ben(), "k");
    const auto told =
        crowd.write_together({{{person(1)}, keyed}, {{person(1)}, keyed}, {{person(2)}, keyed}});
    REQUIRE(failures_of(told) == Failures{done, done, Errc::idempotency_key_reused});
    CHECK_FALSE(told[0].value().replayed);
    CHECK(told[1].value().replayed);
    CHECK(told[1].value().value.outcomes == told[0].value().value.outcomes);
    CHECK(crowd.commits == 1);
    check_holders(crowd, people(0, 2), 3);
}

TEST_CASE("a revision that is expected is that of one's turn") {
    Crowd crowd({line("bronze", 5)});
    const auto told = crowd.write_together({{{person(1)}, expecting(ben(), 2)},
                                            {{person(2)}, expecting(ben(), 2)},
                                            {{person(3)}, expecting(ben(), 3)}});
    CHECK(failures_of(told) == Failures{done, Errc::revision_differs, done});
    CHECK(crowd.commits == 1);
}

TEST_CASE("where another process was faster, all who were to be committed are decided anew") {
    Crowd crowd({line("bronze", 3)});
    const auto told = crowd.assign_together(1, 3, [&](Store& inner, const Batch& batch) {
        REQUIRE(crowd.world.assign("bronze", {person(9)}));
        return inner.commit(batch);
    });
    CHECK(failures_of(told) == Failures{done, Errc::no_free_license, Errc::no_free_license});
    check_holders(crowd, {person(0), person(1), person(9)}, 4);
}

TEST_CASE("a refusal that rests on what was not committed is not told") {
    Crowd crowd({line("bronze", 2)});
    const auto told = crowd.assign_together(1, 2, [&](Store& inner, const Batch& batch) {
        REQUIRE(crowd.world.unassign("bronze", {person(0)}));
        return inner.commit(batch);
    });
    CHECK(failures_of(told) == Failures{done, done});
    check_holders(crowd, people(1, 2), 5);
}

TEST_CASE("where nobody knows whether several were committed, each is done once") {
    for (const bool landed : {false, true}) {
        CAPTURE(landed);
        Crowd crowd({line("bronze", 4)});
        const auto told =
            crowd.assign_together(1, 4, [&](Store& inner, const Batch& batch) -> result<Stamp> {
                if (landed) {
                    REQUIRE(inner.commit(batch));
                }
                return unknown;
            });
        CHECK(failures_of(told) == Failures{done, done, done, Errc::no_free_license});
        for (std::size_t n = 0; n < 3; ++n) {
            CHECK(told[n].value().revision == 3 + n);
            CHECK_FALSE(told[n].value().replayed);
        }
        check_holders(crowd, people(0, 4), 5);
    }
}

TEST_CASE("whenever a late commit of several lands, each of them is done once") {
    bool landed_by_read = true;
    for (int nth = 1; landed_by_read; ++nth) {
        CAPTURE(nth);
        Crowd crowd({line("bronze", 4)});
        std::optional<Batch> held;
        int reads = 0;
        const auto land = [&](Store& inner) {
            const Batch batch = *std::exchange(held, std::nullopt);
            (void)inner.commit(batch);  // that it comes too late is none of our concern
        };
        const auto told =
            crowd.assign_together(1, 4, [&](Store& inner, const Batch& batch) -> result<Stamp> {
                held = batch;
                crowd.world.store->on_read([&](const auto&) -> result<void> {
                    if (held && ++reads == nth) {
                        land(inner);
                    }
                    return boost::outcome_v2::success();
                });
                return unknown;
            });
        landed_by_read = !held;
        if (held) {
            land(*crowd.world.store);
        }
        CHECK(failures_of(told) == Failures{done, done, done, Errc::no_free_license});
        check_holders(crowd, people(0, 4), 5);
    }
}

TEST_CASE("what a store refuses for the sake of one is refused to that one") {
    Crowd crowd({line("bronze", 9)});
    const auto refuse = [](Store& inner, const Batch& batch) -> result<Stamp> {
        for (const Write& write : batch.writes) {
            if (write.key.ends_with(person(2).str())) {
                return Error{Errc::store_value, write.key, {}};
            }
        }
        return inner.commit(batch);
    };
    const auto told = crowd.assign_together(1, 3, [&](Store& inner, const Batch& batch) {
        crowd.world.store->on_commit(refuse);
        return refuse(inner, batch);
    });
    CHECK(failures_of(told) == Failures{done, Errc::store_value, done});
    check_holders(crowd, {person(0), person(1), person(3)}, 4);
}

TEST_CASE("as many are committed together as the store can take in one batch") {
    Crowd crowd({line("bronze", 90)});
    crowd.world.store->limit({key_size_max, 0, 8});
    // A seat, its pool and its event are three records.
    const auto told = crowd.write_together({{{person(1)}},
                                            {{person(2)}},
                                            {people(10, 7)},
                                            {{person(3)}},
                                            {{person(4)}},
                                            {{person(5)}}});
    CHECK(failures_of(told) == Failures{done, done, Errc::batch_too_large, done, done, done});
    CHECK(crowd.commits == 3);
    check_holders(crowd, people(0, 6), 7);
}

TEST_CASE("licences lowered twice at once take each seat once") {
    Crowd crowd({line("bronze", 5)}, taking_newest());
    REQUIRE(crowd.world.assign("bronze", people(1, 5)));
    const auto lower = [&](std::int64_t quantity, std::vector<UserId>& taken) {
        const auto told = crowd.deals->update_licenses(
            {publisher(), deal_id("d-1"), {line("bronze", quantity)}}, ana());
        REQUIRE(told);
        for (const PoolEffect& effect : told.value().value.effects) {
            taken.insert(taken.end(), effect.unassigned.begin(), effect.unassigned.end());
        }
    };
    std::array<std::vector<UserId>, 4> taken;
    crowd.together(
        deal_stream, [&] { lower(6, taken[0]); },
        {[&] { lower(4, taken[1]); }, [&] { lower(2, taken[2]); }, [&] { lower(1, taken[3]); }},
        {});
    CHECK(crowd.commits == 1);
    CHECK(taken[0].empty());
    CHECK(taken[1] == people(5, 1));
    CHECK(taken[2] == std::vector{person(4), person(3)});
    CHECK(taken[3] == people(2, 1));
    check_holders(crowd, people(1, 1), 6);
}
