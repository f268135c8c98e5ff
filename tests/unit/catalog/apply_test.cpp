#include <doctest/doctest.h>

#include <licet/catalog/publication.hpp>

#include "unit/catalog/lives.hpp"

using namespace licet::samples;

using licet::CallToAction;
using licet::Errc;
using licet::Findings;
using licet::Offer;
using licet::OfferType;
using licet::PlanState;
using licet::Policy;
using licet::Profile;
using licet::Publication;
using licet::Visibility;

namespace {

licet::result<Publication> apply_to(const Publication& to, const Offer& wanted,
                                    Profile profile = Profile::create) {
    Findings findings;
    return apply_offer(to, wanted, profile, start, Policy(), findings);
}

std::string refusals(const Publication& to, const Offer& wanted) {
    const auto applied = apply_to(to, wanted);
    return applied ? "" : lines(applied.error().findings);
}

}  // namespace

TEST_CASE("a document applied becomes the draft, its plans with it and in its order") {
    const Publication before = drafted();
    Offer wanted = article_offer();
    wanted.listing.summary = "Field work";
    wanted.plans = {sample_plan("gold"), sample_plan("bronze")};
    const auto applied = apply_to(before, wanted);
    REQUIRE(applied);
    CHECK(applied.value() == drafted(wanted));
    CHECK(applied.value().draft.plans[0].service_id.str() == "fabrikam.f365.gold");
}

TEST_CASE("a document that says what the draft says changes nothing, in any status") {
    for (const Publication& publication :
         {drafted(), after(drafted(), {do_submit}), in_preview(drafted()), live(), not_available(),
          after(live_and_edited(), {do_submit})}) {
        CAPTURE(shown(publication.draft));
        const auto applied = apply_to(publication, publication.draft);
        REQUIRE(applied);
        CHECK(applied.value() == publication);
    }
}

TEST_CASE("what licet sets is not taken from a document") {
    Offer wanted = article_offer();
    wanted.status = licet::OfferStatus::draft;
    wanted.unpublished_changes = true;
    wanted.plans[0].state = PlanState::stopped;
    CHECK(apply_to(live(), wanted).value() == live());
}

TEST_CASE("a change beside a live copy is a draft until it is published") {
    Offer wanted = article_offer();
    wanted.plans.push_back(sample_plan("gold"));
    const auto applied = apply_to(live(), wanted);
    REQUIRE(applied);
    CHECK(applied.value().draft.unpublished_changes);
    CHECK(applied.value().draft.plans[0].state == PlanState::live);
    CHECK(applied.value().draft.plans[2].state == PlanState::draft);
    CHECK(applied.value().live == live().live);
    CHECK(apply_to(applied.value(), article_offer()).value() == live());
}

TEST_CASE("setup and plans that only fit together are applied together") {
    const auto sold = apply_to(drafted(), priced_offer());
    REQUIRE(sold);
    CHECK(sold.value() == drafted(priced_offer()));
    CHECK(apply_to(sold.value(), article_offer()).value() == drafted());
}

TEST_CASE("what is frozen is refused, each at its place in the document") {
    Offer wanted = priced_offer();
    wanted.alias = "Another";
    wanted.type = OfferType::saas;
    CHECK(refusals(drafted(priced_offer()), wanted) ==
          "offer_type_frozen /type\nalias_frozen /alias");

    Offer unmanaged = article_offer();
    unmanaged.setup = {false, false, std::nullopt, CallToAction::free};
    CHECK(refusals(drafted(), unmanaged).empty());
    CHECK(refusals(live(), unmanaged) ==
          "setup_license_management_frozen /setup/license_management");

    Offer hidden = article_offer();
    hidden.plans[1].visibility = Visibility::private_;
    CHECK(refusals(drafted(), hidden).empty());
    CHECK(refusals(live(), hidden) == "plan_visibility_frozen /plans/1/visibility");

    Offer cheaper = priced_offer();
    cheaper.plans[1].pricing->terms[0].price.amount = licet::Decimal::parse("9.00").value();
    CHECK(refusals(drafted(priced_offer()), cheaper).empty());
    CHECK(refusals(live(priced_offer()), cheaper) == "pricing_frozen /plans/1/pricing");
}

TEST_CASE("a draft plan may be left out, a published one not, on sale or stopped") {
    Offer wanted = article_offer();
    wanted.plans.pop_back();
    CHECK(refusals(drafted(), wanted).empty());
    CHECK(refusals(live(), wanted) == "plan_published /plans");
    const Publication stopped =
        licet::stop_selling(live(), sample_plan("silver").id, start).value();
    CHECK(refusals(stopped, wanted) == "plan_published /plans");
}

TEST_CASE("a draft that is being published takes no change") {
    Offer wanted = article_offer();
    wanted.listing.summary = "Field work";
    CHECK(refusals(in_preview(drafted()), wanted) == "offer_draft_closed ");
    CHECK(refusals(drafted(), wanted).empty());
}

TEST_CASE("errors of form are told along with what is frozen, by the profile asked for") {
    Offer wanted = article_offer();
    wanted.alias = "Another";
    wanted.technical.package_url = "http://fabrikam.example/package.zip";
    CHECK(refusals(drafted(), wanted) ==
          "alias_frozen /alias\npackage_url_not_https /technical/package_url");
    wanted.alias = article_offer().alias;
    CHECK(apply_to(drafted(), wanted, Profile::import));
    Offer mistaken = article_offer();
    mistaken.plans[0].service_id = licet::ServiceId::parse("fabrikam.f365.gold").value();
    CHECK(refusals(drafted(), mistaken) == "service_id_mismatch /plans/0/service_id");
}
