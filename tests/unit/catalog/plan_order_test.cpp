#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/catalog/lives.hpp"

using licet::Offer;
using licet::PlanId;
using licet::samples::article_offer;
using licet::samples::form_of;
using licet::samples::sample_plan;

namespace {

/// Bronze opens one app, silver two, gold three; in this order.
Offer in_order(const std::vector<std::string>& ids) {
    Offer offer = article_offer();
    offer.plans = {sample_plan("bronze"), sample_plan("silver"), sample_plan("gold")};
    offer.plans[0].apps = {"crf36_Bronze"};
    offer.plans[1].apps = {"crf36_bronze", "crf36_Silver"};
    offer.plans[2].apps = {"crf36_Bronze", "crf36_Silver", "crf36_Gold"};
    for (const std::string& id : ids) {
        offer.plan_order.push_back(PlanId::parse(id).value());
    }
    return offer;
}

}  // namespace

TEST_CASE("plans that open more the more they cost are in order, apps compared ignoring case") {
    CHECK(form_of(in_order({})).empty());
    CHECK(form_of(in_order({"bronze", "silver", "gold"})).empty());
    CHECK(form_of(in_order({"bronze", "gold"})).empty());
    CHECK(form_of(in_order({"gold"})).empty());
}

TEST_CASE("a plan that opens less than the cheaper one before it is told where it loses an app") {
    CHECK(form_of(in_order({"silver", "bronze", "gold"})) ==
          "plan_order_unlocks_less /plan_order/1 (warning)");
    CHECK(form_of(in_order({"gold", "silver", "bronze"})) ==
          "plan_order_unlocks_less /plan_order/1 (warning)\n"
          "plan_order_unlocks_less /plan_order/2 (warning)");
    Offer none = in_order({"bronze", "silver"});
    none.plans[1].apps.clear();
    CHECK(form_of(none) == "plan_order_unlocks_less /plan_order/1 (warning)");
}

TEST_CASE("an order names plans of the offer, each once") {
    CHECK(form_of(in_order({"bronze", "copper", "silver"})) == "plan_order_unknown /plan_order/1");
    CHECK(form_of(in_order({"bronze", "silver", "bronze", "gold"})) ==
          "plan_order_duplicate /plan_order/2");
}

TEST_CASE("an order is changed like any other field, and is a change to publish") {
    using namespace licet;
    Findings findings;
    const Publication once = samples::live();
    Offer changed = once.draft;
    changed.plan_order = {PlanId::parse("bronze").value()};
    const auto revised = revise_offer(once, changed, samples::start, Policy(), findings);
    REQUIRE(revised);
    CHECK(revised.value().draft.plan_order == changed.plan_order);
    CHECK(revised.value().draft.unpublished_changes);
    changed.plan_order = {PlanId::parse("copper").value()};
    CHECK(revise_offer(once, changed, samples::start, Policy(), findings).error().code ==
          Errc::plan_order_unknown);
}
