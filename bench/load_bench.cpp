/// \file
/// Building the index of a pool from a store, which is the first check of an engine just opened,
/// against nothing but scanning the pool's seats in that store.

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include <licet/store/memory.hpp>
#include <licet/store/sqlite.hpp>

#include "engine/keys.hpp"
#include "market.hpp"
#include "unit/engine/store_in_hand.hpp"

namespace {

constexpr std::uint64_t seats_count = 500'000;

std::unique_ptr<licet::Store> share(const std::shared_ptr<licet::Store>& store) {
    return std::make_unique<licet::world::SharedStore>(store);
}

/// A pool with many holders, given their seats through an engine.
struct Seated {
    explicit Seated(std::shared_ptr<licet::Store> in) : store(std::move(in)) {
        bench::Market market = bench::open_market(share(store));
        bench::fill(market, 0, seats_count);
        tenant = market.tenant;
        service_id = market.service_id;
    }

    std::shared_ptr<licet::Store> store;
    licet::TenantId tenant;
    licet::ServiceId service_id;
};

const Seated& in_memory() {
    static const Seated seated(std::make_shared<licet::MemoryStore>());
    return seated;
}

const Seated& in_sqlite() {
    static const Seated seated(
        licet::SqliteStore::open(bench::scratch("load") + "/licet.db").value());
    return seated;
}

void set_ns_per_seat(benchmark::State& state) {
    state.counters["ns_per_seat"] =
        benchmark::Counter(seats_count * 1e-9, benchmark::Counter::kIsIterationInvariantRate |
                                                   benchmark::Counter::kInvert);
}

void load(benchmark::State& state, const Seated& (*seated_in)()) {
    const Seated& seated = seated_in();
    for (auto _ : state) {
        const auto engine = licet::Engine::open(share(seated.store)).value();
        const auto decision = engine->seats().check(seated.tenant.str(), seated.service_id.str(),
                                                    bench::user(seats_count - 1).str());
        if (decision.value() != licet::Decision::licensed) {
            state.SkipWithError("wrong decision");
            return;
        }
    }
    set_ns_per_seat(state);
}

void scan(benchmark::State& state, const Seated& (*seated_in)()) {
    const Seated& seated = seated_in();
    const std::string prefix = licet::keys::seats(seated.tenant, 1);
    for (auto _ : state) {
        std::uint64_t count = 0;
        std::string from = prefix;
        for (bool more = true; more;) {
            const auto page = seated.store->scan(from, licet::prefix_end(prefix), 1'000).value();
            count += page.records.size();
            more = page.next.has_value();
            from = page.next.value_or("");
        }
        if (count != seats_count) {
            state.SkipWithError("wrong count");
            return;
        }
    }
    set_ns_per_seat(state);
}

BENCHMARK_CAPTURE(load, memory, in_memory)->Name("load/memory");
BENCHMARK_CAPTURE(scan, memory, in_memory)->Name("baseline/load/memory");
BENCHMARK_CAPTURE(load, sqlite, in_sqlite)->Name("load/sqlite");
BENCHMARK_CAPTURE(scan, sqlite, in_sqlite)->Name("baseline/load/sqlite");

}  // namespace
