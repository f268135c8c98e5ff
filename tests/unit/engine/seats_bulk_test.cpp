// Seats of many users in one call.

#include <algorithm>

#include <doctest/doctest.h>

#include "engine/parts.hpp"
#include "mutations.hpp"
#include "streams.hpp"

using namespace licet;
using namespace licet::world;

namespace {

AssignSeats bronze(std::vector<UserId> users, Mode mode = Mode::best_effort) {
    return {contoso(), service("bronze"), std::move(users), mode, {}};
}

/// How it went, a letter a user.
std::string told(const result<Written<SeatsAnswer>>& answer) {
    REQUIRE(failure_of(answer) == done);
    std::string text;
    for (const SeatOutcome& outcome : answer.value().value.outcomes) {
        text += "ahrnf"[static_cast<std::size_t>(outcome.outcome)];
    }
    return text;
}

/// A world with licences of bronze, whose store takes so many records at once.
struct Narrow : World {
    explicit Narrow(std::int64_t licenses, std::size_t records = 8) : World() {
        sell_article({line("bronze", licenses)});
        store->limit({0, 0, records});
    }
};

// A part of 8 records is 5 users, their pool, its event and the answer.
constexpr std::size_t part = 5;

/// Lets so many commits come through, and none after them.
void fail_after(World& world, std::size_t commits, Errc how = Errc::store_failed) {
    world.store->on_commit([left = std::make_shared<std::size_t>(commits), how](
                               Store& inner, const Batch& batch) -> result<Stamp> {
        if (*left == 0) {
            return Error{how, {}, {}};
        }
        --*left;
        return inner.commit(batch);
    });
}

}  // namespace

TEST_CASE("who is named more than once counts once, and the answer says how often that was") {
    World world;
    world.sell_article({line("bronze", 2)});
    const UserId adele = user("6F9619FF-8B86-D011-B42D-00C04FC964FF");
    const UserId again = user("{6f9619ff-8b86-d011-b42d-00c04fc964ff}");
    for (const Mode mode : {Mode::atomic, Mode::best_effort}) {
        const auto answer =
            world.seats().assign(bronze({adele, person(1), again, adele}, mode), ben());
        REQUIRE(failure_of(answer) == done);
        CHECK(answer.value().value.outcomes.size() == 2);
        CHECK(answer.value().value.duplicates == 2);
    }
    CHECK(world.assign("bronze", {person(1)}).value().value.duplicates == 0);
    const auto released = world.unassign("bronze", {person(1), person(1)});
    CHECK(released.value().value.duplicates == 1);
    CHECK(world.pool("bronze").consumed == 1);
}

TEST_CASE("the order in which users are named is of no account, for a replay neither") {
    World world;
    world.sell_article({line("bronze", 2)});
    std::vector<UserId> users = people(1, 3);
    const auto first = world.seats().assign(bronze(users), with_key(ben(), "k"));
    CHECK(told(first) == "aaf");
    std::ranges::reverse(users);
    users.push_back(person(2));
    const auto again = world.seats().assign(bronze(users), with_key(ben(), "k"));
    CHECK(again.value().replayed);
    CHECK(again.value().value.outcomes == first.value().value.outcomes);
    CHECK(again.value().value.duplicates == 1);
}

TEST_CASE("a call names at most a million users") {
    World world;
    world.sell_article({line("bronze", 1)});
    const std::vector<UserId> most(users_max, person(1));
    std::vector<UserId> more = most;
    more.push_back(person(1));
    const auto refused = world.seats().assign(bronze(more), ben());
    CHECK(failure_of(refused) == Errc::list_length);
    CHECK(refused.error().findings.at(0).pointer == "/users");
    CHECK(failure_of(world.unassign("bronze", more)) == Errc::list_length);
    CHECK(world.assign("bronze", most).value().value.duplicates == users_max - 1);

    const auto moved = [&](std::vector<UserId> users) {
        return failure_of(world.seats().move(
            {contoso(), service("bronze"), service("silver"), std::move(users), {}, {}}, ben()));
    };
    CHECK(moved(more) == Errc::list_length);
    CHECK(moved(most) == Errc::pool_not_found);
}

TEST_CASE("as many people as a call may name are given their seats and lose them at once") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(__clang__)
    constexpr std::size_t count = 10'000;  // what watches memory takes more than there is
