/// \file
/// Runs the benchmarks in rounds and prints them as figures: each the ratio of two benchmarks of
/// the same round, so that a machine whose speed drifts does not matter. Those of one subject have
/// a process to themselves, so that none pays for the heap and the threads that another one left.
///
///     licet_bench [--json FILE] [--rounds N] [NAME]
///
/// Without N there are five rounds of each subject, and more of one that is soon measured: their
/// median is the steadier.

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "figures.hpp"

namespace {

using bench::Figure;

// Times in nanoseconds and counters, by benchmark and round.
class Collector final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }

    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            const std::string& name = run.run_name.function_name;
            if (run.error_occurred) {
                std::fprintf(stderr, "%s: %s\n", name.c_str(), run.error_message.c_str());
                std::exit(1);
            }
            const auto iterations = static_cast<double>(run.iterations);
            // Where nothing waits for a disk, the time of others on the machine does not count.
            const bool real = run.run_name.time_type == "real_time";
            const double seconds = real ? run.real_accumulated_time : run.cpu_accumulated_time;
            add(name, seconds * 1e9 / iterations);
            for (const auto& [counter, value] : run.counters) {
                add(name + ":" + counter, value);
            }
        }
    }

    void add(const std::string& name, double value) { series_[name].push_back(value); }

    /// A line for each, for another process to read.
    void write(std::FILE* out) const {
        for (const auto& [name, values] : series_) {
            for (const double value : values) {
                std::fprintf(out, "%a %s\n", value, name.c_str());
            }
        }
    }
    void read(std::FILE* in) {
        double value = 0;
        char name[256];
        while (std::fscanf(in, "%la %255[^\n]", &value, name) == 2) {
            add(name, value);
        }
    }

    const std::vector<double>& of(const std::string& name) const { return series_.at(name); }
    bool has(const std::string& name) const { return series_.contains(name); }

private:
    std::map<std::string, std::vector<double>> series_;
};

struct Outcome {
    double median = 0;
    double low = 0;
    double high = 0;
    double absolute = 0;  // the median of what is measured, in its own unit
    double against = 0;   // the least of what it stands against, in the same unit

    static double median_of(std::vector<double> values) {
        std::ranges::sort(values);
        return values[values.size() / 2];
    }
};

// Of the best rounds: what disturbs one of the two would be all of a small difference.
Outcome difference_of(const std::vector<double>& measured, const std::vector<double>& against) {
    const auto [low, high] = std::ranges::minmax(measured);
    const double least = std::ranges::min(against);
    return {low - least, low - least, high - least, Outcome::median_of(measured), least};
}

Outcome outcome_of(const Figure& figure, const Collector& collected) {
    const std::vector<double>& measured = collected.of(figure.measured);
    if (figure.compare == bench::Compare::difference) {
        return difference_of(measured, collected.of(figure.against));
    }
    std::vector<double> compared;
    for (std::size_t round = 0; round < measured.size(); ++round) {
        const double against = figure.against.empty() ? 1 : collected.of(figure.against)[round];
        compared.push_back(measured[round] / against);
    }
    const auto [low, high] = std::ranges::minmax(compared);
    const double against =
        figure.against.empty() ? 1 : std::ranges::min(collected.of(figure.against));
    return {Outcome::median_of(compared), low, high, Outcome::median_of(measured), against};
}

// "a:counter" is measured by running "a".
std::string benchmark_of(const std::string& series) { return series.substr(0, series.find(':')); }

/// "check/1M_holders" of "check/1M_holders/1_plan".
std::string subject_of(const Figure& figure) {
    const std::string name = benchmark_of(figure.measured);
    return name.substr(0, name.find('/', name.find('/') + 1));
}

std::string filter_of(std::span<const Figure> figures) {
    std::set<std::string> names;
    for (const Figure& figure : figures) {
        names.insert(benchmark_of(figure.measured));
        if (!figure.against.empty()) {
            names.insert(benchmark_of(figure.against));
        }
    }
    std::string filter;
    for (const std::string& name : names) {
        filter += (filter.empty() ? "^(" : "|") + name;
    }
    return filter + ")(/iterations:.*)?(/real_time)?$";
}

