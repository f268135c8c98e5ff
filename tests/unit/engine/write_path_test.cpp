// A write, once and for all: revisions, idempotency keys, and what a store can take.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

// Of everything but the answer that is kept under an idempotency key.
std::map<std::string, std::size_t> without_answers(std::map<std::string, std::size_t> shape) {
    shape.erase("idem");
    return shape;
}

}  // namespace

TEST_CASE("the revision of a record counts its changes by one") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        const auto told = mutation.run(world, given, mutation.caller);
        REQUIRE(failure_of(told) == done);
        CHECK(told.value().revision == mutation.next_revision());
        CHECK_FALSE(told.value().replayed);
    }
}

TEST_CASE("a get answers the revision of the record as a mutation does") {
    World world;
    mutations::seated(world);
    const auto offer = world.catalog().get_offer({publisher(), offer_id()}, ana());
    CHECK(offer.value().revision == 6);
    const auto plans = world.catalog().list_plans({publisher(), offer_id()}, ana());
    CHECK(plans.value().revision == 6);
    const auto deal = world.deals().get_deal({publisher(), deal_id("d-1")}, ana());
    CHECK(deal.value().revision == 2);
    const auto pool = world.seats().get_pool({contoso(), service("bronze")}, ben());
    CHECK(pool.value().revision == 2);
}

TEST_CASE("a mutation that expects the revision there is, or none where nothing is yet, is done") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        CHECK(failure_of(mutation.run(world, given,
                                      expecting(mutation.caller, mutation.revision))) == done);
    }
}

TEST_CASE("a mutation that expects another revision fails and changes nothing") {
    for (const Mutation& mutation : all_mutations()) {
        World world;
        const std::string given = mutation.prepare(world);
        const auto before = world.store->dump();
        for (const std::uint64_t other : {mutation.revision + 1, mutation.revision - 1}) {
            CAPTURE(mutation.name);
            CAPTURE(other);
            CHECK(failure_of(mutation.run(world, given, expecting(mutation.caller, other))) ==
                  Errc::revision_differs);
        }
        CHECK(world.store->dump() == before);
    }
}

TEST_CASE("the same command under the same key is done once and answered again") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        const Caller caller = with_key(mutation.caller, "k");
        const auto first = mutation.run(world, given, caller);
        REQUIRE(failure_of(first) == done);
        CHECK_FALSE(first.value().replayed);
        const auto after = world.store->dump();

        const auto second = mutation.run(world, given, caller);
        REQUIRE(failure_of(second) == done);
        CHECK(second.value().replayed);
        CHECK(second.value().revision == first.value().revision);
        CHECK(world.store->dump() == after);
    }
}

TEST_CASE("a key leaves nothing in the store but its answer") {
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World keyed;
        World plain;
        std::string given = mutation.prepare(keyed);
        REQUIRE(mutation.run(keyed, given, with_key(mutation.caller, "k")));
        given = mutation.prepare(plain);
        REQUIRE(mutation.run(plain, given, mutation.caller));
        CHECK(shape_of(keyed).at("idem") == 1);
        CHECK(without_answers(shape_of(keyed)) == shape_of(plain));
    }
}

TEST_CASE("the same command without a key is a command of its own") {
    World world;
    world.sell_article({line("bronze", 3)});
    REQUIRE(world.assign("bronze", people(1, 1)));
    const auto again = world.assign("bronze", people(1, 1));
    REQUIRE(again);
    CHECK_FALSE(again.value().replayed);
    CHECK(again.value().value.outcomes.at(0).outcome == Outcome::already);
}

TEST_CASE("a replay gives the answer of that time, whatever has happened since") {
    World world;
    world.sell_article({line("bronze", 3)});
    const auto first = world.assign("bronze", {person(2), person(1)}, with_key(ben(), "k"));
    REQUIRE(world.unassign("bronze", people(1, 2)));
    world.pass_time(days(1));
    const auto replay = world.assign("bronze", people(1, 2), with_key(ben(), "k"));
    REQUIRE(replay);
    CHECK(replay.value().replayed);
    CHECK(replay.value().value.outcomes == first.value().value.outcomes);
    CHECK(replay.value().value.pool == first.value().value.pool);
    CHECK(world.pool("bronze").consumed == 0);
}

