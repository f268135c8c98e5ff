// A whole book from one store into another.

#include <licet/engine/copy.hpp>

#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include <licet/engine/engine.hpp>
#include <licet/store/sqlite.hpp>

#include "any_content.hpp"
#include "people.hpp"
#include "store_in_hand.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const std::string layout = "meta/format";
const std::string mark = "meta/unfinished";

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

void put(Store& store, const std::string& key, std::optional<std::string> text) {
    (void)store.commit({{}, {{key, std::move(text)}}}).value();
}

/// Seats of one pool, so many.
void fill(Store& store, std::size_t count) {
    constexpr std::size_t at_once = 10'000;
    put(store, layout, R"({"format":1})");
    for (std::size_t first = 0; first < count; first += at_once) {
        Batch batch;
        for (std::size_t n = first; n < std::min(count, first + at_once); ++n) {
            batch.writes.push_back({"seat/" + contoso().str() + "/1/" + person(n).str(),
                                    R"({"since":"2026-01-10T09:00:00.000Z"})"});
        }
        (void)store.commit(batch).value();
    }
}

/// The kinds of stores. One more is a line here.
struct Kind {
    const char* name;
    std::unique_ptr<Store> (*make)(const TemporaryFolder& folder, const std::string& name);
};
constexpr Kind kinds[] = {
    {"memory",
     [](const TemporaryFolder&, const std::string&) -> std::unique_ptr<Store> {
         return std::make_unique<MemoryStore>();
     }},
    {"memory, 7 writes at once",
     [](const TemporaryFolder&, const std::string&) -> std::unique_ptr<Store> {
         auto store = std::make_unique<StoreInHand>();
         store->limit({key_size_max, 1'500'000, 7});
         return store;
     }},
    {"sqlite",
     [](const TemporaryFolder& folder, const std::string& name) -> std::unique_ptr<Store> {
         return SqliteStore::open(folder.file(name)).value();
     }},
};

/// A store of 500 records, and one into which they go ten at a time.
struct Pair {
    Pair() {
        fill(from, 499);
        to.limit({key_size_max, 0, 11});  // with what is expected of the mark
    }
    result<Copied> copy() { return copy_store(from, to); }

    StoreInHand from;
    StoreInHand to;
};

/// Acts before that scan. A walk through 601 records takes four of them.
void before_scan(StoreInHand& store, int number, const std::function<void()>& act) {
    store.on_scan([left = number, act]() mutable {
        if (--left == 0) {
            act();
        }
    });
}

/// Lets so many commits through and fails those after them, of which the first one may land.
void cut_after(StoreInHand& store, int commits, bool lands) {
    store.on_commit(
        [left = std::make_shared<int>(commits), lands](Store& inner, const Batch& batch) {
            const int number = (*left)--;
            if (number > 0) {
                return inner.commit(batch);
            }
            if (number == 0 && lands) {
                (void)inner.commit(batch).value();
            }
            return result<Stamp>(Error{Errc::outcome_unknown, {}, {}});
        });
}

}  // namespace

TEST_CASE("whatever a store holds, a copy in a store of any kind holds the same") {
    const std::uint64_t seed = from_environment("LICET_SEED", std::random_device()());
    CAPTURE(seed);
    Dice dice(seed);
    for (const Kind& one : kinds) {
        for (const Kind& other : kinds) {
            const char* const from_kind = one.name;
            const char* const to_kind = other.name;
            CAPTURE(from_kind);
            CAPTURE(to_kind);
            const TemporaryFolder folder;
            const auto from = one.make(folder, "from.db");
            const auto to = other.make(folder, "to.db");
            fill_at_random(*from, dice);
            const auto copied = copy_store(*from, *to);
            REQUIRE(failure_of(copied) == done);
            const auto content = content_of(*from);
            CHECK(content_of(*to) == content);
            CHECK(copied.value().count == content.size());
            CHECK(copied.value().written == content.size());

            const auto back = one.make(folder, "back.db");
            const auto returned = copy_store(*to, *back);
            REQUIRE(failure_of(returned) == done);
            CHECK(returned.value().hash == copied.value().hash);
            CHECK(content_of(*back) == content);
        }
    }
}

