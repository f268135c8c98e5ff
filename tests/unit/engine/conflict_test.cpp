// When others change the same records between the reading and the commit.

#include <doctest/doctest.h>

#include "engine/keys.hpp"
#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const Error conflict{Errc::store_conflict, "somewhere", {}};

/// Lets another engine act after our next command has read and before it commits.
void meanwhile(World& world, Engine& other, const std::function<void(Engine&)>& act) {
    world.store->on_next_commit([&other, act](Store& inner, const Batch& batch) {
        act(other);
        return inner.commit(batch);
    });
}

}  // namespace

TEST_CASE("a command that comes second is decided anew") {
    World world;
    world.sell_article({line("bronze", 2)});
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.seats().assign({contoso(), service("bronze"), {person(9)}, Mode::atomic, {}},
                                      ben()));
    });
    const auto assigned = world.assign("bronze", {person(1)});
    REQUIRE(assigned);
    CHECK(assigned.value().revision == 3);
    CHECK(assigned.value().value.pool.consumed == 2);
    CHECK(world.holders("bronze") == std::vector{person(1), person(9)});
    CHECK(world.verify(pool_stream("bronze")).count == 3);
}

TEST_CASE("the last seat wanted twice goes to the first alone") {
    World world;
    world.sell_article({line("bronze", 1)});
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.seats().assign({contoso(), service("bronze"), {person(9)}, Mode::atomic, {}},
                                      ben()));
    });
    CHECK(failure_of(world.assign("bronze", {person(1)})) == Errc::no_free_license);
    CHECK(world.holders("bronze") == std::vector{person(9)});
}

TEST_CASE("edits of two people to one offer are both there") {
    World world;
    mutations::drafted(world);
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.catalog().update_offer(
            {publisher(), offer_id(), {R"({"listing":{"summary":"theirs"}})"}}, ana()));
    });
    REQUIRE(world.catalog().update_offer(
        {publisher(), offer_id(), {R"({"listing":{"description":"ours"}})"}}, ana()));
    const Offer offer = world.catalog().get_offer({publisher(), offer_id()}, ana()).value().offer;
    CHECK(offer.listing.summary == "theirs");
    CHECK(offer.listing.description == "ours");
    CHECK(world.verify(offer_stream).count == 3);
}

TEST_CASE("whoever expects a revision is told when someone was faster") {
    World world;
    world.sell_article({line("bronze", 2)});
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.seats().assign({contoso(), service("bronze"), {person(9)}, Mode::atomic, {}},
                                      ben()));
    });
    CHECK(failure_of(world.assign("bronze", {person(1)}, expecting(ben(), 1))) ==
          Errc::revision_differs);
    CHECK(world.holders("bronze") == std::vector{person(9)});
}

TEST_CASE("an offer created by two is created by one") {
    World world;
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.catalog().create_offer({article_offer(), Profile::create}, ana()));
    });
    CHECK(failure_of(world.catalog().create_offer({article_offer(), Profile::create}, ana())) ==
          Errc::offer_exists);
    CHECK(world.verify(offer_stream).count == 1);
}

TEST_CASE("two deals without an id get two ids, also when made at once") {
    World world;
    world.publish();
    const auto other = world.open();  // its ids begin with the same one
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.deals().register_deal({article_deal(""), false}, ana()));
    });
    const auto ours = world.deals().register_deal({article_deal(""), false}, ana());
    REQUIRE(ours);
    CHECK(ours.value().value.deal.id.str() == "deal-2");
    CHECK(world.deals().list_deals({publisher(), {}, {}, {}, {}, {}}, ana()).value().items.size() ==
          2);
}

TEST_CASE("an open invite accepted by two tenants at once serves one") {
    World world;
    const std::string token = world.invite();
    const auto other = world.open();
    meanwhile(world, *other,
              [&](Engine& engine) { REQUIRE(engine.deals().accept({token}, nora())); });
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
    const auto all = world.deals().list_relationships({publisher(), {}}, ana()).value().items;
    REQUIRE(all.size() == 1);
    CHECK(all[0].tenant == northwind());
}

TEST_CASE("licences lowered while seats are given take the new seats into account") {
    World world({[] {
                     Policy policy;
                     policy.lowering = Lowering::unassign_newest;
                     return policy;
                 }(),
                 Duration(0), false});
    world.sell_article({line("bronze", 3)});
    REQUIRE(world.assign("bronze", people(1, 2)));
    world.pass_time(Duration(1));
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.seats().assign({contoso(), service("bronze"), {person(3)}, Mode::atomic, {}},
                                      ben()));
    });
    const auto lowered = world.change_lines({line("bronze", 1)});
    REQUIRE(lowered);
    CHECK(lowered.value().value.effects.at(0).unassigned == std::vector{person(3), person(2)});
    CHECK(world.holders("bronze") == std::vector{person(1)});
}

TEST_CASE("two deals that give a tenant its first pools at once give them different numbers") {
    World world;
    world.publish();
    world.consent();
    REQUIRE(world.deals().register_deal({article_deal("d-1"), false}, ana()));
    REQUIRE(world.deals().register_deal({article_deal("d-2"), false}, ana()));
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.deals().update_licenses({publisher(), deal_id("d-2"), {line("gold", 1)}},
                                               ana()));
    });
    REQUIRE(world.change_lines({line("bronze", 1)}));
    REQUIRE(world.assign("bronze", {person(1)}));
    CHECK(world.holders("gold").empty());
    CHECK(world.holders("bronze") == std::vector{person(1)});
}

