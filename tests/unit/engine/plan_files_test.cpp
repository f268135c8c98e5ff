// Plan files through the engine.

#include <doctest/doctest.h>

#include "world.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const PlanFiles article_files{
    "ServiceID,Display name,More info URL\n"
    "fabrikam.f365.bronze,Fabrikam bronze,https://www.fabrikam.com/bronze\n"
    "fabrikam.f365.silver,Fabrikam silver,https://www.fabrikam.com/silver\n"
    "fabrikam.f365.gold,Fabrikam gold,https://www.fabrikam.com/gold\n",
    "Service ID,Component name\n"
    "fabrikam.f365.bronze,crf36_BronzeApp\n"
    "fabrikam.f365.silver,crf36_BronzeApp\n"
    "fabrikam.f365.silver,crf36_SilverApp\n"
    "fabrikam.f365.gold,crf36_BronzeApp\n"
    "fabrikam.f365.gold,crf36_SilverApp\n"
    "fabrikam.f365.gold,crf36_GoldApp\n"};

void create_article(World& world) {
    REQUIRE(world.catalog().create_offer({article_offer(), Profile::create}, ana()));
}

PlanFiles written(World& world) {
    const auto answer = world.catalog().write_plan_files({publisher(), offer_id()}, ana());
    REQUIRE(answer);
    return answer.value().files;
}

std::vector<std::string> rules_in(const result<FindingsAnswer>& answer) {
    REQUIRE(failure_of(answer) == done);
    std::vector<std::string> rules;
    for (const Finding& finding : answer.value().findings) {
        rules.push_back(name_of(finding.rule) + (' ' + finding.pointer));
    }
    return rules;
}

Caller with_role(Role role) { return {seller({role}), {}, {}}; }

}  // namespace

TEST_CASE("plan files are written from the draft, for whoever may read the offer") {
    World world;
    CHECK(failure_of(world.catalog().write_plan_files({publisher(), offer_id()}, ana())) ==
          Errc::offer_not_found);
    world.publish();
    CHECK(written(world) == article_files);
    REQUIRE(world.catalog().update_plan(
        {publisher(), offer_id(), plan_id("bronze"), {R"({"name":"Bronze, new"})"}}, ana()));
    const auto answer =
        world.catalog().write_plan_files({publisher(), offer_id()}, with_role(Role::developer));
    REQUIRE(answer);
    CHECK(answer.value().files.definition.find("bronze,\"Bronze, new\",") != std::string::npos);
    CHECK(answer.value().revision == 7);
    CHECK(failure_of(world.catalog().write_plan_files(
              {publisher(), offer_id()}, with_role(Role::referral_admin))) == Errc::role_missing);
    CHECK(failure_of(world.catalog().write_plan_files({publisher(), offer_id()}, ben())) ==
          Errc::other_publisher);
}

TEST_CASE("plan files are checked by themselves for anybody and nobody") {
    World world;
    CHECK(rules_in(
              world.catalog().check_plan_files({article_files, Profile::create, {}, {}}, nobody()))
              .empty());
}

TEST_CASE("plan files are held against a drafted offer for whoever may read it") {
    World world;
    create_article(world);
    CheckPlanFiles query{article_files, Profile::create, publisher(), offer_id()};
    CHECK(rules_in(world.catalog().check_plan_files(query, with_role(Role::developer))).empty());
    CHECK(failure_of(world.catalog().check_plan_files(query, nobody())) == Errc::actor_missing);
    CHECK(failure_of(world.catalog().check_plan_files(query, with_role(Role::referral_admin))) ==
          Errc::role_missing);
    REQUIRE(world.catalog().delete_plan({{publisher(), offer_id(), plan_id("gold")}}, ana()));
    CHECK(rules_in(world.catalog().check_plan_files(query, ana())) ==
          std::vector<std::string>{"plan_file_plan_unknown /definition/4/1"});
    query.offer = offer_id("other");
    CHECK(failure_of(world.catalog().check_plan_files(query, ana())) == Errc::offer_not_found);
}

TEST_CASE("publisher and offer of plan files are named together") {
    World world;
    const auto pointer_of = [&](const CheckPlanFiles& query) {
        const auto answer = world.catalog().check_plan_files(query, ana());
        CHECK(failure_of(answer) == Errc::missing_field);
        return answer.error().findings.at(0).pointer;
    };
    CHECK(pointer_of({article_files, Profile::create, publisher(), {}}) == "/offer");
    CHECK(pointer_of({article_files, Profile::create, {}, offer_id()}) == "/publisher");
}

TEST_CASE("offers read from plan files can be created, and are written as the same files") {
    World world;
    auto read = world.catalog().read_plan_files({article_files});
    REQUIRE(read);
    REQUIRE(read.value().offers.size() == 1);
    CHECK(read.value().findings.empty());
    REQUIRE(world.catalog().create_offer({read.value().offers[0], Profile::import}, ana()));
    CHECK(written(world) == article_files);
}

TEST_CASE("plan files with an error are not read, and all that is wrong with them is told") {
    World world;
    PlanFiles files = article_files;
    files.mapping += "fabrikam.f365.tin,crf36_TinApp\nfabrikam.f365.gold,\n";
    const auto refused = world.catalog().read_plan_files({files});
    CHECK(failure_of(refused) == Errc::plan_file_plan_undefined);
    REQUIRE(refused.error().findings.size() == 2);
    CHECK(refused.error().findings[1].pointer == "/mapping/9/20");

    PlanFiles warned = article_files;
    warned.mapping += "fabrikam.f365.gold,Gold App\n";
    const auto read = world.catalog().read_plan_files({warned});
    REQUIRE(read);
    CHECK(read.value().findings.size() == 1);
    CHECK(read.value().offers.at(0).plans.at(2).apps.back() == "Gold App");
}

TEST_CASE("plan files are not read as offers that could not be created") {
    World world;
    const auto read = [&](const std::string& name) {
        const PlanFiles files{
            "ServiceID,Display name,More info URL\n"
            "fabrikam.f365.bronze,Bronze,\nfabrikam.f365.silver," +
                name + ",\n",
            "Service ID,Component name\n"};
        REQUIRE(failure_of(world.catalog().check_plan_files({files, Profile::import, {}, {}},
                                                            nobody())) == done);
        return failure_of(world.catalog().read_plan_files({files}));
    };
    CHECK(read(std::string(200, 'x')) == done);
    CHECK(read(std::string(201, 'x')) == Errc::plan_name_length);
    CHECK(read("Bronze") == Errc::plan_name_duplicate);
}
