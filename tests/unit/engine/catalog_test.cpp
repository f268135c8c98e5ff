// Offers and plans through the engine.

#include <algorithm>

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const OfferCommand the_offer{publisher(), offer_id()};

OfferView view(World& world) {
    auto seen = world.catalog().get_offer({publisher(), offer_id()}, ana());
    REQUIRE(seen);
    return std::move(seen).value();
}

result<Written<OfferAnswer>> update(World& world, const std::string& changes) {
    return world.catalog().update_offer({publisher(), offer_id(), {changes}}, ana());
}

result<Written<PlanAnswer>> update_plan(World& world, std::string_view plan,
                                        const std::string& changes) {
    return world.catalog().update_plan({publisher(), offer_id(), plan_id(plan), {changes}}, ana());
}

PlanCommand the_plan(std::string_view plan) { return {publisher(), offer_id(), plan_id(plan)}; }

void check_status(World& world, OfferStatus status, std::optional<Phase> phase = {}) {
    const OfferView seen = view(world);
    CHECK(seen.offer.status == status);
    CHECK(seen.offer.phase == phase);
}

PlanState state_of(World& world, std::string_view plan) {
    return view(world).offer.find(plan_id(plan))->state;
}

using Buttons = std::vector<Button>;

Buttons buttons(World& world, Viewer viewer, std::optional<TenantId> tenant = {}) {
    const auto shown =
        world.catalog().show_buttons({publisher(), offer_id(), viewer, std::move(tenant)}, ana());
    REQUIRE(shown);
    return shown.value().buttons;
}

}  // namespace

TEST_CASE("an offer goes from draft through review and preview to live") {
    World world;
    mutations::drafted(world);
    check_status(world, OfferStatus::draft);
    CHECK_FALSE(view(world).live);
    REQUIRE(world.catalog().submit({the_offer}, ana()));
    check_status(world, OfferStatus::publish_in_progress, Phase::automated_validation);
    REQUIRE(world.catalog().pass_phase({the_offer}, rex()));
    check_status(world, OfferStatus::publish_in_progress, Phase::certification);
    REQUIRE(world.catalog().pass_phase({the_offer}, rex()));
    check_status(world, OfferStatus::publish_in_progress, Phase::preview_creation);
    REQUIRE(world.catalog().pass_phase({the_offer}, rex()));
    check_status(world, OfferStatus::preview, Phase::publisher_signoff);
    REQUIRE(world.catalog().go_live({the_offer}, ana()));
    check_status(world, OfferStatus::publish_in_progress, Phase::publish);

    const Timestamp due = world.clock->now() + Policy().go_live_delay;
    world.clock->set(due + Duration(-1));
    check_status(world, OfferStatus::publish_in_progress, Phase::publish);
    CHECK_FALSE(view(world).live);
    world.clock->set(due);
    check_status(world, OfferStatus::live);
    CHECK(view(world).live->live_at == due);
    CHECK(state_of(world, "bronze") == PlanState::live);
    CHECK_FALSE(view(world).offer.unpublished_changes);
    CHECK(view(world).revision == 6);
}

TEST_CASE("an edit of a live offer is a draft beside the live copy until it is published") {
    World world;
    world.publish();
    CHECK(failure_of(world.catalog().submit({the_offer}, ana())) == Errc::offer_unchanged);
    REQUIRE(update(world, R"({"listing":{"name":"Fabrikam 366"}})"));
    CHECK(view(world).offer.listing.name == "Fabrikam 366");
    CHECK(view(world).offer.unpublished_changes);
    CHECK(view(world).live->listing.name == "Fabrikam 365");
    CHECK(view(world).live->status == OfferStatus::live);
    world.publish_again();
    CHECK(view(world).live->listing.name == "Fabrikam 366");
}

