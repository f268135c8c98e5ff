#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>

#include "journey/scenario.hpp"
#include "postgres/opened.hpp"

using namespace licet::test;

namespace {

const std::filesystem::path journeys = LICET_JOURNEYS;

/// What is told; empty where it did not come to its end.
std::string told(const std::filesystem::path& scenario, const std::string& store) {
    std::ostringstream out;
    std::ostringstream wrong;
    CHECK(journey::run(scenario.string(), store, out, wrong) == 0);
    CHECK(wrong.str().empty());
    return wrong.str().empty() ? out.str() : "";
}

}  // namespace

TEST_CASE("every journey goes on PostgreSQL as it does in memory") {
    for (const auto& file : std::filesystem::directory_iterator(journeys)) {
        if (file.path().extension() == ".jsonl") {
            CAPTURE(file.path());
            CHECK(told(file.path(), fresh_uri()) == told(file.path(), "memory"));
        }
    }
}

TEST_CASE("a journey that was made on PostgreSQL is replayed when it is made again") {
    const std::string uri = fresh_uri();
    told(journeys / "fabrikam.jsonl", uri);
    CHECK(told(journeys / "fabrikam.jsonl", uri).find("nothing has changed") != std::string::npos);
}
