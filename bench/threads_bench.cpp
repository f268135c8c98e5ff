/// \file
/// Checks from two threads at once against checks from one: readers that got into one another's
/// way would show here. A bare look-up in a map that nobody changes shows what the machine gives.

#include <algorithm>
#include <chrono>
#include <latch>
#include <span>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "holders.hpp"

namespace {

using bench::Query;

constexpr bench::Holders ten_millions{10'000'000, 100};

/// Nanoseconds a query takes where so many threads ask at once, each for a part of the queries.
template <class Ask>
double ns_per_query(std::size_t threads, std::span<const Query> queries, Ask ask) {
    using Clock = std::chrono::steady_clock;
    const std::size_t part = queries.size() / threads;
    std::vector<std::chrono::duration<double, std::nano>> taken(threads);
    std::latch start(static_cast<std::ptrdiff_t>(threads));
    {
        std::vector<std::jthread> all;
        for (std::size_t n = 0; n < threads; ++n) {
            all.emplace_back([&, n] {
                start.arrive_and_wait();
                const auto began = Clock::now();
                for (const Query& query : queries.subspan(n * part, part)) {
                    auto answer = ask(query);
                    benchmark::DoNotOptimize(answer);
                }
                taken[n] = Clock::now() - began;
            });
        }
    }
    return std::ranges::max(taken).count() / static_cast<double>(part);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void two_threads(benchmark::State& state) {
    licet::Index& index = bench::index_of(ten_millions).index;
    const bench::BareMap& map = bench::bare_map_of(ten_millions);
    const std::vector<Query>& queries = bench::queries_of(ten_millions, bench::Asked::holders);
    const auto check = [&](const Query& query) {
        return index.check(bench::tenant, query.service_id(), query.user());
    };
    const auto look_up = [&](const Query& query) { return map.holds(query.pool, query.user()); };
    // In turn, so that whatever else the machine does meets all of them.
    constexpr int turns = 15;
    std::vector<double> checks;
    std::vector<double> over_bare;
    for (auto _ : state) {
        for (int turn = 0; turn < turns; ++turn) {
            const double check_1 = ns_per_query(1, queries, check);
            const double bare_1 = ns_per_query(1, queries, look_up);
            const double check_2 = ns_per_query(2, queries, check);
            const double bare_2 = ns_per_query(2, queries, look_up);
            checks.push_back(check_2 / check_1);
            over_bare.push_back((check_2 / check_1) / (bare_2 / bare_1));
        }
    }
    state.counters["over_1_thread"] = median(checks);
    state.counters["over_bare"] = median(over_bare);
}

BENCHMARK(two_threads)->Name("check/2_threads")->Iterations(1);

}  // namespace