std::string json_of(const Figure& figure, const Outcome& outcome, bool ok) {
    char text[512];
    std::snprintf(
        text, sizeof text, R"({"name":"%s","ratio":%.3f,"limit":%.3f,"against":%.1f,"ok":%s})",
        figure.name.c_str(), outcome.median, figure.limit, outcome.against, ok ? "true" : "false");
    return text;
}

constexpr int rounds_min = 5;
constexpr int rounds_max = 31;
constexpr std::chrono::seconds enough{10};

/// Gives the number of rounds.
int run(std::span<const Figure> figures, std::optional<int> rounds, char* program,
        Collector& collected) {
    std::string min_time = "--benchmark_min_time=0.2";
    std::vector<char*> flags{program, min_time.data()};
    int flag_count = static_cast<int>(flags.size());
    benchmark::Initialize(&flag_count, flags.data());
    int done = 0;
    const auto next_round = [&] {
        benchmark::RunSpecifiedBenchmarks(&collected, filter_of(figures));
        ++done;
    };
    next_round();  // which also makes what the others measure
    const auto begun = std::chrono::steady_clock::now();
    const auto is_enough = [&] {
        return done >= rounds_min && std::chrono::steady_clock::now() - begun >= enough;
    };
    while (rounds ? done < *rounds : done < rounds_max && !is_enough()) {
        next_round();
    }
    return done;
}

/// In a process of its own. False where that failed.
bool run_apart(std::span<const Figure> figures, std::optional<int> rounds, char* program,
               Collector& collected) {
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        Collector own;
        std::fprintf(stderr, "%d rounds\n", run(figures, rounds, program, own));
        std::FILE* const out = fdopen(ends[1], "w");
        own.write(out);
        std::fclose(out);
        std::exit(0);
    }
    close(ends[1]);
    std::FILE* const in = fdopen(ends[0], "r");
    collected.read(in);
    std::fclose(in);
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int usage() {
    std::fprintf(stderr, "usage: licet_bench [--json FILE] [--rounds N] [NAME]\nNAME is one of:\n");
    for (const Figure& figure : bench::figures()) {
        std::fprintf(stderr, "  %s\n", figure.name.c_str());
    }
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::string json_file;
    std::string wanted;
    std::optional<int> rounds;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--json" && i + 1 < argc) {
            json_file = argv[++i];
        } else if (argument == "--rounds" && i + 1 < argc) {
            rounds = std::atoi(argv[++i]);
        } else if (!argument.starts_with("-") && wanted.empty()) {
            wanted = argument;
        } else {
            return usage();
        }
    }
    std::vector<Figure> figures = bench::figures();
    std::erase_if(figures, [&](const Figure& figure) {
        return !wanted.empty() && figure.name.find(wanted) == std::string::npos;
    });
    if (figures.empty() || rounds.value_or(1) < 1) {
        return usage();
    }

    Collector collected;
    for (auto first = figures.begin(); first != figures.end();) {
        const auto last = std::find_if(first, figures.end(), [&](const Figure& figure) {
            return subject_of(figure) != subject_of(*first);
        });
        std::fprintf(stderr, "%s, ", subject_of(*first).c_str());
        if (!run_apart({first, last}, rounds, argv[0], collected)) {
            std::fprintf(stderr, "%s: failed\n", subject_of(*first).c_str());
            return 1;
        }
        first = last;
    }

    std::printf("%-58s %9s %17s %8s %12s\n", "figure", "ratio", "spread", "limit", "");
    std::string json;
    for (const Figure& figure : figures) {
        if (!collected.has(figure.measured)) {
            std::fprintf(stderr, "%s: nothing was measured\n", figure.name.c_str());
            return 1;
        }
        const Outcome outcome = outcome_of(figure, collected);
        const bool ok = outcome.median <= figure.limit;
        std::printf("%-58s %9.2f %8.2f-%-8.2f %8.2f %-5s %12.1f %s\n", figure.name.c_str(),
                    outcome.median, outcome.low, outcome.high, figure.limit, ok ? "ok" : "short",
                    outcome.absolute, figure.unit.c_str());
        json += (json.empty() ? "[" : ",\n ") + json_of(figure, outcome, ok);
    }
    if (!json_file.empty()) {
        std::ofstream(json_file) << json << "]\n";
    }
    return 0;
}
