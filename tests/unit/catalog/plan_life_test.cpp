#include <doctest/doctest.h>

#include "unit/catalog/lives.hpp"

using namespace licet::samples;

using licet::Condition;
using licet::Errc;
using licet::Findings;
using licet::Offer;
using licet::Plan;
using licet::PlanId;
using licet::PlanState;
using licet::Publication;
using licet::result;
using licet::ServiceId;
using licet::Visibility;

namespace {

const PlanId bronze = PlanId::parse("bronze").value();
const PlanId silver = PlanId::parse("silver").value();
const PlanId gold = PlanId::parse("gold").value();

Plan gold_plan() { return sample_plan("gold"); }

result<Publication> add(const Publication& to, const Plan& plan) {
    Findings findings;
    return create_plan(to, plan, start, findings);
}

result<Publication> revise(const Publication& in, const Plan& changed) {
    Findings findings;
    return revise_plan(in, changed, start, findings);
}

result<Publication> stop(const Publication& in, const PlanId& plan) {
    return stop_selling(in, plan, start);
}

result<Publication> erase(const Publication& in, const PlanId& plan) {
    return delete_plan(in, plan, start);
}

Publication with_plans(std::size_t count, Visibility visibility) {
    Publication publication = drafted();
    publication.draft.plans.clear();
    for (std::size_t i = 0; i < count; ++i) {
        Plan plan = sample_plan("plan" + std::to_string(i));
        plan.visibility = visibility;
        publication.draft.plans.push_back(plan);
    }
    return publication;
}

// The bronze plan, changed.
template <class Change>
Plan bronze_with(const Publication& in, Change change) {
    Plan plan = *in.draft.find(bronze);
    change(plan);
    return plan;
}

Publication live_with(Visibility visibility) {
    Offer offer = article_offer();
    offer.plans[0].visibility = visibility;
    return live(offer);
}

}  // namespace

TEST_CASE("a new plan is a draft and has its service id") {
    Plan plan = gold_plan();
    plan.state = PlanState::stopped;
    const auto added = add(drafted(), plan);
    REQUIRE(added);
    REQUIRE(added.value().draft.plans.size() == 3);
    CHECK(added.value().draft.plans[2].service_id.str() == "fabrikam.f365.gold");
    CHECK(added.value().draft.plans[2].state == PlanState::draft);
}

TEST_CASE("a new plan of a live offer is an unpublished change") {
    const auto added = add(live(), gold_plan());
    REQUIRE(added);
    CHECK(added.value().draft.unpublished_changes);
    CHECK(licet::published_plan(added.value(), gold) == nullptr);
    CHECK(published(added.value()).live->find(gold)->state == PlanState::live);
    CHECK(erase(added.value(), gold).value() == live());
}

TEST_CASE("a plan's id is given once in its offer, and its name too") {
    const auto again = add(drafted(), sample_plan("bronze"));
    REQUIRE_FALSE(again);
    CHECK(again.error().code == Errc::plan_exists);
    CHECK(again.error().code == Condition::conflict);
    Plan namesake = gold_plan();
    namesake.name = drafted().draft.plans[1].name;
    CHECK(lines(add(drafted(), namesake).error().findings) == "plan_name_duplicate /name");
    namesake.id = bronze;
    CHECK(lines(revise(drafted(), namesake).error().findings) == "plan_name_duplicate /name");
    namesake.id = silver;
    CHECK(revise(drafted(), namesake));
}

TEST_CASE("a plan that comes alone is refused for its form, with what a reader found as well") {
    Plan plan = gold_plan();
    plan.name.clear();
    plan.apps = {"", "Gold App"};
    plan.pricing = monthly_pricing();
    plan.service_id = ServiceId::parse("fabrikam.f365.silver").value();
    const std::string wrong =
        "plan_name_length /name\napp_name_empty /apps/0\napp_name_display /apps/1 (warning)\n"
        "pricing_excluded /pricing\nservice_id_mismatch /service_id";
    CHECK(lines(add(drafted(), plan).error().findings) == wrong);
    const Publication with_gold = add(drafted(), gold_plan()).value();
    CHECK(lines(revise(with_gold, plan).error().findings) == wrong);

    Findings findings;
    findings.error(Errc::wrong_type, licet::Path() / "name");
    Plan unnamed = gold_plan();
    unnamed.name.clear();
    CHECK(lines(create_plan(drafted(), unnamed, start, findings).error().findings) ==
          "wrong_type /name");
}

