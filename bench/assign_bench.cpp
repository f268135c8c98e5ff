/// \file
/// Giving seats: on SQLite against what one would write by hand, and in memory with few and
/// with many holders.

#include <cstdlib>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <licet/store/memory.hpp>
#include <licet/store/sqlite.hpp>

#include "market.hpp"

namespace {

using bench::Market;

// A number no benchmark has used for a user yet.
std::uint64_t next_user = 10'000'000;

Market sqlite_market(const std::string& name) {
    auto store = licet::SqliteStore::open(bench::scratch(name) + "/licet.db");
    if (!store) {
        std::abort();
    }
    return bench::open_market(std::move(store).value());
}

void assign_sqlite(benchmark::State& state, std::size_t users) {
    static int run = 0;
    Market market = sqlite_market("assign" + std::to_string(run++));
    for (auto _ : state) {
        state.PauseTiming();
        licet::AssignSeats command{market.tenant, market.service_id, {}, {}, {}};
        for (std::size_t i = 0; i < users; ++i) {
            command.users.push_back(bench::user(next_user++));
        }
        state.ResumeTiming();
        if (!market.engine->seats().assign(command, market.admin)) {
            state.SkipWithError("not assigned");
            return;
        }
    }
}

// What someone would write who needs no more than seats that cannot be oversold.
class ByHand {
public:
    explicit ByHand(const std::string& path) {
        check(sqlite3_open(path.c_str(), &database_));
        execute("PRAGMA journal_mode=WAL");
        execute("PRAGMA synchronous=FULL");
        execute("CREATE TABLE pool(id INTEGER PRIMARY KEY, enabled INTEGER, consumed INTEGER)");
        execute(
            "CREATE TABLE seat(pool INTEGER, user TEXT, since INTEGER,"
            " PRIMARY KEY(pool, user)) WITHOUT ROWID");
        execute("INSERT INTO pool VALUES(1, 1000000, 0)");
        prepare(begin_, "BEGIN IMMEDIATE");
        prepare(take_,
                "UPDATE pool SET consumed = consumed + ?1"
                " WHERE id = 1 AND consumed + ?1 <= enabled");
        prepare(insert_, "INSERT INTO seat VALUES(1, ?1, 1767225600000)");
        prepare(commit_, "COMMIT");
    }
    ~ByHand() {
        for (sqlite3_stmt* statement : {begin_, take_, insert_, commit_}) {
            sqlite3_finalize(statement);
        }
        sqlite3_close(database_);
    }
    ByHand(const ByHand&) = delete;
    ByHand& operator=(const ByHand&) = delete;

    void assign(const std::vector<licet::UserId>& users) {
        step(begin_);
        sqlite3_bind_int64(take_, 1, static_cast<sqlite3_int64>(users.size()));
        step(take_);
        for (const licet::UserId& user : users) {
            sqlite3_bind_text(insert_, 1, user.str().data(), static_cast<int>(user.str().size()),
                              SQLITE_STATIC);
            step(insert_);
        }
        step(commit_);
    }

private:
    static void check(int code) {
        if (code != SQLITE_OK && code != SQLITE_DONE) {
            std::abort();
        }
    }
    void execute(const char* sql) {
        check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
    }
    void prepare(sqlite3_stmt*& statement, const char* sql) {
        check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
    }
    static void step(sqlite3_stmt* statement) {
        check(sqlite3_step(statement));
        sqlite3_reset(statement);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* take_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
};

void assign_by_hand(benchmark::State& state, std::size_t users) {
    static int run = 0;
    ByHand table(bench::scratch("by_hand" + std::to_string(run++)) + "/seats.db");
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<licet::UserId> batch;
        for (std::size_t i = 0; i < users; ++i) {
            batch.push_back(bench::user(next_user++));
        }
        state.ResumeTiming();
        table.assign(batch);
    }
}

// Gives a seat and takes it back, so that the pool stays as large as it is.
void assign_memory(benchmark::State& state, Market& market) {
    for (auto _ : state) {
        const licet::UserId user = bench::user(next_user++);
        const bool done =
            market.engine->seats()
                .assign({market.tenant, market.service_id, {user}, {}, {}}, market.admin)
                .has_value() &&
            market.engine->seats()
                .unassign({market.tenant, market.service_id, {user}, {}}, market.admin)
                .has_value();
        if (!done) {
            state.SkipWithError("not assigned");
            return;
        }
    }
}

Market filled(std::uint64_t holders) {
    Market market = bench::open_market(std::make_unique<licet::MemoryStore>());
    bench::fill(market, 0, holders);
    return market;
}

void assign_memory_few(benchmark::State& state) {
    static Market market = filled(1'000);
    assign_memory(state, market);
}
void assign_memory_many(benchmark::State& state) {
    static Market market = filled(999'000);
    assign_memory(state, market);
}

BENCHMARK_CAPTURE(assign_sqlite, one, 1)->Name("assign/sqlite/one")->Iterations(500)->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand, one, 1)
    ->Name("baseline/assign/sqlite/one")
    ->Iterations(500)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_sqlite, batch, 1'000)
    ->Name("assign/sqlite/1000")
    ->Iterations(30)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand, batch, 1'000)
    ->Name("baseline/assign/sqlite/1000")
    ->Iterations(30)
    ->UseRealTime();
BENCHMARK(assign_memory_few)->Name("assign/memory/1k")->UseRealTime();
BENCHMARK(assign_memory_many)->Name("assign/memory/1M")->UseRealTime();

}  // namespace
