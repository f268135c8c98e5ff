// Licences on a deal: several lines at once, or none.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

/// What a change of lines fails with; preview and update agree, and neither has changed anything.
std::error_code refusal(World& world, const std::vector<LineChange>& lines,
                        const DealId& deal = deal_id("d-1")) {
    const auto before = world.store->dump();
    const auto previewed = failure_of(world.deals().preview({publisher(), deal, lines}, ana()));
    const auto updated = failure_of(world.change_lines(lines, deal));
    CHECK(previewed == updated);
    CHECK(world.store->dump() == before);
    return updated;
}

std::string stop_selling(World& world, std::string_view plan) {
    REQUIRE(world.catalog().stop_selling({{publisher(), offer_id(), plan_id(plan)}}, ana()));
    world.publish_again();
    return {};
}

}  // namespace

TEST_CASE("licences need a deal that is there, can have them and is manageable") {
    World world;
    world.publish();
    world.consent();
    CHECK(refusal(world, {line("bronze", 1)}) == Errc::deal_not_found);

    Deal cosell = article_deal("d-2");
    cosell.kind = DealKind::azure_ip_cosell;
    REQUIRE(world.deals().register_deal({cosell, false}, ana()));
    CHECK(refusal(world, {line("bronze", 1)}, cosell.id) == Errc::deal_kind);

    REQUIRE(world.deals().register_deal({article_deal(), true}, ana()));
    CHECK(refusal(world, {line("bronze", 1)}) == Errc::deal_state);
    const auto move = [&](DealState to) {
        REQUIRE(world.deals().advance({publisher(), deal_id("d-1"), to}, ana()));
    };
    move(DealState::submitted);
    CHECK(failure_of(world.change_lines({line("bronze", 1)})) == done);
    move(DealState::action_required);
    CHECK(refusal(world, {line("bronze", 2)}) == Errc::deal_state);
    move(DealState::submitted);
    move(DealState::in_progress);
    CHECK(failure_of(world.change_lines({line("bronze", 2)})) == done);
    move(DealState::registered);
    CHECK(failure_of(world.change_lines({line("bronze", 3)})) == done);
    move(DealState::closed);
    CHECK(refusal(world, {line("bronze", 4)}) == Errc::deal_state);
    CHECK(world.pool("bronze").capacity.enabled == 3);  // the lines count until the contract ends
}

TEST_CASE("licences need a customer who has consented") {
    World world;
    world.publish();
    Deal unnamed = article_deal();
    unnamed.customer.tenant.reset();
    unnamed.consumption_on = ConsumptionOn::partner_tenant;
    REQUIRE(world.deals().register_deal({unnamed, false}, ana()));
    CHECK(refusal(world, {line("bronze", 1)}) == Errc::deal_customer_missing);
    REQUIRE(world.deals().register_deal({article_deal("d-2"), false}, ana()));
    CHECK(refusal(world, {line("bronze", 1)}, deal_id("d-2")) == Errc::relationship_missing);
    world.consent(nora());  // someone else's consent
    CHECK(refusal(world, {line("bronze", 1)}, deal_id("d-2")) == Errc::relationship_missing);
    world.consent(ben());
    CHECK(failure_of(world.change_lines({line("bronze", 1)}, deal_id("d-2"))) == done);
}

TEST_CASE("licences are of published plans") {
    World world;
    REQUIRE(world.catalog().create_offer({article_offer(), Profile::create}, ana()));
    world.consent();
    REQUIRE(world.deals().register_deal({article_deal(), false}, ana()));
    CHECK(refusal(world, {line("bronze", 1)}) == Errc::license_plan_unknown);
    world.publish_again();
    CHECK(refusal(world, {line("copper", 1)}) == Errc::license_plan_unknown);
    REQUIRE(world.catalog().create_plan(
        {publisher(), offer_id(), plan("copper", {"crf36_CopperApp"})}, ana()));
    CHECK(refusal(world, {line("copper", 1)}) == Errc::license_plan_unknown);
    world.publish_again();
    CHECK(failure_of(world.change_lines({line("copper", 1)})) == done);
}

