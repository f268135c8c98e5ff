#include "engine/pending_writes.hpp"

#include <doctest/doctest.h>

#include "engine/unit.hpp"
#include "people.hpp"
#include "store_in_hand.hpp"

using namespace licet;
using namespace licet::world;

namespace {

struct Jobs {
    Unit next() { return {pending, "c", "test", caller, Timestamp()}; }

    StoreInHand store;
    PendingWrites pending{store};
    Caller caller = ben();
};

/// What a job finds under a key; "-" for nothing.
std::string text_at(Unit& unit, const std::string& key) {
    const auto found = unit.look(key);
    REQUIRE(found);
    return *found.value() ? (*found.value())->text : "-";
}

std::vector<std::string> under(Unit& unit, const std::string& prefix) {
    std::vector<std::string> all;
    REQUIRE(unit.scan(prefix, [&](const Record& record) -> result<void> {
        all.push_back(record.key + "=" + record.text);
        return boost::outcome_v2::success();
    }));
    return all;
}

}  // namespace

TEST_CASE("a job finds what those before it have changed, and nothing of its own") {
    Jobs jobs;
    jobs.store.put("a", "1");
    jobs.store.put("b", "1");
    Unit first = jobs.next();
    CHECK(text_at(first, "a") == "1");
    first.put("a", "2");
    first.erase("b");
    first.put("c", "2");
    CHECK(text_at(first, "a") == "1");
    std::move(first).join();

    Unit second = jobs.next();
    CHECK(text_at(second, "a") == "2");
    CHECK(text_at(second, "b") == "-");
    CHECK(text_at(second, "c") == "2");
    CHECK(text_at(second, "d") == "-");
}

TEST_CASE("what a job changed that was not joined, nobody finds") {
    Jobs jobs;
    jobs.next().put("a", "2");
    Unit second = jobs.next();
    CHECK(text_at(second, "a") == "-");
}

TEST_CASE("the batch expects what any job looked at, and writes the last of each key") {
    Jobs jobs;
    jobs.store.put("a", "1");
    REQUIRE(jobs.pending.fetch({"a", "b", "never looked at"}));
    Unit first = jobs.next();
    text_at(first, "a");
    first.put("a", "2");
    std::move(first).join();
    Unit refused = jobs.next();
    text_at(refused, "b");
    std::move(refused).join();
    Unit third = jobs.next();
    text_at(third, "a");
    third.put("a", "3");
    third.put("c", "3");
    std::move(third).join();

    CHECK(jobs.pending.reads() == 1);
    const Batch batch = std::move(jobs.pending).batch();
    REQUIRE(batch.expectations.size() == 2);
    CHECK(batch.expectations[0].key == "a");
    CHECK(batch.expectations[0].stamp == 1);
    CHECK(batch.expectations[1].key == "b");
    CHECK(batch.expectations[1].stamp == 0);
    REQUIRE(batch.writes.size() == 2);
    CHECK(batch.writes[0].key == "a");
    CHECK(batch.writes[0].text == "3");
    CHECK(batch.writes[1].key == "c");
}

TEST_CASE("keys are read together in any order, also those named twice or known already") {
    Jobs jobs;
    for (const char* key : {"a", "b", "c", "e"}) {
        jobs.store.put(key, key);
    }
    REQUIRE(jobs.pending.fetch({"e", "b", "d", "b"}));
    REQUIRE(jobs.pending.fetch({"c", "b", "a"}));
    REQUIRE(jobs.pending.fetch({"a", "e"}));
    Unit unit = jobs.next();
    for (const char* key : {"c", "a", "b", "e", "a"}) {
        CHECK(text_at(unit, key) == key);
    }
    CHECK(text_at(unit, "d") == "-");
    CHECK(jobs.pending.reads() == 2);
    CHECK(text_at(unit, "f") == "-");
    CHECK(jobs.pending.reads() == 3);
}

TEST_CASE("two jobs that write a key without looking write it once") {
    Jobs jobs;
    for (const char* text : {"1", "2"}) {
        Unit unit = jobs.next();
        unit.put("a", text);
        std::move(unit).join();
    }
    const Batch batch = std::move(jobs.pending).batch();
    REQUIRE(batch.writes.size() == 1);
    CHECK(batch.writes[0].text == "2");
}

TEST_CASE("a scan shows what was added, changed and ended before") {
    Jobs jobs;
    for (const char* key : {"s/b", "s/d", "s/f", "t"}) {
        jobs.store.put(key, "1");
    }
    Unit first = jobs.next();
    CHECK(under(first, "s/") == std::vector<std::string>{"s/b=1", "s/d=1", "s/f=1"});
    for (const char* key : {"r", "s/a", "s/c", "s/d", "s/g", "s0"}) {
        first.put(key, "2");
    }
    first.erase("s/b");
    first.erase("s/e");
    std::move(first).join();
    Unit second = jobs.next();
    CHECK(under(second, "s/") ==
          std::vector<std::string>{"s/a=2", "s/c=2", "s/d=2", "s/f=1", "s/g=2"});
    CHECK(under(second, "u/").empty());
}

TEST_CASE("what was read holds until one of the keys a job looked at is written") {
    Jobs jobs;
    REQUIRE(jobs.pending.fetch({"a", "b"}));
    Unit unit = jobs.next();
    text_at(unit, "a");
    std::move(unit).join();
    jobs.store.put("b", "1");
    CHECK(jobs.pending.still_holds().value());
    jobs.store.put("a", "1");
    CHECK_FALSE(jobs.pending.still_holds().value());
}

TEST_CASE("what is presumed is what the cache has, or nothing, and is expected all the same") {
    StoreInHand store;
    store.put("seat", "there");
    RecordCache cache;
    cache.keep("pool", 7, std::make_shared<const std::any>(PoolCount{70}));
    PendingWrites pending(store, &cache, PendingWrites::Basis::presumed);
    store.on_read([](const auto&) -> result<void> { return Error{Errc::store_failed, {}, {}}; });
    Caller caller = ben();
    Unit unit(pending, "c", "test", caller, Timestamp());
    REQUIRE(unit.fetch({"pool", "seat"}));
    CHECK(unit.find<PoolCount>("pool").value()->count == 70);
    CHECK(text_at(unit, "seat") == "-");
    unit.put("seat", "2");
    std::move(unit).join();
    CHECK(pending.reads() == 0);
    const Batch batch = pending.batch();
    REQUIRE(batch.expectations.size() == 2);
    CHECK(batch.expectations[0].key == "pool");
    CHECK(batch.expectations[0].stamp == 7);
    CHECK(batch.expectations[1].key == "seat");
    CHECK(batch.expectations[1].stamp == 0);
}

TEST_CASE("it would have been right to presume what is not there, and the home") {
    Jobs jobs;
    jobs.store.put("home", "1");
    jobs.store.put("other", "1");
    Unit first = jobs.next();
    text_at(first, "home");
    text_at(first, "absent");
    std::move(first).join();
    CHECK(jobs.pending.was_foreseeable("home"));
    CHECK_FALSE(jobs.pending.was_foreseeable("another home"));
    Unit second = jobs.next();
    text_at(second, "other");
    std::move(second).join();
    CHECK_FALSE(jobs.pending.was_foreseeable("home"));
}
