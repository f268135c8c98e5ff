/// \file
/// Checks of text ids, against the least one could be: the same parse of the same user, then one
/// look-up of (pool number, 16 bytes) in a flat hash map with the same hash.

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "holders.hpp"

namespace {

using bench::Asked;
using bench::Holders;
using bench::Query;

constexpr Holders million_of_1_plan{1'000'000, 1};
constexpr Holders million_of_1000_plans{1'000'000, 1'000};
constexpr Holders ten_millions{10'000'000, 100};

void check(benchmark::State& state, const Holders& holders, Asked asked) {
    const auto [index, resident_bytes] = bench::index_of(holders);
    const std::vector<Query>& queries = bench::queries_of(holders, asked);
    const auto wanted =
        asked == Asked::strangers ? licet::Decision::no_seat : licet::Decision::licensed;
    for (const Query& query : queries) {
        if (index.check(bench::tenant, query.service_id(), query.user()).value() != wanted) {
            state.SkipWithError("wrong decision");
            return;
        }
    }
    std::size_t at = 0;
    for (auto _ : state) {
        const Query& query = queries[at++ % queries.size()];
        auto decision = index.check(bench::tenant, query.service_id(), query.user());
        benchmark::DoNotOptimize(decision);
    }
    const auto count = static_cast<double>(holders.count);
    state.counters["bytes_per_holder"] = static_cast<double>(index.holder_bytes()) / count;
    state.counters["resident_over_ids"] = static_cast<double>(resident_bytes) / (16 * count);
}

void check_many(benchmark::State& state, const Holders& holders) {
    licet::Index& index = bench::index_of(holders).index;
    const std::vector<Query>& queries = bench::queries_of(holders, Asked::batches);
    std::vector<std::string_view> users;
    for (const Query& query : queries) {
        users.push_back(query.user());
    }
    std::array<licet::Decision, bench::batch> decisions;
    std::size_t at = 0;
    for (auto _ : state) {
        auto done = index.check_many(bench::tenant, queries[at].service_id(),
                                     std::span(users).subspan(at, bench::batch), decisions);
        benchmark::DoNotOptimize(done);
        if (decisions[at / bench::batch % bench::batch] != licet::Decision::licensed) {
            state.SkipWithError("wrong decision");
            return;
        }
        at = (at + bench::batch) % queries.size();
    }
    state.counters["ns_per_user"] =
        benchmark::Counter(bench::batch * 1e-9, benchmark::Counter::kIsIterationInvariantRate |
                                                    benchmark::Counter::kInvert);
}

void look_up(benchmark::State& state, const Holders& holders, Asked asked) {
    const bench::BareMap& map = bench::bare_map_of(holders);
    const std::vector<Query>& queries = bench::queries_of(holders, asked);
    std::size_t at = 0;
    for (auto _ : state) {
        const Query& query = queries[at++ % queries.size()];
        bool found = map.holds(query.pool, query.user());
        benchmark::DoNotOptimize(found);
    }
}

BENCHMARK_CAPTURE(check, one_plan, million_of_1_plan, Asked::holders)
    ->Name("check/1M_holders/1_plan");
BENCHMARK_CAPTURE(check, many_plans, million_of_1000_plans, Asked::holders)
    ->Name("check/1M_holders/1000_plans");
BENCHMARK_CAPTURE(look_up, one_plan, million_of_1_plan, Asked::holders)
    ->Name("baseline/check/1M_holders");
BENCHMARK_CAPTURE(check, miss, million_of_1_plan, Asked::strangers)
    ->Name("check/1M_holders/1_plan/miss");
BENCHMARK_CAPTURE(look_up, miss, million_of_1_plan, Asked::strangers)
    ->Name("baseline/check/1M_holders/miss");
BENCHMARK_CAPTURE(check, ten_millions, ten_millions, Asked::holders)->Name("check/10M_holders");
BENCHMARK_CAPTURE(look_up, ten_millions, ten_millions, Asked::holders)
    ->Name("baseline/check/10M_holders");
BENCHMARK_CAPTURE(check, batches, ten_millions, Asked::batches)
    ->Name("baseline/check_many/10M_holders");
BENCHMARK_CAPTURE(check_many, ten_millions, ten_millions)->Name("check_many/10M_holders");

}  // namespace
