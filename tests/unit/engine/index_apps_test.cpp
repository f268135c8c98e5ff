#include "engine/index.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/engine/fake_source.hpp"

using namespace licet;
using namespace licet::test;

namespace {

const std::string ana = "00000000-0000-4000-8000-00000000000a";
const std::string ben = "00000000-0000-4000-8000-00000000000b";
const std::string bronze_app = "crf36_bronzeapp";
constexpr Duration staleness{1'000};

/// The article's offer: gold opens what silver does, and silver what bronze does.
struct World {
    explicit World(IndexOptions options = {.staleness_max = staleness})
        : index(source, clock, options, 42) {
        source.set_apps({{"crf36_BronzeApp", {bronze, silver, gold}},
                         {"crf36_SilverApp", {silver, gold}},
                         {"crf36_GoldApp", {gold}}});
    }

    Decision check(const std::string& app, const std::string& user) {
        return index.check_app(contoso, app, user).value();
    }
    std::vector<std::pair<std::string, Decision>> explain(const std::string& app,
                                                          const std::string& user) {
        std::vector<std::pair<std::string, Decision>> plans;
        const auto explained = index.explain_app(contoso, app, user).value();
        for (const PlanDecision& plan : explained) {
            plans.emplace_back(plan.service_id.str(), plan.decision);
        }
        return plans;
    }

    FakeSource source;
    ManualClock clock{Timestamp::parse("2026-01-01T00:00:00Z").value()};
    Index index;
};

}  // namespace

TEST_CASE("any plan that maps to an app opens it") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.source.commit(contoso, silver, {ben});
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    CHECK(world.check(bronze_app, ben) == Decision::licensed);
    CHECK(world.check("crf36_silverapp", ana) == Decision::no_seat);
    CHECK(world.check("crf36_silverapp", ben) == Decision::licensed);
    CHECK(world.check("crf36_goldapp", ana) == Decision::no_pool);
    CHECK(world.check("crf36_otherapp", ana) == Decision::app_not_mapped);
}

TEST_CASE("an app's name is compared ignoring case") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    for (const char* app : {"crf36_BronzeApp", "crf36_bronzeapp", "CRF36_BRONZEAPP"}) {
        CAPTURE(app);
        CHECK(world.check(app, ana) == Decision::licensed);
    }
    const std::string long_name(300, 'A');
    world.source.set_apps({{long_name, {bronze}}});
    world.index.forget_apps();
    CHECK(world.check(std::string(300, 'a'), ana) == Decision::licensed);
    CHECK(world.check(std::string(299, 'a'), ana) == Decision::app_not_mapped);
}

TEST_CASE("the best plan decides, and each is told in the order of the Service IDs") {
    World world;
    const Timestamp now = world.clock.now();
    world.source.commit(contoso, silver, {ana});
    world.source.commit(contoso, bronze, {ana});
    world.source.commit_spells(bronze, spells(now, now, Timestamp::latest()));
    world.source.commit_spells(silver, spells(now, Timestamp::latest(), Timestamp::latest()));
    CHECK(world.check(bronze_app, ana) == Decision::in_grace);
    using Plans = std::vector<std::pair<std::string, Decision>>;
    CHECK(world.explain(bronze_app, ana) == Plans{{bronze, Decision::suspended},
                                                  {gold, Decision::no_pool},
                                                  {silver, Decision::in_grace}});
    CHECK(world.explain("crf36_otherapp", ana).empty());
}

TEST_CASE("a known app is answered without the source") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.source.commit(contoso, silver, {});
    world.check(bronze_app, ana);
    const auto calls = world.source.calls();
    for (int i = 0; i < 10; ++i) {
        world.check("crf36_BronzeApp", ana);
        world.check("crf36_SilverApp", ben);
        world.check("crf36_none", ben);
    }
    CHECK(world.source.calls() == calls);
}

