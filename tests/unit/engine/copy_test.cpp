// A whole book from one store into another.

#include <chrono>
#include <cstdlib>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include <licet/engine/engine.hpp>
#include <licet/store/sqlite.hpp>

#include "any_content.hpp"
#include "copy_pair.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;
using namespace licet::world;

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
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

/// Acts before that scan. A walk through 601 records takes four of them.
void before_scan(StoreInHand& store, int number, const std::function<void()>& act) {
    store.on_scan([left = number, act]() mutable {
        if (--left == 0) {
            act();
        }
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
