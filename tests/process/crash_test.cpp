#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <licet/engine/engine.hpp>
#include <licet/store/sqlite.hpp>

#include "process/processes.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;
using namespace licet::test;

namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::stoull(text);
}

Program journey(const std::string& path) { return Program({LICET_JOURNEY, LICET_SCENARIO, path}); }

std::vector<std::string> rest_of(Program& program) {
    std::vector<std::string> lines;
    while (auto line = program.line()) {
        lines.push_back(*std::move(line));
    }
    return lines;
}

/// The steps that the program wrote to have gone so: "   3  Ana registers the deal".
std::set<std::string> steps_that_were(const std::string& how,
                                      const std::vector<std::string>& lines) {
    std::set<std::string> steps;
    for (const std::string& line : lines) {
        if (line.ends_with(": " + how)) {
            steps.insert(line.substr(0, line.size() - how.size() - 2));
        }
    }
    return steps;
}

/// What the program writes when it runs to its end.
std::vector<std::string> run(const std::string& path) {
    Program program = journey(path);
    std::vector<std::string> lines = rest_of(program);
    REQUIRE(program.succeeded());
    return lines;
}

/// Lets it write so many lines, and go on for a few turns of the scheduler, before it is killed;
/// all that it wrote.
std::vector<std::string> run_until_killed(const std::string& path, std::size_t lines,
                                          std::mt19937_64& random, int& kills) {
    Program program = journey(path);
    std::vector<std::string> seen;
    while (seen.size() < lines) {
        auto line = program.line();
        if (!line) {
            break;
        }
        seen.push_back(*std::move(line));
    }
    for (std::uint64_t turns = random() % (1U << random() % 13); turns > 0; --turns) {
        std::this_thread::yield();
    }
    kills += program.kill() ? 1 : 0;
    for (std::string& line : rest_of(program)) {
        seen.push_back(std::move(line));
    }
    return seen;
}

/// The streams of all events in the store: kind, shard and rest, of keys that have the shard
/// first.
std::set<std::string> streams_of(Store& store) {
    std::set<std::string> streams;
    std::optional<std::string> from = "event/";
    while (from) {
        auto page = store.scan(*from, prefix_end("event/"), 1000).value();
        for (const Record& record : page.records) {
            const auto shard = record.key.find('/') + 1;
            const auto kind = record.key.find('/', shard) + 1;
            const auto rest = record.key.find('/', kind);
            streams.insert(record.key.substr(kind, rest - kind) + '/' +
                           record.key.substr(shard, kind - shard - 1) +
                           record.key.substr(rest, record.key.rfind('/') - rest));
        }
        from = page.next;
    }
    return streams;
}

/// Someone who may read what the stream is about.
Caller reader_of(const std::string& stream) {
    const auto shard = stream.find('/') + 1;
    const std::string name = stream.substr(shard, stream.find('/', shard) - shard);
    Actor actor{"auditor", {}, {}, {Role::global_admin}};
    if (stream.starts_with("pool/") || stream.starts_with("group/")) {
        actor.tenant = TenantId::parse(name).value();
    } else {
        actor.publisher = PublisherId::parse(name).value();
    }
    return {actor, {}, {}};
}

void check_streams(const std::string& path) {
    const auto streams = streams_of(*SqliteStore::open(path).value());
    const auto engine = Engine::open(SqliteStore::open(path).value()).value();
    for (const std::string& stream : streams) {
        CAPTURE(stream);
        const auto verified = engine->history().verify({stream}, reader_of(stream)).value();
        CHECK(verified.ok);
        CHECK(verified.count > 0);
    }
}

}  // namespace

TEST_CASE("a journey killed at any moment loses nothing it had told of and runs on to its end") {
    const std::uint64_t seed = number_from("LICET_SEED", std::random_device()());
    const std::uint64_t rounds = number_from("LICET_CRASH_ROUNDS", 200);
    std::cout << "LICET_SEED=" << seed << '\n';
    std::mt19937_64 random(seed);

    const TemporaryFolder folder;
    const std::string whole = folder.file("whole.db");
    const std::size_t length = run(whole).size();
    const std::set<std::string> changes = steps_that_were("replayed", run(whole));
    REQUIRE(changes.size() > 10);

    int kills = 0;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        CAPTURE(round);
        const std::string path = folder.file(std::to_string(round) + ".db");
        const auto told = run_until_killed(path, random() % length, random, kills);
        check_streams(path);
        const auto kept = steps_that_were("replayed", run(path));
        for (const std::string& step : steps_that_were("done", told)) {
            CAPTURE(step);
            CHECK(kept.contains(step) == changes.contains(step));
        }
        check_streams(path);
    }
    CHECK(kills > static_cast<int>(rounds / 2));
}
