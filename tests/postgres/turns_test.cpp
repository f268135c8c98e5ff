// Who takes turns with whom, and what is told of a batch that came too late.

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/opened.hpp"
#include "store/postgres_batch.hpp"

using namespace licet;
using namespace licet::test;

namespace {

void check_conflict(Store& store, const Batch& batch, const std::string& key) {
    CAPTURE(key);
    const auto stamp = store.commit(batch);
    REQUIRE_FALSE(stamp);
    CHECK(stamp.error().code == Errc::store_conflict);
    CHECK(stamp.error().detail == key);
}

}  // namespace

TEST_CASE("a shard's turn stays what it was, or two versions of licet would not take turns") {
    CHECK(postgres::turn_of("") == 962);
    CHECK(postgres::turn_of("contoso") == 1014);
    CHECK(postgres::turn_of("s105") == postgres::turn_of("s60"));
}

TEST_CASE("shards that share a turn may be in one batch, and take turns with each other") {
    const std::string uri = fresh_uri();
    const auto store = open(uri);
    const auto stamp = store->commit({{}, {{"a/s105/1", "1"}, {"a/s60/1", "1"}}});
    REQUIRE(stamp);
    CHECK(store->commit({{{"a/s105/1", stamp.value()}}, {{"a/s60/1", "2"}}}));
    check_conflict(*store, {{{"a/s60/1", stamp.value()}}, {{"a/s105/1", "2"}}}, "a/s60/1");
}

TEST_CASE("one batch may write to more shards than a server has locks for") {
    const auto store = open(fresh_uri());
    Batch batch;
    for (int i = 0; i < 10'000; ++i) {
        const std::string key = "a/shard-" + std::to_string(i) + "/1";
        batch.expectations.push_back({key, 0});
        batch.writes.push_back({key, ""});
    }
    REQUIRE(store->commit(batch));
    check_conflict(*store, batch, "a/shard-0/1");
}

TEST_CASE("batches over the same shards in opposite orders never wait for each other in vain") {
    constexpr int rounds = 40;
    const std::string uri = fresh_uri();
    std::atomic<int> written = 0;
    std::latch start(4);
    {
        std::vector<std::jthread> threads;
        for (int self = 0; self < 4; ++self) {
            threads.emplace_back([&, self] {
                const auto store = open(uri);
                std::vector<std::string> shards{"w", "x", "y"};
                if (self % 2 == 1) {
                    std::swap(shards.front(), shards.back());
                }
                Batch batch;
                for (const std::string& shard : shards) {
                    batch.writes.push_back({"a/" + shard + "/1", std::to_string(self)});
                }
                start.arrive_and_wait();
                for (int round = 0; round < rounds; ++round) {
                    written += store->commit(batch) ? 1 : 0;
                }
            });
        }
    }
    CHECK(written == 4 * rounds);
    CHECK(shared_server().ask("postgres",
                              "SELECT sum(deadlocks) FROM pg_stat_database "
                              "WHERE datname = '" +
                                  uri.substr(uri.rfind('/') + 1) + "'") == "0");
}

TEST_CASE("of two batches that expect the same keys to be absent one is written, whole") {
    constexpr int rounds = 40;
    const std::string uri = fresh_uri();
    const std::array<std::unique_ptr<PostgresStore>, 2> stores{open(uri), open(uri)};
    for (int round = 0; round < rounds; ++round) {
        const std::string a = "a/x/" + std::to_string(round);
        const std::string b = "b/x/" + std::to_string(round);
        std::array<bool, 2> written{};
        std::array<std::string, 2> named;
        std::latch start(2);
        {
            std::vector<std::jthread> threads;
            for (std::size_t self = 0; self < 2; ++self) {
                threads.emplace_back([&, self] {
                    const std::string mine = std::to_string(self);
                    start.arrive_and_wait();
                    const auto stamp =
                        stores[self]->commit({{{b, 0}, {a, 0}}, {{a, mine}, {b, mine}}});
                    written[self] = stamp.has_value();
                    named[self] = stamp ? b : stamp.error().detail;
                });
            }
        }
        CHECK(written[0] != written[1]);
        CHECK(named == std::array<std::string, 2>{b, b});
        CHECK(get(*stores[0], a)->text == get(*stores[1], b)->text);
    }
}

// Whatever the store finds out first.
TEST_CASE("a conflict names the first key that differs, whatever becomes of its keys") {
    const auto store = open(fresh_uri());
    const auto old = store->commit({{}, {{"changed/x", "1"}, {"again/x", "1"}, {"end/x", "1"}}});
    const auto now = store->commit({{}, {{"changed/x", "2"}}});
    REQUIRE(now);
    const auto before = store->scan("!", "", 100).value().records;

    const Expectation changed{"changed/x", now.value()};
    const Expectation again{"again/x", old.value()};
    const Expectation again_late{"again/x", now.value()};
    const Expectation end_late{"end/x", now.value()};
    const Expectation made{"made/x", 0};
    const Expectation made_late{"changed/x", 0};
    const Expectation relied_late{"made/x", now.value()};
    const std::vector<Write> writes{{"changed/x", "3"}, {"again/x", "3"}, {"end/x", std::nullopt}};
    check_conflict(*store, {{changed, again_late}, writes}, "again/x");
    check_conflict(*store, {{end_late, again_late, changed}, writes}, "end/x");
    check_conflict(*store, {{again_late, end_late, changed}, writes}, "again/x");
    check_conflict(*store, {{again_late, relied_late, changed}, writes}, "again/x");
    check_conflict(*store, {{relied_late, again_late, changed}, writes}, "made/x");
    check_conflict(
        *store, {{again, made, made_late}, {{"again/x", "3"}, {"made/x", "3"}, {"changed/x", "3"}}},
        "changed/x");
    check_conflict(*store, {{made_late}, {{"changed/x", "3"}, {"given/x", "3"}}}, "changed/x");

    const auto after = store->scan("!", "", 100).value().records;
    REQUIRE(after.size() == before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        CHECK(after[i].key == before[i].key);
        CHECK(after[i].text == before[i].text);
        CHECK(after[i].stamp == before[i].stamp);
    }
    CHECK(store->commit({{changed, again}, writes}));
}
