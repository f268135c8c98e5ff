// Moving people between plans through the engine.

#include <doctest/doctest.h>

#include "mutations.hpp"
#include "sha256.hpp"

using namespace licet;
using namespace licet::world;

namespace {

result<Written<MoveAnswer>> move(World& world, std::vector<UserId> users, Mode mode = Mode::atomic,
                                 const Caller& caller = ben()) {
    return world.seats().move(
        {contoso(), service("bronze"), service("gold"), std::move(users), mode, {}}, caller);
}

/// How it went, a letter a user.
std::string told(const result<Written<MoveAnswer>>& answer) {
    REQUIRE(failure_of(answer) == done);
    std::string text;
    for (const SeatOutcome& outcome : answer.value().value.outcomes) {
        text += "ahrnf"[static_cast<std::size_t>(outcome.outcome)];
    }
    return text;
}

/// Thirteen people with bronze and so many licences of gold.
struct Thirteen : World {
    explicit Thirteen(std::int64_t gold = 9) {
        sell_article({line("bronze", 13), line("gold", gold)});
        REQUIRE(assign("bronze", people(1, 13)));
    }
};

// A part of 11 records is 3 users with two seats each, two pools, two events and the answer.
constexpr Limits narrow{0, 0, 11};

}  // namespace

TEST_CASE("whoever moves has the one seat at the moment in which the other is gone") {
    World world;
    mutations::seated(world);
    world.store->on_next_commit([&](Store& inner, const Batch& batch) {
        const auto written = inner.commit(batch);
        CHECK(world.holders("bronze") == people(2, 1));
        CHECK(world.holders("gold") == people(1, 1));
        return written;
    });
    const auto moved = move(world, {person(1)});
    REQUIRE(failure_of(moved) == done);
    CHECK(moved.value().value.from == world.pool("bronze"));
    CHECK(moved.value().value.to == world.pool("gold"));
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    CHECK(world.check("gold", person(1)) == Decision::licensed);
    CHECK(world.events(pool_stream("bronze")).back().command ==
          world.events(pool_stream("gold")).back().command);
    CHECK(world.events(pool_stream("gold")).back().operation == "seats.move");
    CHECK(world.verify(pool_stream("bronze")).ok);
    CHECK(world.verify(pool_stream("gold")).ok);
}

TEST_CASE("a move of more people than there are licences is of none, or of the first") {
    World world;
    mutations::sold(world);
    REQUIRE(world.assign("bronze", people(1, 3)));
    const auto before = world.store->dump();
    CHECK(failure_of(move(world, people(1, 3))) == Errc::no_free_license);
    CHECK(world.store->dump() == before);
    const auto moved = move(world, people(1, 3), Mode::best_effort);
    REQUIRE(moved);
    CHECK(moved.value().value.outcomes.at(2).error == Errc::no_free_license);
    CHECK(world.holders("gold") == people(1, 2));
    CHECK(world.holders("bronze") == people(3, 1));
}

TEST_CASE("a move is told in the order of the users, each once, and again under its key") {
    World world;
    mutations::seated(world);
    const auto moved = move(world, {person(9), person(2), person(1), person(2)}, Mode::atomic,
                            with_key(ben(), "k"));
    REQUIRE(moved);
    const std::vector<SeatOutcome> expected{{person(1), Outcome::assigned, {}},
                                            {person(2), Outcome::assigned, {}},
                                            {person(9), Outcome::absent, {}}};
    CHECK(moved.value().value.outcomes == expected);
    const auto again =
        move(world, {person(1), person(2), person(9)}, Mode::atomic, with_key(ben(), "k"));
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK(again.value().value.outcomes == expected);
    CHECK(again.value().revision == moved.value().revision);
}

TEST_CASE("a move expects the revision of the pool that it goes to") {
    World world;
    mutations::seated(world);  // bronze is at 2, gold at 1
    CHECK(failure_of(move(world, people(1, 1), Mode::atomic, expecting(ben(), 2))) ==
          Errc::revision_differs);
    const auto moved = move(world, people(1, 1), Mode::atomic, expecting(ben(), 1));
    REQUIRE(moved);
    CHECK(moved.value().revision == 2);
}

TEST_CASE("a move is between two plans that the customer has, and of somebody") {
    World world;
    mutations::seated(world);
    const auto between = [&](const char* from, const char* to) {
        return failure_of(world.seats().move(
            {contoso(), service(from), service(to), people(1, 1), Mode::atomic, {}}, ben()));
    };
    CHECK(between("bronze", "silver") == Errc::pool_not_found);
    CHECK(between("silver", "bronze") == Errc::pool_not_found);
    CHECK(between("bronze", "bronze") == Errc::move_to_itself);
    CHECK(failure_of(move(world, {})) == Errc::users_missing);
}

TEST_CASE("a move that changes nothing leaves no event") {
    World world;
    mutations::seated(world);
    const auto before = world.store->dump();
    CHECK(move(world, people(7, 2)).value().value.outcomes.at(0).outcome == Outcome::absent);
    CHECK(world.store->dump() == before);
}