TEST_CASE("what an offer maps is seen anew after staleness_max and not before, or when told") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    world.source.set_apps({{"crf36_New", {bronze}}});
    world.clock.advance(staleness - Duration(1));
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    CHECK(world.check("crf36_new", ana) == Decision::app_not_mapped);
    world.clock.advance(Duration(1));
    CHECK(world.check(bronze_app, ana) == Decision::app_not_mapped);
    CHECK(world.check("crf36_new", ana) == Decision::licensed);
    world.source.set_apps({{bronze_app, {bronze}}});
    world.index.forget_apps();
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    CHECK(world.check("crf36_new", ana) == Decision::app_not_mapped);
}

TEST_CASE("an index that is alone looks at the offers again only when told") {
    World world({.staleness_max = staleness, .exclusive = true});
    world.source.commit(contoso, bronze, {ana});
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    world.source.set_apps({});
    world.clock.advance(days(1));
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    world.index.forget_apps();
    CHECK(world.check(bronze_app, ana) == Decision::app_not_mapped);
}

TEST_CASE("a tenant's new pool opens its apps at once") {
    for (const bool exclusive : {false, true}) {
        CAPTURE(exclusive);
        World world({.staleness_max = staleness, .exclusive = exclusive});
        CHECK(world.check("crf36_goldapp", ana) == Decision::app_not_mapped);
        world.index.apply(world.source.commit(contoso, bronze, {ana}));
        CHECK(world.check("crf36_goldapp", ana) == Decision::no_pool);
        // Known as a pool before the tenant's apps are asked for again.
        const PoolNews news = world.source.commit(contoso, gold, {ana});
        CHECK(world.index.check(contoso, gold, ana).value() == Decision::licensed);
        world.index.apply(news);
        CHECK(world.check("crf36_goldapp", ana) == Decision::licensed);
    }
}

TEST_CASE("a seat given or taken by this process shows in the app at once") {
    World world({.staleness_max = staleness, .exclusive = true});
    world.source.commit(contoso, bronze, {});
    CHECK(world.check(bronze_app, ana) == Decision::no_seat);
    world.index.apply(world.source.commit(contoso, bronze, {ana}));
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    world.index.apply(world.source.commit(contoso, bronze, {}, {ana}));
    CHECK(world.check(bronze_app, ana) == Decision::no_seat);
}

TEST_CASE("one tenant's apps are not another's") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.source.commit("other-tenant", silver, {ana});
    CHECK(world.check("crf36_silverapp", ana) == Decision::no_pool);
    CHECK(world.index.check_app("other-tenant", "crf36_silverapp", ana).value() ==
          Decision::licensed);
    CHECK(world.index.check_app("third-tenant", "crf36_silverapp", ana).value() ==
          Decision::app_not_mapped);
}

TEST_CASE("an id that breaks a rule fails with that rule, whatever is known of the app") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.check(bronze_app, ana);
    for (const std::string& app : {bronze_app, std::string("crf36_goldapp"), std::string("x")}) {
        CAPTURE(app);
        CHECK(world.index.check_app("", app, ana).error().code == Errc::tenant_id_length);
        CHECK(world.index.check_app(contoso, app, "").error().code == Errc::user_id_length);
        CHECK(world.index.check_app(contoso, app, "a b").error().code ==
              Errc::user_id_bad_character);
        CHECK(world.index.explain_app(contoso, app, "a b").error().code ==
              Errc::user_id_bad_character);
    }
}

TEST_CASE("where the source fails check_app fails with its error, and the next one tries again") {
    World world;
    world.source.commit(contoso, bronze, {ana});
    world.source.fail(true);
    CHECK(world.index.check_app(contoso, bronze_app, ana).error().code == Errc::store_failed);
    world.source.fail(false);
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
    world.source.fail(true);
    world.clock.advance(staleness);
    CHECK(world.index.check_app(contoso, bronze_app, ana).error().code == Errc::store_failed);
    world.source.fail(false);
    CHECK(world.check(bronze_app, ana) == Decision::licensed);
}
