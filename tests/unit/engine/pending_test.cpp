// Changes of licences that take effect when the clock passes, with nobody awake.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

const Timestamp june = at("2026-06-01T00:00:00Z");
const Timestamp july = at("2026-07-01T00:00:00Z");

result<Written<LicensesAnswer>> order(World& world, const std::vector<LineChange>& lines,
                                      Timestamp effective, const Caller& as = ana()) {
    return world.deals().update_licenses({publisher(), deal_id("d-1"), lines, effective}, as);
}

result<Written<DealAnswer>> cancel(World& world, std::string_view plan,
                                   std::optional<Timestamp> effective = {}) {
    return world.deals().cancel_change({publisher(), deal_id("d-1"), plan_id(plan), effective},
                                       ana());
}

Options lowering(Lowering how) {
    Options options;
    options.policy.lowering = how;
    options.exclusive = true;  // so that no check asks the store for what it knows
    return options;
}

}  // namespace

TEST_CASE("a change for later is shown by the deal and the pool, and takes effect to the moment") {
    World world;
    mutations::seated(world);
    REQUIRE(order(world, {line("bronze", 2), line("silver", 7)}, june));
    CHECK(world.deal().pending ==
          std::vector<PendingLine>{{june, plan_id("bronze"), service("bronze"), 2},
                                   {june, plan_id("silver"), service("silver"), 7}});
    CHECK(world.pool("bronze").pending == std::vector<PendingQuantity>{{june, deal_id("d-1"), 2}});
    CHECK(world.pool("silver").capacity == Capacity{});
    CHECK(failure_of(world.assign("silver", {person(1)})) == Errc::pool_suspended);

    world.clock->set(june + Duration(-1));
    CHECK(world.pool("bronze").capacity.enabled == 3);
    CHECK(world.pool("silver").capacity.enabled == 0);
    CHECK(world.deal().find(plan_id("silver")) == nullptr);

    const auto events = world.events(pool_stream("bronze")).size();
    world.clock->set(june);
    CHECK(world.pool("bronze").capacity.enabled == 2);
    CHECK(world.pool("bronze").pending.empty());
    CHECK(world.pool("silver").capacity.enabled == 7);
    CHECK(world.deal().pending.empty());
    CHECK(world.deal().find(plan_id("silver"))->since == june);
    CHECK(world.events(pool_stream("bronze")).size() == events);  // nothing had to run
    CHECK(failure_of(world.assign("silver", {person(1)})) == done);
}

TEST_CASE("a check follows a change for later as the clock passes, without the store") {
    World world(lowering(Lowering::over_assign));
    mutations::seated(world);
    REQUIRE(order(world, {no_line("bronze")}, june));
    REQUIRE(order(world, {line("bronze", 1)}, july));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    world.store->on_read([](const auto&) -> result<void> {
        return Error{Errc::store_failed, {}, {}};
    });
    for (const auto& [moment, decision] :
         {std::pair(june + Duration(-1), Decision::licensed), std::pair(june, Decision::suspended),
          std::pair(july + Duration(-1), Decision::suspended), std::pair(july, Decision::licensed),
          std::pair(contract_over() + Duration(-1), Decision::licensed),
          std::pair(contract_over(), Decision::in_grace)}) {
        const Timestamp now = moment;
        CAPTURE(now.str());
        world.clock->set(now);
        CHECK(world.check("bronze", person(1)) == decision);
        CHECK(world.check("bronze", person(9)) == Decision::no_seat);
    }
}

TEST_CASE("an engine that comes later computes the same from the record and the clock") {
    World world;
    mutations::seated(world);
    REQUIRE(order(world, {no_line("bronze"), line("silver", 1)}, june));
    const auto check = [&] {
        return world.open()
            ->seats()
            .check(contoso().str(), service("bronze").str(), person(1).str())
            .value();
    };
    world.clock->set(june + Duration(-1));
    CHECK(check() == Decision::licensed);
    world.clock->set(june);
    CHECK(check() == Decision::suspended);
}