TEST_CASE("a stopped plan takes no new line, and the lines it has still change") {
    World world;
    mutations::sold(world);
    stop_selling(world, "bronze");
    stop_selling(world, "silver");
    CHECK(refusal(world, {line("silver", 1)}) == Errc::license_plan_stopped);
    CHECK(failure_of(world.change_lines({line("bronze", 9)})) == done);
    CHECK(failure_of(world.change_lines({no_line("bronze")})) == done);
    CHECK(refusal(world, {line("bronze", 1)}) == Errc::license_plan_stopped);
}

TEST_CASE("a stopped offer takes no new line once the stop has taken effect") {
    World world;
    mutations::sold(world);
    REQUIRE(world.catalog().stop_distribution({{publisher(), offer_id()}}, ana()));
    world.pass_time(Policy().go_live_delay - Duration(1));
    CHECK(failure_of(world.deals().preview({publisher(), deal_id("d-1"), {line("silver", 1)}},
                                           ana())) == done);
    world.pass_time(Duration(1));
    CHECK(refusal(world, {line("silver", 1)}) == Errc::license_plan_stopped);
    CHECK(failure_of(world.change_lines({line("bronze", 9)})) == done);
}

TEST_CASE("the form of an update is judged, all of it at once") {
    World world;
    mutations::sold(world);
    CHECK(refusal(world, {}) == Errc::license_lines_missing);
    CHECK(refusal(world, {line("bronze", 0)}) == Errc::license_quantity);
    CHECK(refusal(world, {line("bronze", 1'000'001)}) == Errc::license_quantity);
    CHECK(refusal(world, {{plan_id("bronze"), {}, false}}) == Errc::license_line_empty);
    CHECK(refusal(world, {{plan_id("bronze"), 1, true}}) == Errc::license_line_empty);
    CHECK(refusal(world, {line("bronze", 1), no_line("bronze")}) == Errc::license_plan_duplicate);
    CHECK(refusal(world, {no_line("silver")}) == Errc::license_line_missing);
    const auto refused = world.change_lines({no_line("silver"), line("copper", 1)});
    CHECK(refused.error().findings.size() == 2);
    CHECK(refused.error().findings.at(1).pointer == "/lines/1/plan");
    CHECK(failure_of(world.change_lines({line("bronze", 1'000'000)})) == done);
}

TEST_CASE("several lines change all at once or not at all") {
    World world;
    mutations::sold(world);
    CHECK(refusal(world, {line("bronze", 9), line("silver", 1), no_line("copper")}) ==
          Errc::license_line_missing);
    REQUIRE(world.change_lines({line("bronze", 9), line("silver", 1), no_line("gold")}));
    const Deal deal = world.deal();
    REQUIRE(deal.licenses.size() == 2);
    CHECK(deal.licenses[0].plan == plan_id("bronze"));
    CHECK(deal.licenses[0].quantity == 9);
    CHECK(deal.licenses[1].plan == plan_id("silver"));
    CHECK(world.pool("bronze").capacity.enabled == 9);
    CHECK(world.pool("silver").capacity.enabled == 1);
    CHECK(world.pool("gold").capacity == Capacity{});
    const auto command = world.events(deal_stream).back().command;
    for (const std::string_view plan : {"bronze", "silver", "gold"}) {
        CHECK(world.events(pool_stream(plan)).back().command == command);
    }
}

TEST_CASE("a number of licences is absolute, and takes effect at once") {
    World world;
    mutations::sold(world);
    for (const std::int64_t quantity : {30, 40, 40, 5}) {
        const auto updated = world.change_lines({line("bronze", quantity)});
        REQUIRE(updated);
        CHECK(updated.value().value.deal.find(plan_id("bronze"))->quantity == quantity);
        CHECK(updated.value().value.effects.at(0).after.capacity.enabled == quantity);
        CHECK(world.pool("bronze").capacity.enabled == quantity);
    }
    CHECK(world.deal().customer_locked);
}

TEST_CASE("a preview of a first line shows a pool that comes into being, and makes none") {
    World world;
    mutations::consented(world);
    const auto before = world.store->dump();
    const auto preview =
        world.deals().preview({publisher(), deal_id("d-1"), {line("bronze", 3)}}, ana());
    REQUIRE(preview);
    REQUIRE(preview.value().effects.size() == 1);
    const PoolEffect& effect = preview.value().effects[0];
    CHECK(effect.service_id == service("bronze"));
    CHECK_FALSE(effect.before);
    CHECK(effect.after.capacity.enabled == 3);
    CHECK(effect.after.available == 3);
    CHECK(world.store->dump() == before);
    CHECK(failure_of(world.seats().get_pool({contoso(), service("bronze")}, ben())) ==
          Errc::pool_not_found);
}

