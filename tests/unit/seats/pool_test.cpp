#include <licet/seats/pool.hpp>

#include <doctest/doctest.h>

#include <limits>

#include "unit/seats/customer.hpp"

using customer::day;
using customer::deal;
using customer::just_before;
using customer::perpetual;
using customer::pool_of;
using customer::until;
using customer::user;
using licet::Capacity;
using licet::Decimal;
using licet::newest;
using licet::Overage;
using licet::Policy;
using licet::Pool;
using licet::PoolSpell;
using licet::PoolState;
using licet::Timestamp;

namespace {

const Policy policy;  // 30 days in warning, then 90 suspended; overdue after 90

PoolState state_of(const Pool& pool, Timestamp now) { return state_of(pool, now, policy); }

/// The spells of one contract: active, warning, suspended, lapsed.
std::vector<PoolSpell> spells(Timestamp active_until, Timestamp usable_until, Timestamp lapses_at) {
    return {{PoolState::active, Timestamp::earliest(), active_until},
            {PoolState::warning, active_until, usable_until},
            {PoolState::suspended, usable_until, lapses_at},
            {PoolState::lapsed, lapses_at, Timestamp::latest()}};
}

Policy with_percent(std::string_view percent) {
    Policy with;
    with.overage = {Overage::Kind::percent, licet::Decimal::parse(percent).value()};
    return with;
}

Policy with_any_overage() {
    Policy with;
    with.overage.kind = Overage::Kind::always;
    return with;
}

}  // namespace

TEST_CASE("a pool is active, in warning, suspended and lapsed, each from its first moment on") {
    const Pool pool = pool_of({until(day(100), "d-1", 5)});
    CHECK(state_of(pool, day(0)) == PoolState::active);
    CHECK(state_of(pool, just_before(day(100))) == PoolState::active);
    CHECK(state_of(pool, day(100)) == PoolState::warning);
    CHECK(state_of(pool, just_before(day(130))) == PoolState::warning);
    CHECK(state_of(pool, day(130)) == PoolState::suspended);
    CHECK(state_of(pool, just_before(day(220))) == PoolState::suspended);
    CHECK(state_of(pool, day(220)) == PoolState::lapsed);
}

TEST_CASE("the days of grace and of suspension are the policy's, and none is a state left out") {
    const Pool pool = pool_of({until(day(100), "d-1", 5)});
    Policy strict;
    strict.grace_days = 0;
    strict.suspended_days = 7;
    CHECK(spells_of(pool, strict) ==
          std::vector<PoolSpell>{{PoolState::active, Timestamp::earliest(), day(100)},
                                 {PoolState::suspended, day(100), day(107)},
                                 {PoolState::lapsed, day(107), Timestamp::latest()}});
    CHECK(state_of(pool, just_before(day(100)), strict) == PoolState::active);
    CHECK(state_of(pool, day(100), strict) == PoolState::suspended);
    strict.suspended_days = 0;
    CHECK(state_of(pool, day(100), strict) == PoolState::lapsed);
}

TEST_CASE("a perpetual contract is active up to the last moment there is") {
    const Pool pool = pool_of({until(day(10), "d-1", 5), perpetual("d-2", 1)});
    const Timestamp never = Timestamp::latest();
    CHECK(spells_of(pool, policy) ==
          std::vector<PoolSpell>{{PoolState::active, Timestamp::earliest(), never}});
    CHECK(state_of(pool, never) == PoolState::active);
}

TEST_CASE("a pool that lost its lines is suspended for good and gives no capacity") {
    const Pool pool = pool_of({}, 3);
    CHECK(state_of(pool, day(0)) == PoolState::suspended);
    CHECK(state_of(pool, Timestamp::latest()) == PoolState::suspended);
    CHECK(capacity_at(pool, day(0), policy) == Capacity{});
}

TEST_CASE("the best contribution's state is the pool's") {
    const Pool pool =
        pool_of({until(day(50), "d-1", 1), until(day(200), "d-2", 2), until(day(100), "d-3", 4)});
    CHECK(spells_of(pool, policy) == spells(day(200), day(230), day(320)));
}