TEST_CASE("a copy that is cut at any commit goes on where it stopped and ends equal") {
    for (const bool lands : {false, true}) {
        CAPTURE(lands);
        int cuts = 0;
        for (bool was_cut = true; was_cut; ++cuts) {
            CAPTURE(cuts);
            Pair pair;
            cut_after(pair.to, cuts, lands);
            was_cut = failure_of(pair.copy()) == Errc::outcome_unknown;
            pair.to.on_commit(nullptr);
            const auto before = pair.to.dump();
            const std::size_t there = before.size() - before.count(mark);
            const auto again = pair.copy();
            REQUIRE(failure_of(again) == done);
            CHECK(again.value().written == 500 - there);
            CHECK(pair.to.dump() == pair.from.dump());
        }
        CHECK(cuts == 53);  // the mark, 50 batches, and the mark again
    }
}

TEST_CASE("what is expected of the mark counts among the writes that a store takes at once") {
    for (const std::size_t limit : {std::size_t{2}, std::size_t{10}, std::size_t{5000}}) {
        CAPTURE(limit);
        Pair pair;
        fill(pair.from, 2500);
        pair.to.limit({key_size_max, 0, limit});
        std::size_t largest = 0;
        pair.to.on_commit([&](Store& inner, const Batch& batch) {
            std::set<std::string> keys;
            for (const Expectation& expectation : batch.expectations) {
                keys.insert(expectation.key);
            }
            for (const Write& write : batch.writes) {
                keys.insert(write.key);
            }
            CHECK(keys.contains(mark));
            largest = std::max(largest, keys.size());
            return inner.commit(batch);
        });
        CHECK(failure_of(pair.copy()) == done);
        CHECK(largest == std::min<std::size_t>(limit, 1001));
    }
}

TEST_CASE("a copy that still runs changes nothing once another one has begun or finished") {
    for (const bool finishes : {false, true}) {
        CAPTURE(finishes);
        Pair pair;
        fill(pair.from, 3000);
        cut_after(pair.to, 302, false);  // all is there, and the mark
        REQUIRE(failure_of(pair.copy()) == Errc::outcome_unknown);
        pair.to.on_commit(nullptr);
        const std::string used = "seat/" + contoso().str() + "/1/" + person(2500).str();
        const std::string added = used + "x";
        const auto stop_another = [&](CopyPhase phase, std::uint64_t, std::uint64_t) {
            return finishes || phase == CopyPhase::counting
                       ? result<void>(boost::outcome_v2::success())
                       : result<void>(Error{Errc::cancelled, {}, {}});
        };
        std::map<std::string, std::string> left;
        const auto copied = copy_store(
            pair.from, pair.to, [&](CopyPhase phase, std::uint64_t count, std::uint64_t) {
                if (phase == CopyPhase::copying && count == 1000) {
                    CHECK(failure_of(copy_store(pair.from, pair.to, stop_another)) ==
                          (finishes ? done : Errc::cancelled));
                    put(pair.to, used, "{}");
                    put(pair.to, added, "{}");
                    left = pair.to.dump();
                }
                return result<void>(boost::outcome_v2::success());
            });
        CHECK(failure_of(copied) == Errc::store_conflict);
        CHECK(left.contains(mark) == !finishes);
        CHECK(pair.to.dump() == left);
    }
}

TEST_CASE("a copy that finds a store empty which another one fills meanwhile leaves it alone") {
    Pair pair;
    const auto copy_and_use = [&](Store& inner, const Batch& batch) {
        CHECK(failure_of(copy_store(pair.from, inner)) == done);
        put(inner, "zzz", "{}");
        return inner.commit(batch);
    };
    pair.to.on_next_commit(copy_and_use);
    CHECK(failure_of(pair.copy()) == Errc::store_not_empty);
    CHECK_FALSE(pair.to.dump().contains(mark));
    CHECK(pair.to.dump().size() == 501);
}

