/// \file
/// Checking plan files against splitting the same text by hand, and checking an offer against
/// parsing its JSON.

#include <cstddef>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

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

std::string large_offer() {
    std::string plans;
    for (std::size_t plan = 0; plan < plans_count; ++plan) {
        plans += (plan == 0 ? "" : ",");
        plans += R"({"id":")" + plan_id(plan) + R"(","name":"Fabrikam )" + plan_id(plan) +
                 R"(","description":"What it gives.","visibility":"public",)"
                 R"("more_info_url":"https://www.fabrikam.com/plan",)"
                 R"("apps":["crf36_BronzeApp","crf36_SilverApp"]})";
    }
    return R"({"publisher":"fabrikam","id":"f365","alias":"Fabrikam 365",)"
           R"("setup":{"sell_through_microsoft":false,"license_management":true,)"
           R"("require_license_for_install":true},"listing":{"name":"Fabrikam 365"},)"
           R"("technical":{"base_license_model":"user",)"
           R"("package_url":"https://fabrikam.example/package.zip"},"plans":[)" +
           plans + "]}";
}

void check_offer(benchmark::State& state) {
    const auto engine = licet::open_engine(R"({"store":"memory"})").value();
    const licet::CheckOffer query{{large_offer()}, licet::Profile::create};
    for (auto _ : state) {
        const auto answer = engine->catalog().check_offer(query);
        if (!answer.value().findings.empty()) {
            state.SkipWithError("the offer is good");
            return;
        }
    }
}

void parse_offer(benchmark::State& state) {
    const std::string text = large_offer();
    for (auto _ : state) {
        boost::json::monotonic_resource memory;
        auto value = boost::json::parse({text.data(), text.size()}, &memory);
        benchmark::DoNotOptimize(value);
    }
}

BENCHMARK(check_files)->Name("plan_files/check/100k");
BENCHMARK(split_files)->Name("baseline/plan_files/100k");
BENCHMARK(check_offer)->Name("offers/check/100_plans");
BENCHMARK(parse_offer)->Name("baseline/offers/100_plans");

}  // namespace
