// Lowering below what is assigned, and removing with seats assigned, under each policy.

#include <algorithm>

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

Options lowering(Lowering how) {
    Options options;
    options.policy.lowering = how;
    return options;
}

/// 150 people with a bronze seat, the higher numbers later; then some time passes.
struct Staffed : World {
    explicit Staffed(Lowering how) : World(lowering(how)) {
        sell_article({line("bronze", 200), line("gold", 5)});
        for (std::size_t first = 0; first < 150; first += 50) {
            REQUIRE(assign("bronze", people(first, 50)));
            pass_time(Duration(1));
        }
    }

    std::vector<PoolEffect> preview(const std::vector<LineChange>& lines) {
        const auto before = store->dump();
        const auto seen = deals().preview({publisher(), deal_id("d-1"), lines}, ana());
        REQUIRE(seen);
        CHECK(store->dump() == before);
        return seen.value().effects;
    }
};

bool same(const std::vector<PoolEffect>& a, const std::vector<PoolEffect>& b) {
    return std::ranges::equal(a, b, [](const PoolEffect& x, const PoolEffect& y) {
        return x.service_id == y.service_id && x.before == y.before && x.after == y.after &&
               x.blocked_by == y.blocked_by && x.blocked_count == y.blocked_count &&
               x.unassigned == y.unassigned && x.unassigned_count == y.unassigned_count;
    });
}

/// The last `count` of so many people, the newest first.
std::vector<UserId> newest_of(std::size_t all, std::size_t count) {
    std::vector<UserId> users = people(all - count, count);
    std::ranges::reverse(users);
    return users;
}

}  // namespace

TEST_CASE("a preview tells what the update then does, under every policy") {
    const std::vector<std::vector<LineChange>> changes{
        {line("bronze", 300)}, {line("bronze", 150)},
        {line("bronze", 149)}, {line("bronze", 20), line("silver", 1), no_line("gold")},
        {no_line("bronze")},
    };
    for (const Lowering how :
         {Lowering::over_assign, Lowering::reject, Lowering::unassign_newest}) {
        for (const auto& lines : changes) {
            Staffed world(how);
            const auto seen = world.preview(lines);
            const auto updated = world.change_lines(lines);
            if (how == Lowering::reject && seen[0].blocked_count > 0) {
                CHECK(failure_of(updated) == Errc::license_seats_assigned);
                continue;
            }
            REQUIRE(failure_of(updated) == done);
            CHECK(same(updated.value().value.effects, seen));
            for (const PoolEffect& effect : seen) {
                const std::string plan = effect.service_id.plan().str();
                CHECK(world.pool(plan) == effect.after);
                CHECK(world.holders(plan).size() ==
                      static_cast<std::size_t>(effect.after.consumed));
            }
        }
    }
}

TEST_CASE("what the store would not take at once fails in the preview as in the update") {
    std::size_t refused = 0;
    for (std::size_t records = 12; records < 20; ++records) {  // 10 seats, the deal, its pool, ...
        CAPTURE(records);
        World world(lowering(Lowering::unassign_newest));
        world.sell_article({line("bronze", 20)});
        REQUIRE(world.assign("bronze", people(0, 20)));
        world.store->limit({0, 0, records});
        const auto before = world.store->dump();
        const auto seen =
            world.deals().preview({publisher(), deal_id("d-1"), {line("bronze", 10)}}, ana());
        CHECK(world.store->dump() == before);
        const auto updated = world.change_lines({line("bronze", 10)});
        CHECK(failure_of(seen) == failure_of(updated));
        refused += failure_of(updated) == Errc::batch_too_large ? 1U : 0U;
    }
    CHECK(refused > 0);
    CHECK(refused < 8);
}

TEST_CASE("over_assign keeps every seat and says by how many the pool is over, and since when") {
    Staffed world(Lowering::over_assign);
    const Timestamp then = world.clock->now();
    const auto lowered = world.change_lines({line("bronze", 140)});
    REQUIRE(lowered);
    const PoolEffect& effect = lowered.value().value.effects[0];
    CHECK(effect.before->over_by == 0);
    CHECK(effect.after.over_by == 10);
    CHECK(effect.unassigned.empty());
    CHECK(effect.blocked_by.empty());
    CHECK(world.holders("bronze") == people(0, 150));
    CHECK(world.check("bronze", person(149)) == Decision::licensed);
    CHECK(failure_of(world.assign("bronze", {person(200)})) == Errc::no_free_license);

    world.pass_time(days(1));
    REQUIRE(world.change_lines({line("bronze", 145)}));
    CHECK(world.pool("bronze").over_since == then);  // it has been over all the time
    CHECK_FALSE(world.pool("bronze").overdue);
    world.clock->set(then + days(90) + Duration(-1));
    CHECK_FALSE(world.pool("bronze").overdue);
    world.clock->set(then + days(90));
    CHECK(world.pool("bronze").overdue);
    CHECK(world.check("bronze", person(149)) == Decision::licensed);  // nothing is taken

    REQUIRE(world.unassign("bronze", people(0, 5)));
    CHECK(world.pool("bronze").over_by == 0);
    CHECK_FALSE(world.pool("bronze").over_since);
    CHECK_FALSE(world.pool("bronze").overdue);
}

