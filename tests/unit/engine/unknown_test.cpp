// When a store cannot say whether a commit has happened.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const Error unknown{Errc::outcome_unknown, "the line went dead", {}};
const Error failed{Errc::store_failed, "nobody answers", {}};

/// The batch of the next commit is on its way: whether and when it lands is the test's.
void hold_next_commit(World& world, std::optional<Batch>& held) {
    world.store->on_next_commit([&held](Store&, const Batch& batch) -> result<Stamp> {
        held = batch;
        return unknown;
    });
}

/// The next commit happens, but nobody hears of it.
void lose_next_answer(World& world) {
    world.store->on_next_commit([](Store& inner, const Batch& batch) -> result<Stamp> {
        (void)inner.commit(batch).value();
        return unknown;
    });
}

/// Lands what was held; that it comes too late is none of our concern.
void land(StoreInHand& store, std::optional<Batch>& held) {
    if (held) {
        const Batch batch = *std::move(held);
        held.reset();
        (void)store.commit(batch);
    }
}

std::map<std::string, std::size_t> undisturbed(const Mutation& mutation, const Caller& caller) {
    World world;
    REQUIRE(mutation.run(world, mutation.prepare(world), caller));
    return shape_of(world);
}

void verify_all(World& world) {
    for (const std::string& stream : world.streams()) {
        CAPTURE(stream);
        CHECK(world.verify(stream).ok);
    }
}

}  // namespace

TEST_CASE("a commit that was lost is made again") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        std::optional<Batch> held;
        hold_next_commit(world, held);
        const auto told = mutation.run(world, given, mutation.caller);
        REQUIRE(failure_of(told) == done);
        CHECK(told.value().revision == mutation.next_revision());
        CHECK_FALSE(told.value().replayed);
        CHECK(shape_of(world) == undisturbed(mutation, mutation.caller));
        verify_all(world);
    }
}

TEST_CASE("a commit that was done is not made again") {
    for (const Mutation& mutation : all_mutations()) {
        for (const Caller& caller : {mutation.caller, with_key(mutation.caller, "k")}) {
            CAPTURE(mutation.name);
            CAPTURE(caller.idempotency_key.value_or("no key"));
            World world;
            const std::string given = mutation.prepare(world);
            lose_next_answer(world);
            const auto told = mutation.run(world, given, caller);
            REQUIRE(failure_of(told) == done);
            CHECK(told.value().revision == mutation.next_revision());
            CHECK_FALSE(told.value().replayed);
            CHECK(shape_of(world) == undisturbed(mutation, caller));
            verify_all(world);
        }
    }
}

TEST_CASE("whenever a late commit lands, the command is done once") {
    for (const Mutation& mutation : all_mutations()) {
        for (const Caller& caller : {mutation.caller, with_key(mutation.caller, "k")}) {
            const auto once = undisturbed(mutation, caller);
            bool landed_by_read = true;
            for (int nth = 1; landed_by_read; ++nth) {
                CAPTURE(mutation.name);
                CAPTURE(caller.idempotency_key.value_or("no key"));
                CAPTURE(nth);
                World world;
                const std::string given = mutation.prepare(world);
                std::optional<Batch> held;
                hold_next_commit(world, held);
                int reads = 0;
                world.store->on_read([&](const auto&) -> result<void> {
                    if (held && ++reads == nth) {
                        land(*world.store, held);
                    }
                    return boost::outcome_v2::success();
                });
                const auto told = mutation.run(world, given, caller);
                REQUIRE(failure_of(told) == done);
                CHECK_FALSE(told.value().replayed);
                CHECK(told.value().revision == mutation.next_revision());
                landed_by_read = !held;
                land(*world.store, held);  // after all is over
                world.store->on_read(nullptr);
                CHECK(shape_of(world) == once);
                verify_all(world);
            }
        }
    }
}

TEST_CASE("a late commit that lands just before the one made in its stead wins") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        std::optional<Batch> first;
        world.store->on_next_commit([&](Store&, const Batch& batch) -> result<Stamp> {
            first = batch;
            world.store->on_next_commit([&](Store& store, const Batch& second) -> result<Stamp> {
                (void)store.commit(*first).value();
                return store.commit(second);
            });
            return unknown;
        });
        const auto told = mutation.run(world, given, mutation.caller);
        REQUIRE(failure_of(told) == done);
        CHECK(told.value().revision == mutation.next_revision());
        CHECK(shape_of(world) == undisturbed(mutation, mutation.caller));
        verify_all(world);
    }
}

TEST_CASE("the answer is that of the attempt that was done") {
    World world;
    lose_next_answer(world);
    const auto made = world.deals().create_invite({publisher(), {}}, with_key(ana(), "k"));
    REQUIRE(made);
    const std::string link = made.value().value.invite.link.value();
    CHECK(failure_of(world.deals().accept({link.substr(link.find("token=") + 6)}, ben())) == done);

    world.publish();
    lose_next_answer(world);
    const auto deal = world.deals().register_deal({article_deal(""), false}, ana());
    REQUIRE(deal);
    CHECK(deal.value().value.deal.id.str() == "deal-1");
}

TEST_CASE("what an attempt of unknown outcome changed is seen by the next check") {
    World world({{}, Duration(0), true});
    world.sell_article({line("bronze", 2)});
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    lose_next_answer(world);
    REQUIRE(world.assign("bronze", {person(1)}));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
}

