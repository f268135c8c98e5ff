// Deals through the engine.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

result<Written<DealAnswer>> update(World& world, const std::string& changes) {
    return world.deals().update_deal({publisher(), deal_id("d-1"), {changes}}, ana());
}

result<Written<DealAnswer>> advance(World& world, DealState to) {
    return world.deals().advance({publisher(), deal_id("d-1"), to}, ana());
}

std::vector<std::string> ids_of(World& world, const ListDeals& query) {
    const auto page = world.deals().list_deals(query, ana());
    REQUIRE(page);
    std::vector<std::string> ids;
    for (const Deal& deal : page.value().items) {
        ids.push_back(deal.id.str());
    }
    return ids;
}

ListDeals all_deals() { return {publisher(), {}, {}, {}, {}, {}}; }

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a deal registered with an id keeps it, and the id serves once") {
    World world;
    world.publish();
    const auto made = world.deals().register_deal({article_deal(), false}, ana());
    REQUIRE(made);
    CHECK(made.value().value.deal.id == deal_id("d-1"));
    CHECK(made.value().value.deal.state == DealState::submitted);
    CHECK(made.value().value.deal == world.deal());
    const auto before = world.store->dump();
    CHECK(failure_of(world.deals().register_deal({article_deal(), false}, ana())) ==
          Errc::deal_exists);
    CHECK(world.store->dump() == before);
}

TEST_CASE("a deal registered without an id gets one that no deal has") {
    World world;
    world.publish();
    REQUIRE(world.deals().register_deal({article_deal("deal-1"), false}, ana()));
    REQUIRE(world.deals().register_deal({article_deal("deal-2"), false}, ana()));
    const auto made = world.deals().register_deal({article_deal(""), false}, ana());
    REQUIRE(made);
    CHECK(made.value().value.deal.id.str() == "deal-3");
    CHECK(world.deals().register_deal({article_deal(""), false}, ana()).value().value.deal.id ==
          deal_id("deal-4"));
}

TEST_CASE("a deal needs an offer that is there") {
    World world;
    CHECK(failure_of(world.deals().register_deal({article_deal(), false}, ana())) ==
          Errc::offer_not_found);
    Deal bare = article_deal();
    bare.offer.reset();
    CHECK(failure_of(world.deals().register_deal({bare, false}, ana())) ==
          Errc::deal_offer_missing);
    CHECK(world.store->dump().size() == 1);
    CHECK(failure_of(world.deals().register_deal({bare, true}, ana())) == done);
}

TEST_CASE("what is wrong with a deal is told where it stands in the arguments") {
    World world;
    world.publish();
    Deal small = article_deal();
    small.contract.total_value->amount = Decimal::parse("5000.00").value();
    small.contract.solution_value->amount = Decimal::parse("1.00").value();
    const auto refused = world.deals().register_deal({small, false}, ana());
    REQUIRE(failure_of(refused) == Errc::contract_total_value);
    CHECK(refused.error().findings.at(0).pointer == "/deal/contract/total_value");
    small.contract.total_value->amount = Decimal::parse("5000.01").value();
    CHECK(failure_of(world.deals().register_deal({small, false}, ana())) == done);
    const auto changed = update(world, R"({"contract":{"end":"2026-01-01"}})");
    REQUIRE(failure_of(changed) == Errc::contract_end_before_start);
    CHECK(changed.error().findings.at(0).pointer == "/changes/contract/end");
}

TEST_CASE("a draft becomes a deal when it is submitted, if it is complete by then") {
    World world;
    world.publish();
    Deal draft = article_deal();
    draft.contract.total_value.reset();
    REQUIRE(world.deals().register_deal({draft, true}, ana()));
    CHECK(world.deal().state == DealState::draft);
    CHECK(failure_of(advance(world, DealState::submitted)) == Errc::contract_missing);
    REQUIRE(update(world, R"({"contract":{"total_value":{"amount":"9000.00","currency":"USD"}}})"));
    REQUIRE(advance(world, DealState::submitted));
    CHECK(world.deal().state == DealState::submitted);
}