TEST_CASE("lowering and removing later act as over_assign, whatever the policy") {
    for (const Lowering how :
         {Lowering::over_assign, Lowering::reject, Lowering::unassign_newest}) {
        World world(lowering(how));
        mutations::seated(world);
        const auto lowered = order(world, {line("bronze", 1)}, june);
        REQUIRE(lowered);
        const PoolEffect& effect = lowered.value().value.effects.at(0);
        CHECK(effect.blocked_count == 0);
        CHECK(effect.unassigned_count == 0);
        CHECK(effect.after.over_by == 1);
        REQUIRE(order(world, {no_line("bronze")}, july));
        world.clock->set(june);
        CHECK(world.holders("bronze") == people(1, 2));
        CHECK(world.pool("bronze").over_since == june);
        CHECK(world.check("bronze", person(2)) == Decision::licensed);
        world.clock->set(july);
        CHECK(world.holders("bronze") == people(1, 2));
        CHECK(world.check("bronze", person(2)) == Decision::suspended);
        CHECK(world.pool("bronze").over_since == june);
    }
}

TEST_CASE("a preview of a change for later tells of its moment, and the pool is so then") {
    World world;
    mutations::seated(world);
    Deal shorter = article_deal("d-2");
    shorter.contract.end = day("2026-05-15");
    world.sell({line("bronze", 4)}, shorter);
    const std::vector<LineChange> lines{line("bronze", 1), line("silver", 2)};
    const auto before = world.store->dump();
    const auto seen = world.deals().preview({publisher(), deal_id("d-1"), lines, june}, ana());
    REQUIRE(seen);
    CHECK(world.store->dump() == before);
    CHECK(seen.value().effects.at(0).before->capacity == Capacity{3, 4, 0, 0});
    CHECK(seen.value().effects.at(0).after.capacity == Capacity{1, 4, 0, 0});
    CHECK_FALSE(seen.value().effects.at(1).before);
    const auto ordered = order(world, lines, june);
    REQUIRE(ordered);
    world.clock->set(june);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const PoolEffect& effect = seen.value().effects[i];
        CHECK(ordered.value().value.effects[i].before == effect.before);
        CHECK(ordered.value().value.effects[i].after == effect.after);
        CHECK(world.pool(lines[i].plan.str()) == effect.after);
    }
}

TEST_CASE("what cannot be ordered is refused alike by preview, update and portal.steps") {
    World world;
    mutations::seated(world);
    const auto refusal = [&](const std::vector<LineChange>& lines, Timestamp then) {
        const auto before = world.store->dump();
        const auto seen = world.deals().preview({publisher(), deal_id("d-1"), lines, then}, ana());
        const auto steps =
            world.deals().portal_steps({publisher(), deal_id("d-1"), lines, then}, ana());
        const auto ordered = order(world, lines, then);
        CHECK(failure_of(seen) == failure_of(ordered));
        CHECK(failure_of(steps) == failure_of(ordered));
        if (!ordered) {
            CHECK(steps.error().findings.size() == ordered.error().findings.size());
            CHECK(world.store->dump() == before);
        }
        return failure_of(ordered);
    };
    const Timestamp now = world.clock->now();
    CHECK(refusal({line("bronze", 1)}, now) == Errc::license_change_not_later);
    CHECK(refusal({line("bronze", 1)}, contract_over()) == Errc::license_change_after_end);
    CHECK(refusal({no_line("silver")}, june) == Errc::license_line_missing);
    CHECK(refusal({line("copper", 1)}, june) == Errc::license_plan_unknown);
    CHECK(refusal({line("bronze", 1)}, now + Duration(1)) == done);
}

TEST_CASE("portal.steps is refused where seats are in the way, as the update would be") {
    World world(lowering(Lowering::reject));
    mutations::seated(world);
    const auto steps = [&](std::int64_t quantity, std::optional<Timestamp> then = {}) {
        return failure_of(world.deals().portal_steps(
            {publisher(), deal_id("d-1"), {line("bronze", quantity)}, then}, ana()));
    };
    CHECK(steps(1) == Errc::license_seats_assigned);
    CHECK(steps(2) == done);
    CHECK(steps(1, june) == done);
}

