#include "catalog/draft.hpp"

#include <doctest/doctest.h>

#include "unit/catalog/lives.hpp"

using namespace licet::samples;

using licet::CallToAction;
using licet::Errc;
using licet::Findings;
using licet::Offer;
using licet::OfferStatus;
using licet::Phase;
using licet::PlanState;
using licet::Policy;
using licet::Profile;
using licet::Publication;

namespace {

licet::result<Publication> revise(const Publication& from, const Offer& changed,
                                  const Policy& policy = {}) {
    Findings findings;
    return revise_offer(from, changed, start, policy, findings);
}

}  // namespace

TEST_CASE("a new offer is a draft, whatever its document says of that") {
    Offer offer = article_offer();
    offer.status = OfferStatus::live;
    offer.phase = Phase::publish;
    offer.review_findings = {{"100.1", "icon is missing"}};
    offer.unpublished_changes = false;
    offer.live_at = start;
    offer.plans[0].state = PlanState::stopped;
    const Publication made = drafted(offer);
    CHECK(made == drafted());
    CHECK(shown(made.draft) == "draft");
    CHECK(made.draft.unpublished_changes);
    CHECK(made.draft.plans[1].service_id.str() == "fabrikam.f365.silver");
    CHECK_FALSE(made.live);
}

TEST_CASE("a new offer is refused for its form, with what a reader found as well") {
    Offer offer = article_offer();
    offer.alias.clear();
    Findings findings;
    findings.error(Errc::unknown_field, licet::Path() / "x");
    const auto made = create_offer(offer, Profile::create, findings);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::unknown_field);
    CHECK(lines(made.error().findings) == "unknown_field /x\nalias_length /alias");
}

TEST_CASE("an offer that exists out there is kept as it is, with warnings") {
    Offer offer = article_offer();
    offer.technical.package_url = "http://fabrikam.example/package.zip";
    Findings strict;
    CHECK(create_offer(offer, Profile::create, strict).error().code == Errc::package_url_not_https);
    Findings lenient;
    const auto kept = create_offer(offer, Profile::import, lenient);
    REQUIRE(kept);
    CHECK(lines(lenient.all()) == "package_url_not_https /technical/package_url (warning)");

    CHECK(outcome(do_edit(kept.value())) == "draft");
    CHECK(outcome(do_submit(kept.value())) == "package_url_not_https");
}

TEST_CASE("an offer that the create profile takes is held to it") {
    Offer changed = drafted().draft;
    changed.technical.package_url = "http://fabrikam.example/package.zip";
    CHECK(revise(drafted(), changed).error().code == Errc::package_url_not_https);
}

TEST_CASE("a revision keeps the ids, the plans and what is derived") {
    const Publication before = live();
    Offer changed = priced_offer();
    changed.id = licet::OfferId::parse("other").value();
    changed.alias = before.draft.alias;
    changed.setup = before.draft.setup;
    changed.plans.clear();
    changed.listing.summary = "Field work";
    const auto revised = revise(before, changed);
    REQUIRE(revised);
    Offer expected = before.draft;
    expected.listing.summary = "Field work";
    expected.unpublished_changes = true;
    CHECK(revised.value().draft == expected);
    CHECK(revised.value().live == before.live);
}

TEST_CASE("whatever a revision changes is taken over and is an unpublished change") {
    const Publication before = live();
    std::vector<Offer> all(5, before.draft);
    all[0].alias = "Another";
    all[1].type = licet::OfferType::saas;
    all[1].setup = {true, std::nullopt, std::nullopt, std::nullopt};
    all[2].setup.require_license_for_install = false;
    all[3].listing.keywords = {"field"};
    all[4].technical.package_url = "https://fabrikam.example/next.zip";
    Policy policy;
    policy.alias_immutable = false;
    for (Offer& changed : all) {
        const auto revised = revise(before, changed, policy);
        REQUIRE(revised);
        changed.unpublished_changes = true;
        CHECK(revised.value().draft == changed);
        CHECK(revise(revised.value(), before.draft, policy).value() == before);
    }
}

TEST_CASE("another type is an unpublished change by itself") {
    const Publication before = live(priced_offer());
    Offer changed = before.draft;
    changed.type = licet::OfferType::saas;
    CHECK(revise(before, changed).value().draft.unpublished_changes);
}

TEST_CASE("a revision that breaks a rule of form changes nothing and says all") {
    Offer changed = drafted().draft;
    changed.listing.name = long_text(201);
    changed.listing.summary = long_text(101);
    const auto revised = revise(drafted(), changed);
    REQUIRE_FALSE(revised);
    CHECK(lines(revised.error().findings) ==
          "listing_name_length /listing/name\nlisting_summary_length /listing/summary");
}

TEST_CASE("the alias is frozen once the offer is made, unless the policy lets it change") {
    Offer changed = drafted().draft;
    changed.alias = "Another";
    const auto refused = revise(drafted(), changed);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::alias_frozen);
    CHECK(lines(refused.error().findings) == "alias_frozen /alias");
    Policy policy;
    policy.alias_immutable = false;
    CHECK(revise(drafted(), changed, policy).value().draft.alias == "Another");
}

TEST_CASE("license management is frozen once the offer was published") {
    Offer changed = article_offer();
    changed.setup = {false, false, std::nullopt, CallToAction::free};
    CHECK(revise(drafted(), changed));
    for (const Publication& once : {live(), not_available(), after(live(), {do_stop})}) {
        const auto refused = revise(once, changed);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::setup_license_management_frozen);
        CHECK(lines(refused.error().findings) ==
              "setup_license_management_frozen /setup/license_management");
    }
    changed.setup = {false, true, false, std::nullopt};
    CHECK(revise(live(), changed));
    changed.setup = {true, std::nullopt, std::nullopt, std::nullopt};  // it brings it along
    CHECK(revise(live(), changed));
}

TEST_CASE("an edit taken back leaves no unpublished changes") {
    const auto restored = revise(live_and_edited(), *live().live);
    REQUIRE(restored);
    CHECK(restored.value() == live());
}