TEST_CASE("a store is not copied onto itself, and is a book as before") {
    const auto store = std::make_shared<StoreInHand>();
    put(*store, layout, R"({"format":1})");
    SharedStore from(store);
    SharedStore to(store);
    const auto before = store->dump();
    CHECK(failure_of(copy_store(from, to)) == Errc::store_not_empty);
    CHECK(store->dump() == before);
    CHECK(failure_of(Engine::open(std::make_unique<SharedStore>(store))) == done);

    Pair pair;  // a store that somebody begins to fill is another one
    pair.to.on_next_commit([&](Store& inner, const Batch& batch) {
        put(pair.from, mark, "{}");
        return inner.commit(batch);
    });
    CHECK(failure_of(pair.copy()) == Errc::store_unfinished);
    CHECK(pair.to.dump().empty());
}

TEST_CASE("a copy that was cut is not taken for a book") {
    Pair pair;
    const auto to = std::make_shared<StoreInHand>();
    cut_after(*to, 1, true);
    CHECK(failure_of(copy_store(pair.from, *to)) == Errc::outcome_unknown);
    to->on_commit(nullptr);
    CHECK(failure_of(Engine::open(std::make_unique<SharedStore>(to))) == Errc::store_unfinished);
    CHECK(failure_of(copy_store(*to, pair.to)) == Errc::store_unfinished);
    CHECK(pair.to.dump().empty());
    CHECK(failure_of(copy_store(pair.from, *to)) == done);
    CHECK(failure_of(Engine::open(std::make_unique<SharedStore>(to))) == done);
}

TEST_CASE("a store that an engine has opened and nobody used is empty") {
    Pair pair;
    put(pair.to, layout, R"({"format":1})");
    const auto copied = pair.copy();
    REQUIRE(failure_of(copied) == done);
    CHECK(copied.value().written == 499);
}

TEST_CASE("a store that holds something else is refused and left as it is") {
    for (const char* key : {"deal/fabrikam/d-1", "zzz"}) {
        Pair pair;
        put(pair.to, key, "{}");
        const auto before = pair.to.dump();
        CHECK(failure_of(pair.copy()) == Errc::store_not_empty);
        CHECK(pair.to.dump() == before);
    }
    Pair pair;
    fill(pair.to, 498);
    CHECK(failure_of(pair.copy()) == Errc::store_not_empty);
    fill(pair.to, 500);
    CHECK(failure_of(pair.copy()) == Errc::store_not_empty);
    CHECK(pair.to.dump().size() == 501);
}

TEST_CASE("a store that holds the same has nothing to be written") {
    Pair pair;
    fill(pair.to, 499);
    pair.to.on_commit([](Store&, const Batch&) {
        return result<Stamp>(Error{Errc::store_failed, "not to be written", {}});
    });
    const auto copied = pair.copy();
    REQUIRE(failure_of(copied) == done);
    CHECK(copied.value().count == 500);
    CHECK(copied.value().written == 0);
}

TEST_CASE("a newer layout is refused on either side") {
    Pair newer;
    put(newer.from, layout, R"({"format":2})");
    CHECK(failure_of(newer.copy()) == Errc::store_format_newer);
    Pair into_newer;
    put(into_newer.to, layout, R"({"format":2})");
    CHECK(failure_of(into_newer.copy()) == Errc::store_format_newer);
    Pair corrupt;
    put(corrupt.from, layout, "1");
    CHECK(failure_of(corrupt.copy()) == Errc::record_corrupt);
    CHECK(corrupt.to.dump().empty());
}

TEST_CASE("a record beyond the other store's limits is told before anything is written") {
    Pair pair;
    const std::string longest(100, 'x');
    put(pair.from, "zzz", longest);
    pair.to.limit({key_size_max, 100, 10});
    Pair too_long;
    put(too_long.from, "zzz", longest + 'x');
    too_long.to.limit({key_size_max, 100, 10});
    CHECK(failure_of(pair.copy()) == done);
    const auto copied = too_long.copy();
    REQUIRE_FALSE(copied);
    CHECK(copied.error().code == Errc::batch_too_large);
    CHECK(copied.error().detail == "zzz");
    CHECK(too_long.to.dump().empty());
}

