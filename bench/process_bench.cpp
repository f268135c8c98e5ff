/// \file
/// What linting a small file costs as a process, in instructions as valgrind counts them: those of
/// the program and of all that loads it, whatever else the machine does.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "support/temporary_folder.hpp"

namespace {

constexpr std::string_view small_offer = R"({
  "publisher": "fabrikam", "id": "f365", "alias": "Fabrikam 365",
  "setup": {"license_management": true, "require_license_for_install": true},
  "listing": {"name": "Fabrikam 365"},
  "technical": {"base_license_model": "user", "package_url": "http://fabrikam.example/a.zip"},
  "plans": [{"id": "bronze", "name": "Bronze", "apps": ["crf36_BronzeApp"]}]
}
)";

/// What callgrind says it collected; 0 where it does not run.
double instructions_of(const std::string& command) {
    const std::string counted =
        "valgrind --tool=callgrind --callgrind-out-file=/dev/null " + command + " 2>&1";
    std::FILE* pipe = ::popen(counted.c_str(), "r");
    double instructions = 0;
    char line[4096];
    while (pipe && std::fgets(line, sizeof line, pipe)) {
        const std::string_view text = line;
        constexpr std::string_view before = "Collected :";
        if (const auto at = text.find(before); at != std::string_view::npos) {
            instructions = std::strtod(text.data() + at + before.size(), nullptr);
        }
    }
    if (pipe) {
        ::pclose(pipe);
    }
    return instructions;
}

void count(benchmark::State& state, const std::string& command) {
    double instructions = 0;
    for (auto _ : state) {
        instructions = instructions_of(command);
    }
    state.counters["instructions"] = instructions;
    if (instructions == 0) {
        state.SkipWithError("valgrind is not there, or the program is not");
    }
}

void lint(benchmark::State& state) {
    const TemporaryFolder folder;
    const std::string file = folder.file("offer.json");
    std::ofstream(file) << small_offer;
    count(state, LICET_PROGRAM " lint " + file);
}

void do_nothing(benchmark::State& state) { count(state, LICET_EMPTY_PROGRAM); }

BENCHMARK(lint)->Name("lint/process")->Iterations(1);
BENCHMARK(do_nothing)->Name("baseline/lint/process")->Iterations(1);

}  // namespace
