/// \file
/// Giving seats: on SQLite against what one would write by hand, and in memory with few and
/// with many holders.

#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include <licet/store/memory.hpp>
#include <licet/store/sqlite.hpp>

#include "by_hand.hpp"
#include "combiner.hpp"
#include "market.hpp"

namespace {

using bench::ByHand;
using bench::Keeps;
using bench::Market;

constexpr std::size_t million = 1'000'000;

// A number no benchmark has used for a user yet.
std::uint64_t next_user = 10'000'000;

std::vector<licet::UserId> new_users(std::size_t count) {
    std::vector<licet::UserId> users;
    users.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        users.push_back(bench::user(next_user++));
    }
    return users;
}

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
        const licet::AssignSeats command{
            market.tenant, market.service_id, new_users(users), {}, {}};
        state.ResumeTiming();
        if (!market.engine->seats().assign(command, market.admin)) {
            state.SkipWithError("not assigned");
            return;
        }
    }
}

void assign_by_hand(benchmark::State& state, std::size_t users, Keeps keeps) {
    static int run = 0;
    ByHand table(bench::scratch("by_hand" + std::to_string(run++)) + "/seats.db", keeps);
    for (auto _ : state) {
        state.PauseTiming();
        const std::vector<licet::UserId> batch = new_users(users);
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

void assign_memory_by_hand(benchmark::State& state, Keeps keeps) {
    static std::map<Keeps, std::unique_ptr<ByHand>> tables;
    std::unique_ptr<ByHand>& made = tables[keeps];
    if (!made) {
        made = std::make_unique<ByHand>(":memory:", keeps);
        made->assign(new_users(million - 1'000));
    }
    ByHand& table = *made;
    for (auto _ : state) {
        const std::vector<licet::UserId> one = new_users(1);
        table.assign(one);
        table.unassign(one);
    }
}

constexpr std::size_t threads_count = 32;
constexpr std::size_t assigns_per_thread = 200;  // so that the empty file does not count

/// Each thread assigns users of its own, one a call.
template <class Assign>
void assign_from_threads(const Assign& assign) {
    std::vector<std::vector<licet::UserId>> users;
    for (std::size_t n = 0; n < threads_count; ++n) {
        users.push_back(new_users(assigns_per_thread));
    }
    std::vector<std::jthread> threads;
    for (const auto& own : users) {
        threads.emplace_back([&] {
            for (const licet::UserId& user : own) {
                assign(user);
            }
        });
    }
}

void assign_sqlite_threads(benchmark::State& state) {
    static int run = 0;
    Market market = sqlite_market("threads" + std::to_string(run++));
    for (auto _ : state) {
        assign_from_threads([&](const licet::UserId& user) {
            if (!market.engine->seats().assign({market.tenant, market.service_id, {user}, {}, {}},
                                               market.admin)) {
                std::abort();
            }
        });
    }
}

void assign_by_hand_threads(benchmark::State& state, Keeps keeps) {
    static int run = 0;
    ByHand table(bench::scratch("threads_by_hand" + std::to_string(run++)) + "/seats.db", keeps);
    licet::Combiner<const licet::UserId> waiting;
    for (auto _ : state) {
        assign_from_threads([&](const licet::UserId& user) {
            waiting.run(user, [&](std::span<const licet::UserId* const> group) {
                table.begin();
                for (const licet::UserId* one : group) {
                    table.assign_one(*one);
                }
                table.commit();
                return group.size();
            });
        });
    }
}

void count_bytes_a_seat(benchmark::State& state, std::int64_t bytes, std::size_t seats) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(bytes);
    }
    state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(seats);
}

constexpr std::size_t seats_in_file = 100'000;

void size_of_file(benchmark::State& state) {
    static int run = 0;
    const std::string name = "size" + std::to_string(run++);
    {
        Market market = sqlite_market(name);
        bench::fill(market, 0, seats_in_file);
    }
    count_bytes_a_seat(state, bench::size_without_events(bench::scratch(name) + "/licet.db"),
                       seats_in_file);
}

void size_of_file_by_hand(benchmark::State& state) {
    static int run = 0;
    const std::string folder = bench::scratch("size_by_hand" + std::to_string(run++));
    count_bytes_a_seat(
        state,
        bench::size_by_hand(folder + "/seats.db", "fabrikam.f365.bronze", new_users(seats_in_file)),
        seats_in_file);
}

BENCHMARK_CAPTURE(assign_sqlite, one, 1)->Name("assign/sqlite/one")->Iterations(500)->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand, one, 1, Keeps::seats)
    ->Name("baseline/assign/sqlite/one")
    ->Iterations(500)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_sqlite, batch, 1'000)
    ->Name("assign/sqlite/1000")
    ->Iterations(30)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand, batch, 1'000, Keeps::seats)
    ->Name("baseline/assign/sqlite/1000")
    ->Iterations(30)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_sqlite, million, million)
    ->Name("assign/sqlite/1M")
    ->Iterations(1)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand, million, million, Keeps::seats)
    ->Name("baseline/assign/sqlite/1M")
    ->Iterations(1)
    ->UseRealTime();
BENCHMARK(assign_sqlite_threads)->Name("assign/sqlite/32_threads")->Iterations(3)->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand_threads, seats, Keeps::seats)
    ->Name("baseline/assign/sqlite/32_threads")
    ->Iterations(3)
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_by_hand_threads, events, Keeps::events)
    ->Name("baseline/assign/sqlite/32_threads/events")
    ->Iterations(3)
    ->UseRealTime();
BENCHMARK(size_of_file)->Name("size/sqlite")->Iterations(1);
BENCHMARK(size_of_file_by_hand)->Name("baseline/size/sqlite")->Iterations(1);
BENCHMARK(assign_memory_few)->Name("assign/memory/1k")->UseRealTime();
BENCHMARK(assign_memory_many)->Name("assign/memory/1M")->UseRealTime();
BENCHMARK_CAPTURE(assign_memory_by_hand, seats, Keeps::seats)
    ->Name("baseline/assign/memory/1M")
    ->UseRealTime();
BENCHMARK_CAPTURE(assign_memory_by_hand, events, Keeps::events)
    ->Name("baseline/assign/memory/1M/events")
    ->UseRealTime();

}  // namespace
