/// \file
/// Linting an offer, from its text to the text of the findings, against parsing the same text and
/// writing the same findings with Boost.JSON: on the heap, as its parse does by itself, and
/// with the tree in an arena.

#include <cstddef>
#include <string>

#include <benchmark/benchmark.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <licet/operations/operations.hpp>

namespace {

namespace json = boost::json;

constexpr std::size_t plans_count = 100;

/// Every plan opens two apps, the second of them as named.
std::string offer_text(const std::string& second_app) {
    std::string plans;
    for (std::size_t i = 0; i < plans_count; ++i) {
        const std::string id = "plan-" + std::to_string(i);
        plans += (i == 0 ? "" : ",");
        plans += R"({"id":")" + id + R"(","name":"Fabrikam )" + id +
                 R"(","description":"What it gives.","visibility":"public",)"
                 R"("more_info_url":"https://www.fabrikam.com/plan",)"
                 R"("apps":["crf36_BronzeApp",")" +
                 second_app + R"("]})";
    }
    return R"({"publisher":"fabrikam","id":"f365","alias":"Fabrikam 365",)"
           R"("setup":{"sell_through_microsoft":false,"license_management":true,)"
           R"("require_license_for_install":true},"listing":{"name":"Fabrikam 365"},)"
           R"("technical":{"base_license_model":"user",)"
           R"("package_url":"https://fabrikam.example/package.zip"},"plans":[)" +
           plans + "]}";
}

std::string lint(licet::Engine& engine, const licet::CheckOffer& query) {
    return licet::findings_json(engine.catalog().check_offer(query).value().findings);
}

std::size_t findings_in(const std::string& text) { return json::parse(text).as_array().size(); }

void check(benchmark::State& state, const std::string& second_app, std::size_t findings) {
    const auto engine = licet::open_engine(R"({"store":"memory"})").value();
    const licet::CheckOffer query{{offer_text(second_app)}, licet::Profile::create};
    if (findings_in(lint(*engine, query)) != findings) {
        return state.SkipWithError("the offer has other findings");
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(lint(*engine, query));
    }
}

struct Heap {
    json::storage_ptr get() { return {}; }
};
struct Arena {
    json::storage_ptr get() { return &memory; }
    json::monotonic_resource memory;
};

template <class Memory>
void parse_and_write(benchmark::State& state, const std::string& second_app) {
    const auto engine = licet::open_engine(R"({"store":"memory"})").value();
    const std::string text = offer_text(second_app);
    const json::value findings = json::parse(lint(*engine, {{text}, licet::Profile::create}));
    for (auto _ : state) {
        Memory memory;
        const auto value = json::parse({text.data(), text.size()}, memory.get());
        benchmark::DoNotOptimize(&value);
        benchmark::DoNotOptimize(json::serialize(findings));
    }
}

constexpr auto parse = parse_and_write<Heap>;
constexpr auto parse_into_arena = parse_and_write<Arena>;

const std::string good_app = "crf36_SilverApp";
const std::string display_name = "The Silver App";  // of which each plan is warned

BENCHMARK_CAPTURE(check, good, good_app, 0)->Name("offers/check/100_plans");
BENCHMARK_CAPTURE(parse, good, good_app)->Name("baseline/offers/100_plans");
BENCHMARK_CAPTURE(parse_into_arena, good, good_app)->Name("baseline/offers/100_plans/arena");
BENCHMARK_CAPTURE(check, named, display_name, plans_count)->Name("offers/check/100_findings");
BENCHMARK_CAPTURE(parse, named, display_name)->Name("baseline/offers/100_findings");

}  // namespace