TEST_CASE("the same command under one key at two engines at once is done once") {
    World world;
    world.sell_article({line("bronze", 3)});
    const auto other = world.open();
    meanwhile(world, *other, [](Engine& engine) {
        REQUIRE(engine.seats().assign({contoso(), service("bronze"), {person(1)}, Mode::atomic, {}},
                                      with_key(ben(), "k")));
    });
    const auto second = world.assign("bronze", {person(1)}, with_key(ben(), "k"));
    REQUIRE(second);
    CHECK(second.value().replayed);
    CHECK(second.value().value.outcomes.at(0).outcome == Outcome::assigned);
    CHECK(world.verify(pool_stream("bronze")).count == 2);
}

TEST_CASE("every mutation survives losing to others again and again") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        World undisturbed;
        const std::string given = mutation.prepare(world);
        int lost = 0;
        world.store->on_commit([&](Store& inner, const Batch& batch) -> result<Stamp> {
            return ++lost <= 3 ? result<Stamp>(conflict) : inner.commit(batch);
        });
        CHECK(failure_of(mutation.run(world, given, mutation.caller)) == done);
        REQUIRE(mutation.run(undisturbed, mutation.prepare(undisturbed), mutation.caller));
        CHECK(shape_of(world) == shape_of(undisturbed));
    }
}

TEST_CASE("a failure counts only where all that was read still holds") {
    World world;
    mutations::registered(world);
    const auto other = world.open();
    const std::string token = world.invite();
    // The relationship is read and missing; when all is asked for once more, it stands.
    world.store->on_read([&](const std::vector<std::string>& keys) -> result<void> {
        if (keys.size() == 2) {
            world.store->on_read(nullptr);
            REQUIRE(other->deals().accept({token}, ben()));
        }
        return boost::outcome_v2::success();
    });
    const auto set = world.deals().set_customer({publisher(), deal_id("d-1"), contoso()}, ana());
    REQUIRE(failure_of(set) == done);
    CHECK(set.value().revision == 2);
    CHECK(set.value().value.deal == world.deal());
}

TEST_CASE("a conflict over an event is one like any other, unless the event alone is there") {
    World world;
    world.sell_article({line("bronze", 9)});
    const auto other = world.open();
    const std::string stream = pool_stream("bronze");
    const auto next_event = [&] { return keys::event(stream, world.events(stream).size() + 1); };
    const auto refuse = [&](const std::string& event) {
        return result<Stamp>(Error{Errc::store_conflict, event, {}});
    };
    // Who was first changed the pool too.
    world.store->on_next_commit([&](Store&, const Batch&) {
        const std::string event = next_event();
        REQUIRE(other->seats().assign({contoso(), service("bronze"), {person(8)}, {}, {}}, ben()));
        return refuse(event);
    });
    CHECK(world.assign("bronze", {person(1)}));
    // It is not there, or not any more.
    world.store->on_next_commit([&](Store&, const Batch&) { return refuse(next_event()); });
    CHECK(world.assign("bronze", {person(2)}));
    // Nothing else has changed, and it is there.
    world.store->put(next_event(), "{}");
    CHECK(failure_of(world.assign("bronze", {person(3)})) == Errc::record_corrupt);
    CHECK(world.holders("bronze") == std::vector{person(1), person(2), person(8)});
}

TEST_CASE("endless conflicts are contention, and nothing is changed") {
    World world;
    world.sell_article({line("bronze", 3)});
    const auto before = world.store->dump();
    world.store->on_commit([](Store&, const Batch&) -> result<Stamp> { return conflict; });
    const auto given_up = world.assign("bronze", {person(1)});
    CHECK(failure_of(given_up) == Errc::contended);
    CHECK(given_up.error().code == Condition::contention);
    CHECK(world.store->dump() == before);
    world.store->on_commit(nullptr);
    CHECK(failure_of(world.assign("bronze", {person(1)})) == done);
}

TEST_CASE(
    "a store that fails to read or to commit says so, changes nothing, and may be asked again") {
    const Error failed{Errc::store_failed, "no disk", {}};
    const Error full{Errc::store_full, "no room", {}};
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        const auto before = world.store->dump();
        world.store->on_read([&](const auto&) -> result<void> { return failed; });
        world.store->on_commit([](Store&, const Batch&) { return result<Stamp>(conflict); });
        CHECK(failure_of(mutation.run(world, given, with_key(mutation.caller, "k"))) ==
              Errc::store_failed);
        world.store->on_read(nullptr);
        world.store->on_commit([&](Store&, const Batch&) -> result<Stamp> { return full; });
        CHECK(failure_of(mutation.run(world, given, with_key(mutation.caller, "k"))) ==
              Errc::store_full);
        CHECK(world.store->dump() == before);
        world.store->on_commit(nullptr);
        const auto now = mutation.run(world, given, with_key(mutation.caller, "k"));
        REQUIRE(failure_of(now) == done);
        CHECK_FALSE(now.value().replayed);
        CHECK(now.value().revision == mutation.next_revision());
    }
}