TEST_CASE("portal.steps names plans as they are sold, and changes nothing") {
    World world;
    mutations::seated(world);
    const auto before = world.store->dump();
    const auto answer = world.deals().portal_steps(
        {publisher(), deal_id("d-1"), {line("bronze", 9), line("gold", 2)}}, ana());
    REQUIRE(answer);
    REQUIRE(answer.value().steps.size() == 4);
    CHECK(answer.value().steps[2].action ==
          "change the number of licenses of Fabrikam bronze (bronze) from 3 to 9");
    CHECK(answer.value().markdown == checklist(answer.value().steps));
    CHECK(world.store->dump() == before);
}

TEST_CASE("a cancelled change never happens, to the deal nor to the pool nor to a check") {
    World world(lowering(Lowering::over_assign));
    mutations::seated(world);
    REQUIRE(order(world, {no_line("bronze")}, june));
    REQUIRE(order(world, {line("gold", 9)}, june));
    CHECK(failure_of(cancel(world, "bronze", july)) == Errc::license_change_missing);
    CHECK(failure_of(cancel(world, "bronze", june)) == done);
    CHECK(world.pool("bronze").pending.empty());
    CHECK(world.deal().pending.size() == 1);
    world.clock->set(june);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.pool("bronze").capacity.enabled == 3);
    CHECK(world.pool("gold").capacity.enabled == 9);
    CHECK(failure_of(cancel(world, "gold")) == Errc::license_change_missing);
}

TEST_CASE("after a first order that is cancelled a check knows of no pool, as before") {
    for (const bool asked_before : {false, true}) {
        CAPTURE(asked_before);
        World world(lowering(Lowering::over_assign));
        mutations::consented(world);
        const auto checked = [&](Engine& engine) {
            const std::string user = person(1).str();
            const std::vector<std::string_view> users{user};
            std::vector<Decision> one(1);
            std::vector<Decision> app(1);
            auto& seats = engine.seats();
            REQUIRE(seats.check_many(contoso().str(), service("gold").str(), users, one));
            REQUIRE(seats.check_app_many(contoso().str(), "crf36_GoldApp", users, app));
            CHECK(seats.check(contoso().str(), service("gold").str(), user).value() == one[0]);
            CHECK(seats.check_app(contoso().str(), "crf36_GoldApp", user).value() == app[0]);
            CHECK(seats.check({contoso(), person(1), service("gold")}).value().decision == one[0]);
            CHECK((app[0] == one[0] || app[0] == Decision::app_not_mapped));
            return one[0];
        };
        if (asked_before) {
            CHECK(checked(world.engine()) == Decision::no_pool);
        }
        REQUIRE(order(world, {line("gold", 9)}, june));
        if (asked_before) {
            CHECK(checked(world.engine()) == Decision::no_seat);
        }
        REQUIRE(cancel(world, "gold"));
        CHECK(checked(world.engine()) == Decision::no_pool);
        CHECK(checked(*world.open()) == Decision::no_pool);
        world.clock->set(june);
        CHECK(checked(world.engine()) == Decision::no_pool);
        CHECK(world.events(pool_stream("gold")).size() == 2);
        CHECK(world.verify(pool_stream("gold")).ok);
        CHECK(world.pool("gold").capacity == Capacity{});
        CHECK(failure_of(world.assign("gold", {person(1)})) == Errc::pool_suspended);

        REQUIRE(order(world, {line("gold", 9)}, july));
        CHECK(checked(world.engine()) == Decision::no_seat);
        world.clock->set(july);
        CHECK(checked(world.engine()) == Decision::no_seat);
        REQUIRE(world.assign("gold", {person(1)}));
        CHECK(checked(world.engine()) == Decision::licensed);
        CHECK(checked(*world.open()) == Decision::licensed);
        REQUIRE(world.unassign("gold", {person(1)}));
        REQUIRE(world.change_lines({no_line("gold")}));
        CHECK(checked(world.engine()) == Decision::no_seat);  // there was a line
        CHECK(checked(*world.open()) == Decision::no_seat);
    }
}