TEST_CASE("the outcomes of a best-effort call come back as they were, failures too") {
    World world;
    world.sell_article({line("bronze", 2)});
    REQUIRE(world.assign("bronze", {person(2)}));
    const auto assigned =
        world.assign("bronze", people(1, 4), with_key(ben(), "k"), Mode::best_effort);
    const auto again =
        world.assign("bronze", people(1, 4), with_key(ben(), "k"), Mode::best_effort);
    REQUIRE(again);
    const std::vector<SeatOutcome> expected{{person(1), Outcome::assigned, {}},
                                            {person(2), Outcome::already, {}},
                                            {person(3), Outcome::failed, Errc::no_free_license},
                                            {person(4), Outcome::failed, Errc::no_free_license}};
    CHECK(assigned.value().value.outcomes == expected);
    CHECK(again.value().value.outcomes == expected);

    world.clock->set(contract_over() + days(30));
    for (const bool replayed : {false, true}) {
        const auto late =
            world.assign("bronze", {person(9)}, with_key(ben(), "l"), Mode::best_effort);
        REQUIRE(late);
        CHECK(late.value().replayed == replayed);
        CHECK(late.value().value.outcomes ==
              std::vector<SeatOutcome>{{person(9), Outcome::failed, Errc::pool_suspended}});
    }
    for (const bool replayed : {false, true}) {
        const auto taken = world.unassign("bronze", {person(1), person(9)}, with_key(ben(), "m"));
        REQUIRE(taken);
        CHECK(taken.value().replayed == replayed);
        CHECK(taken.value().value.outcomes ==
              std::vector<SeatOutcome>{{person(1), Outcome::released, {}},
                                       {person(9), Outcome::absent, {}}});
    }
}

TEST_CASE("warnings are part of the answer that is kept") {
    World world;
    Offer offer = article_offer();
    offer.plans[0].apps = {"Bronze App"};
    const auto first = world.catalog().create_offer({offer, Profile::create}, with_key(ana(), "k"));
    REQUIRE(first);
    REQUIRE(first.value().findings.size() == 1);
    const auto again = world.catalog().create_offer({offer, Profile::create}, with_key(ana(), "k"));
    CHECK(again.value().findings == first.value().findings);
    CHECK(again.value().value.offer == first.value().value.offer);
}

TEST_CASE("another command under a key that was used fails") {
    World world;
    world.sell_article({line("bronze", 3), line("gold", 1)});
    const Caller caller = with_key(ben(), "k");
    REQUIRE(world.assign("bronze", people(1, 1), caller));
    const auto before = world.store->dump();
    SUBCASE("of other users") {
        CHECK(failure_of(world.assign("bronze", people(1, 2), caller)) ==
              Errc::idempotency_key_reused);
    }
    SUBCASE("of another pool") {
        CHECK(failure_of(world.assign("gold", people(1, 1), caller)) ==
              Errc::idempotency_key_reused);
    }
    SUBCASE("in another mode") {
        CHECK(failure_of(world.assign("bronze", people(1, 1), caller, Mode::best_effort)) ==
              Errc::idempotency_key_reused);
    }
    SUBCASE("another operation") {
        CHECK(failure_of(world.unassign("bronze", people(1, 1), caller)) ==
              Errc::idempotency_key_reused);
    }
    SUBCASE("even one that could not be done") {
        CHECK(failure_of(world.assign("silver", people(1, 1), caller)) ==
              Errc::idempotency_key_reused);
    }
    CHECK(world.store->dump() == before);
}