#else
    constexpr std::size_t count = users_max;
#endif
    World world;
    world.sell_article({line("bronze", static_cast<std::int64_t>(count))});
    std::vector<UserId> everybody = people(1, count);
    std::ranges::reverse(everybody);
    const auto given = world.assign("bronze", everybody);
    REQUIRE(given);
    CHECK(given.value().value.duplicates == 0);
    CHECK(std::ranges::all_of(given.value().value.outcomes, [](const SeatOutcome& one) {
        return one.outcome == Outcome::assigned;
    }));
    CHECK(world.pool("bronze").consumed == static_cast<std::int64_t>(count));
    CHECK(world.pool("bronze").available == 0);
    const auto check = [&](const UserId& user) {
        return world.seats().check(contoso().str(), service("bronze").str(), user.str()).value();
    };
    CHECK(check(everybody.front()) == Decision::licensed);
    CHECK(check(everybody.back()) == Decision::licensed);
    CHECK(failure_of(world.assign("bronze", {person(count + 1)})) == Errc::no_free_license);
    REQUIRE(world.unassign("bronze", everybody));
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(check(everybody.back()) == Decision::no_seat);
    CHECK(world.verify(pool_stream("bronze")).count == 1 + 2 * ((count + 999) / 1'000));
}

TEST_CASE("an atomic call that the store cannot take is refused before a seat is read") {
    Narrow world(100);
    const auto before = world.store->dump();
    REQUIRE(world.assign("bronze", people(50, 1)));  // the pool's number is known from now on
    REQUIRE(world.unassign("bronze", people(50, 1)));
    std::size_t read = 0;
    world.store->on_read([&](const std::vector<std::string>& keys) -> result<void> {
        read = std::max(read, keys.size());
        return boost::outcome_v2::success();
    });
    const auto refused = world.assign("bronze", people(1, 50));
    CHECK(failure_of(refused) == Errc::batch_too_large);
    CHECK(refused.error().code == Condition::unsupported);
    CHECK(read == 1);
    CHECK(world.pool("bronze").consumed == 0);
}

TEST_CASE("best effort goes in parts, and comes to what one step would") {
    for (const std::int64_t licenses : {3, 5, 9, 13, 20}) {
        CAPTURE(licenses);
        World wide;
        wide.sell_article({line("bronze", licenses)});
        Narrow narrow(licenses);
        for (World* world : {&wide, static_cast<World*>(&narrow)}) {
            REQUIRE(world->assign("bronze", {person(4), person(11)}));
        }
        const auto whole = wide.seats().assign(bronze(people(1, 13)), ben());
        const auto in_parts = narrow.seats().assign(bronze(people(1, 13)), ben());
        CHECK(told(in_parts) == told(whole));
        CHECK(in_parts.value().value.outcomes == whole.value().value.outcomes);
        CHECK(in_parts.value().value.pool == whole.value().value.pool);
        CHECK(narrow.holders("bronze") == wide.holders("bronze"));
        CHECK(in_parts.value().revision ==
              narrow.seats().get_pool({contoso(), service("bronze")}, ben()).value().revision);
        CHECK(narrow.verify(pool_stream("bronze")).ok);
    }
}

TEST_CASE("a release of many goes in parts as well") {
    Narrow world(20);
    REQUIRE(world.seats().assign(bronze(people(1, 13)), ben()));
    const UnassignSeats release{contoso(), service("bronze"), people(0, 20), Mode::best_effort};
    CHECK(told(world.seats().unassign(release, ben())) == "nrrrrrrrrrrrrrnnnnnn");
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(failure_of(world.unassign("bronze", people(1, 13))) == Errc::batch_too_large);
}

TEST_CASE("a store that takes no part, not even of one user, is told so") {
    Narrow world(20, 3);
    const auto before = world.store->dump();
    CHECK(failure_of(world.seats().assign(bronze(people(1, 13)), with_key(ben(), "k"))) ==
          Errc::batch_too_large);
    CHECK(world.store->dump() == before);
    world.store->limit({0, 0, 4});
    CHECK(told(world.seats().assign(bronze(people(1, 3)), with_key(ben(), "k"))) == "aaa");
}

TEST_CASE("where an event is too long for the store, a part has fewer users") {
    World world;
    world.sell_article({line("bronze", 200)});
    world.store->limit({0, 4000, 0});
    CHECK(failure_of(world.assign("bronze", people(1, 200))) == Errc::batch_too_large);
    CHECK(told(world.seats().assign(bronze(people(1, 200)), ben())) == std::string(200, 'a'));
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("a part leaves room for the pool, the answer and an event for every thousand") {
    CHECK(part_size({0, 0, 0}) == part_max);
    CHECK(part_size({0, 0, 1}) == 1);
    CHECK(part_size({0, 0, 4}) == 1);
    CHECK(part_size({0, 0, 8}) == part);
    CHECK(part_size({0, 0, 128}) == 125);
    CHECK(part_size({0, 0, 5008}) == 5000);
    CHECK(part_size({0, 0, 1'000'000}) == part_max);
    // Of users who have seats in two pools: 61 of them are 122 seats, 2 pools, 2 events, an answer.
    CHECK(part_size({0, 0, 0}, 2) == part_max);
    CHECK(part_size({0, 0, 1}, 2) == 1);
    CHECK(part_size({0, 0, 128}, 2) == 61);
    CHECK(part_size({0, 0, 129}, 2) == 62);
}

TEST_CASE("one event tells of a thousand users") {
    World world;
    world.sell_article({line("bronze", 12'000)});
    const std::size_t before = world.events(pool_stream("bronze")).size();
    REQUIRE(world.seats().assign(bronze(people(1, 11'001)), ben()));
    const auto events = world.events(pool_stream("bronze"));
    CHECK(events.size() == before + 12);
    CHECK(events.back().details.text.find(person(11'001).str()) != std::string::npos);
    CHECK(world.verify(pool_stream("bronze")).ok);
    CHECK(world.pool("bronze").consumed == 11'001);
}

TEST_CASE("progress is told before each part and in the end") {
    Narrow world(20);
    Tape tape;
    REQUIRE(world.seats().assign(bronze(people(1, 12)), ben(), tape));
    using Told = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
    CHECK(tape.told == Told{{0, 12}, {5, 12}, {10, 12}, {12, 12}});
    Tape other;
    REQUIRE(world.seats().unassign({contoso(), service("bronze"), people(1, 5), Mode::atomic},
                                   ben(), other));
    CHECK(other.told == Told{{0, 5}, {5, 5}});
}

TEST_CASE("a call that is stopped says how much is done, which stays done") {
    for (const std::uint64_t stops_at : {0U, 5U, 10U}) {
        CAPTURE(stops_at);
        Narrow world(20);
        const auto before = world.store->dump();
        Tape tape;
        tape.stops_at = stops_at;
        const auto stopped =
            world.seats().assign(bronze(people(1, 12)), with_key(ben(), "k"), tape);
        CHECK(failure_of(stopped) == Errc::cancelled);
        CHECK(world.holders("bronze") == people(1, stops_at));
        CHECK((stops_at == 0) == (world.store->dump() == before));
        const std::string said = std::to_string(stops_at) + " of 12 users are done";
        CHECK((stops_at != 0) == (stopped.error().detail == said));
        CHECK(told(world.seats().assign(bronze(people(1, 12)), with_key(ben(), "k"))) ==
              std::string(12, 'a'));
        CHECK(world.verify(pool_stream("bronze")).ok);
    }
}

TEST_CASE("what is all done when it is stopped is done") {
    Narrow world(20);
    Tape tape;
    tape.stops_at = 12;
    CHECK(told(world.seats().assign(bronze(people(1, 12)), ben(), tape)) == std::string(12, 'a'));
}

TEST_CASE("wherever a call breaks off, the same one under its key goes on and answers for all") {
    for (const Errc how : {Errc::store_failed, Errc::outcome_unknown}) {
        for (std::size_t commits = 0; commits < 4; ++commits) {
            CAPTURE(how);
            CAPTURE(commits);
            Narrow world(14);
            REQUIRE(world.assign("bronze", {person(3)}));
            fail_after(world, commits, how);
            const auto broken = world.seats().assign(bronze(people(1, 18)), with_key(ben(), "k"));
            CHECK(failure_of(broken) == how);
            world.store->on_commit(nullptr);
            CHECK(world.pool("bronze").consumed ==
                  std::max<std::int64_t>(1, std::ssize(world.holders("bronze"))));

            const auto resumed = world.seats().assign(bronze(people(1, 18)), with_key(ben(), "k"));
            CHECK(told(resumed) == "aahaaaaaaaaaaaffff");
            CHECK_FALSE(resumed.value().replayed);
            CHECK(world.holders("bronze") == people(1, 14));
            const auto content = world.store->dump();
            const auto again = world.seats().assign(bronze(people(1, 18)), with_key(ben(), "k"));
            CHECK(again.value().replayed);
            CHECK(again.value().value.outcomes == resumed.value().value.outcomes);
            CHECK(again.value().value.pool == resumed.value().value.pool);
            CHECK(again.value().revision == resumed.value().revision);
            CHECK(world.store->dump() == content);
            CHECK(world.verify(pool_stream("bronze")).ok);
        }
    }
}

TEST_CASE("a call that broke off goes on in parts of another size, too") {
    for (const std::size_t records : {5U, 6U, 9U, 30U, 0U}) {
        CAPTURE(records);
        Narrow world(14);
        fail_after(world, 2);
        REQUIRE_FALSE(world.seats().assign(bronze(people(1, 18)), with_key(ben(), "k")));
        world.store->on_commit(nullptr);
        world.store->limit({0, 0, records});
        CHECK(told(world.seats().assign(bronze(people(1, 18)), with_key(ben(), "k"))) ==
              "aaaaaaaaaaaaaaffff");
        CHECK(world.holders("bronze") == people(1, 14));
    }
}

TEST_CASE("half of a call keeps its key from every other command") {
    Narrow world(14);
    fail_after(world, 1);
    REQUIRE_FALSE(world.seats().assign(bronze(people(1, 12)), with_key(ben(), "k")));
    world.store->on_commit(nullptr);
    CHECK(failure_of(world.seats().assign(bronze(people(1, 13)), with_key(ben(), "k"))) ==
          Errc::idempotency_key_reused);
    CHECK(failure_of(world.assign("bronze", people(1, 2), with_key(ben(), "k"))) ==
          Errc::idempotency_key_reused);
    CHECK(failure_of(world.unassign("bronze", people(1, 2), with_key(ben(), "k"))) ==
          Errc::idempotency_key_reused);
    CHECK(world.holders("bronze") == people(1, part));
}

TEST_CASE("an expected revision is that of the pool before the first part") {
    Narrow world(14);
    const std::uint64_t revision =
        world.seats().get_pool({contoso(), service("bronze")}, ben()).value().revision;
    CHECK(failure_of(world.seats().assign(bronze(people(1, 12)), expecting(ben(), revision + 1))) ==
          Errc::revision_differs);
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(told(world.seats().assign(bronze(people(1, 12)), expecting(ben(), revision))) ==
          std::string(12, 'a'));
}

TEST_CASE("policies and roles go for a call in parts as for any other") {
    Policy policy = Policy::microsoft365();
    policy.overage = {Overage::Kind::percent, Decimal::parse("12.5").value()};
    World world({policy, Duration(1'000), false});
    world.sell_article({line("bronze", 16)});
    world.store->limit({0, 0, 8});
    AssignSeats command = bronze(people(1, 20));
    const auto refused = world.seats().assign(command, ben());
    CHECK(failure_of(refused) == Errc::usage_location_missing);
    CHECK(refused.error().findings.at(0).pointer == "/usage_location");
    command.usage_location = Country::parse("DE").value();
    CHECK(failure_of(world.seats().assign(command, nora())) == Errc::other_tenant);
    CHECK(failure_of(world.seats().assign(command, {buyer({Role::billing_admin}), {}, {}})) ==
          Errc::role_missing);
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(told(world.seats().assign(command, ben())) == std::string(18, 'a') + "ff");
    CHECK(world.pool("bronze").over_by == 2);
    const auto seats = world.seats().list_seats({contoso(), service("bronze"), {}}, ben());
    CHECK(seats.value().items.back().usage_location == command.usage_location);
}

TEST_CASE("a check knows of every part at once") {
    Narrow world(20);
    CHECK(world.check("bronze", person(12)) == Decision::no_seat);
    REQUIRE(world.seats().assign(bronze(people(1, 12)), ben()));
    for (const UserId& user : people(1, 12)) {
        CHECK(world.check("bronze", user) == Decision::licensed);
    }
}
