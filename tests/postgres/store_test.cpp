#include <licet/store/postgres.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "postgres/opened.hpp"

using namespace licet;
using namespace licet::test;

TEST_CASE("a database that is opened again holds all that was committed, under the same stamps") {
    const std::string uri = fresh_uri();
    const auto first = open(uri)->commit({{}, {{"a", "1"}, {"b", "2"}}});
    REQUIRE(first);

    const auto store = open(uri);
    const auto a = get(*store, "a");
    REQUIRE(a);
    CHECK(a->text == "1");
    CHECK(a->stamp == first.value());
    const auto second = store->commit({{{"a", first.value()}}, {{"a", "3"}}});
    REQUIRE(second);
    CHECK(second.value() > first.value());
}

TEST_CASE("two stores on one database see and judge what the other did") {
    const std::string uri = fresh_uri();
    const auto one = open(uri);
    const auto other = open(uri);
    const auto stamp = one->commit({{{"a/x/1", 0}}, {{"a/x/1", "1"}}});
    REQUIRE(stamp);
    CHECK(get(*other, "a/x/1")->stamp == stamp.value());
    CHECK(other->commit({{{"a/x/1", 0}}, {{"a/x/1", "2"}}}).error().code == Errc::store_conflict);
    REQUIRE(other->commit({{{"a/x/1", stamp.value()}}, {{"a/x/1", std::nullopt}}}));
    CHECK_FALSE(get(*one, "a/x/1"));
    CHECK(one->commit({{{"a/x/1", stamp.value()}}, {{"a/x/1", "3"}}}).error().code ==
          Errc::store_conflict);
}

TEST_CASE("of more claims than prizes by several stores at once exactly as many are won") {
    constexpr std::size_t stores = 4;
    constexpr int prizes = 25;
    constexpr int tries = prizes + 15;
    const std::string uri = fresh_uri();
    REQUIRE(open(uri)->commit({{}, {{"prizes/x", "0"}}}));
    std::atomic<int> won = 0;
    std::atomic<int> failed = 0;
    std::latch start(stores);
    {
        std::vector<std::jthread> threads;
        for (std::size_t self = 0; self < stores; ++self) {
            threads.emplace_back([&, self] {
                const auto store = open(uri);
                start.arrive_and_wait();
                for (int done = 0; done < tries;) {
                    const auto count = get(*store, "prizes/x");
                    const int given = std::stoi(count->text);
                    if (given == prizes) {
                        break;
                    }
                    const std::string claim =
                        "claim/x/" + std::to_string(self) + "-" + std::to_string(done);
                    const auto stamp =
                        store->commit({{{"prizes/x", count->stamp}, {claim, 0}},
                                       {{"prizes/x", std::to_string(given + 1)}, {claim, ""}}});
                    won += stamp ? 1 : 0;
                    done += stamp ? 1 : 0;
                    failed += !stamp && stamp.error().code != Errc::store_conflict ? 1 : 0;
                }
            });
        }
    }
    CHECK(failed == 0);
    CHECK(won == prizes);
    CHECK(open(uri)->scan("claim/", "claim0", 1000).value().records.size() == prizes);
}

TEST_CASE("no two batches that rely on what the other writes are both written") {
    const std::string uri = fresh_uri();
    const auto store = open(uri);
    for (int round = 0; round < 40; ++round) {
        const std::string a = "a/x/" + std::to_string(round);
        const std::string b = "b/y/" + std::to_string(round);
        std::array<bool, 2> written{};
        std::latch start(2);
        {
            std::jthread one([&] {
                start.arrive_and_wait();
                written[0] = store->commit({{{b, 0}}, {{a, "1"}}}).has_value();
            });
            std::jthread two([&] {
                start.arrive_and_wait();
                written[1] = store->commit({{{a, 0}}, {{b, "1"}}}).has_value();
            });
        }
        CHECK((written[0] != written[1]));
    }
}

TEST_CASE("stamps of a key grow in the order of its writes, also where it is deleted between") {
    const std::string uri = fresh_uri();
    const auto store = open(uri);
    std::array<std::vector<Stamp>, 8> stamps;
    {
        std::vector<std::jthread> threads;
        for (std::size_t self = 0; self < stamps.size(); ++self) {
            threads.emplace_back([&, self] {
                const std::string mine = std::to_string(self);
                for (int i = 0; i < 30; ++i) {
                    const bool deletes = (i + static_cast<int>(self)) % 3 == 0;
                    const auto text = deletes ? std::nullopt : std::optional(mine);
                    const auto stamp = store->commit({{}, {{"a/x/1", text}}});
                    const auto after = get(*store, "a/x/1");
                    if (stamp && (!after || after->stamp >= stamp.value())) {
                        stamps[self].push_back(stamp.value());
                    }
                }
            });
        }
    }
    std::vector<Stamp> all;
    for (const auto& own : stamps) {
        CHECK(own.size() == 30);
        CHECK(std::ranges::is_sorted(own));
        all.insert(all.end(), own.begin(), own.end());
    }
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
}

TEST_CASE("stores that are opened at once on an empty database make it once") {
    const std::string uri = fresh_uri();
    std::array<bool, 6> opened{};
    std::latch start(opened.size());
    {
        std::vector<std::jthread> threads;
        for (bool& mine : opened) {
            threads.emplace_back([&] {
                start.arrive_and_wait();
                const auto store = PostgresStore::open(uri);
                mine = store && store.value()->commit({{}, {{"a", "1"}}});
            });
        }
    }
    CHECK(std::ranges::all_of(opened, [](bool one) { return one; }));
}