TEST_CASE("capacity is four numbers, each the sum over the lines in that state") {
    const Pool pool = pool_of({until(day(100), "d-1", 1), until(day(100), "d-2", 2),
                               until(day(131), "d-3", 4), perpetual("d-4", 8)});
    CHECK(capacity_at(pool, just_before(day(100)), policy) == Capacity{15, 0, 0, 0});
    CHECK(capacity_at(pool, day(100), policy) == Capacity{12, 3, 0, 0});
    CHECK(capacity_at(pool, day(130), policy) == Capacity{12, 0, 3, 0});
    CHECK(capacity_at(pool, day(131), policy) == Capacity{8, 4, 3, 0});
    CHECK(capacity_at(pool, just_before(day(220)), policy) == Capacity{8, 0, 7, 0});
    CHECK(capacity_at(pool, day(220), policy) == Capacity{8, 0, 4, 0});
    CHECK(capacity_at(pool, day(251), policy) == Capacity{8, 0, 0, 0});
}

TEST_CASE("what is available is of the enabled licences, what is over is of those in grace too") {
    const auto summary = [](std::int64_t holders) {
        return summarize(pool_of({perpetual("d-1", 3), until(day(0), "d-2", 2)}, holders), day(1),
                         policy);
    };
    CHECK(summary(0).available == 3);
    CHECK(summary(2).available == 1);
    CHECK(summary(3).available == 0);
    CHECK(summary(4).available == 0);
    CHECK(summary(5).over_by == 0);
    CHECK_FALSE(summary(5).over_since);
    CHECK(summary(6).over_by == 1);
    CHECK(summary(6).consumed == 6);
    CHECK(summary(6).capacity == Capacity{3, 2, 0, 0});
}

TEST_CASE("a summary of a lapsed pool has neither capacity nor holders") {
    const Pool pool = pool_of({until(day(0), "d-1", 5)}, 9);
    CHECK(summarize(pool, just_before(day(120)), policy).consumed == 9);
    CHECK(summarize(pool, just_before(day(120)), policy).over_by == 9);
    const licet::PoolSummary lapsed = summarize(pool, day(120), policy);
    CHECK(lapsed.service_id == pool.service_id);
    CHECK(lapsed.capacity == Capacity{});
    CHECK(lapsed.consumed == 0);
    CHECK(lapsed.over_by == 0);
    CHECK_FALSE(lapsed.over_since);
    CHECK_FALSE(lapsed.overdue);
}

TEST_CASE("a pool is over since the end of that grace which left too few licences") {
    // The graces end on days 40, 50 and 60.
    const Pool pool =
        pool_of({until(day(20), "d-1", 4), until(day(10), "d-2", 4), until(day(30), "d-3", 4)}, 8);
    CHECK_FALSE(summarize(pool, day(40), policy).over_since);
    CHECK_FALSE(summarize(pool, just_before(day(50)), policy).over_since);
    CHECK(summarize(pool, day(50), policy).over_since == day(50));
    CHECK(summarize(pool, day(100), policy).over_since == day(50));
}

TEST_CASE("a pool is overdue once it has been over for the days of the policy") {
    const Pool pool = pool_of({until(day(10), "d-1", 4), perpetual("d-2", 4)}, 8);
    CHECK_FALSE(summarize(pool, just_before(day(40 + 90)), policy).overdue);
    CHECK(summarize(pool, day(40 + 90), policy).overdue);
    Policy patient;
    patient.over_assigned_days = 91;
    CHECK_FALSE(summarize(pool, day(40 + 90), patient).overdue);
}

TEST_CASE("settling keeps what is alive and drops what is deleted") {
    const Pool pool = pool_of({until(day(10), "d-1", 4), perpetual("d-2", 4)}, 3);
    Pool expected = pool;
    expected.changed_at = just_before(day(130));
    CHECK(settle(pool, just_before(day(130)), policy) == expected);
    expected.contributions = {perpetual("d-2", 4)};
    expected.changed_at = day(130);
    CHECK(settle(pool, day(130), policy) == expected);
}

TEST_CASE("settling a lapsed pool starts an epoch without contributions and holders") {
    Pool pool = pool_of({until(day(0), "d-1", 4), until(day(10), "d-2", 4)}, 9);
    pool.over_since = day(0);
    CHECK(settle(pool, just_before(day(130)), policy).epoch == 1);
    const Pool lapsed = settle(pool, day(130), policy);
    CHECK(lapsed.epoch == 2);
    CHECK(lapsed.holders == 0);
    CHECK(lapsed.contributions.empty());
    CHECK_FALSE(lapsed.over_since);
    CHECK(lapsed.number == pool.number);
    CHECK(settle(lapsed, day(1000), policy).epoch == 2);
}