TEST_CASE("where the store is out of reach the outcome stays unknown until it is asked again") {
    for (const Mutation& mutation : all_mutations()) {
        for (const bool landed : {false, true}) {
            CAPTURE(mutation.name);
            CAPTURE(landed);
            World world;
            const Caller caller = with_key(mutation.caller, "k");
            const std::string given = mutation.prepare(world);
            const auto before = world.store->dump();
            world.store->on_next_commit([&](Store& inner, const Batch& batch) -> result<Stamp> {
                if (landed) {
                    (void)inner.commit(batch).value();
                }
                world.store->on_read([](const auto&) -> result<void> { return failed; });
                return unknown;
            });
            const auto left = mutation.run(world, given, caller);
            CHECK(failure_of(left) == Errc::outcome_unknown);
            CHECK(left.error().code == Condition::storage);
            CHECK((world.store->dump() == before) == !landed);

            world.store->on_read(nullptr);
            const auto settled = mutation.run(world, given, caller);
            REQUIRE(failure_of(settled) == done);
            CHECK(settled.value().replayed == landed);
            CHECK(settled.value().revision == mutation.next_revision());
            CHECK(shape_of(world) == undisturbed(mutation, caller));
        }
    }
}

TEST_CASE("a commit that was done is not called failed because the store failed afterwards") {
    for (const int failing : {1, 2, 3, 4}) {
        CAPTURE(failing);
        World world;
        world.sell_article({line("bronze", 2)});
        REQUIRE(world.assign("bronze", {person(9)}));
        lose_next_answer(world);
        int reads = -1;  // the first is the command's own
        world.store->on_read([&](const auto&) -> result<void> {
            return ++reads == failing ? result<void>(failed) : boost::outcome_v2::success();
        });
        const auto told = world.assign("bronze", {person(1)});
        CHECK((failure_of(told) == done || failure_of(told) == Errc::outcome_unknown));
        world.store->on_read(nullptr);
        CHECK(world.holders("bronze") == std::vector{person(1), person(9)});
    }
}

TEST_CASE("a refusal is not told while an attempt may still land") {
    World world;
    world.sell_article({line("bronze", 2)});
    const auto before = world.store->dump();
    std::optional<Batch> held;
    world.store->on_next_commit([&](Store&, const Batch& batch) -> result<Stamp> {
        held = batch;
        world.clock->set(contract_over() + days(30));  // decided anew, the pool is suspended
        return unknown;
    });
    CHECK(failure_of(world.assign("bronze", {person(1)}, with_key(ben(), "k"))) ==
          Errc::outcome_unknown);
    CHECK(world.store->dump() == before);

    SUBCASE("it lands, and the same command settles it") {
        land(*world.store, held);
        const auto settled = world.assign("bronze", {person(1)}, with_key(ben(), "k"));
        REQUIRE(settled);
        CHECK(settled.value().replayed);
    }
    SUBCASE("it never lands, and the same command is refused") {
        CHECK(failure_of(world.assign("bronze", {person(1)}, with_key(ben(), "k"))) ==
              Errc::pool_suspended);
    }
}

TEST_CASE("that nothing is to be done is not told while an attempt may still land") {
    World world;
    world.sell_article({line("bronze", 2)});
    REQUIRE(world.assign("bronze", {person(1)}));
    world.store->on_next_commit([&](Store&, const Batch&) -> result<Stamp> {
        world.clock->set(contract_over() + days(30 + 90));  // lapsed, with all its seats
        return unknown;
    });
    CHECK(failure_of(world.unassign("bronze", {person(1)})) == Errc::outcome_unknown);
}

TEST_CASE("a refusal is told where others have made sure that no attempt can land") {
    World world;
    world.sell_article({line("bronze", 1)});
    const auto other = world.open();
    std::optional<Batch> held;
    world.store->on_next_commit([&](Store&, const Batch& batch) -> result<Stamp> {
        held = batch;
        REQUIRE(other->seats().assign({contoso(), service("bronze"), {person(9)}, Mode::atomic, {}},
                                      ben()));
        return unknown;
    });
    CHECK(failure_of(world.assign("bronze", {person(1)})) == Errc::no_free_license);
    land(*world.store, held);
    CHECK(world.holders("bronze") == std::vector{person(9)});
}

TEST_CASE("a store that never knows is told from one that never agrees") {
    World world;
    world.sell_article({line("bronze", 2)});
    world.store->on_commit([](Store&, const Batch&) -> result<Stamp> { return unknown; });
    CHECK(failure_of(world.assign("bronze", {person(1)})) == Errc::outcome_unknown);
    int commits = 0;
    world.store->on_commit([&](Store&, const Batch&) -> result<Stamp> {
        return ++commits == 1 ? unknown : Error{Errc::store_conflict, "somewhere", {}};
    });
    CHECK(failure_of(world.assign("bronze", {person(1)})) == Errc::outcome_unknown);
}

TEST_CASE("an answer alone, of a command that changes nothing, is settled as well") {
    World world;
    world.sell_article({line("bronze", 2)});
    REQUIRE(world.assign("bronze", {person(1)}));
    const auto events = world.events(pool_stream("bronze")).size();
    for (const bool landed : {false, true}) {
        const Caller caller = with_key(ben(), landed ? "k" : "l");
        std::optional<Batch> held;
        landed ? lose_next_answer(world) : hold_next_commit(world, held);
        const auto told = world.assign("bronze", {person(1)}, caller);
        REQUIRE(told);
        CHECK(told.value().value.outcomes.at(0).outcome == Outcome::already);
        CHECK(world.assign("bronze", {person(1)}, caller).value().replayed);
    }
    CHECK(world.events(pool_stream("bronze")).size() == events);
}
