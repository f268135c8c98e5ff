// The mark of a store that is being copied into: whose it is, and what it keeps others from.

#include <map>
#include <set>

#include <doctest/doctest.h>

#include <licet/engine/engine.hpp>

#include "copy_pair.hpp"

using namespace licet;
using namespace licet::world;

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
