#include <licet/catalog/offer.hpp>

#include <doctest/doctest.h>

#include <utility>

#include "unit/catalog/samples.hpp"

using licet::Errc;
using licet::Findings;
using licet::LicenseModel;
using licet::Offer;
using licet::OfferId;
using licet::Path;
using licet::Plan;
using licet::PlanId;
using licet::PlanState;
using licet::Profile;
using licet::PublisherId;
using licet::ServiceId;
using licet::Visibility;
using licet::samples::form_of;
using licet::samples::lines;
using licet::samples::long_text;
using licet::samples::missing_in;

namespace {

const Path root;

Offer article() { return licet::samples::article_offer(); }

std::vector<Plan> plans(std::size_t count) {
    std::vector<Plan> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(licet::samples::sample_plan("plan" + std::to_string(i)));
    }
    return all;
}

Offer with_private_plans(std::size_t count) {
    Offer offer = article();
    offer.plans = plans(count + 1);
    for (std::size_t i = 0; i < count; ++i) {
        offer.plans[i].visibility = Visibility::private_;
    }
    return offer;
}

}  // namespace

TEST_CASE("the article's offer has nothing wrong and nothing missing") {
    for (const Offer& offer : {article(), licet::samples::priced_offer()}) {
        CHECK(form_of(offer).empty());
        CHECK(missing_in(offer).empty());
    }
}

TEST_CASE("an offer names its publisher and itself") {
    Offer offer = article();
    offer.publisher = {};
    offer.id = {};
    CHECK(form_of(offer) == "publisher_id_length /publisher\noffer_id_length /id");
}

TEST_CASE("publisher and offer are at most 40 characters together, but for offers that exist") {
    Offer offer = article();
    offer.publisher = PublisherId::parse(std::string(20, 'p')).value();
    offer.id = OfferId::parse(std::string(19, 'o')).value();
    CHECK(form_of(offer).empty());
    offer.id = OfferId::parse(std::string(20, 'o')).value();
    CHECK(form_of(offer) == "publisher_offer_length /id");
    CHECK(form_of(offer, Profile::import) == "publisher_offer_length /id (warning)");
}

TEST_CASE("an alias is 1 to 120 characters long") {
    Offer offer = article();
    for (const std::size_t length : {1U, 120U}) {
        offer.alias = long_text(length);
        CHECK(form_of(offer).empty());
    }
    for (const std::size_t length : {0U, 121U}) {
        offer.alias = long_text(length);
        CHECK(form_of(offer) == "alias_length /alias");
    }
}

TEST_CASE("a listing's name is at most 200 characters long and may be empty in a draft") {
    Offer offer = article();
    for (const std::size_t length : {0U, 1U, 200U}) {
        offer.listing.name = long_text(length);
        CHECK(form_of(offer).empty());
    }
    offer.listing.name = long_text(201);
    CHECK(form_of(offer) == "listing_name_length /listing/name");
}

TEST_CASE("a listing has a summary of at most 100 characters and at most 3 keywords") {
    Offer offer = article();
    offer.listing.summary = long_text(100);
    offer.listing.description = long_text(100'000);
    offer.listing.keywords = {"field", "work", "crm"};
    CHECK(form_of(offer).empty());
    offer.listing.summary = long_text(101);
    offer.listing.keywords.emplace_back("more");
    CHECK(form_of(offer) ==
          "listing_summary_length /listing/summary\n"
          "listing_keywords_count /listing/keywords");
}

TEST_CASE("a package URL is https, or http where the offer exists already") {
    Offer offer = article();
    offer.technical.package_url = "http://fabrikam.example/package.zip";
    CHECK(form_of(offer) == "package_url_not_https /technical/package_url");
    CHECK(form_of(offer, Profile::import) ==
          "package_url_not_https /technical/package_url (warning)");
    for (const char* url : {"", "ftp://fabrikam.example", "package.zip"}) {
        offer.technical.package_url = url;
        for (const auto profile : {Profile::create, Profile::import}) {
            CHECK(form_of(offer, profile) == "url_syntax /technical/package_url");
        }
    }
}

TEST_CASE("a package URL is at most 2048 bytes long") {
    Offer offer = article();
    const std::string site = "https://a/";
    offer.technical.package_url = site + std::string(2048 - site.size(), 'a');
    CHECK(form_of(offer).empty());
    *offer.technical.package_url += 'a';
    CHECK(form_of(offer) == "text_length /technical/package_url");
}

TEST_CASE("an offer has at most 100 plans, 45 of them private") {
    Offer offer = article();
    offer.plans = plans(100);
    CHECK(form_of(offer).empty());
    offer.plans = plans(101);
    CHECK(form_of(offer) == "plans_count /plans");
    CHECK(form_of(with_private_plans(45)).empty());
    CHECK(form_of(with_private_plans(46)) == "private_plans_count /plans");
}

TEST_CASE("the ids and the names of an offer's plans are unique") {
    Offer offer = article();
    offer.plans = plans(4);
    offer.plans[2].id = offer.plans[0].id;
    offer.plans[3].name = offer.plans[1].name;
    CHECK(form_of(offer) == "plan_id_duplicate /plans/2/id\nplan_name_duplicate /plans/3/name");
    offer.plans = plans(2);
    offer.plans[1].name = "FABRIKAM plan0";  // another name: case counts
    CHECK(form_of(offer).empty());
}

TEST_CASE("a service id that comes along is the one that follows from the ids") {
    Offer offer = article();
    offer.plans[0].service_id = ServiceId::parse("fabrikam.f365.bronze").value();
    CHECK(form_of(offer).empty());
    offer.plans[1].service_id = offer.plans[0].service_id;
    CHECK(form_of(offer) == "service_id_mismatch /plans/1/service_id");
    offer.plans[1].id = {};
    CHECK(form_of(offer) == "plan_id_length /plans/1/id");
}

TEST_CASE("all that is wrong is found at once, in the order of the document") {
    Offer offer;
    offer.setup = {true, false, std::nullopt, std::nullopt};
    offer.listing.summary = long_text(101);
    offer.technical.package_url = "x";
    offer.plans.resize(1);
    Findings findings;
    check_publishable(offer, Profile::create, findings);
    CHECK(lines(findings.all()) ==
          "publisher_id_length /publisher\n"
          "offer_id_length /id\n"
          "alias_length /alias\n"
          "setup_license_management_forced /setup/license_management\n"
          "listing_missing /listing/name\n"
          "listing_summary_length /listing/summary\n"
          "technical_missing /technical/base_license_model\n"
          "url_syntax /technical/package_url\n"
          "plan_id_length /plans/0/id\n"
          "plan_name_length /plans/0/name\n"
          "plan_apps_missing /plans/0/apps (warning)\n"
          "pricing_missing /plans/0/pricing");
    for (const licet::Finding& finding : findings.all()) {
        CHECK_FALSE(finding.message.empty());
        CHECK_FALSE(finding.hint.empty());
    }
}

TEST_CASE("pointers start where the offer stands in the document") {
    Offer offer = article();
    offer.plans[1].name.clear();
    Findings findings;
    check_form(offer, Profile::create, findings, root / "offer");
    CHECK(lines(findings.all()) == "plan_name_length /offer/plans/1/name");
}

TEST_CASE("what could not be read is not judged, nor what is inside it") {
    Offer offer;
    offer.plans.resize(2);
    Findings findings;
    for (const char* name : {"publisher", "id", "listing", "setup", "technical"}) {
        findings.error(Errc::wrong_type, root / name);
    }
    findings.warning(Errc::derived_field_ignored, root / "alias");
    findings.error(Errc::wrong_type, root / "plans" / 0);
    findings.error(Errc::plan_id_bad_character, root / "plans" / 1 / "id");
    const std::size_t read = findings.all().size();
    check_publishable(offer, Profile::create, findings);
    auto all = findings.all();
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(read));
    CHECK(lines(all) == "alias_length /alias\nplan_name_length /plans/1/name");
}