TEST_CASE("the order of users and naming one twice do not make another command") {
    World world;
    world.sell_article({line("bronze", 3)});
    REQUIRE(world.assign("bronze", people(1, 3), with_key(ben(), "k")));
    const auto again =
        world.assign("bronze", {person(3), person(1), person(2), person(1)}, with_key(ben(), "k"));
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK(again.value().value.outcomes.size() == 3);
}

TEST_CASE("who calls and which revision is expected do not make another command") {
    World world;
    world.sell_article({line("bronze", 3)});
    REQUIRE(world.assign("bronze", people(1, 1), with_key(expecting(ben(), 1), "k")));
    const Caller liv{buyer({Role::license_admin}), "k", 7};
    const auto again = world.assign("bronze", people(1, 1), liv);
    REQUIRE(again);
    CHECK(again.value().replayed);
}

TEST_CASE("a failure is not kept: the command may be tried again under its key") {
    World world;
    world.sell_article({line("bronze", 1)});
    const Caller caller = with_key(ben(), "k");
    CHECK(failure_of(world.assign("bronze", people(1, 2), caller)) == Errc::no_free_license);
    REQUIRE(world.change_lines({line("bronze", 2)}));
    const auto now = world.assign("bronze", people(1, 2), caller);
    REQUIRE(now);
    CHECK_FALSE(now.value().replayed);
}

TEST_CASE("a command that had nothing to change is kept under its key as well") {
    World world;
    world.sell_article({line("bronze", 2)});
    const auto events = world.events(pool_stream("bronze")).size();
    REQUIRE(world.unassign("bronze", people(1, 1), with_key(ben(), "k")));
    REQUIRE(world.assign("bronze", people(1, 1)));
    const auto again = world.unassign("bronze", people(1, 1), with_key(ben(), "k"));
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK(again.value().value.outcomes.at(0).outcome == Outcome::absent);
    CHECK(world.pool("bronze").consumed == 1);
    CHECK(world.events(pool_stream("bronze")).size() == events + 1);
}

TEST_CASE("an idempotency key is 1 to 128 bytes long") {
    World world;
    world.sell_article({line("bronze", 3)});
    const auto before = world.store->dump();
    CHECK(failure_of(world.assign("bronze", people(1, 1), with_key(ben(), ""))) ==
          Errc::idempotency_key_length);
    CHECK(
        failure_of(world.assign("bronze", people(1, 1), with_key(ben(), std::string(129, 'k')))) ==
        Errc::idempotency_key_length);
    CHECK(world.store->dump() == before);
    CHECK(failure_of(world.assign("bronze", people(1, 1), with_key(ben(), "k"))) == done);
    CHECK(failure_of(world.assign("bronze", people(2, 1),
                                  with_key(ben(), std::string(128, 'k')))) == done);
    CHECK(failure_of(world.assign("bronze", people(3, 1), with_key(ben(), {"\0/\xff", 3}))) ==
          done);
}

TEST_CASE("keys of different publishers and tenants do not meet") {
    World world;
    const auto invite = [&](std::string_view of) {
        const Caller caller{seller({Role::account_admin}, publisher(of)), "k", {}};
        return world.deals().create_invite({publisher(of), {}}, caller);
    };
    REQUIRE(invite("fabrikam"));
    REQUIRE(invite("adventure-works"));
    CHECK_FALSE(invite("proseware").value().replayed);
    CHECK(invite("proseware").value().replayed);

    const std::string token = world.invite();
    CHECK(failure_of(world.deals().accept({token}, with_key(ben(), "k"))) == done);
}

TEST_CASE("a publisher and a tenant of the same name do not share their keys") {
    World world;
    const std::string token = world.invite();
    REQUIRE(world.deals().create_invite({publisher(), {}}, with_key(ana(), "k")));
    const TenantId fabrikam = TenantId::parse("fabrikam").value();
    const Caller customer{buyer({Role::global_admin}, fabrikam), "k", {}};
    CHECK(failure_of(world.deals().accept({token}, customer)) == done);
}

