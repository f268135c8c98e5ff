/// \file
/// licet.h, through the shared library, against the C++ it stands on: the same calls on the same
/// database.

#include <cstdio>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>

#include <licet.h>
#include <licet/operations/operations.hpp>

#include "capi/market.h"
#include "market.hpp"

namespace {

/// A small marketplace, made through C and seen by both.
struct Both {
    std::string config = R"({"store":"sqlite","exclusive":true,)" MARKET_CLOCK R"(,"path":")" +
                         bench::scratch("capi") + "/licet.db\"}";
    licet_engine* c = market_open(config.c_str(), nullptr);
    std::unique_ptr<licet::Engine> cpp = licet::open_engine(config).value();

    Both() {
        const char* const now = R"({"to":"2026-03-01T09:00:00Z"})";
        licet::call(*cpp, "clock.advance", now).value();
    }
    ~Both() { licet_engine_close(c); }
};

Both& both() {
    static Both one;
    return one;
}

constexpr std::string_view tenant = MARKET_TENANT;
constexpr std::string_view bronze = MARKET_BRONZE;
constexpr std::string_view adele = MARKET_ADELE;
constexpr std::string_view check_call =
    "{\"tenant\":\"" MARKET_TENANT "\",\"service_id\":\"" MARKET_BRONZE
    "\",\"user\":\"" MARKET_ADELE "\"}";

void check_from_cpp(benchmark::State& state) {
    licet::Seats& seats = both().cpp->seats();
    for (auto _ : state) {
        const auto decision = seats.check(tenant, bronze, adele);
        if (!decision || decision.value() != licet::Decision::licensed) {
            state.SkipWithError("not licensed");
            break;
        }
    }
}

void check_from_c(benchmark::State& state) {
    licet_engine* const engine = both().c;
    for (auto _ : state) {
        int32_t decision = 0;
        licet_error* error = nullptr;
        licet_check(engine, tenant.data(), tenant.size(), bronze.data(), bronze.size(),
                    adele.data(), adele.size(), &decision, &error);
        if (decision != LICET_LICENSED) {
            state.SkipWithError("not licensed");
            break;
        }
    }
}

void call_from_cpp(benchmark::State& state) {
    licet::Engine& engine = *both().cpp;
    for (auto _ : state) {
        const auto answer = licet::call(engine, "check", check_call);
        benchmark::DoNotOptimize(answer.value().data());
    }
}

void call_from_c(benchmark::State& state) {
    licet_engine* const engine = both().c;
    for (auto _ : state) {
        licet_text* answer = nullptr;
        licet_error* error = nullptr;
        licet_call(engine, "check", 5, check_call.data(), check_call.size(), &answer, &error);
        benchmark::DoNotOptimize(licet_text_data(answer));
        licet_text_free(answer);
    }
}

BENCHMARK(check_from_cpp)->Name("baseline/capi/check");
BENCHMARK(check_from_c)->Name("capi/check");
BENCHMARK(call_from_cpp)->Name("baseline/capi/call");
BENCHMARK(call_from_c)->Name("capi/call");

void size_of_library(benchmark::State& state) {
    std::FILE* const file = std::fopen(LICET_STRIPPED_LIBRARY, "rb");
    if (!file) {
        state.SkipWithError("no " LICET_STRIPPED_LIBRARY);
        return;
    }
    std::fseek(file, 0, SEEK_END);
    const double megabytes = static_cast<double>(std::ftell(file)) / 1e6;
    std::fclose(file);
    for (auto _ : state) {
        benchmark::DoNotOptimize(megabytes);
    }
    state.counters["megabytes"] = megabytes;
}
BENCHMARK(size_of_library)->Name("capi/size")->Iterations(1);

}  // namespace
