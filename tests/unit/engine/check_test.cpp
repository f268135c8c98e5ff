// May this user open this app?

#include <algorithm>
#include <optional>

#include <doctest/doctest.h>

#include "engine/keys.hpp"

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

CheckAnswer check(World& world, std::string_view plan, const UserId& who) {
    const auto answer = world.seats().check(Check{contoso(), who, service(plan)});
    REQUIRE(answer);
    return answer.value();
}

CheckAnswer check_app(World& world, std::string app, const UserId& who) {
    const auto answer = world.seats().check_app(CheckApp{contoso(), who, app});
    REQUIRE(answer);
    const auto decision = world.seats().check_app(contoso().str(), app, who.str());
    REQUIRE(decision);
    CHECK(decision.value() == answer.value().decision);
    return answer.value();
}

Decision at_other(Engine& engine, std::string_view plan, const UserId& who) {
    const auto decision = engine.seats().check(contoso().str(), service(plan).str(), who.str());
    REQUIRE(decision);
    return decision.value();
}

using Services = std::vector<ServiceId>;

}  // namespace

TEST_CASE("a holder is licensed, then in grace, then suspended, then without a seat") {
    World world;
    mutations::seated(world);
    const std::pair<Timestamp, Decision> moments[] = {
        {contract_over() + Duration(-1), Decision::licensed},
        {contract_over(), Decision::in_grace},
        {contract_over() + days(30) + Duration(-1), Decision::in_grace},
        {contract_over() + days(30), Decision::suspended},
        {contract_over() + days(120) + Duration(-1), Decision::suspended},
        {contract_over() + days(120), Decision::no_seat},
    };
    for (const auto& [when, decision] : moments) {
        const Timestamp moment = when;
        CAPTURE(moment.str());
        world.clock->set(moment);
        CHECK(world.check("bronze", person(1)) == decision);
        CHECK(check_app(world, "crf36_BronzeApp", person(1)).decision == decision);
        CHECK(world.check("bronze", person(9)) == Decision::no_seat);
    }
}

TEST_CASE("who may not is told why, and shown the plan") {
    World world;
    mutations::seated(world);
    const CheckAnswer licensed = check(world, "bronze", person(1));
    CHECK(licensed.decision == Decision::licensed);
    CHECK(licensed.by == Services{service("bronze")});
    CHECK_FALSE(licensed.show);

    const CheckAnswer none = check(world, "bronze", person(9));
    CHECK(none.decision == Decision::no_seat);
    REQUIRE(none.show);
    CHECK(none.show->display_name == "Fabrikam bronze");
    CHECK(none.show->more_info_url == "https://www.fabrikam.com/bronze");

    const CheckAnswer no_pool = check(world, "silver", person(1));
    CHECK(no_pool.decision == Decision::no_pool);
    CHECK(no_pool.show->display_name == "Fabrikam silver");
    const CheckAnswer unknown = check(world, "copper", person(1));
    CHECK(unknown.decision == Decision::no_pool);
    CHECK_FALSE(unknown.show);

    world.clock->set(contract_over());
    CHECK(check(world, "bronze", person(1)).decision == Decision::in_grace);
    CHECK_FALSE(check(world, "bronze", person(1)).show);
    world.clock->set(contract_over() + days(30));
    CHECK(check(world, "bronze", person(1)).decision == Decision::suspended);
    CHECK(check(world, "bronze", person(1)).show);
}

TEST_CASE("a seat counts by the epoch in its record, however that is written") {
    World world;
    world.sell_article({line("bronze", 5)});
    REQUIRE(world.assign("bronze", {person(1)}));
    const std::string since = R"("since":"2026-03-01T09:00:00.000Z")";
    const auto seen = [&](const std::string& record) -> std::optional<bool> {
        world.store->put(keys::seat(contoso(), 1, person(1).str()), record);
        const auto other = world.open();
        const auto decision =
            other->seats().check(contoso().str(), service("bronze").str(), person(1).str());
        if (!decision) {
            CHECK(decision.error().code == Errc::record_corrupt);
            return std::nullopt;
        }
        return decision.value() == Decision::licensed;
    };
    CHECK(seen("{" + since + "}") == true);
    CHECK(seen("{" + since + R"(,"sources":[{"group":"epoch"}],"usage_location":"DE"})") == true);
    CHECK(seen("{" + since + R"(,"epoch":1})") == true);
    CHECK(seen("{" + since + R"(,"epoch":2})") == false);
    CHECK(seen("{" + since + R"(,"sources":[{"group":"epoch"}],"epoch":12})") == false);
    CHECK(seen("{" + since + R"(,"epoch":2,"usage_location":"DE"})") == false);
    CHECK(seen("{" + since + R"(,"\u0065poch":2})") == false);
    CHECK(seen(R"({"epoch":2,)" + since + "}") == false);
    CHECK(seen("{ " + since + " }") == true);
    for (const char* broken : {"", "{", "[]", R"({"since":7})", R"({"epoch":1})"}) {
        CAPTURE(broken);
        CHECK(seen(broken) == std::nullopt);
    }
    CHECK(seen("{" + since + R"(,"epoch":"1"})") == std::nullopt);
    CHECK(seen("{" + since + R"(,"epoch":1.5})") == std::nullopt);
}