TEST_CASE("a draft that is being published is closed, and open again after cancel") {
    World world;
    mutations::submitted(world);
    CHECK(failure_of(update(world, R"({"listing":{"name":"x"}})")) == Errc::offer_draft_closed);
    CHECK(failure_of(update_plan(world, "bronze", R"({"name":"x"})")) == Errc::offer_draft_closed);
    CHECK(failure_of(world.catalog().create_plan({publisher(), offer_id(), plan("copper", {"c_x"})},
                                                 ana())) == Errc::offer_draft_closed);
    CHECK(failure_of(world.catalog().delete_plan({the_plan("bronze")}, ana())) ==
          Errc::offer_draft_closed);
    REQUIRE(world.catalog().cancel({the_offer}, ana()));
    check_status(world, OfferStatus::draft);
    CHECK(failure_of(update(world, R"({"listing":{"name":"x"}})")) == done);
    CHECK(failure_of(world.catalog().cancel({the_offer}, ana())) == Errc::offer_status);
}

TEST_CASE("what a reviewer finds is kept until the offer is submitted again") {
    World world;
    mutations::submitted(world);
    const std::vector<ReviewFinding> findings{{"100.1", "the name is not clear"},
                                              {"100.2", "no support link"}};
    CHECK(failure_of(world.catalog().report_findings({the_offer, {}}, rex())) ==
          Errc::review_findings_missing);
    REQUIRE(world.catalog().report_findings({the_offer, findings}, rex()));
    check_status(world, OfferStatus::attention_needed);
    CHECK(view(world).offer.review_findings == findings);
    CHECK(failure_of(update(world, R"({"listing":{"name":"Clear"}})")) == done);
    REQUIRE(world.catalog().submit({the_offer}, ana()));
    CHECK(view(world).offer.review_findings.empty());
}

TEST_CASE("submit tells everything that is missing, and moves nothing") {
    World world;
    Offer bare;
    bare.publisher = publisher();
    bare.id = offer_id();
    bare.alias = "Fabrikam 365";
    REQUIRE(world.catalog().create_offer({bare, Profile::create}, ana()));
    const auto before = world.store->dump();
    const auto refused = world.catalog().submit({the_offer}, ana());
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == Condition::failed_precondition);
    CHECK(refused.error().findings.size() >= 2);
    CHECK(world.store->dump() == before);
}

TEST_CASE("distribution that is stopped ends after the go-live time, and submit brings it back") {
    World world;
    world.publish();
    REQUIRE(world.catalog().stop_distribution({the_offer}, ana()));
    check_status(world, OfferStatus::pending_stop_distribution);
    world.pass_time(Policy().go_live_delay + Duration(-1));
    check_status(world, OfferStatus::pending_stop_distribution);
    world.pass_time(Duration(1));
    check_status(world, OfferStatus::not_available);
    CHECK(buttons(world, Viewer::admin).empty());
    world.publish_again();
    check_status(world, OfferStatus::live);
}

TEST_CASE("changes are merged: what is not named stays, null takes away") {
    World world;
    mutations::drafted(world);
    REQUIRE(update(world, R"({"listing":{"summary":"Field work","keywords":["a","b"]}})"));
    REQUIRE(update(world, R"({"listing":{"keywords":["c"]},"technical":{"package_url":null}})"));
    const Offer offer = view(world).offer;
    CHECK(offer.listing.name == "Fabrikam 365");
    CHECK(offer.listing.summary == "Field work");
    CHECK(offer.listing.keywords == std::vector<std::string>{"c"});
    CHECK_FALSE(offer.technical.package_url);
    CHECK(offer.plans.size() == 3);
}

TEST_CASE("changes that break a rule are told at their place, and change nothing") {
    World world;
    mutations::drafted(world);
    const auto before = world.store->dump();
    const auto refused = update(world, R"({"listing":{"keywords":["a","b","c","d"]},"alias":7})");
    REQUIRE(refused.has_error());
    CHECK(refused.error().findings.at(0).pointer == "/changes/alias");
    const auto longer = update(world, R"({"listing":{"keywords":["a","b","c","d"]}})");
    CHECK(failure_of(longer) == Errc::listing_keywords_count);
    CHECK(longer.error().findings.at(0).pointer == "/changes/listing/keywords");
    for (const char* changes : {R"({"id":"other"})", R"({"plans":[]})", R"({"status":"live"})",
                                R"({"publisher":"x"})", R"({"live_at":null})"}) {
        CAPTURE(changes);
        CHECK(failure_of(update(world, changes)) == Errc::field_not_changeable);
    }
    CHECK(failure_of(update(world, R"({"alias":"other"})")) == Errc::alias_frozen);
    CHECK(world.store->dump() == before);
}