TEST_CASE("an offer broken in very many places is judged in linear time") {
    constexpr std::size_t many = 200'000;
    Offer offer = article();
    offer.plans[0].apps.resize(many);
    Findings findings;
    for (std::size_t i = 0; i < many; ++i) {
        findings.error(Errc::wrong_type, root / "plans" / 0 / "apps" / i);
    }
    check_form(offer, Profile::create, findings);
    CHECK(findings.all().size() == many);
    offer.plans.assign(many, licet::samples::sample_plan("bronze"));
    CHECK_FALSE(form_of(offer).empty());
}

TEST_CASE("what a draft may lack is named where it is looked for") {
    Offer offer = article();
    offer.setup = {};
    offer.listing = {};
    offer.technical = {};
    offer.plans = {};
    CHECK(form_of(offer).empty());
    CHECK(missing_in(offer) ==
          "setup_missing /setup\n"
          "listing_missing /listing/name\n"
          "package_url_missing /technical/package_url");
    offer.setup.license_management = true;
    offer.setup.require_license_for_install = true;
    CHECK(missing_in(offer) ==
          "listing_missing /listing/name\n"
          "technical_missing /technical/base_license_model\n"
          "package_url_missing /technical/package_url\n"
          "plans_missing /plans");
}

TEST_CASE("an offer with license management is licensed by user") {
    Offer offer = article();
    offer.technical.base_license_model = LicenseModel::resource;
    CHECK(form_of(offer).empty());
    CHECK(missing_in(offer) == "technical_license_model /technical/base_license_model");
    offer.setup = {false, false, std::nullopt, licet::CallToAction::free};
    CHECK(missing_in(offer).empty());
}

TEST_CASE("an offer with license management has a plan that is not stopped") {
    Offer offer = article();
    offer.plans[0].state = PlanState::stopped;
    CHECK(missing_in(offer).empty());
    offer.plans[1].state = PlanState::stopped;
    CHECK(missing_in(offer) == "plans_missing /plans");
}

TEST_CASE("a plan that opens no app is told where licenses open apps") {
    Offer offer = article();
    offer.plans[1].apps.clear();
    CHECK(form_of(offer).empty());
    CHECK(missing_in(offer) == "plan_apps_missing /plans/1/apps (warning)");
    Offer priced = licet::samples::priced_offer();
    priced.plans[0].apps.clear();
    CHECK(missing_in(priced) == "plan_apps_missing /plans/0/apps (warning)");
    priced.type = licet::OfferType::saas;
    CHECK(missing_in(priced).empty());
    offer.setup = {false, false, std::nullopt, licet::CallToAction::free};
    CHECK(missing_in(offer).empty());
}

TEST_CASE("every plan of an offer sold through Microsoft needs pricing") {
    Offer offer = licet::samples::priced_offer();
    offer.plans[1].pricing.reset();
    CHECK(form_of(offer).empty());
    CHECK(missing_in(offer) == "pricing_missing /plans/1/pricing");
}

TEST_CASE("an offer finds its plans by their ids") {
    Offer offer = article();
    const PlanId silver = PlanId::parse("silver").value();
    CHECK(offer.find(silver) == &offer.plans[1]);
    CHECK(std::as_const(offer).find(silver) == &offer.plans[1]);
    CHECK(offer.find(PlanId::parse("gold").value()) == nullptr);
}