TEST_CASE("settling remembers since when a pool is over, past the contribution's own end") {
    const Pool pool = pool_of({until(day(10), "d-1", 4), perpetual("d-2", 4)}, 8);
    CHECK_FALSE(settle(pool, just_before(day(40)), policy).over_since);
    const Pool late = settle(pool, day(1000), policy);
    CHECK(late.contributions.size() == 1);
    CHECK(late.over_since == day(40));
    CHECK(settle(late, day(2000), policy).over_since == day(40));
}

TEST_CASE("without overage as many seats may be held as licences are enabled") {
    const Pool pool = pool_of({until(day(100), "d-1", 5), until(day(50), "d-2", 3)});
    CHECK(seats_allowed(pool, day(0), policy) == 8);
    CHECK(seats_allowed(pool, day(50), policy) == 5);
    CHECK(seats_allowed(pool, just_before(day(100)), policy) == 5);
    CHECK(seats_allowed(pool, day(100), policy) == 0);
}

TEST_CASE("overage in percent is of the enabled licences, in whole seats") {
    const Policy eighth = with_percent("12.5");
    CHECK(seats_allowed(pool_of({perpetual("d-1", 7)}), day(0), eighth) == 7);
    CHECK(seats_allowed(pool_of({perpetual("d-1", 8)}), day(0), eighth) == 9);
    CHECK(seats_allowed(pool_of({perpetual("d-1", 15)}), day(0), eighth) == 16);
    CHECK(seats_allowed(pool_of({perpetual("d-1", 16)}), day(0), eighth) == 18);
    CHECK(seats_allowed(pool_of({until(day(0), "d-1", 8)}), day(0), eighth) == 0);
}

TEST_CASE("an overage beyond all numbers allows the largest of them") {
    const Pool pool = pool_of({perpetual("d-1", 1'000'000)});
    const std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    CHECK(seats_allowed(pool, day(0), with_percent("999999999999999999")) == largest);
    CHECK(seats_allowed(pool, day(0), with_any_overage()) == largest);
}

TEST_CASE("no overage helps a pool that is suspended") {
    const Pool pool = pool_of({until(day(0), "d-1", 8)});
    CHECK(seats_allowed(pool, just_before(day(30)), with_any_overage()) > 8);
    CHECK(seats_allowed(pool, day(30), with_any_overage()) == 0);
    CHECK(seats_allowed(pool, day(120), with_any_overage()) == 0);
    CHECK(seats_allowed(pool_of({}), day(0), with_any_overage()) == 0);
}

TEST_CASE("a deal's contribution is set absolutely and stands in the order of the deals") {
    Pool pool = pool_of({});
    pool = with_contribution(pool, perpetual("d-2", 30), day(1), policy);
    pool = with_contribution(pool, until(day(90), "d-3", 5), day(2), policy);
    pool = with_contribution(pool, until(day(80), "d-1", 7), day(3), policy);
    CHECK(pool.contributions ==
          std::vector{until(day(80), "d-1", 7), perpetual("d-2", 30), until(day(90), "d-3", 5)});
    pool = with_contribution(pool, until(day(70), "d-2", 40), day(4), policy);
    CHECK(pool.contributions[1] == until(day(70), "d-2", 40));
    pool = with_contribution(pool, perpetual("d-1", 0), day(5), policy);
    pool = with_contribution(pool, perpetual("d-9", 0), day(5), policy);
    CHECK(pool.contributions == std::vector{until(day(70), "d-2", 40), until(day(90), "d-3", 5)});
    CHECK(pool.changed_at == day(5));
}

TEST_CASE("lowering below the holders makes a pool over from then until it is raised again") {
    Pool pool = pool_of({perpetual("d-1", 8)}, 8);
    const auto set = [&](std::int64_t quantity, Timestamp now) {
        pool = with_contribution(pool, perpetual("d-1", quantity), now, policy);
        return pool.over_since;
    };
    CHECK_FALSE(set(8, day(1)));
    CHECK(set(7, day(2)) == day(2));
    CHECK(set(3, day(3)) == day(2));
    CHECK(set(7, day(4)) == day(2));
    CHECK_FALSE(set(8, day(5)));
    CHECK(set(1, day(6)) == day(6));
    CHECK(pool.holders == 8);
}

TEST_CASE("a removed line leaves the seats, and giving the plan again restores them") {
    const Pool pool = pool_of({perpetual("d-1", 8)}, 8);
    const Pool removed = with_contribution(pool, perpetual("d-1", 0), day(1), policy);
    CHECK(state_of(removed, day(1)) == PoolState::suspended);
    CHECK(removed.holders == 8);
    CHECK(removed.over_since == day(1));
    const Pool again = with_contribution(removed, perpetual("d-2", 8), day(500), policy);
    CHECK(state_of(again, day(500)) == PoolState::active);
    CHECK(again.holders == 8);
    CHECK(again.epoch == 1);
    CHECK_FALSE(again.over_since);
}