TEST_CASE("a book that changes while it is copied is told, and the next copy brings the rest") {
    struct Change {
        const char* what;
        std::function<void(StoreInHand&)> make;
    };
    for (const Change& change :
         {Change{"one more", [](StoreInHand& from) { put(from, "event/1", "{}"); }},
          Change{"one less", [](StoreInHand& from) { put(from, layout, std::nullopt); }},
          Change{"another text", [](StoreInHand& from) { put(from, layout, R"({"format":0})"); }},
          Change{"away and back again", [](StoreInHand& from) {
                     put(from, layout, std::nullopt);
                     put(from, layout, R"({"format":1})");
                 }}}) {
        CAPTURE(change.what);
        Pair pair;
        fill(pair.from, 600);
        before_scan(pair.from, 2, [&] { change.make(pair.from); });
        const auto copied = pair.copy();
        CHECK(failure_of(copied) == Errc::source_changed);
        CHECK(pair.to.dump().contains(mark));
        CHECK(failure_of(pair.copy()) == done);
        CHECK(pair.to.dump() == pair.from.dump());
    }
}

TEST_CASE("a copy is the book as it was at one moment") {
    Pair pair;
    fill(pair.from, 600);
    const auto before = pair.from.dump();
    before_scan(pair.from, 8, [&] { put(pair.from, layout, R"({"format":0})"); });
    CHECK(failure_of(pair.copy()) == done);
    CHECK(pair.to.dump() == before);
}

TEST_CASE("a store that does not keep what it was given is found out") {
    for (const bool loses : {false, true}) {
        Pair pair;
        pair.to.on_commit([&](Store& inner, const Batch& batch) {
            Batch kept = batch;
            for (Write& write : kept.writes) {
                if (write.key.ends_with("00000000007b")) {
                    write.text = loses ? std::nullopt : std::optional(*write.text + " ");
                }
            }
            return inner.commit(kept);
        });
        const auto copied = pair.copy();
        CHECK(failure_of(copied) == Errc::copy_differs);
        CHECK(pair.to.dump().contains(mark));
    }
}

TEST_CASE("a copy tells how far it is and can be stopped anywhere") {
    Pair pair;
    fill(pair.from, 2500);
    std::vector<std::string> told;
    const CopyProgress tell = [&](CopyPhase phase, std::uint64_t count, std::uint64_t total) {
        told.push_back(std::to_string(static_cast<int>(phase)) + ' ' + std::to_string(count) + '/' +
                       std::to_string(total));
        return result<void>(boost::outcome_v2::success());
    };
    REQUIRE(failure_of(copy_store(pair.from, pair.to, tell)) == done);
    CHECK(told == std::vector<std::string>{"0 1000/0", "0 2000/0", "0 2501/2501", "1 1000/2501",
                                           "1 2000/2501", "1 2501/2501", "2 1000/2501",
                                           "2 2000/2501", "2 2501/2501"});
    for (std::size_t calls = 0; calls < told.size(); ++calls) {
        CAPTURE(calls);
        StoreInHand to;
        std::size_t left = calls;
        const auto copied = copy_store(pair.from, to, [&](CopyPhase, std::uint64_t, std::uint64_t) {
            return left-- > 0 ? result<void>(boost::outcome_v2::success())
                              : result<void>(Error{Errc::cancelled, {}, {}});
        });
        CHECK(failure_of(copied) == Errc::cancelled);
        CHECK(failure_of(copy_store(pair.from, to)) == done);
        CHECK(to.dump() == pair.from.dump());
    }
}

// LICET_COPY_SEATS=1000000 says what a large book costs.
TEST_CASE("a book of many seats is copied from file to file, and the time it takes is told") {
    const std::uint64_t seats = from_environment("LICET_COPY_SEATS", 20'000);
    const TemporaryFolder folder;
    const auto from = SqliteStore::open(folder.file("from.db")).value();
    const auto to = SqliteStore::open(folder.file("to.db")).value();
    fill(*from, seats);
    const auto begin = std::chrono::steady_clock::now();
    const auto copied = copy_store(*from, *to);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    REQUIRE(failure_of(copied) == done);
    CHECK(copied.value().count == seats + 1);
    MESSAGE(seats, " seats in ", took.count(), " s");
}