TEST_CASE("a database with a table that has the name of licet's is refused and left as it is") {
    Server& server = shared_server();
    for (const char* table :
         {"licet(key text)", "licet_format(version bigint)", "licet_stamp(id int)"}) {
        CAPTURE(table);
        const std::string database = server.new_database();
        server.ask(database, "CREATE TABLE " + std::string(table));
        check_refused(server.uri(database), Errc::store_corrupt);
        CHECK(server.ask(database, "SELECT count(*) FROM pg_class WHERE relname LIKE 'licet%'") ==
              "1");
    }
}

TEST_CASE("a database of a newer format is refused, also by a store that found it older") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    open(server.uri(database));
    server.ask(database, "UPDATE licet_format SET version = version + 1");
    check_refused(server.uri(database), Errc::store_format_newer);
    server.ask(database, "UPDATE licet_format SET version = 0");
    check_refused(server.uri(database), Errc::store_corrupt);
}

TEST_CASE("a database that is not in UTF-8 is refused") {
    Server& server = shared_server();
    server.ask("postgres",
               "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' "
               "LC_CTYPE 'C' LOCALE_PROVIDER libc");
    check_refused(server.uri("latin"), Errc::store_failed);
}

TEST_CASE("a row that somebody else's index refuses fails the commit, and nothing is written") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    const auto store = open(server.uri(database));
    server.ask(database, "CREATE UNIQUE INDEX ON licet (value)");
    const auto refused = store->commit({{{"a", 0}, {"b", 0}}, {{"a", "1"}, {"b", "1"}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::store_failed);
    CHECK_FALSE(get(*store, "a"));
    CHECK(store->commit({{{"a", 0}, {"b", 0}}, {{"a", "1"}, {"b", "2"}}}));
}

TEST_CASE("a record that was first and is gone again before one looks is a conflict") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    const auto store = open(server.uri(database));
    server.ask(database, R"sql(
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE unique_violation USING TABLE = 'licet', CONSTRAINT = 'licet_pkey';
        END
        $$;
        CREATE TRIGGER refuse BEFORE INSERT ON licet FOR EACH ROW EXECUTE FUNCTION refuse())sql");
    const auto refused = store->commit({{{"a", 0}}, {{"a", "1"}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::store_conflict);
    CHECK(refused.error().detail == "a");
}

TEST_CASE("what each record is sharded by stands beside it") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    const auto store = open(server.uri(database));
    REQUIRE(
        store->commit({{}, {{"seat/contoso/1/adele", "{}"}, {"meta/format", "{}"}, {"a", ""}}}));
    CHECK(server.ask(database,
                     "SELECT string_agg(key || '=' || shard, ' ' ORDER BY key) "
                     "FROM licet") == "a= meta/format=format seat/contoso/1/adele=contoso");
}

TEST_CASE("a store works in the schema that its user's tables go to") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    server.ask(database, "CREATE SCHEMA own");
    const auto store = open(server.uri(database) + "?options=-csearch_path%3Down");
    REQUIRE(store->commit({{}, {{"a", "1"}}}));
    CHECK(server.ask(database, "SELECT value FROM own.licet") == "1");
}

TEST_CASE("more threads may work at once than there are connections") {
    constexpr std::size_t threads = 24;
    Server& server = shared_server();
    const std::string database = server.new_database();
    PostgresOptions options;
    options.connections_max = 3;
    const auto store = open(server.uri(database), options);
    std::array<bool, threads> right{};
    {
        std::vector<std::jthread> running;
        for (std::size_t self = 0; self < threads; ++self) {
            running.emplace_back([&, self] {
                const std::string key = "own/" + std::to_string(self) + "/a";
                bool all = true;
                for (int i = 0; i < 10; ++i) {
                    all = all && store->commit({{}, {{key, std::to_string(i)}}}) &&
                          get(*store, key)->text == std::to_string(i);
                }
                right[self] = all;
            });
        }
    }
    CHECK(std::ranges::all_of(right, [](bool all) { return all; }));
    CHECK(server.ask(database,
                     "SELECT count(*) FROM pg_stat_activity "
                     "WHERE application_name = 'licet' AND datname = current_database()") == "3");
}

TEST_CASE("a large scan goes page by page and gives every record once") {
    const std::string uri = fresh_uri();
    const auto store = open(uri);
    Batch batch;
    for (int i = 0; i < 5000; ++i) {
        batch.writes.push_back({"seat/x/" + std::to_string(100'000 + i), std::to_string(i)});
    }
    REQUIRE(store->commit(batch));
    std::size_t seen = 0;
    std::optional<std::string> from = "seat/";
    while (from) {
        const auto page = store->scan(*from, "seat0", 999);
        REQUIRE(page);
        seen += page.value().records.size();
        from = page.value().next;
    }
    CHECK(seen == 5000);
}

TEST_CASE("no statement walks through the table, however small it was when it was planned") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    // A session's counts are told when it ends.
    const auto walks = [&] {
        while (server.ask(database,
                          "SELECT count(*) FROM pg_stat_activity WHERE datname = "
                          "current_database() AND application_name = 'licet'") != "0") {
        }
        return server.ask(database,
                          "SELECT sum(seq_scan) FROM pg_stat_user_tables "
                          "WHERE relname = 'licet'");
    };
    open(server.uri(database));
    const std::string before = walks();
    {
        const auto store = open(server.uri(database));
        REQUIRE(store->commit({{{"b", 0}}, {{"a", "1"}}}));
        REQUIRE(store->read({"a", "b"}));
        REQUIRE(store->scan("a", "", 10));
        REQUIRE(store->commit({{{"b", 0}}, {{"a", std::nullopt}}}));
    }
    CHECK(walks() == before);
}
