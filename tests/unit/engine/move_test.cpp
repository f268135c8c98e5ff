// Moving people between plans through the engine.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

result<Written<MoveAnswer>> move(World& world, std::vector<UserId> users, Mode mode = Mode::atomic,
                                 const Caller& caller = ben()) {
    return world.seats().move(
        {contoso(), service("bronze"), service("gold"), std::move(users), mode, {}}, caller);
}

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