TEST_CASE("a deal is moved through its states, and by no other way") {
    World world;
    world.publish();
    REQUIRE(world.deals().register_deal({article_deal(), false}, ana()));
    CHECK(failure_of(advance(world, DealState::registered)) == Errc::deal_state);
    for (const DealState to : {DealState::action_required, DealState::submitted,
                               DealState::in_progress, DealState::registered, DealState::closed}) {
        REQUIRE(advance(world, to));
        CHECK(world.deal().state == to);
    }
    CHECK(failure_of(advance(world, DealState::submitted)) == Errc::deal_state);
    CHECK(failure_of(update(world, R"({"contact":{"phone":"1"}})")) == Errc::deal_state);
    CHECK(world.verify(deal_stream).count == 6);
}

TEST_CASE("a deal with licence lines is not rejected") {
    World world;
    mutations::sold(world);
    CHECK(failure_of(advance(world, DealState::rejected)) == Errc::deal_has_lines);
    REQUIRE(world.change_lines({no_line("bronze"), no_line("gold")}));
    CHECK(failure_of(advance(world, DealState::rejected)) == done);
}

TEST_CASE("a customer is set who has consented, and no other") {
    World world;
    mutations::registered(world);
    const SetCustomer command{publisher(), deal_id("d-1"), northwind()};
    CHECK(failure_of(world.deals().set_customer(command, ana())) == Errc::relationship_missing);
    world.consent(nora());
    REQUIRE(world.deals().set_customer(command, ana()));
    CHECK(world.deal().customer.tenant == northwind());
    CHECK(world.deal().customer.company == "Contoso");
}

TEST_CASE("the customer of a deal stays after its first licences") {
    World world;
    mutations::sold(world);
    world.consent(nora());
    CHECK(failure_of(world.deals().set_customer({publisher(), deal_id("d-1"), northwind()},
                                                ana())) == Errc::deal_customer_locked);
    CHECK(failure_of(world.deals().set_customer({publisher(), deal_id("d-1"), contoso()}, ana())) ==
          done);
    CHECK(failure_of(update(world, R"({"customer":{"tenant":"northwind"}})")) ==
          Errc::deal_customer_locked);
    CHECK(failure_of(update(world, R"({"contract":{"end":"2026-12-31"}})")) == Errc::deal_frozen);
    CHECK(failure_of(update(world, R"({"offer":"other"})")) == Errc::deal_frozen);
    CHECK(failure_of(update(world, R"({"contact":{"phone":"1"}})")) == done);
    CHECK(failure_of(update(world, R"({"contract":{"end":"2027-02-01"}})")) == done);
}

TEST_CASE("changes name neither ids nor what licet sets") {
    World world;
    mutations::registered(world);
    const auto before = world.store->dump();
    for (const char* changes :
         {R"({"id":"d-2"})", R"({"publisher":"proseware"})", R"({"state":"registered"})",
          R"({"licenses":[]})", R"({"customer_locked":true})"}) {
        CAPTURE(changes);
        CHECK(failure_of(update(world, changes)) == Errc::field_not_changeable);
    }
    CHECK(failure_of(update(world, R"({"nickname":"x"})")) == Errc::unknown_field);
    CHECK(failure_of(update(world, "[]")) == Errc::wrong_type);
    CHECK(failure_of(update(world, "{")) == Errc::json_syntax);
    CHECK(world.store->dump() == before);
}