TEST_CASE("a contribution to a lapsed pool starts with no holders") {
    const Pool pool = pool_of({until(day(0), "d-1", 8)}, 8);
    const Pool kept =
        with_contribution(pool, until(day(500), "d-1", 8), just_before(day(120)), policy);
    CHECK(kept.holders == 8);
    CHECK(kept.epoch == 1);
    const Pool renewed = with_contribution(pool, until(day(500), "d-1", 8), day(120), policy);
    CHECK(renewed.holders == 0);
    CHECK(renewed.epoch == 2);
    CHECK(renewed.contributions == std::vector{until(day(500), "d-1", 8)});
}

TEST_CASE("a contribution whose suspension is over already is not kept") {
    const Pool pool = pool_of({perpetual("d-1", 8)}, 3);
    const auto given_at = [&](Timestamp now) {
        return with_contribution(pool, until(day(0), "d-2", 5), now, policy);
    };
    CHECK(given_at(just_before(day(120))).contributions.size() == 2);
    CHECK(given_at(day(120)).contributions == pool.contributions);
    CHECK(given_at(day(120)).holders == 3);
}

TEST_CASE("seats stand in the way of fewer licences, not of more") {
    const auto in_the_way = [](std::int64_t before, std::int64_t after, std::int64_t holders) {
        return seats_in_the_way(pool_of({perpetual("d-1", before)}, holders),
                                pool_of({perpetual("d-1", after)}, holders), day(1), policy);
    };
    CHECK(in_the_way(10, 5, 5) == 0);
    CHECK(in_the_way(10, 5, 6) == 1);
    CHECK(in_the_way(10, 5, 10) == 5);
    CHECK(in_the_way(10, 9, 12) == 3);
    CHECK(in_the_way(10, 10, 12) == 0);
    CHECK(in_the_way(10, 11, 12) == 0);
}

TEST_CASE("what the overage policy allows does not stand in the way of fewer licences") {
    const auto in_the_way = [](Overage overage, std::int64_t after, std::int64_t holders) {
        Policy other = policy;
        other.overage = overage;
        return seats_in_the_way(pool_of({perpetual("d-1", 10)}, holders),
                                pool_of({perpetual("d-1", after)}, holders), day(1), other);
    };
    const Overage half{Overage::Kind::percent, Decimal::parse("50").value()};
    CHECK(in_the_way(half, 4, 6) == 0);
    CHECK(in_the_way(half, 4, 7) == 1);
    CHECK(in_the_way(half, 3, 6) == 2);  // four and a half is four
    CHECK(in_the_way(half, 0, 6) == 6);
    CHECK(in_the_way({Overage::Kind::always, {}}, 1, 10) == 0);
    CHECK(in_the_way({Overage::Kind::always, {}}, 0, 10) == 10);
}

TEST_CASE("licences in grace count against the seats in the way, suspended ones do not") {
    const Pool before = pool_of({until(day(0), "d-1", 4), perpetual("d-2", 4)}, 6);
    const Pool after = pool_of({until(day(0), "d-1", 4), perpetual("d-2", 1)}, 6);
    CHECK(seats_in_the_way(before, after, just_before(day(30)), policy) == 1);
    CHECK(seats_in_the_way(before, after, day(30), policy) == 5);
}

TEST_CASE("removing the last line has every seat in the way") {
    const Pool before = pool_of({perpetual("d-1", 4)}, 3);
    CHECK(seats_in_the_way(before, pool_of({}, 3), day(1), policy) == 3);
}

TEST_CASE("the newest seats go first, and of equally new ones the later id") {
    const std::vector<licet::Holder> holders = {
        {user("b"), day(1)}, {user("a"), day(2)}, {user("d"), day(1)}, {user("c"), day(1)}};
    const std::vector expected = {user("a"), user("d"), user("c"), user("b")};
    for (std::int64_t count = 0; count <= 4; ++count) {
        CAPTURE(count);
        CHECK(newest(holders, count) == std::vector(expected.begin(), expected.begin() + count));
        CHECK(newest({holders.rbegin(), holders.rend()}, count) == newest(holders, count));
    }
    CHECK(newest(holders, 5) == expected);
    CHECK(newest(holders, -1).empty());
    CHECK(newest({}, 1).empty());
}
