/// \file
/// Giving seats on PostgreSQL, against what one would write by hand: one prepared statement that
/// is its own transaction. Both on one server of the benchmarks' own, or on the cluster that
/// LICET_POSTGRES_URI names, in schemas of their own.

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <libpq-fe.h>

#include <licet/store/postgres.hpp>

#include "by_hand.hpp"
#include "figures.hpp"
#include "market.hpp"
#include "postgres/server.hpp"

namespace bench {

std::vector<Figure> postgres_figures() {
    const bool is_cluster = std::getenv("LICET_POSTGRES_URI") != nullptr;
    if (!is_cluster && !std::getenv("LICET_POSTGRES_BIN")) {
        return {};
    }
    std::vector<Figure> figures{
        {"durable assign / hand-written PostgreSQL", "assign/postgres/one",
         "baseline/assign/postgres/one", 1.4},
        {"durable assign / the same that keeps events", "assign/postgres/one",
         "baseline/assign/postgres/one/events", 1.4},
        {"assign 1000 in one call / hand-written PostgreSQL", "assign/postgres/1000",
         "baseline/assign/postgres/1000", 2.5},
        {"assign in 8 threads / hand-written on 8 connections", "assign/postgres/8_threads",
         "baseline/assign/postgres/8_threads", 1 / 0.7},
    };
    for (Figure& figure : figures) {
        figure.name += is_cluster ? ", cluster" : "";
    }
    return figures;
}

namespace {

constexpr std::size_t threads = 8;
constexpr int each = 20;

// A number no benchmark has used for a user yet.
std::uint64_t next_user = 30'000'000;

std::vector<licet::UserId> new_users(std::size_t count) {
    std::vector<licet::UserId> users;
    for (std::size_t i = 0; i < count; ++i) {
        users.push_back(user(next_user++));
    }
    return users;
}

/// Where there are no tables yet.
std::string empty_place(const std::string& name) {
    const char* const given = std::getenv("LICET_POSTGRES_URI");
    if (!given) {
        licet::test::Server& server = licet::test::shared_server();
        return server.uri(server.new_database());
    }
    const std::string uri(given);
    const std::string primary =
        uri + (uri.find('?') == std::string::npos ? '?' : '&') + "target_session_attrs=read-write";
    const std::string schema = "licet_bench_" + name;
    licet::test::Session(primary).ask("DROP SCHEMA IF EXISTS " + schema +
                                      " CASCADE; CREATE SCHEMA " + schema);
    return primary + "&options=-csearch_path%3D" + schema;
}

Market& market() {
    static Market one = open_market(licet::PostgresStore::open(empty_place("licet")).value());
    return one;
}

bool assign(std::vector<licet::UserId> users) {
    return market()
        .engine->seats()
        .assign({market().tenant, market().service_id, std::move(users), {}, {}}, market().admin)
        .has_value();
}

// What someone would write who needs no more than seats that cannot be oversold, or, besides, a
// record of who gave them, each row with a hash over itself and the one before.
class PostgresByHand {
public:
    PostgresByHand() : connection_(PQconnectdb(uri().c_str()), PQfinish) {
        run(PQprepare(connection_.get(), "assign",
                      "WITH taken AS (UPDATE pool SET consumed = consumed + cardinality($1::text[])"
                      " WHERE id = 1 AND consumed + cardinality($1::text[]) <= enabled"
                      " RETURNING id)"
                      " INSERT INTO seat SELECT taken.id, u, 1767225600000 FROM taken,"
                      " unnest($1::text[]) AS u",
                      0, nullptr));
        run(PQprepare(connection_.get(), "assign_one",
                      "WITH taken AS (UPDATE pool SET consumed = consumed + 1"
                      " WHERE id = 1 AND consumed + 1 <= enabled RETURNING id)"
                      " INSERT INTO seat SELECT taken.id, $1, 1767225600000 FROM taken",
                      0, nullptr));
        run(PQprepare(connection_.get(), "assign_noted",
                      "WITH taken AS (UPDATE pool SET consumed = consumed + 1,"
                      " number = number + 1,"
                      " head = encode(sha256(convert_to(head || $2, 'UTF8')), 'hex')"
                      " WHERE id = 1 AND consumed + 1 <= enabled RETURNING id, number, head),"
                      " noted AS (INSERT INTO event SELECT id, number, $2, head FROM taken)"
                      " INSERT INTO seat SELECT taken.id, $1, 1767225600000 FROM taken",
                      0, nullptr));
    }

