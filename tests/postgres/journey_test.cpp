#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>

#include "journey/scenario.hpp"
#include "postgres/opened.hpp"

using namespace licet::test;

TEST_CASE("every journey goes on PostgreSQL as it does in memory, and again as one that was made") {
    for (const auto& file : std::filesystem::directory_iterator(LICET_JOURNEYS)) {
        const std::string scenario = file.path().string();
        if (file.path().extension() != ".jsonl") {
            continue;
        }
        CAPTURE(scenario);
        std::ostringstream in_memory;
        std::ostringstream told;
        std::ostringstream again;
        std::ostringstream wrong;
        const std::string uri = fresh_uri();
        CHECK(journey::run(scenario, "", in_memory, wrong) == 0);
        CHECK(journey::run(scenario, uri, told, wrong) == 0);
        CHECK(told.str() == in_memory.str());
        CHECK(journey::run(scenario, uri, again, wrong) == 0);
        CHECK(again.str().find("replayed") != std::string::npos);
        CHECK(wrong.str() == "");
    }
}
