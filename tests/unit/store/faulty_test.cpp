#include <licet/store/faulty.hpp>
#include <licet/store/memory.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace licet;

namespace {

FaultyStore faulty(Faults faults) { return {std::make_unique<MemoryStore>(), faults}; }

bool is_there(FaultyStore& store, const std::string& key) {
    store.set({});
    const auto values = store.read({key});
    REQUIRE(values);
    return values.value()[0].has_value();
}

/// What became of 2,000 commits, a letter each.
std::string fates(Faults faults) {
    FaultyStore store = faulty(faults);
    std::string letters;
    for (int i = 0; i < 2000; ++i) {
        const std::string key = std::to_string(i);
        const auto stamp = store.commit({{{key, 0}}, {{key, "1"}}});
        if (stamp) {
            letters += '.';
        } else if (stamp.error().code == Errc::store_failed) {
            letters += 'f';
        } else if (stamp.error().code == Errc::store_conflict) {
            letters += 'c';
        } else {
            letters += stamp.error().code == Errc::outcome_unknown ? 'u' : '?';
        }
    }
    return letters;
}

}  // namespace

TEST_CASE("without faults all calls come through") {
    FaultyStore store = faulty({});
    for (int i = 0; i < 100; ++i) {
        CHECK(store.commit({{}, {{"k" + std::to_string(i), "1"}}}));
        CHECK(store.read({"k0"}));
        CHECK(store.scan("", "", 1));
    }
}

TEST_CASE("reads and scans fail when told to, and commits do not") {
    FaultyStore store = faulty({.read_fails = 1000});
    const auto values = store.read({"a"});
    REQUIRE_FALSE(values);
    CHECK(values.error().code == Errc::store_failed);
    const auto page = store.scan("", "", 1);
    REQUIRE_FALSE(page);
    CHECK(page.error().code == Errc::store_failed);
    CHECK(store.commit({{}, {{"a", "1"}}}));
}

TEST_CASE("a commit that fails has written nothing") {
    FaultyStore store = faulty({.commit_fails = 1000});
    const auto stamp = store.commit({{}, {{"a", "1"}}});
    REQUIRE_FALSE(stamp);
    CHECK(stamp.error().code == Errc::store_failed);
    CHECK_FALSE(is_there(store, "a"));
}

TEST_CASE("a conflict made up names the first expectation and has written nothing") {
    FaultyStore store = faulty({.conflicts = 1000});
    const auto stamp = store.commit({{{"b", 0}, {"a", 0}}, {{"a", "1"}}});
    REQUIRE_FALSE(stamp);
    CHECK(stamp.error().code == Errc::store_conflict);
    CHECK(stamp.error().detail == "b");
    CHECK_FALSE(is_there(store, "a"));
}

TEST_CASE("a batch without expectations is never in conflict") {
    FaultyStore store = faulty({.conflicts = 1000});
    CHECK(store.commit({{}, {{"a", "1"}}}));
}

TEST_CASE("a commit of unknown outcome is lost or done, as told") {
    FaultyStore lost = faulty({.unknown_lost = 1000});
    const auto nothing = lost.commit({{}, {{"a", "1"}}});
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().code == Errc::outcome_unknown);
    CHECK_FALSE(is_there(lost, "a"));

    FaultyStore done = faulty({.unknown_done = 1000});
    const auto all = done.commit({{}, {{"a", "1"}}});
    REQUIRE_FALSE(all);
    CHECK(all.error().code == Errc::outcome_unknown);
    CHECK(is_there(done, "a"));
}

TEST_CASE("what the store beneath refuses is refused, whatever the faults") {
    FaultyStore store = faulty({.unknown_done = 1000});
    const auto conflict = store.commit({{{"a", 1}}, {{"a", "1"}}});
    REQUIRE_FALSE(conflict);
    CHECK(conflict.error().code == Errc::store_conflict);
    const auto bad_key = store.commit({{}, {{"", "1"}}});
    REQUIRE_FALSE(bad_key);
    CHECK(bad_key.error().code == Errc::store_key);
}

TEST_CASE("the same seed makes the same calls fail, another seed others") {
    const Faults faults{
        .seed = 7, .commit_fails = 100, .conflicts = 200, .unknown_lost = 50, .unknown_done = 50};
    Faults other = faults;
    other.seed = 8;
    CHECK(fates(faults) == fates(faults));
    CHECK(fates(faults) != fates(other));
}

TEST_CASE("as many of 1,000 calls fail as told, more or less") {
    const std::string letters = fates({.commit_fails = 100, .conflicts = 200, .unknown_lost = 300});
    const auto near = [&](char letter, std::ptrdiff_t expected) {
        const auto count = std::ranges::count(letters, letter);
        return count > expected * 3 / 4 && count < expected * 5 / 4;
    };
    CHECK(near('f', 200));
    CHECK(near('c', 400));
    CHECK(near('u', 600));
    CHECK(near('.', 800));
}

TEST_CASE("faults that are set again begin anew") {
    const Faults faults{.seed = 3, .commit_fails = 500};
    FaultyStore store = faulty(faults);
    const auto twenty = [&] {
        std::vector<bool> fates;
        for (int i = 0; i < 20; ++i) {
            fates.push_back(store.commit({}).has_value());
        }
        return fates;
    };
    const auto first = twenty();
    store.set(faults);
    CHECK(twenty() == first);
}