TEST_CASE("many users are told what each of them may, by plan or by app") {
    World world;
    world.sell_article({line("bronze", 5), line("gold", 5)});
    REQUIRE(world.assign("bronze", {person(1)}));
    REQUIRE(world.assign("gold", {person(2)}));
    const std::vector<std::string> users{person(2).str(), "no one", person(1).str()};
    using Decisions = std::vector<Decision>;
    const auto plans = world.seats().check_many(
        CheckMany{contoso(), users, {service("bronze"), service("silver")}, {}});
    REQUIRE(plans);
    REQUIRE(plans.value().users.size() == 3);
    for (std::size_t i = 0; i < users.size(); ++i) {
        CHECK(plans.value().users[i].user == users[i]);
    }
    CHECK(plans.value().users[0].decisions == Decisions{Decision::no_seat, Decision::no_pool});
    CHECK_FALSE(plans.value().users[0].error);
    CHECK(plans.value().users[1].decisions ==
          Decisions{Decision::bad_user_id, Decision::bad_user_id});
    CHECK(plans.value().users[1].error == Errc::user_id_bad_character);
    CHECK(plans.value().users[2].decisions == Decisions{Decision::licensed, Decision::no_pool});

    const auto apps = world.seats().check_many(
        CheckMany{contoso(), users, {}, {"crf36_GoldApp", "crf36_BronzeApp", "crf36_TinApp"}});
    REQUIRE(apps);
    CHECK(apps.value().users[0].decisions ==
          Decisions{Decision::licensed, Decision::licensed, Decision::app_not_mapped});
    CHECK(apps.value().users[2].decisions ==
          Decisions{Decision::no_seat, Decision::licensed, Decision::app_not_mapped});
}

TEST_CASE("many users are checked for plans or for apps, not both and not neither") {
    World world;
    world.sell_article({line("bronze", 5)});
    CHECK(failure_of(world.seats().check_many(CheckMany{contoso(), {"a"}, {}, {}})) ==
          Errc::missing_field);
    CHECK(failure_of(world.seats().check_many(CheckMany{
              contoso(), {"a"}, {service("bronze")}, {"crf36_BronzeApp"}})) == Errc::missing_field);
    const auto nobody = world.seats().check_many(CheckMany{contoso(), {}, {service("bronze")}, {}});
    REQUIRE(nobody);
    CHECK(nobody.value().users.empty());
}

TEST_CASE("any plan that maps to an app will do, and the best state wins") {
    World world;
    world.sell_article({line("bronze", 5), line("silver", 5), line("gold", 5)});
    REQUIRE(world.assign("bronze", {person(1)}));
    REQUIRE(world.assign("gold", {person(2)}));
    const auto may = [&](const std::string& app, std::size_t who) {
        return check_app(world, app, person(who)).decision;
    };
    CHECK(may("crf36_BronzeApp", 1) == Decision::licensed);
    CHECK(may("crf36_SilverApp", 1) == Decision::no_seat);
    CHECK(may("crf36_GoldApp", 1) == Decision::no_seat);
    CHECK(may("crf36_BronzeApp", 2) == Decision::licensed);
    CHECK(may("crf36_SilverApp", 2) == Decision::licensed);
    CHECK(may("crf36_GoldApp", 2) == Decision::licensed);
    CHECK(may("crf36_CopperApp", 2) == Decision::app_not_mapped);

    REQUIRE(world.assign("bronze", {person(2)}));
    CHECK(check_app(world, "crf36_BronzeApp", person(2)).by ==
          Services{service("bronze"), service("gold")});
    REQUIRE(world.change_lines({no_line("gold")}));
    CHECK(may("crf36_BronzeApp", 2) == Decision::licensed);
    CHECK(check_app(world, "crf36_BronzeApp", person(2)).by == Services{service("bronze")});
    CHECK(may("crf36_GoldApp", 2) == Decision::suspended);
    const CheckAnswer none = check_app(world, "crf36_SilverApp", person(1));
    CHECK(none.by == Services{service("gold"), service("silver")});
    CHECK(none.show->display_name == "Fabrikam gold");
    CHECK_FALSE(check_app(world, "crf36_CopperApp", person(2)).show);
}

