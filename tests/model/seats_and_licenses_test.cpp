// Stories at random: LICET_HISTORIES says how many, LICET_SEED which.

#include <cstdlib>

#include <doctest/doctest.h>

#include "model/play.hpp"

using namespace licet;
using namespace licet::model;

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

Step step_of(std::string_view name) {
    Step step;
    while (operations()[step.operation].name != name) {
        ++step.operation;
    }
    return step;
}

std::string_view name_of(const Step& step) { return operations()[step.operation].name; }

}  // namespace

TEST_CASE("whatever happens to seats, groups and licences, pools, seats, checks and events agree") {
    const std::uint64_t first = from_environment("LICET_SEED", 20'260'522);
    const std::uint64_t stories = from_environment("LICET_HISTORIES", 400);
    for (std::uint64_t seed = first; seed < first + stories; ++seed) {
        const Story story = draw_story(seed);
        if (play(story)) {
            const Story shortest =
                shrink(story, [](const Story& one) { return play(one).has_value(); });
            FAIL("LICET_SEED=", seed, " LICET_HISTORIES=1\n", text_of(shortest), "\n",
                 play(shortest).value_or("it did not fail again"));
        }
    }
}

TEST_CASE("a history that fails is made as short as it can be") {
    const auto fails = [](const Story& story) {
        std::size_t assigned = 0;
        bool is_later = false;
        for (const Step& step : story.steps) {
            is_later = is_later || name_of(step) == "days pass";
            assigned += is_later && name_of(step) == "seats.assign" ? 1U : 0U;
        }
        return assigned >= 2;
    };
    Story story;
    for (const char* name :
         {"seats.assign", "seats.move", "days pass", "groups.assign", "seats.assign", "seats.move",
          "days pass", "seats.unassign", "seats.assign", "seats.assign", "licenses.update"}) {
        story.steps.push_back(step_of(name));
    }
    const Story shortest = shrink(story, fails);
    REQUIRE(shortest.steps.size() == 3);
    CHECK(name_of(shortest.steps[0]) == "days pass");
    CHECK(name_of(shortest.steps[1]) == "seats.assign");
    CHECK(name_of(shortest.steps[2]) == "seats.assign");
}

TEST_CASE("a rule that differs is noticed, and what shows it is a few steps with a user or two") {
    const auto differs = [](const Story& story) {
        Policy other = story.policy;
        other.overage.kind = Overage::Kind::always;
        return story.policy.overage.kind == Overage::Kind::none && play(story, other);
    };
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        const Story story = draw_story(seed);
        if (differs(story)) {
            const Story shortest = shrink(story, differs);
            CAPTURE(text_of(shortest));
            CHECK(shortest.steps.size() <= 4);
            CHECK(shortest.faults == 0);
            for (const Step& step : shortest.steps) {
                CHECK(step.users.size() <= 3);
            }
            return;
        }
    }
    FAIL("nobody noticed");
}
