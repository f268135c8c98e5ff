// A document applied to what a store holds.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

Offer with_summary(const std::string& summary) {
    Offer offer = article_offer();
    offer.listing.summary = summary;
    return offer;
}

result<Written<ApplyAnswer>> apply_to(World& world, const Offer& offer, const Caller& caller,
                                      bool dry_run = false) {
    return world.catalog().apply_offer({offer, Profile::create, dry_run}, caller);
}

}  // namespace

TEST_CASE("an offer that is not stored is created, with one event") {
    World world;
    const auto made = apply_to(world, article_offer(), ana());
    REQUIRE(made);
    CHECK(made.value().revision == 1);
    REQUIRE(made.value().value.differences.size() == 1);
    CHECK(made.value().value.differences[0].change == Change::added);
    CHECK(world.catalog().get_offer({publisher(), offer_id()}, ana()).value().offer ==
          made.value().value.offer);
    CHECK(shape_of(world).at("event/fabrikam/offer") == 1);
}

TEST_CASE("what is stored already is left alone: no event, no new revision") {
    World world;
    REQUIRE(apply_to(world, article_offer(), ana()));
    const auto before = world.store->dump();
    const auto again = apply_to(world, article_offer(), ana());
    REQUIRE(again);
    CHECK(again.value().revision == 1);
    CHECK(again.value().value.differences.empty());
    CHECK(world.store->dump() == before);
}

TEST_CASE("several plans and fields change in one commit, under one event") {
    World world;
    REQUIRE(apply_to(world, article_offer(), ana()));
    Offer wanted = with_summary("Field work");
    wanted.plans.erase(wanted.plans.begin());
    wanted.plans.push_back(plan("copper", {"crf36_CopperApp"}));
    const auto applied = apply_to(world, wanted, ana());
    REQUIRE(applied);
    CHECK(applied.value().revision == 2);
    CHECK(applied.value().value.differences.size() == 3);
    CHECK(shape_of(world).at("event/fabrikam/offer") == 2);
}

TEST_CASE("a dry run answers what would change and what is against it, and writes nothing") {
    World world;
    const auto empty = world.store->dump();
    const auto first = apply_to(world, article_offer(), ana(), true);
    REQUIRE(first);
    CHECK(first.value().revision == 0);
    CHECK(first.value().value.differences.size() == 1);
    CHECK(world.store->dump() == empty);

    REQUIRE(apply_to(world, article_offer(), ana()));
    const auto before = world.store->dump();
    Offer wanted = with_summary("Field work");
    wanted.alias = "Another";
    const auto shown = apply_to(world, wanted, with_key(ana(), "k"), true);
    REQUIRE(shown);
    CHECK(shown.value().value.differences.size() == 2);
    CHECK(shown.value().revision == 1);
    REQUIRE(shown.value().findings.size() == 1);
    CHECK(shown.value().findings[0].rule == Errc::alias_frozen);
    CHECK(shown.value().findings[0].severity == Severity::error);
    CHECK(shown.value().findings[0].pointer == "/offer/alias");
    CHECK(world.store->dump() == before);

    CHECK(failure_of(apply_to(world, wanted, ana())) == Errc::alias_frozen);
    CHECK(world.store->dump() == before);
}

TEST_CASE("nobody else's change is overwritten where the revision seen is given") {
    World world;
    REQUIRE(apply_to(world, article_offer(), ana()));
    Caller caller = ana();
    caller.expected_revision = 1;
    REQUIRE(apply_to(world, with_summary("one"), caller));
    CHECK(failure_of(apply_to(world, with_summary("two"), caller)) == Errc::revision_differs);
    caller.expected_revision = 0;
    CHECK(failure_of(apply_to(world, with_summary("two"), caller, true)) == Errc::revision_differs);
}

TEST_CASE("a dry run needs the leave that the change would need") {
    World world;
    CHECK(failure_of(apply_to(world, article_offer(), rex(), true)) ==
          failure_of(apply_to(world, article_offer(), rex())));
}