TEST_CASE("an app's name is looked up ignoring case") {
    World world;
    mutations::seated(world);
    for (const char* name : {"crf36_BronzeApp", "CRF36_BRONZEAPP", "crf36_bronzeapp"}) {
        CHECK(check_app(world, name, person(1)).decision == Decision::licensed);
    }
    CHECK(check_app(world, "crf36_Bronze App", person(1)).decision == Decision::app_not_mapped);
    CHECK(check_app(world, "", person(1)).decision == Decision::app_not_mapped);
}

TEST_CASE("apps are looked up in the live copies of the offers of which the tenant has pools") {
    World world({{}, Duration(0), false});
    mutations::seated(world);
    REQUIRE(world.catalog().update_plan(
        {publisher(), offer_id(), plan_id("bronze"), {R"({"apps":["crf36_NewApp"]})"}}, ana()));
    CHECK(check_app(world, "crf36_NewApp", person(1)).decision == Decision::app_not_mapped);
    CHECK(check_app(world, "crf36_BronzeApp", person(1)).decision == Decision::licensed);
    world.publish_again();
    CHECK(check_app(world, "crf36_NewApp", person(1)).decision == Decision::licensed);
    CHECK(check_app(world, "crf36_BronzeApp", person(1)).decision == Decision::no_seat);
    CHECK(world.seats().check_app(northwind().str(), "crf36_NewApp", person(1).str()).value() ==
          Decision::app_not_mapped);
}

TEST_CASE("a live map of apps changes when the clock passes the go-live time, and not before") {
    World world({{}, Duration(0), false});
    mutations::seated(world);
    REQUIRE(world.catalog().update_plan(
        {publisher(), offer_id(), plan_id("bronze"), {R"({"apps":["crf36_NewApp"]})"}}, ana()));
    const OfferCommand offer{publisher(), offer_id()};
    REQUIRE(world.catalog().submit({offer}, ana()));
    for (int phase = 0; phase < 3; ++phase) {
        REQUIRE(world.catalog().pass_phase({offer}, rex()));
    }
    REQUIRE(world.catalog().go_live({offer}, ana()));
    world.pass_time(Policy().go_live_delay - Duration(1));
    CHECK(check_app(world, "crf36_NewApp", person(1)).decision == Decision::app_not_mapped);
    world.pass_time(Duration(1));
    CHECK(check_app(world, "crf36_NewApp", person(1)).decision == Decision::licensed);
}

TEST_CASE("customers keep their apps when a plan or an offer stops being sold") {
    World world({{}, Duration(0), false});
    mutations::seated(world);
    REQUIRE(world.catalog().stop_distribution({{publisher(), offer_id()}}, ana()));
    world.pass_time(Policy().go_live_delay);
    CHECK(check_app(world, "crf36_BronzeApp", person(1)).decision == Decision::licensed);
    CHECK(check(world, "bronze", person(1)).decision == Decision::licensed);
}

TEST_CASE("ids are taken in any form that parse takes, and no other") {
    World world;
    mutations::seated(world);
    const std::string tenant = contoso().str();
    const std::string bronze = service("bronze").str();
    const auto checked = [&](std::string_view t, std::string_view s, std::string_view u) {
        return world.seats().check(t, s, u);
    };
    CHECK(checked("{6F9619FF-8B86-D011-B42D-00C04FC964FF}", "Fabrikam.F365.BRONZE",
                  "00000001-0000-4000-8000-000000000001")
              .value() == Decision::licensed);
    CHECK(failure_of(checked("", bronze, person(1).str())) == Errc::tenant_id_length);
    CHECK(failure_of(checked(tenant, "fabrikam.f365", person(1).str())) == Errc::service_id_parts);
    CHECK(failure_of(checked(tenant, bronze, "a b")) == Errc::user_id_bad_character);
    CHECK(failure_of(checked(tenant, bronze, "")) == Errc::user_id_length);
    CHECK(failure_of(world.seats().check_app(tenant, "crf36_BronzeApp", "a b")) ==
          Errc::user_id_bad_character);
    CHECK(failure_of(world.seats().check_app("a b", "crf36_BronzeApp", "u")) ==
          Errc::tenant_id_bad_character);
}