TEST_CASE("a move that the store cannot take whole is refused before anything is written") {
    World world;
    mutations::seated(world);
    const auto before = world.store->dump();
    // Of one person: two pools, two events, two seats.
    world.store->limit({0, 0, 6});
    CHECK(failure_of(move(world, people(1, 2))) == Errc::batch_too_large);
    CHECK(world.store->dump() == before);
    CHECK(failure_of(move(world, people(1, 1))) == done);
}

TEST_CASE("a best-effort move goes in parts, and comes to what one step would") {
    for (const std::int64_t gold : {1, 3, 8, 13}) {
        CAPTURE(gold);
        Thirteen wide(gold);
        Thirteen small(gold);
        small.store->limit(narrow);
        std::size_t commits = 0;
        small.store->on_commit([&](Store& inner, const Batch& batch) {
            ++commits;
            return inner.commit(batch);
        });
        const auto whole = move(wide, people(1, 15), Mode::best_effort);
        const auto parts = move(small, people(1, 15), Mode::best_effort);
        CHECK(told(parts) == told(whole));
        CHECK(commits == static_cast<std::size_t>(gold + 2) / 3);
        CHECK(parts.value().value.outcomes == whole.value().value.outcomes);
        CHECK(parts.value().value.from == whole.value().value.from);
        CHECK(parts.value().value.to == whole.value().value.to);
        CHECK(parts.value().revision ==
              small.seats().get_pool({contoso(), service("gold")}, ben()).value().revision);
        for (const char* plan : {"bronze", "gold"}) {
            CHECK(small.holders(plan) == wide.holders(plan));
            CHECK(small.verify(pool_stream(plan)).ok);
        }
    }
}

TEST_CASE("where an event is too long for the store, a part of a move has fewer users") {
    World world;
    world.sell_article({line("bronze", 200), line("gold", 200)});
    REQUIRE(world.assign("bronze", people(1, 200)));
    world.store->limit({0, 4000, 0});
    const auto before = world.store->dump();
    CHECK(failure_of(move(world, people(1, 200))) == Errc::batch_too_large);
    CHECK(world.store->dump() == before);
    CHECK(told(move(world, people(1, 200), Mode::best_effort)) == std::string(200, 'a'));
    CHECK(world.holders("gold") == people(1, 200));
    CHECK(world.holders("bronze").empty());
    for (const char* plan : {"bronze", "gold"}) {
        CHECK(world.verify(pool_stream(plan)).ok);
    }
}

TEST_CASE("wherever a move breaks off, the same one under its key goes on and answers for all") {
    for (std::size_t commits = 0; commits < 4; ++commits) {
        for (const std::size_t records : {9U, 11U, 15U, 0U}) {
            CAPTURE(commits);
            CAPTURE(records);
            Thirteen world;
            world.store->limit(narrow);
            std::size_t left = commits;
            world.store->on_commit([&](Store& inner, const Batch& batch) -> result<Stamp> {
                if (left == 0) {
                    return Error{Errc::store_failed, {}, {}};
                }
                --left;
                return inner.commit(batch);
            });
            const auto go = [&] {
                return move(world, people(1, 13), Mode::best_effort, with_key(ben(), "k"));
            };
            CHECK(failure_of(go()) == Errc::store_failed);
            CHECK(world.holders("gold") == people(1, 3 * commits));
            world.store->on_commit(nullptr);
            world.store->limit({0, 0, records});  // what is left may go in other parts
            const auto resumed = go();
            CHECK(told(resumed) == "aaaaaaaaaffff");
            CHECK_FALSE(resumed.value().replayed);
            const auto content = world.store->dump();
            const auto again = go();
            CHECK(again.value().replayed);
            CHECK(again.value().value.outcomes == resumed.value().value.outcomes);
            CHECK(again.value().value.to == resumed.value().value.to);
            CHECK(world.store->dump() == content);
            CHECK(failure_of(move(world, people(1, 12), Mode::best_effort, with_key(ben(), "k"))) ==
                  Errc::idempotency_key_reused);
        }
    }
}

TEST_CASE("the answer of a move says how many had been named before") {
    Thirteen world;
    for (const Mode mode : {Mode::atomic, Mode::best_effort}) {
        const auto moved = move(world, {person(2), person(1), person(2), person(2)}, mode);
        REQUIRE(moved);
        CHECK(moved.value().value.outcomes.size() == 2);
        CHECK(moved.value().value.duplicates == 2);
    }
    CHECK(move(world, people(3, 2)).value().value.duplicates == 0);
}

TEST_CASE("what a move answered before there were parts is answered again") {
    Thirteen world;
    const auto moved = move(world, people(1, 2), Mode::best_effort, with_key(ben(), "k"));
    REQUIRE(moved);
    const std::string arguments =
        "seats.move\n"
        R"({"tenant":")" +
        contoso().str() +
        R"(","from":"fabrikam.f365.bronze","to":"fabrikam.f365.gold",)"
        R"("users":[")" +
        person(1).str() + R"(",")" + person(2).str() +
        R"("],"mode":"best_effort","usage_location":null})";
    std::string kept;
    for (const auto& [key, text] : world.store->dump()) {
        kept += key.starts_with("idem/" + contoso().str()) ? text : "";
    }
    CHECK(kept.find(sha256_hex(arguments)) != std::string::npos);
    CHECK(kept.find(R"("outcomes":"aa","from":{)") != std::string::npos);
}