TEST_CASE("an offer takes its 100th plan and no other") {
    CHECK(add(with_plans(99, Visibility::public_), gold_plan()));
    const auto refused = add(with_plans(100, Visibility::public_), gold_plan());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::plans_count);
}

TEST_CASE("an offer takes its 45th private plan and no other") {
    Plan plan = gold_plan();
    CHECK(add(with_plans(45, Visibility::private_), plan));
    plan.visibility = Visibility::private_;
    CHECK(add(with_plans(44, Visibility::private_), plan));
    CHECK(lines(add(with_plans(45, Visibility::private_), plan).error().findings) ==
          "private_plans_count /visibility");

    Publication full = add(with_plans(45, Visibility::private_), gold_plan()).value();
    CHECK(revise(full, plan).error().code == Errc::private_plans_count);
    CHECK(revise(full, full.draft.plans[0]));
}

TEST_CASE("a revised plan keeps its state and its service id") {
    const auto revised = revise(live(), bronze_with(live(), [](Plan& plan) {
                                    plan.name = "Bronze";
                                    plan.state = PlanState::draft;
                                    plan.service_id = {};
                                }));
    REQUIRE(revised);
    const Plan* plan = revised.value().draft.find(bronze);
    CHECK(plan->name == "Bronze");
    CHECK(plan->state == PlanState::live);
    CHECK(plan->service_id.str() == "fabrikam.f365.bronze");
    CHECK(revised.value().draft.unpublished_changes);
    CHECK(revised.value().live == live().live);
}

TEST_CASE("a private plan may become public and a published public one never private") {
    const auto shut = [](Plan& plan) { plan.visibility = Visibility::private_; };
    const auto open = [](Plan& plan) { plan.visibility = Visibility::public_; };
    const Publication hidden = live_with(Visibility::private_);
    const auto opened = revise(hidden, bronze_with(hidden, open));
    REQUIRE(opened);
    CHECK(revise(opened.value(), bronze_with(opened.value(), shut)).value() == hidden);

    for (const Publication& once : {live(), published(opened.value()), not_available()}) {
        const auto refused = revise(once, bronze_with(once, shut));
        REQUIRE_FALSE(refused);
        CHECK(lines(refused.error().findings) == "plan_visibility_frozen /visibility");
    }
    CHECK(revise(drafted(), bronze_with(drafted(), shut)));
    CHECK(revise(add(live(), gold_plan()).value(), [] {
        Plan plan = gold_plan();
        plan.visibility = Visibility::private_;
        return plan;
    }()));
}

TEST_CASE("published billing terms are frozen, new ones may follow them") {
    const auto frozen = [](const Publication& in, auto change) {
        return outcome(revise(in, bronze_with(in, change)));
    };
    const Publication once = live(priced_offer());
    const licet::Term yearly = {licet::TermUnit::year, 1, monthly_pricing().terms[0].price};
    const auto lengthen = [](Plan& plan) { plan.pricing->terms[0].count = 2; };
    const auto reprice = [](Plan& plan) {
        plan.pricing->terms[0].price.amount = licet::Decimal::parse("10.01").value();
    };
    const auto put_before = [&](Plan& plan) {
        plan.pricing->terms.insert(plan.pricing->terms.begin(), yearly);
    };
    const auto replace = [&](Plan& plan) { plan.pricing->terms = {yearly}; };
    const auto remove = [](Plan& plan) { plan.pricing.reset(); };

    CHECK(frozen(once, lengthen) == "pricing_frozen");
    CHECK(frozen(once, reprice) == "pricing_frozen");
    CHECK(frozen(once, put_before) == "pricing_frozen");
    CHECK(frozen(once, replace) == "pricing_frozen");
    CHECK(frozen(once, remove) == "pricing_frozen");

    const Publication draft = drafted(priced_offer());
    CHECK(frozen(draft, lengthen) == "draft");
    CHECK(frozen(draft, reprice) == "draft");
    CHECK(frozen(draft, put_before) == "draft");
    CHECK(frozen(draft, replace) == "draft");
    CHECK(frozen(draft, remove) == "draft");

    CHECK(frozen(once, [&](Plan& plan) { plan.pricing->terms.push_back(yearly); }) == "live");
    CHECK(frozen(once, [](Plan& plan) { plan.pricing->user_limits.max = 10; }) == "live");
    CHECK(frozen(once, [](Plan& plan) { plan.pricing->free_trial = true; }) == "live");
}