TEST_CASE("a contract that starts later does not delay licences") {
    World world;
    mutations::sold(world);
    CHECK(world.deal().contract.start->begin() > world.clock->now());
    CHECK(world.deal().licenses.at(0).state == LineState::active);
    CHECK(failure_of(world.assign("bronze", {person(1)})) == done);
}

TEST_CASE("the state of a line follows from the contract's end and the time") {
    World world;
    mutations::sold(world);
    const std::pair<Timestamp, LineState> moments[] = {
        {contract_over() + Duration(-1), LineState::active},
        {contract_over(), LineState::warning},
        {contract_over() + days(30) + Duration(-1), LineState::warning},
        {contract_over() + days(30), LineState::suspended},
        {contract_over() + days(120) + Duration(-1), LineState::suspended},
        {contract_over() + days(120), LineState::deleted},
    };
    for (const auto& [when, state] : moments) {
        const Timestamp moment = when;
        CAPTURE(moment.str());
        world.clock->set(moment);
        CHECK(world.deal().licenses.at(0).state == state);
        CHECK(world.deals()
                  .list_deals({publisher(), {}, {}, {}, {}, {}}, ana())
                  .value()
                  .items.at(0)
                  .licenses.at(0)
                  .state == state);
        const Capacity capacity = world.pool("bronze").capacity;
        CHECK(capacity.enabled == (state == LineState::active ? 3 : 0));
        CHECK(capacity.warning == (state == LineState::warning ? 3 : 0));
        CHECK(capacity.suspended == (state == LineState::suspended ? 3 : 0));
    }
}

TEST_CASE("two deals feed one pool, and each takes its own away again") {
    World world;
    mutations::sold(world);
    Deal longer = article_deal("d-2");
    longer.contract.end = day("2027-06-30");
    world.sell({line("bronze", 5)}, longer);
    CHECK(world.pool("bronze").capacity.enabled == 8);
    REQUIRE(world.assign("bronze", people(1, 8)));
    CHECK(failure_of(world.assign("bronze", {person(9)})) == Errc::no_free_license);

    world.clock->set(contract_over());
    CHECK(world.pool("bronze").capacity == Capacity{5, 3, 0, 0});
    CHECK(world.check("bronze", person(8)) == Decision::licensed);  // the best line carries all
    CHECK(world.pool("bronze").over_by == 0);
    world.clock->set(contract_over() + days(30));
    CHECK(world.pool("bronze").capacity == Capacity{5, 0, 3, 0});
    CHECK(world.pool("bronze").over_by == 3);
    CHECK(world.pool("bronze").over_since == contract_over() + days(30));
    CHECK(world.check("bronze", person(8)) == Decision::licensed);

    REQUIRE(world.change_lines({no_line("bronze")}, deal_id("d-2")));
    CHECK(world.pool("bronze").capacity == Capacity{0, 0, 3, 0});
    CHECK(world.check("bronze", person(8)) == Decision::suspended);
}

TEST_CASE("removing a plan and adding it again restores its people at once") {
    World world;
    mutations::seated(world);
    REQUIRE(world.change_lines({no_line("bronze")}));
    CHECK(world.pool("bronze").capacity == Capacity{});
    CHECK(world.pool("bronze").consumed == 2);
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    CHECK(failure_of(world.assign("bronze", {person(3)})) == Errc::pool_suspended);
    CHECK(world.holders("bronze") == people(1, 2));
    REQUIRE(world.change_lines({line("bronze", 2)}));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.check("bronze", person(2)) == Decision::licensed);
    CHECK(world.pool("bronze").available == 0);
}

TEST_CASE("how many licences a line may have is a policy") {
    Policy policy;
    policy.quantity_max = 5;
    World world({policy, Duration(1'000), false});
    mutations::sold(world);
    CHECK(refusal(world, {line("bronze", 6)}) == Errc::license_quantity);
    CHECK(failure_of(world.change_lines({line("bronze", 5)})) == done);
}