TEST_CASE("an invite's link is neither in the store nor in a replay") {
    World world;
    const CreateInvite command{publisher(), {}};
    const auto first = world.deals().create_invite(command, with_key(ana(), "k"));
    REQUIRE(first);
    const std::string link = first.value().value.invite.link.value();
    const std::string token = link.substr(link.find("token=") + 6);
    const std::string secret = token.substr(token.find('.') + 1);
    for (const auto& [key, text] : world.store->dump()) {
        CHECK(key.find(secret) == std::string::npos);
        CHECK(text.find(secret) == std::string::npos);
    }
    const auto again = world.deals().create_invite(command, with_key(ana(), "k"));
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK_FALSE(again.value().value.invite.link);
    CHECK(again.value().value.invite.id == first.value().value.invite.id);
    CHECK(failure_of(world.deals().accept({token}, ben())) == done);
}

TEST_CASE("a token is not part of what a command is known by, nor is it kept") {
    World world;
    const std::string token = world.invite();
    REQUIRE(world.deals().accept({token}, with_key(ben(), "k")));
    const auto again = world.deals().accept({world.invite()}, with_key(ben(), "k"));
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK(again.value().value.relationship->tenant == contoso());
    for (const auto& [key, text] : world.store->dump()) {
        CHECK(text.find(token) == std::string::npos);
    }
}

TEST_CASE("what the store cannot take in one batch is refused before anything is written") {
    World world;
    world.sell_article({line("bronze", 100)});
    world.store->limit({key_size_max, 0, 8});
    const auto before = world.store->dump();
    const auto refused = world.assign("bronze", people(1, 20));
    CHECK(failure_of(refused) == Errc::batch_too_large);
    CHECK(refused.error().code == Condition::unsupported);
    CHECK(world.store->dump() == before);
    // The pool, its event and six seats are eight records; one seat more is one too many.
    CHECK(failure_of(world.assign("bronze", people(1, 7))) == Errc::batch_too_large);
    CHECK(failure_of(world.assign("bronze", people(1, 6))) == done);
    CHECK(failure_of(world.unassign("bronze", people(1, 6), with_key(ben(), "k"))) ==
          Errc::batch_too_large);
    CHECK(failure_of(world.unassign("bronze", people(1, 5), with_key(ben(), "k"))) == done);
}

TEST_CASE("a value longer than the store can take is refused before anything is written") {
    World world;
    const auto before = world.store->dump();
    world.store->limit({key_size_max, 500, 0});
    CHECK(failure_of(world.catalog().create_offer({article_offer(), Profile::create}, ana())) ==
          Errc::batch_too_large);
    CHECK(world.store->dump() == before);
    world.store->limit({20, 0, 0});
    CHECK(failure_of(world.catalog().create_offer({article_offer(), Profile::create}, ana())) ==
          Errc::batch_too_large);
    CHECK(world.store->dump() == before);
}

TEST_CASE("a seat costs a commit where its pool is known, and a read where it is there already") {
    World world;
    world.sell_article({line("bronze", 100)});
    REQUIRE(world.assign("bronze", people(1, 1)));
    int reads = 0;
    int commits = 0;
    world.store->on_read([&](const auto&) -> result<void> {
        ++reads;
        return boost::outcome_v2::success();
    });
    world.store->on_commit([&](Store& inner, const Batch& batch) {
        ++commits;
        return inner.commit(batch);
    });
    REQUIRE(world.assign("bronze", people(2, 10), with_key(ben(), "k")));
    CHECK(reads == 0);
    CHECK(commits == 1);
    REQUIRE(world.assign("bronze", people(2, 10)));
    CHECK(reads == 1);
    CHECK(commits == 2);  // one in vain
    REQUIRE(world.assign("bronze", people(20, 2)));
    CHECK(reads == 2);
    CHECK(commits == 3);
    REQUIRE(world.assign("bronze", people(30, 2)));
    CHECK(reads == 2);
    CHECK(commits == 4);
}