TEST_CASE("deals are listed by state, customer, offer and the portal's view") {
    World world;
    world.publish();
    Deal theirs = article_deal("d-2");
    theirs.customer.tenant = northwind();
    Deal bare = article_deal("d-3");
    bare.offer.reset();
    for (const auto& [deal, draft] :
         {std::pair{article_deal(), false}, std::pair{theirs, false}, std::pair{bare, true},
          std::pair{article_deal("d-4"), false}}) {
        REQUIRE(world.deals().register_deal({deal, draft}, ana()));
    }
    REQUIRE(advance(world, DealState::in_progress));
    REQUIRE(world.deals().advance({publisher(), deal_id("d-4"), DealState::rejected}, ana()));

    CHECK(ids_of(world, all_deals()) == Ids{"d-1", "d-2", "d-3", "d-4"});
    ListDeals query = all_deals();
    query.state = DealState::draft;
    CHECK(ids_of(world, query) == Ids{"d-3"});
    query = all_deals();
    query.tenant = northwind();
    CHECK(ids_of(world, query) == Ids{"d-2"});
    query = all_deals();
    query.offer = offer_id();
    CHECK(ids_of(world, query) == Ids{"d-1", "d-2", "d-4"});
    query = all_deals();
    query.view = DealsView::in_progress;
    CHECK(ids_of(world, query) == Ids{"d-1", "d-2"});
    query.state = DealState::in_progress;
    CHECK(ids_of(world, query) == Ids{"d-1"});
    query.page.limit = 1;
    CHECK(ids_of(world, query) == Ids{"d-1"});
    query.publisher = publisher("proseware");
    CHECK(failure_of(world.deals().list_deals(query, ana())) == Errc::other_publisher);
}

TEST_CASE("one publisher's deals are not another's, also where ids begin alike") {
    World world;
    mutations::registered(world);
    const Caller fab{seller({Role::account_admin}, publisher("fab")), {}, {}};
    CHECK(world.deals()
              .list_deals({publisher("fab"), {}, {}, {}, {}, {}}, fab)
              .value()
              .items.empty());
    CHECK(failure_of(world.deals().get_deal({publisher("fab"), deal_id("d-1")}, fab)) ==
          Errc::deal_not_found);
}

TEST_CASE("a longer contract moves every pool of the deal") {
    World world;
    mutations::seated(world);
    world.clock->set(contract_over() + days(30));
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    REQUIRE(update(world, R"({"contract":{"end":"2027-12-31"}})"));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.pool("bronze").capacity == Capacity{3, 0, 0, 0});
    CHECK(world.pool("gold").capacity == Capacity{2, 0, 0, 0});
    CHECK(world.deal().licenses.at(0).state == LineState::active);
    world.clock->set(at("2028-01-01T00:00:00Z") + Duration(-1));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    world.clock->set(at("2028-01-01T00:00:00Z"));
    CHECK(world.check("bronze", person(1)) == Decision::in_grace);
    for (const std::string& stream : {deal_stream, pool_stream("bronze"), pool_stream("gold")}) {
        CHECK(world.verify(stream).ok);
    }
}

TEST_CASE("a contract that ends later brings back its deleted lines, and not their seats") {
    World world;
    mutations::seated(world);
    world.clock->set(contract_over() + days(120) + Duration(-1));
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    world.clock->set(contract_over() + days(120));
    CHECK(world.deal().licenses.at(0).state == LineState::deleted);
    REQUIRE(update(world, R"({"contract":{"end":"2027-12-31"}})"));
    CHECK(world.deal().licenses.at(0).state == LineState::active);
    CHECK(world.pool("bronze").capacity == Capacity{3, 0, 0, 0});
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    CHECK(world.open()
              ->seats()
              .check(contoso().str(), service("bronze").str(), person(1).str())
              .value() == Decision::no_seat);
    REQUIRE(world.assign("bronze", {person(1)}));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("a contract made perpetual never ends") {
    World world;
    mutations::seated(world);
    REQUIRE(update(world, R"({"contract":{"end":null,"perpetual":true}})"));
    world.clock->set(at("2999-01-01T00:00:00Z"));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.pool("gold").capacity.enabled == 2);
}