TEST_CASE("license management is chosen once for an offer that was published") {
    World world;
    world.publish();
    CHECK(failure_of(update(world, R"({"setup":{"license_management":false,
        "require_license_for_install":null,"call_to_action":"free"}})")) ==
          Errc::setup_license_management_frozen);
}

TEST_CASE("a plan is drafted, published with its offer, and then only stops being sold") {
    World world;
    mutations::drafted(world);
    const auto created = world.catalog().create_plan(
        {publisher(), offer_id(), plan("copper", {"crf36_CopperApp"})}, ana());
    REQUIRE(created);
    CHECK(created.value().value.plan.service_id == service("copper"));
    CHECK(created.value().value.plan.state == PlanState::draft);
    CHECK(failure_of(world.catalog().create_plan(
              {publisher(), offer_id(), plan("copper", {"crf36_CopperApp"})}, ana())) ==
          Errc::plan_exists);
    const auto deleted = world.catalog().delete_plan({the_plan("copper")}, ana());
    REQUIRE(deleted);
    CHECK(deleted.value().value.plan.id == plan_id("copper"));
    CHECK(failure_of(world.catalog().delete_plan({the_plan("copper")}, ana())) ==
          Errc::plan_not_found);
    CHECK(failure_of(world.catalog().stop_selling({the_plan("gold")}, ana())) ==
          Errc::plan_not_published);

    world.publish_again();
    CHECK(failure_of(world.catalog().delete_plan({the_plan("gold")}, ana())) ==
          Errc::plan_published);
    REQUIRE(world.catalog().stop_selling({the_plan("gold")}, ana()));
    CHECK(view(world).live->find(plan_id("gold"))->state == PlanState::live);
    CHECK(failure_of(world.catalog().stop_selling({the_plan("gold")}, ana())) ==
          Errc::plan_stopped);
    REQUIRE(world.catalog().stop_selling({the_plan("silver")}, ana()));
    CHECK(failure_of(world.catalog().stop_selling({the_plan("bronze")}, ana())) == Errc::plan_last);
    world.publish_again();
    CHECK(view(world).live->find(plan_id("gold"))->state == PlanState::stopped);
    CHECK(failure_of(world.catalog().stop_selling({the_plan("none")}, ana())) ==
          Errc::plan_not_found);
}

TEST_CASE("a plan's name changes at any time, its id and its openness do not") {
    World world;
    world.publish();
    const auto renamed = update_plan(world, "bronze", R"({"name":"Copper"})");
    REQUIRE(renamed);
    CHECK(renamed.value().value.plan.name == "Copper");
    CHECK(failure_of(update_plan(world, "silver", R"({"name":"Copper"})")) ==
          Errc::plan_name_duplicate);
    CHECK(failure_of(update_plan(world, "bronze", R"({"visibility":"private"})")) ==
          Errc::plan_visibility_frozen);
    CHECK(failure_of(update_plan(world, "bronze", R"({"id":"x"})")) == Errc::field_not_changeable);
    CHECK(failure_of(update_plan(world, "bronze", R"({"service_id":"a.bcd.e"})")) ==
          Errc::field_not_changeable);
    CHECK(failure_of(update_plan(world, "none", R"({"name":"x"})")) == Errc::plan_not_found);
    const auto plans = world.catalog().list_plans({publisher(), offer_id()}, ana());
    CHECK(plans.value().plans.at(0).name == "Copper");
    CHECK(view(world).live->plans.at(0).name == "Fabrikam bronze");
}

TEST_CASE("the buttons of a listing depend on who looks and on who owns a licence") {
    World world;
    mutations::consented(world);
    CHECK(buttons(world, Viewer::admin) == Buttons{Button::contact_me});
    CHECK(buttons(world, Viewer::admin, contoso()) == Buttons{Button::contact_me});
    REQUIRE(world.change_lines({line("bronze", 1)}));
    const Buttons both{Button::get_it_now, Button::contact_me};
    CHECK(buttons(world, Viewer::admin, contoso()) == both);
    CHECK(buttons(world, Viewer::user, contoso()) == both);
    CHECK(buttons(world, Viewer::admin, northwind()) == Buttons{Button::contact_me});
    CHECK(buttons(world, Viewer::admin) == Buttons{Button::contact_me});

    world.clock->set(contract_over() + days(30) + Duration(-1));
    CHECK(buttons(world, Viewer::admin, contoso()) == both);
    world.clock->set(contract_over() + days(30));
    CHECK(buttons(world, Viewer::admin, contoso()) == Buttons{Button::contact_me});
}