TEST_CASE("a plan is deleted only while it is a draft, and is stopped only after that") {
    const Publication stopped = stop(live(), bronze).value();
    const auto check = [](const Publication& in, Errc deletion, Errc stopping) {
        CHECK(erase(in, bronze).error().code == deletion);
        CHECK(stop(in, bronze).error().code == stopping);
    };
    CHECK(erase(drafted(), bronze).value().draft.plans.size() == 1);
    CHECK(stop(drafted(), bronze).error().code == Errc::plan_not_published);
    CHECK(erase(live(), bronze).error().code == Errc::plan_published);
    CHECK(stopped.draft.find(bronze)->state == PlanState::stopped);
    check(stopped, Errc::plan_published, Errc::plan_stopped);
    check(published(stopped), Errc::plan_published, Errc::plan_stopped);
}

TEST_CASE("a plan is stopped only while another is left") {
    const Publication one_left = stop(live(), bronze).value();
    CHECK(stop(one_left, silver).error().code == Errc::plan_last);
    CHECK(stop(add(one_left, gold_plan()).value(), silver));
}

TEST_CASE("a draft plan is deleted only while another is left on sale, or none at all") {
    const Publication with_gold = add(stop(live(), bronze).value(), gold_plan()).value();
    CHECK(erase(with_gold, gold));
    const Publication only_gold = stop(with_gold, silver).value();
    CHECK(erase(only_gold, gold).error().code == Errc::plan_last);
    const Publication only_silver = erase(drafted(), bronze).value();
    const Publication empty = erase(only_silver, silver).value();
    CHECK(outcome(do_submit(empty)) == "plans_missing");
}

TEST_CASE("a plan that is deleted leaves the order of plans") {
    Publication in_order = drafted();
    in_order.draft.plan_order = {bronze, silver};
    CHECK(erase(in_order, bronze).value().draft.plan_order == std::vector{silver});
}

TEST_CASE("a stopped plan is on sale until the offer has been published again") {
    const Publication stopped = stop(live(), bronze).value();
    CHECK(stopped.draft.unpublished_changes);
    CHECK(plan_on_sale(stopped, bronze) == stopped.live->find(bronze));
    const Publication again = published(stopped);
    CHECK(plan_on_sale(again, bronze) == nullptr);
    CHECK(published_plan(again, bronze) == again.live->find(bronze));
    CHECK(plan_on_sale(again, silver) == again.live->find(silver));
}

TEST_CASE("a plan is on sale from when its offer is live until distribution has ended") {
    const Publication going_live = after(in_preview(drafted()), {do_go_live});
    const Publication stopping = after(live(), {do_stop});
    CHECK(plan_on_sale(drafted(), bronze) == nullptr);
    CHECK(plan_on_sale(going_live, bronze) == nullptr);
    CHECK(published_plan(going_live, bronze) == nullptr);
    const Publication once = live();
    CHECK(plan_on_sale(once, bronze) == once.live->find(bronze));
    CHECK(plan_on_sale(once, gold) == nullptr);
    CHECK(plan_on_sale(stopping, bronze) == stopping.live->find(bronze));
    const Publication stopped = not_available();
    CHECK(plan_on_sale(stopped, bronze) == nullptr);
    CHECK(published_plan(stopped, bronze) == stopped.live->find(bronze));
}

TEST_CASE("every edit of a plan is refused while the offer is being published") {
    const Publication submitted = after(drafted(), {do_submit});
    const Publication going_live = after(in_preview(drafted()), {do_go_live});
    for (const Publication& closed : {submitted, in_preview(drafted()), going_live}) {
        CHECK(add(closed, gold_plan()).error().code == Errc::offer_draft_closed);
        CHECK(revise(closed, closed.draft.plans[0]).error().code == Errc::offer_draft_closed);
        CHECK(erase(closed, bronze).error().code == Errc::offer_draft_closed);
        CHECK(stop(closed, bronze).error().code == Errc::offer_draft_closed);
    }
    CHECK(add(after(submitted, {do_cancel}), gold_plan()));
    CHECK(stop_selling(going_live, bronze, after_delay));
}

TEST_CASE("plans of a stopped offer and of one that is to stop can be edited") {
    for (const Publication& open : {not_available(), after(live(), {do_stop})}) {
        CHECK(add(open, gold_plan()));
        CHECK(stop(open, bronze));
    }
}

TEST_CASE("a plan that is not there can be neither revised nor deleted nor stopped") {
    for (const auto& refused :
         {revise(live(), gold_plan()), erase(live(), gold), stop(live(), gold)}) {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::plan_not_found);
        CHECK(refused.error().code == Condition::not_found);
    }
}
