/// \file
/// Checking plan files against splitting the same text by hand.

#include <cstddef>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include <licet/operations/operations.hpp>

namespace {

constexpr std::size_t plans_count = 100;
constexpr std::size_t apps_count = 1'000;  // of a plan, so that 100,000 rows map them

std::string plan_id(std::size_t plan) { return "plan-" + std::to_string(plan); }

licet::PlanFiles large_files() {
    licet::PlanFiles files{"ServiceID,Display name,More info URL\n", "Service ID,Component name\n"};
    for (std::size_t plan = 0; plan < plans_count; ++plan) {
        const std::string id = "fabrikam.f365." + plan_id(plan);
        files.definition += id + ",Fabrikam " + plan_id(plan) + ",https://www.fabrikam.com\n";
        for (std::size_t app = 0; app < apps_count; ++app) {
            files.mapping += id + ",crf36_App" + std::to_string(app) + "\n";
        }
    }
    return files;
}

void check_files(benchmark::State& state) {
    const auto engine = licet::open_engine(R"({"store":"memory"})").value();
    const licet::CheckPlanFiles query{large_files(), licet::Profile::create, {}, {}};
    for (auto _ : state) {
        const auto answer = engine->catalog().check_plan_files(query, {});
        if (!answer.value().findings.empty()) {
            state.SkipWithError("the files are good");
            return;
        }
    }
    const auto bytes =
        static_cast<double>(query.files.definition.size() + query.files.mapping.size());
    state.counters["ns_per_byte"] = benchmark::Counter(
        bytes * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// Commas and line ends, and a sum so that nothing is left out.
void split_files(benchmark::State& state) {
    const licet::PlanFiles files = large_files();
    for (auto _ : state) {
        std::size_t fields = 0;
        for (const std::string_view text :
             {std::string_view(files.definition), std::string_view(files.mapping)}) {
            std::size_t begin = 0;
            for (std::size_t at = 0; at < text.size(); ++at) {
                if (text[at] == ',' || text[at] == '\n') {
                    fields += text.substr(begin, at - begin).size();
                    begin = at + 1;
                }
            }
        }
        benchmark::DoNotOptimize(fields);
    }
}

BENCHMARK(check_files)->Name("plan_files/check/100k");
BENCHMARK(split_files)->Name("baseline/plan_files/100k");

}  // namespace
