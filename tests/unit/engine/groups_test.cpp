// Groups through the engine.

#include <algorithm>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "engine/kept_group.hpp"
#include "mutations.hpp"
#include "seats/words.hpp"

using namespace licet;
using namespace licet::world;

namespace {

struct Row {
    std::size_t person;
    std::string plan;
    std::optional<GroupError> error;

    friend bool operator==(const Row&, const Row&) = default;
};
using Rows = std::vector<Row>;

constexpr GroupError count = GroupError::count_violation;
constexpr GroupError other = GroupError::other;

Rows rows_in(const GroupAnswer& answer) {
    Rows rows;
    for (const GroupRow& row : answer.members) {
        std::size_t number = 0;
        while (person(number) != row.user) {
            ++number;
        }
        rows.push_back({number, row.service_id.plan().str(), row.error});
        CHECK((row.state == GroupState::error) == row.error.has_value());
    }
    return rows;
}

Rows rows_in(const result<Written<GroupAnswer>>& answer) {
    REQUIRE(failure_of(answer) == done);
    return rows_in(answer.value().value);
}

Rows rows_of(World& world, std::string_view name = "sales") {
    const auto view = world.groups().get({contoso(), group(name)}, ben());
    REQUIRE(view);
    return rows_in(view.value().group);
}

using Users = std::optional<std::vector<UserId>>;

std::vector<SeatSource> sources(World& world, std::string_view plan, const UserId& who) {
    const auto held = world.seats().seats_of({contoso(), who}, ben());
    REQUIRE(held);
    for (const HeldSeat& one : held.value().seats) {
        if (one.seat.service_id == service(plan)) {
            return one.seat.sources;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("a group's members get its products, in one step, and lose them in one") {
    World world;
    world.sell_article({line("bronze", 2), line("gold", 1)});
    const auto assigned = world.assign_group({"bronze", "gold"}, Users(people(1, 2)));
    const Rows expected{
        {1, "bronze", {}}, {1, "gold", {}}, {2, "bronze", other}, {2, "gold", count}};
    CHECK(rows_in(assigned) == expected);
    CHECK(assigned.value().revision == 1);
    CHECK(assigned.value().value.member_count == 2);
    CHECK(assigned.value().value.service_ids == std::vector{service("bronze"), service("gold")});
    CHECK(rows_of(world) == expected);
    CHECK(world.check("gold", person(1)) == Decision::licensed);
    CHECK(world.check("bronze", person(2)) == Decision::no_seat);
    CHECK(world.pool("bronze").consumed == 1);

    CHECK(rows_in(world.set_members(people(3, 1))) == Rows{{3, "bronze", {}}, {3, "gold", {}}});
    CHECK(world.holders("gold") == people(3, 1));
    CHECK(world.check("gold", person(1)) == Decision::no_seat);
    CHECK(rows_in(world.groups().unassign({contoso(), group("sales"), {service("gold")}, {}},
                                          ben())) == Rows{{3, "bronze", {}}});
    CHECK(world.pool("gold").consumed == 0);
}

TEST_CASE("ids in any order and any number make the same group, and the same command") {
    World world;
    world.sell_article({line("bronze", 1), line("gold", 1)});
    const Caller caller = with_key(ben(), "k");
    const auto first = world.groups().assign({contoso(),
                                              group("sales"),
                                              {service("gold"), service("bronze")},
                                              {{person(2), person(1), person(2)}}},
                                             caller);
    const auto again =
        world.groups().assign({contoso(),
                               group("sales"),
                               {service("bronze"), service("gold"), service("bronze")},
                               {{person(1), person(2)}}},
                              caller);
    CHECK(rows_in(first) == rows_in(again));
    CHECK(again.value().replayed);
    CHECK(world.holders("bronze") == people(1, 1));
}

TEST_CASE("an answer about a group is kept with each member once, and given back as it was") {
    World world;
    world.sell_article({line("bronze", 1), line("gold", 2)});
    const Caller caller = with_key(ben(), "k");
    const auto first = world.assign_group({"bronze", "gold"}, Users(people(1, 2)), caller);
    const auto kept = world.store->dump("idem/");
    REQUIRE(kept.size() == 1);
    const std::string& text = kept.begin()->second;
    CHECK(text.find(person(2).str()) == text.rfind(person(2).str()));
    REQUIRE(world.set_members({}));
    const auto again = world.assign_group({"bronze", "gold"}, Users(people(1, 2)), caller);
    REQUIRE(again);
    CHECK(again.value().replayed);
    CHECK(again.value().revision == first.value().revision);
    CHECK(again.value().value.tenant == contoso());
    CHECK(again.value().value.group == group("sales"));
    CHECK(again.value().value.service_ids == first.value().value.service_ids);
    CHECK(again.value().value.member_count == 2);
    CHECK(again.value().value.members == first.value().value.members);
    CHECK(world.holders("gold").empty());
}

TEST_CASE("a group and a product have to be there") {
    World world;
    world.sell_article({line("bronze", 1)});
    CHECK(failure_of(world.groups().get({contoso(), group("sales")}, ben())) ==
          Errc::group_not_found);
    CHECK(failure_of(world.set_members({})) == Errc::group_not_found);
    CHECK(failure_of(world.reprocess()) == Errc::group_not_found);
    CHECK(failure_of(world.groups().unassign({contoso(), group("sales"), {service("bronze")}, {}},
                                             ben())) == Errc::group_not_found);
    CHECK(failure_of(world.assign_group({"bronze", "gold"})) == Errc::pool_not_found);
    CHECK(failure_of(world.assign_group({})) == Errc::service_ids_missing);
    const auto crowd = world.assign_group({"bronze"}, Users(people(0, Group::members_max + 1)));
    REQUIRE(failure_of(crowd) == Errc::list_length);
    CHECK(crowd.error().findings.at(0).pointer == "/members");
    CHECK(failure_of(world.groups().get({contoso(), group("sales")}, ben())) ==
          Errc::group_not_found);
}

TEST_CASE("a command about a group that changes nothing leaves no event") {
    World world;
    world.sell_article({line("bronze", 1)});
    REQUIRE(world.assign_group({"bronze"}, Users(people(1, 2))));
    const auto before = world.store->dump();
    CHECK(world.assign_group({"bronze"}).value().revision == 1);
    CHECK(world.set_members(people(1, 2)).value().revision == 1);
    CHECK(world.reprocess().value().revision == 1);
    CHECK(world.store->dump() == before);
}

TEST_CASE("a change of a group leaves events of one command in its stream and in the pools'") {
    World world;
    world.sell_article({line("bronze", 2), line("gold", 2)});
    REQUIRE(world.assign_group({"bronze", "gold"}, Users(people(1, 1))));
    const Event of_group = world.events(group_stream()).at(0);
    CHECK(of_group.operation == "groups.assign");
    CHECK(of_group.details.text.find("\"before\":null") != std::string::npos);
    CHECK(of_group.details.text.find("\"joined\":[\"" + person(1).str() + "\"]") !=
          std::string::npos);
    for (const char* plan : {"bronze", "gold"}) {
        const Event of_pool = world.events(pool_stream(plan)).back();
        CHECK(of_pool.command == of_group.command);
        CHECK(of_pool.details.text.find(R"("source":{"group":"sales"})") != std::string::npos);
        CHECK(of_pool.details.text.find("\"gained\":[\"" + person(1).str() + "\"]") !=
              std::string::npos);
        CHECK(world.verify(pool_stream(plan)).ok);
    }
    CHECK(world.verify(group_stream()).ok);
}

TEST_CASE("a group of more people than one event bears is changed in one command") {
    World world;
    world.sell_article({line("bronze", 1'500)});
    REQUIRE(world.assign_group({"bronze"}, Users(people(0, 1'200))));
    const auto events = world.events(group_stream());
    REQUIRE(events.size() == 3);  // 1,200 who join and as many rows
    CHECK(events[0].command == events[2].command);
    CHECK(world.verify(group_stream()).ok);
    CHECK(world.pool("bronze").consumed == 1'200);
    CHECK(rows_of(world).size() == 1'200);
}

TEST_CASE("a direct removal leaves what a group gave, a group's what was given directly") {
    World world;
    world.sell_article({line("bronze", 1)});
    REQUIRE(world.assign("bronze", people(1, 1)));
    REQUIRE(world.assign_group({"bronze"}, Users(people(1, 1))));
    CHECK(sources(world, "bronze", person(1)) == std::vector<SeatSource>{{}, {group("sales")}});
    CHECK(world.pool("bronze").consumed == 1);
    CHECK(world.unassign("bronze", people(1, 1)).value().value.outcomes.at(0).outcome ==
          Outcome::released);
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
    CHECK(world.unassign("bronze", people(1, 1)).value().value.outcomes.at(0).outcome ==
          Outcome::absent);
    REQUIRE(world.assign("bronze", people(1, 1)));
    REQUIRE(world.set_members({}));
    CHECK(sources(world, "bronze", person(1)) == std::vector<SeatSource>{{}});
    CHECK(rows_of(world).empty());
}

TEST_CASE("of two groups either is enough") {
    World world;
    world.sell_article({line("bronze", 1)});
    for (const char* name : {"sales", "finance"}) {
        REQUIRE(world.groups().assign({contoso(), group(name), {service("bronze")}, {people(1, 1)}},
                                      ben()));
    }
    CHECK(world.pool("bronze").consumed == 1);
    REQUIRE(world.set_members({}));
    CHECK(sources(world, "bronze", person(1)) == std::vector<SeatSource>{{group("finance")}});
    REQUIRE(world.groups().set_members({contoso(), group("finance"), {}}, ben()));
    CHECK(world.pool("bronze").consumed == 0);
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
}

TEST_CASE("units that are bought retry nobody until the group is processed again") {
    World world;
    world.sell_article({line("bronze", 1)});
    REQUIRE(world.assign_group({"bronze"}, Users(people(1, 2))));
    REQUIRE(world.change_lines({line("bronze", 2)}));
    CHECK(rows_of(world) == Rows{{1, "bronze", {}}, {2, "bronze", count}});
    CHECK(rows_in(world.reprocess()) == Rows{{1, "bronze", {}}, {2, "bronze", {}}});
    CHECK(world.check("bronze", person(2)) == Decision::licensed);
}

TEST_CASE("a seat that is taken whole is a violation in every group that gave it") {
    Options options;
    options.policy.lowering = Lowering::unassign_newest;
    World world(options);
    world.sell_article({line("bronze", 2), line("gold", 2)});
    for (const char* name : {"sales", "finance"}) {
        REQUIRE(world.groups().assign(
            {contoso(), group(name), {service("bronze"), service("gold")}, {people(1, 2)}}, ben()));
    }
    REQUIRE(world.change_lines({line("bronze", 1), line("gold", 1)}));
    const Rows expected{
        {1, "bronze", {}}, {1, "gold", {}}, {2, "bronze", count}, {2, "gold", count}};
    for (const char* name : {"sales", "finance"}) {
        CHECK(rows_of(world, name) == expected);
        const Event event = world.events(group_stream(name)).back();
        CHECK(event.operation == "licenses.update");
        CHECK(event.command == world.events(deal_stream).back().command);
        CHECK(world.verify(group_stream(name)).ok);
    }
    CHECK(world.check("gold", person(2)) == Decision::no_seat);
    REQUIRE(world.change_lines({line("bronze", 2)}));
    CHECK(rows_in(world.reprocess()) ==
          Rows{{1, "bronze", {}}, {1, "gold", {}}, {2, "bronze", other}, {2, "gold", count}});
    REQUIRE(world.change_lines({line("gold", 2)}));
    CHECK(rows_in(world.reprocess()).back() == Row{2, "gold", {}});
}

TEST_CASE("a preview of what takes seats from groups changes no group") {
    Options options;
    options.policy.lowering = Lowering::unassign_newest;
    World world(options);
    world.sell_article({line("bronze", 2)});
    REQUIRE(world.assign_group({"bronze"}, Users(people(1, 2))));
    const auto before = world.store->dump();
    REQUIRE(world.deals().preview({publisher(), deal_id("d-1"), {line("bronze", 1)}}, ana()));
    CHECK(world.store->dump() == before);
}

TEST_CASE("where a group has newer events than the clock's time seats are taken as of those") {
    Options options;
    options.policy.lowering = Lowering::unassign_newest;
    World world(options);
    world.sell_article({line("bronze", 2), line("gold", 1)});
    REQUIRE(world.assign_group({"bronze"}, Users(people(1, 2))));
    const Timestamp then = world.clock->now();
    world.pass_time(days(2));
    REQUIRE(world.assign_group({"gold"}));
    world.clock->set(then);
    REQUIRE(world.change_lines({line("bronze", 1)}));
    CHECK(world.events(pool_stream("bronze")).back().at == then + days(2));
    CHECK(rows_of(world).at(2) == Row{2, "bronze", count});
    CHECK(world.verify(group_stream()).ok);
}

TEST_CASE("after the licences are deleted a group's seats are none, and can be given again") {
    World world({{}, Duration(0), false});
    world.sell_article({line("bronze", 1)});
    REQUIRE(world.assign_group({"bronze"}, Users(people(1, 1))));
    world.clock->set(contract_over() + days(120) + Duration(-1));
    CHECK(rows_of(world) == Rows{{1, "bronze", {}}});
    world.clock->set(contract_over() + days(120));
    CHECK(rows_of(world) == Rows{{1, "bronze", count}});
    CHECK(rows_in(world.reprocess()) == Rows{{1, "bronze", count}});
    Deal renewal = article_deal("d-2");
    renewal.contract.start = day("2027-07-01");
    renewal.contract.end = day("2028-06-30");
    world.sell({line("bronze", 1)}, renewal);
    CHECK(rows_of(world) == Rows{{1, "bronze", count}});
    CHECK(rows_in(world.reprocess()) == Rows{{1, "bronze", {}}});
    CHECK(world.check("bronze", person(1)) == Decision::licensed);
}

TEST_CASE("a change of a group that the store cannot take whole is refused before it is written") {
    World world;
    world.sell_article({line("bronze", 20)});
    const auto before = world.store->dump();
    // Two seats: the group, its event, the pool, its event, the seats.
    world.store->limit({0, 0, 6});
    CHECK(failure_of(world.assign_group({"bronze"}, Users(people(1, 3)))) == Errc::batch_too_large);
    CHECK(world.store->dump() == before);
    CHECK(failure_of(world.assign_group({"bronze"}, Users(people(1, 2)))) == done);
}

TEST_CASE("a group that loses the race for a unit is decided anew") {
    World world;
    world.sell_article({line("bronze", 1)});
    const auto engine = world.open();
    world.store->on_next_commit([&](Store& inner, const Batch& batch) {
        REQUIRE(engine->seats().assign(
            {contoso(), service("bronze"), people(9, 1), Mode::atomic, {}}, ben()));
        return inner.commit(batch);
    });
    CHECK(rows_in(world.assign_group({"bronze"}, Users(people(1, 1)))) ==
          Rows{{1, "bronze", count}});
    CHECK(world.holders("bronze") == people(9, 1));
}

TEST_CASE("another engine sees what a group changed in every pool") {
    World world({{}, Duration(0), false});
    world.sell_article({line("bronze", 3), line("gold", 3)});
    const auto engine = world.open();
    const auto licensed = [&](std::string_view plan) {
        std::size_t holders = 0;
        for (const UserId& one : people(0, 6)) {
            const auto told =
                engine->seats().check(contoso().str(), service(plan).str(), one.str());
            holders += told.value() == Decision::licensed ? 1U : 0U;
        }
        return holders;
    };
    CHECK(licensed("bronze") == 0);
    REQUIRE(world.assign_group({"bronze"}, Users(people(0, 3))));
    CHECK(licensed("bronze") == 3);
    REQUIRE(world.assign_group({"gold"}));
    CHECK(licensed("gold") == 3);
    REQUIRE(world.set_members(people(2, 2)));
    CHECK(licensed("bronze") == 2);
    CHECK(licensed("gold") == 2);
}

TEST_CASE("whoever expects another revision of a group is told") {
    World world;
    world.sell_article({line("bronze", 1)});
    CHECK(failure_of(world.groups().assign({contoso(), group("sales"), {service("bronze")}, {}},
                                           expecting(ben(), 1))) == Errc::revision_differs);
    REQUIRE(world.groups().assign({contoso(), group("sales"), {service("bronze")}, {}},
                                  expecting(ben(), 0)));
    CHECK(failure_of(world.groups().set_members({contoso(), group("sales"), people(1, 1)},
                                                expecting(ben(), 0))) == Errc::revision_differs);
    CHECK(world.groups().get({contoso(), group("sales")}, ben()).value().revision == 1);
}

TEST_CASE("the six errors of a member have their names, and an answer is kept with each of them") {
    constexpr std::pair<GroupError, std::string_view> names[] = {
        {GroupError::count_violation, "count_violation"},
        {GroupError::mutually_exclusive_violation, "mutually_exclusive_violation"},
        {GroupError::dependency_violation, "dependency_violation"},
        {GroupError::prohibited_in_usage_location, "prohibited_in_usage_location"},
        {GroupError::uniqueness_violation, "uniqueness_violation"},
        {GroupError::other, "other"},
    };
    Written<GroupAnswer> answer;
    answer.value = {contoso(), group("sales"), {service("bronze")}, 7, {}};
    answer.revision = 3;
    answer.value.members.push_back({person(0), service("bronze"), GroupState::active, {}});
    for (const auto& [error, name] : names) {
        CHECK(word_of(error) == name);
        const UserId member = person(answer.value.members.size());
        answer.value.members.push_back({member, service("bronze"), GroupState::error, error});
    }
    Written<GroupAnswer> restored;
    REQUIRE(restore_group(contoso(), group("sales"), keep_group(answer), restored));
    CHECK(restored.value.members == answer.value.members);
    CHECK(restored.value.member_count == 7);
    CHECK(restored.revision == 3);
}