TEST_CASE("a group that waits for a plan gets it by a retry once its first line has begun") {
    World world;
    mutations::consented(world);
    REQUIRE(order(world, {line("gold", 9)}, june));
    REQUIRE(world.assign_group({"gold"}, people(1, 2)));
    CHECK(world.check("gold", person(1)) == Decision::no_seat);
    world.clock->set(june);
    REQUIRE(world.reprocess());
    const auto view = world.groups().get({contoso(), group("sales")}, ben());
    REQUIRE(view.value().group.members.size() == 2);
    for (const GroupRow& row : view.value().group.members) {
        CHECK(row.state == GroupState::active);
    }
    CHECK(world.check("gold", person(1)) == Decision::licensed);
}

TEST_CASE("a change of now and a later end leave what is pending, in the pool too") {
    World world;
    mutations::seated(world);
    REQUIRE(order(world, {line("bronze", 5)}, june));
    REQUIRE(world.change_lines({line("bronze", 4)}));
    REQUIRE(world.deals().update_deal(
        {publisher(), deal_id("d-1"), {R"({"contract":{"end":"2028-01-31"}})"}}, ana()));
    CHECK(world.pool("bronze").capacity.enabled == 4);
    CHECK(world.pool("bronze").pending.size() == 1);
    world.clock->set(june);
    CHECK(world.pool("bronze").capacity.enabled == 5);
    world.clock->set(contract_over());
    CHECK(world.pool("bronze").capacity.enabled == 5);
    REQUIRE(order(world, {no_line("bronze")}, contract_over() + days(1)));
    REQUIRE(world.change_lines({no_line("bronze")}));
    CHECK(world.pool("bronze").pending.empty());
    CHECK(world.deal().pending.empty());
}

TEST_CASE("a later end of the contract reaches a pool that is only to come") {
    World world;
    mutations::consented(world);
    REQUIRE(order(world, {line("bronze", 5)}, june));
    REQUIRE(world.deals().update_deal(
        {publisher(), deal_id("d-1"), {R"({"contract":{"end":"2028-01-31"}})"}}, ana()));
    world.clock->set(contract_over());
    CHECK(world.pool("bronze").capacity == Capacity{5, 0, 0, 0});
}

TEST_CASE("the streams of deal and pool name what was ordered and cancelled") {
    World world;
    mutations::seated(world);
    REQUIRE(order(world, {line("bronze", 5)}, june));
    const auto tells = [&](const std::string& stream, std::string_view operation) {
        const Event event = world.events(stream).back();
        CHECK(event.operation == operation);
        return event.details.text.find("2026-06-01T00:00:00Z") != std::string::npos;
    };
    CHECK(tells(deal_stream, "licenses.update"));
    CHECK(tells(pool_stream("bronze"), "licenses.update"));
    REQUIRE(cancel(world, "bronze"));
    CHECK(tells(deal_stream, "licenses.cancel_change"));
    CHECK(tells(pool_stream("bronze"), "licenses.cancel_change"));
    CHECK(world.verify(deal_stream).ok);
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("a clock set back before a moment that a record has seen does not undo it") {
    World world(lowering(Lowering::over_assign));
    mutations::seated(world);
    REQUIRE(order(world, {no_line("bronze")}, june));
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    world.clock->set(june);
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    world.clock->set(june + Duration(-1));  // nobody has written meanwhile
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.pool("bronze").capacity.enabled == 3);
    world.clock->set(june);
    REQUIRE(world.unassign("bronze", {person(2)}));
    world.clock->set(june + Duration(-1));
    CHECK(world.check("bronze", person(1)) == Decision::suspended);
    CHECK(world.pool("bronze").capacity.enabled == 0);
    CHECK(failure_of(cancel(world, "bronze", june)) == Errc::license_change_missing);
}

TEST_CASE("a change for later is done once under its key") {
    World world;
    mutations::seated(world);
    const Caller same = with_key(ana(), "k-1");
    REQUIRE(order(world, {line("bronze", 5)}, june, same));
    world.clock->set(july);
    const auto again = order(world, {line("bronze", 5)}, june, same);
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK(failure_of(order(world, {line("bronze", 5)}, july + days(1), same)) ==
          Errc::idempotency_key_reused);
}