    void assign(const licet::UserId& user) {
        const char* const text = user.str().c_str();
        run(PQexecPrepared(connection_.get(), "assign_one", 1, &text, nullptr, nullptr, 0));
    }
    void assign_and_note(const licet::UserId& user) {
        const std::string said = what_happened("seats.assign", {&user, 1});
        const std::array<const char*, 2> texts{user.str().c_str(), said.c_str()};
        run(PQexecPrepared(connection_.get(), "assign_noted", 2, texts.data(), nullptr, nullptr,
                           0));
    }
    void assign(const std::vector<licet::UserId>& users) {
        std::string array;
        for (const licet::UserId& user : users) {
            array += (array.empty() ? '{' : ',') + user.str();
        }
        array += '}';
        const char* const text = array.c_str();
        run(PQexecPrepared(connection_.get(), "assign", 1, &text, nullptr, nullptr, 0));
    }

private:
    static const std::string& uri() {
        static const std::string made = [] {
            std::string place = empty_place("by_hand");
            licet::test::Session(place).ask(
                "CREATE TABLE pool(id int PRIMARY KEY, enabled int, consumed int, number int,"
                " head text);"
                "CREATE TABLE event(pool int, number int, said text, hash text,"
                " PRIMARY KEY(pool, number));"
                "CREATE TABLE seat(pool int, \"user\" text, since bigint,"
                " PRIMARY KEY(pool, \"user\"));"
                "INSERT INTO pool VALUES(1, 1000000, 0, 0, '')");
            return place;
        }();
        return made;
    }
    static void run(PGresult* answer) {
        const ExecStatusType status = PQresultStatus(answer);
        PQclear(answer);
        if (status != PGRES_COMMAND_OK) {
            std::abort();
        }
    }

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

void assign_one(benchmark::State& state) {
    market();
    for (auto _ : state) {
        if (!assign(new_users(1))) {
            state.SkipWithError("not assigned");
            return;
        }
    }
}

void assign_one_by_hand(benchmark::State& state) {
    static PostgresByHand table;
    for (auto _ : state) {
        table.assign(new_users(1)[0]);
    }
}

void assign_one_by_hand_with_event(benchmark::State& state) {
    static PostgresByHand table;
    for (auto _ : state) {
        table.assign_and_note(new_users(1)[0]);
    }
}

void assign_many(benchmark::State& state) {
    market();
    for (auto _ : state) {
        if (!assign(new_users(1'000))) {
            state.SkipWithError("not assigned");
            return;
        }
    }
}

void assign_many_by_hand(benchmark::State& state) {
    static PostgresByHand table;
    for (auto _ : state) {
        table.assign(new_users(1'000));
    }
}

/// So many calls of `assign` with a user in each of 8 threads.
template <class Assign>
void in_threads(const Assign& assign) {
    const auto users = new_users(threads * each);
    std::vector<std::jthread> running;
    for (std::size_t self = 0; self < threads; ++self) {
        running.emplace_back([&, self] {
            for (std::size_t i = 0; i < each; ++i) {
                assign(self, users[self * each + i]);
            }
        });
    }
}

void assign_in_threads(benchmark::State& state) {
    market();
    for (auto _ : state) {
        in_threads([](std::size_t, const licet::UserId& user) {
            if (!assign({user})) {
                std::abort();
            }
        });
    }
}

void assign_in_threads_by_hand(benchmark::State& state) {
    static std::vector<PostgresByHand> tables(threads);
    for (auto _ : state) {
        in_threads([](std::size_t self, const licet::UserId& user) { tables[self].assign(user); });
    }
}

BENCHMARK(assign_one)->Name("assign/postgres/one")->Iterations(300)->UseRealTime();
BENCHMARK(assign_one_by_hand)->Name("baseline/assign/postgres/one")->Iterations(300)->UseRealTime();
BENCHMARK(assign_one_by_hand_with_event)
    ->Name("baseline/assign/postgres/one/events")
    ->Iterations(300)
    ->UseRealTime();
BENCHMARK(assign_many)->Name("assign/postgres/1000")->Iterations(20)->UseRealTime();
BENCHMARK(assign_many_by_hand)
    ->Name("baseline/assign/postgres/1000")
    ->Iterations(20)
    ->UseRealTime();
BENCHMARK(assign_in_threads)->Name("assign/postgres/8_threads")->Iterations(3)->UseRealTime();
BENCHMARK(assign_in_threads_by_hand)
    ->Name("baseline/assign/postgres/8_threads")
    ->Iterations(3)
    ->UseRealTime();

}  // namespace
}  // namespace bench