TEST_CASE("the buttons are those of the live copy, or of the draft where nothing is live") {
    World world;
    Offer offer = article_offer();
    offer.setup = {false, false, {}, CallToAction::free_trial};
    REQUIRE(world.catalog().create_offer({offer, Profile::create}, ana()));
    CHECK(buttons(world, Viewer::user) == Buttons{Button::free_trial});
    world.publish_again();
    REQUIRE(update(world, R"({"setup":{"call_to_action":"free"}})"));
    CHECK(buttons(world, Viewer::user) == Buttons{Button::free_trial});
    world.publish_again();
    CHECK(buttons(world, Viewer::user) == Buttons{Button::get_it_now});
}

TEST_CASE("an offer that exists out there is kept as it is, and may be edited") {
    World world;
    Offer sample = article_offer();
    sample.publisher = publisher("test_isvconnect1599092224747");
    sample.id = offer_id("d365_isvconnect_prod_licensable");
    sample.plans = {plan("bronzeplan", {"crf36_BronzeApp"})};
    const Caller owner{seller({Role::account_admin}, sample.publisher), {}, {}};
    CHECK(failure_of(world.catalog().create_offer({sample, Profile::create}, owner)) ==
          Errc::publisher_offer_length);
    const auto kept = world.catalog().create_offer({sample, Profile::import}, owner);
    REQUIRE(kept);
    REQUIRE(kept.value().findings.size() == 1);
    CHECK(kept.value().findings[0].rule == Errc::publisher_offer_length);
    CHECK(kept.value().findings[0].severity == Severity::warning);
    CHECK(kept.value().value.offer.plans[0].service_id.str() ==
          "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.bronzeplan");
    const auto edited = world.catalog().update_offer(
        {sample.publisher, sample.id, {R"({"listing":{"summary":"kept"}})"}}, owner);
    REQUIRE(edited);
    const auto planned = world.catalog().update_plan(
        {sample.publisher, sample.id, plan_id("bronzeplan"), {R"({"name":"Bronze"})"}}, owner);
    REQUIRE(planned);
}

TEST_CASE("a document is checked whether it is stored or not, with pointers into it") {
    World world;
    const auto rules = [&](const std::string& document, Profile profile) {
        const auto answer = world.catalog().check_offer({{document}, profile});
        REQUIRE(answer);
        std::vector<std::string> pointers;
        for (const Finding& finding : answer.value().findings) {
            pointers.push_back(std::string(name_of(finding.rule)) + ' ' + finding.pointer);
        }
        return pointers;
    };
    const auto found = rules(
        R"({"publisher":"fabrikam","id":"F3","alias":"","plans":[{"id":"a"}]})", Profile::create);
    CHECK(std::ranges::count(found, "offer_id_length /id") == 1);
    CHECK(std::ranges::count(found, "alias_length /alias") == 1);
    CHECK(rules("{", Profile::create) == std::vector<std::string>{"json_syntax "});
    CHECK(rules("[]", Profile::create) == std::vector<std::string>{"wrong_type "});
    CHECK(world.store->dump().size() == 1);
}

TEST_CASE("an offer is created once, in one document with its plans") {
    World world;
    const auto created = world.catalog().create_offer({article_offer(), Profile::create}, ana());
    REQUIRE(created);
    CHECK(created.value().value.offer == view(world).offer);
    CHECK(created.value().value.offer.plans.at(2).service_id == service("gold"));
    CHECK(failure_of(world.catalog().create_offer({article_offer(), Profile::create}, ana())) ==
          Errc::offer_exists);
    Offer bad = article_offer();
    bad.alias.clear();
    bad.id = offer_id("other");
    const auto refused = world.catalog().create_offer({bad, Profile::create}, ana());
    CHECK(failure_of(refused) == Errc::alias_length);
    CHECK(refused.error().findings.at(0).pointer == "/offer/alias");
}