TEST_CASE("another engine sees a change after staleness_max at the latest") {
    World world;
    mutations::seated(world);
    const auto other = world.open();
    CHECK(at_other(*other, "bronze", person(3)) == Decision::no_seat);
    REQUIRE(world.assign("bronze", {person(3)}));
    REQUIRE(world.unassign("bronze", {person(1)}));
    CHECK(world.check("bronze", person(3)) == Decision::licensed);  // one's own at once
    world.pass_time(Duration(999));
    CHECK(at_other(*other, "bronze", person(3)) == Decision::no_seat);
    CHECK(at_other(*other, "bronze", person(1)) == Decision::licensed);
    world.pass_time(Duration(1));
    CHECK(at_other(*other, "bronze", person(3)) == Decision::licensed);
    CHECK(at_other(*other, "bronze", person(1)) == Decision::no_seat);
}

TEST_CASE("with a staleness_max of nothing another engine sees a change at once") {
    World world({{}, Duration(0), false});
    mutations::seated(world);
    const auto other = world.open();
    CHECK(at_other(*other, "bronze", person(3)) == Decision::no_seat);
    REQUIRE(world.assign("bronze", {person(3)}));
    CHECK(at_other(*other, "bronze", person(3)) == Decision::licensed);
    REQUIRE(world.change_lines({no_line("bronze")}));
    CHECK(at_other(*other, "bronze", person(3)) == Decision::suspended);
    CHECK(at_other(*other, "silver", person(3)) == Decision::no_pool);
    REQUIRE(world.change_lines({line("silver", 1)}));
    CHECK(at_other(*other, "silver", person(3)) == Decision::no_seat);
}

TEST_CASE("a change of thousands of seats is seen by another engine as well") {
    World world({{}, Duration(0), false});
    world.sell_article({line("bronze", 5000)});
    const auto other = world.open();
    CHECK(at_other(*other, "bronze", person(1)) == Decision::no_seat);
    REQUIRE(world.assign("bronze", people(0, 2500)));
    CHECK(at_other(*other, "bronze", person(2499)) == Decision::licensed);
    CHECK(at_other(*other, "bronze", person(2500)) == Decision::no_seat);
    REQUIRE(world.unassign("bronze", people(0, 2400)));
    CHECK(at_other(*other, "bronze", person(2399)) == Decision::no_seat);
    CHECK(at_other(*other, "bronze", person(2400)) == Decision::licensed);
}

TEST_CASE("an engine that has the store to itself asks it once") {
    World world({{}, Duration(0), true});
    mutations::seated(world);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(check_app(world, "crf36_BronzeApp", person(1)).decision == Decision::licensed);
    int asked = 0;
    world.store->on_read([&](const auto&) -> result<void> {
        ++asked;
        return boost::outcome_v2::success();
    });
    world.store->on_scan([&] { ++asked; });
    world.pass_time(days(1));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.check("bronze", person(9)) == Decision::no_seat);
    const auto app =
        world.seats().check_app(CheckApp{contoso(), person(1), "crf36_BronzeApp", false});
    CHECK(app.value().decision == Decision::licensed);
    CHECK(asked == 0);
    REQUIRE(world.assign("bronze", {person(9)}));
    asked = 0;
    CHECK(world.check("bronze", person(9)) == Decision::licensed);
    CHECK(asked == 0);
}

TEST_CASE("a check of what is not known yet fails as the store does, and later does not") {
    World world;
    mutations::seated(world);
    const auto other = world.open();
    world.store->on_read([](const auto&) -> result<void> {
        return Error{Errc::store_failed, "no disk", {}};
    });
    CHECK(failure_of(other->seats().check(contoso().str(), service("bronze").str(),
                                          person(1).str())) == Errc::store_failed);
    world.store->on_read(nullptr);
    CHECK(at_other(*other, "bronze", person(1)) == Decision::licensed);
}