TEST_CASE("reject refuses and names the seats in the way, the newest first, a hundred at most") {
    Staffed world(Lowering::reject);
    const auto before = world.store->dump();
    const auto refused = world.change_lines({line("bronze", 147)});
    REQUIRE(failure_of(refused) == Errc::license_seats_assigned);
    for (const UserId& user : people(147, 3)) {
        CHECK(refused.error().detail.find(user.str()) != std::string::npos);
    }
    CHECK(refused.error().detail.find(person(146).str()) == std::string::npos);
    CHECK(world.preview({line("bronze", 147)})[0].blocked_by == newest_of(150, 3));

    const auto many = world.preview({line("bronze", 1)});
    CHECK(many[0].blocked_count == 149);
    CHECK(many[0].blocked_by == newest_of(150, 100));
    CHECK(world.preview({line("bronze", 50)})[0].blocked_by.size() == 100);
    CHECK(world.preview({line("bronze", 51)})[0].blocked_by.size() == 99);
    CHECK(failure_of(world.change_lines({no_line("bronze")})) == Errc::license_seats_assigned);
    CHECK(world.store->dump() == before);
    CHECK(failure_of(world.change_lines({line("bronze", 150)})) == done);
}

TEST_CASE(
    "whom the overage policy lets in is not in the way, and nobody taken could be given back") {
    for (const Lowering how : {Lowering::reject, Lowering::unassign_newest}) {
        for (const std::int64_t quantity : {100, 99}) {
            CAPTURE(quantity);
            Options options = lowering(how);
            options.policy.overage = {Overage::Kind::percent, Decimal::parse("50").value()};
            World world(options);
            world.sell_article({line("bronze", 200)});
            REQUIRE(world.assign("bronze", people(0, 150)));
            const auto lowered = world.change_lines({line("bronze", quantity)});
            const bool fits = quantity == 100;
            if (how == Lowering::reject) {
                CHECK(failure_of(lowered) == (fits ? done : Errc::license_seats_assigned));
            } else {
                REQUIRE(lowered);
                CHECK(lowered.value().value.effects[0].unassigned_count == (fits ? 0 : 2));
                CHECK(world.holders("bronze") == people(0, fits ? 150 : 148));
                CHECK(failure_of(world.assign("bronze", {person(149)})) ==
                      (fits ? done : Errc::no_free_license));
            }
        }
    }
}

TEST_CASE("where one line is refused no other line changes") {
    Staffed world(Lowering::reject);
    const auto before = world.store->dump();
    CHECK(failure_of(world.change_lines({line("gold", 9), line("bronze", 1), line("silver", 1)})) ==
          Errc::license_seats_assigned);
    CHECK(world.store->dump() == before);
}

TEST_CASE("unassign_newest takes whole seats, the newest first, and tells a hundred at most") {
    Staffed world(Lowering::unassign_newest);
    const auto lowered = world.change_lines({line("bronze", 147)});
    REQUIRE(lowered);
    CHECK(lowered.value().value.effects[0].unassigned == newest_of(150, 3));
    CHECK(lowered.value().value.effects[0].unassigned_count == 3);
    CHECK(world.holders("bronze") == people(0, 147));
    CHECK(world.check("bronze", person(147)) == Decision::no_seat);
    CHECK(world.check("bronze", person(146)) == Decision::licensed);

    const auto lower = world.change_lines({line("bronze", 10)});
    REQUIRE(lower);
    CHECK(lower.value().value.effects[0].unassigned == newest_of(147, 100));
    CHECK(lower.value().value.effects[0].unassigned_count == 137);
    CHECK(world.holders("bronze") == people(0, 10));

    REQUIRE(world.change_lines({no_line("bronze")}));
    CHECK(world.holders("bronze").empty());
    CHECK(world.pool("bronze").consumed == 0);
    REQUIRE(world.change_lines({line("bronze", 10)}));
    CHECK(world.check("bronze", person(1)) == Decision::no_seat);
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("more people than one event bears lose their seats in one command") {
    World world(lowering(Lowering::unassign_newest));
    world.sell_article({line("bronze", 3000)});
    REQUIRE(world.assign("bronze", people(0, 2500)));
    const auto before = world.events(pool_stream("bronze")).size();
    const auto lowered = world.change_lines({line("bronze", 1)});
    REQUIRE(lowered);
    CHECK(lowered.value().value.effects[0].unassigned_count == 2499);
    CHECK(world.holders("bronze") == people(0, 1));
    CHECK(world.events(pool_stream("bronze")).size() == before + 3);
    CHECK(world.verify(pool_stream("bronze")).ok);
    CHECK(world.open()
              ->seats()
              .check(contoso().str(), service("bronze").str(), person(2).str())
              .value() == Decision::no_seat);
}

TEST_CASE("the end of a contract acts as over_assign, whatever the policy") {
    for (const Lowering how :
         {Lowering::over_assign, Lowering::reject, Lowering::unassign_newest}) {
        World world(lowering(how));
        mutations::seated(world);
        world.clock->set(contract_over() + days(30));
        CHECK(world.holders("bronze") == people(1, 2));
        CHECK(world.pool("bronze").over_by == 2);
        REQUIRE(world.deals().update_deal(
            {publisher(), deal_id("d-1"), {R"({"contract":{"end":"2028-01-31"}})"}}, ana()));
        CHECK(world.check("bronze", person(1)) == Decision::licensed);
    }
}

TEST_CASE("a pool that is over already may be raised, though not enough") {
    for (const Lowering how : {Lowering::reject, Lowering::unassign_newest}) {
        World world(lowering(how));
        world.publish();
        world.consent();
        Deal shorter = article_deal("d-2");
        shorter.contract.end = day("2026-06-30");
        world.sell({line("bronze", 2)});
        world.sell({line("bronze", 8)}, shorter);
        REQUIRE(world.assign("bronze", people(0, 10)));
        world.clock->set(at("2026-12-01T00:00:00Z"));
        CHECK(world.pool("bronze").over_by == 8);
        CHECK(failure_of(world.change_lines({line("bronze", 3)})) == done);
        CHECK(world.holders("bronze").size() == 10);
    }
}
