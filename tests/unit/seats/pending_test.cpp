// What a pool has now and later, where changes of licences are pending.

#include <licet/seats/pool.hpp>

#include <doctest/doctest.h>

#include "unit/seats/customer.hpp"

using customer::day;
using customer::deal;
using customer::just_before;
using customer::perpetual;
using customer::pool_of;
using customer::until;
using licet::Capacity;
using licet::Contribution;
using licet::PendingQuantity;
using licet::Policy;
using licet::Pool;
using licet::PoolSpell;
using licet::PoolState;
using licet::Timestamp;

namespace {

const Policy policy;  // 30 days in warning, then 90 suspended

Contribution with(Contribution contribution, std::vector<licet::LaterQuantity> later) {
    contribution.later = std::move(later);
    return contribution;
}

std::int64_t enabled(const Pool& pool, Timestamp now) {
    return capacity_at(pool, now, policy).enabled;
}

PoolState state(const Pool& pool, Timestamp now) { return state_of(pool, now, policy); }

}  // namespace

TEST_CASE("a pending number counts from its first moment on") {
    const Pool pool = pool_of({with(perpetual("d-1", 5), {{day(10), 8}, {day(20), 3}})});
    CHECK(enabled(pool, just_before(day(10))) == 5);
    CHECK(enabled(pool, day(10)) == 8);
    CHECK(enabled(pool, just_before(day(20))) == 8);
    CHECK(enabled(pool, day(20)) == 3);
    CHECK(seats_allowed(pool, just_before(day(10)), policy) == 5);
    CHECK(seats_allowed(pool, day(10), policy) == 8);
    CHECK(lines_of(pool, day(10), policy).at(0).quantity == 8);
}

TEST_CASE("a pool that is to come gives nothing before, and is no pool that lapsed") {
    const Pool pool = pool_of({with(perpetual("d-1", 0), {{day(10), 8}})});
    CHECK(state(pool, just_before(day(10))) == PoolState::suspended);
    CHECK(state(pool, day(10)) == PoolState::active);
    CHECK(lines_of(pool, just_before(day(10)), policy).empty());
    CHECK(seats_allowed(pool, just_before(day(10)), policy) == 0);
    CHECK(spells_of(pool, policy) ==
          std::vector<PoolSpell>{{PoolState::suspended, Timestamp::earliest(), day(10)},
                                 {PoolState::active, day(10), Timestamp::latest()}});
}

TEST_CASE("a first line that is cancelled before its moment leaves no pool, until another comes") {
    const auto line = [](std::int64_t quantity, std::vector<licet::LaterQuantity> later) {
        return with(perpetual("d-1", quantity), std::move(later));
    };
    Pool made = pool_of({});
    made.epoch = 0;
    const Pool ordered = with_contribution(made, line(0, {{day(10), 8}}), day(0), policy);
    CHECK(state(ordered, day(1)) == PoolState::suspended);
    const Pool cancelled = with_contribution(ordered, line(0, {}), day(1), policy);
    CHECK(state(cancelled, day(1)) == PoolState::none);
    CHECK(state(settle(cancelled, day(20), policy), day(500)) == PoolState::none);
    CHECK(spells_of(cancelled, policy) ==
          std::vector<PoolSpell>{{PoolState::none, Timestamp::earliest(), Timestamp::latest()}});
    CHECK(seats_allowed(cancelled, day(1), policy) == 0);
    const Pool sold = with_contribution(cancelled, line(5, {}), day(30), policy);
    CHECK(state(sold, day(30)) == PoolState::active);
    CHECK(sold.epoch == 1);
}

TEST_CASE("a pool whose first line has begun stays one without any") {
    Pool pool = pool_of({with(perpetual("d-1", 0), {{day(10), 8}, {day(20), 0}})});
    pool.epoch = 0;
    CHECK(settle(pool, just_before(day(10)), policy).epoch == 0);
    for (const std::int64_t looked : {10, 15, 20, 25}) {  // whoever looks first
        const Pool seen = settle(pool, day(looked), policy);
        CHECK(seen.epoch == 1);
        CHECK(state(settle(seen, day(30), policy), day(30)) == PoolState::suspended);
        CHECK(settle(seen, day(30), policy).epoch == 1);
    }
}

TEST_CASE("a pending removal has no grace, and leaves the seats") {
    const Pool pool = pool_of({with(until(day(100), "d-1", 5), {{day(10), 0}})}, 3);
    CHECK(state(pool, just_before(day(10))) == PoolState::active);
    CHECK(state(pool, day(10)) == PoolState::suspended);
    CHECK(state(pool, day(1000)) == PoolState::suspended);
    CHECK(settle(pool, day(1000), policy).holders == 3);
    CHECK(settle(pool, day(1000), policy).epoch == 1);
    CHECK(settle(pool, day(1000), policy).contributions.empty());
    CHECK(summarize(pool, day(10), policy).over_since == day(10));
}

TEST_CASE("what goes last says what becomes of the seats: removed lines keep them") {
    const auto both = [](Timestamp removed) {
        return pool_of({with(perpetual("d-1", 5), {{removed, 0}}), until(day(0), "d-2", 1)}, 3);
    };
    // d-2 is deleted on day 120.
    CHECK(state(both(day(121)), day(200)) == PoolState::suspended);
    CHECK(state(both(day(120)), day(200)) == PoolState::lapsed);
    CHECK(state(both(day(119)), just_before(day(120))) == PoolState::suspended);
    CHECK(state(both(day(119)), day(120)) == PoolState::lapsed);
    for (const std::int64_t removed : {119, 120, 121}) {  // and whoever looks in between
        const Pool pool = both(day(removed));
        for (const std::int64_t looked : {118, 119, 120, 121, 130}) {
            const Pool seen = settle(pool, day(looked), policy);
            CHECK(settle(seen, day(200), policy).holders == settle(pool, day(200), policy).holders);
        }
    }
}

TEST_CASE("a line that is pending keeps the seats of lines since deleted") {
    const Pool pool =
        pool_of({until(day(0), "d-1", 5), with(perpetual("d-2", 0), {{day(200), 5}})}, 5);
    CHECK(state(pool, day(130)) == PoolState::suspended);
    CHECK(state(pool, day(200)) == PoolState::active);
    CHECK(settle(pool, day(200), policy).holders == 5);
    CHECK(settle(pool, day(200), policy).epoch == 1);
}

TEST_CASE("a pool is over since the last moment from which there were never enough") {
    const Pool pool = pool_of(
        {with(perpetual("d-1", 5), {{day(10), 2}, {day(20), 5}, {day(30), 4}, {day(40), 3}})}, 5);
    const auto since = [&](std::int64_t on) { return summarize(pool, day(on), policy).over_since; };
    CHECK_FALSE(since(9));
    CHECK(since(10) == day(10));
    CHECK(since(19) == day(10));
    CHECK_FALSE(since(20));
    CHECK(since(30) == day(30));
    CHECK(since(45) == day(30));
    CHECK(summarize(settle(pool, day(15), policy), day(45), policy).over_since == day(30));
    CHECK(summarize(settle(pool, day(35), policy), day(45), policy).over_since == day(30));
}

TEST_CASE("settling takes what is due and keeps what is not") {
    const Pool pool = pool_of({with(perpetual("d-1", 5), {{day(10), 8}, {day(20), 3}})});
    CHECK(settle(pool, just_before(day(10)), policy).contributions == pool.contributions);
    CHECK(settle(pool, day(10), policy).contributions ==
          std::vector{with(perpetual("d-1", 8), {{day(20), 3}})});
    CHECK(settle(pool, day(20), policy).contributions == std::vector{perpetual("d-1", 3)});
}

TEST_CASE("a summary tells what is pending, in the order of the moments") {
    const Pool pool = pool_of({with(perpetual("d-1", 5), {{day(10), 8}, {day(30), 0}}),
                               with(perpetual("d-2", 0), {{day(10), 1}, {day(20), 2}})});
    const std::vector<PendingQuantity> all{{day(10), deal("d-1"), 8},
                                           {day(10), deal("d-2"), 1},
                                           {day(20), deal("d-2"), 2},
                                           {day(30), deal("d-1"), 0}};
    CHECK(summarize(pool, just_before(day(10)), policy).pending == all);
    CHECK(summarize(pool, day(10), policy).pending == std::vector(all.begin() + 2, all.end()));
    CHECK(summarize(pool, day(30), policy).pending.empty());
}

TEST_CASE("states may come and go as lines do") {
    const Pool pool = pool_of(
        {until(day(0), "d-1", 1), with(until(day(100), "d-2", 0), {{day(50), 4}, {day(60), 0}})});
    CHECK(spells_of(pool, policy) ==
          std::vector<PoolSpell>{{PoolState::active, Timestamp::earliest(), day(0)},
                                 {PoolState::warning, day(0), day(30)},
                                 {PoolState::suspended, day(30), day(50)},
                                 {PoolState::active, day(50), day(60)},
                                 {PoolState::suspended, day(60), day(120)},
                                 {PoolState::lapsed, day(120), Timestamp::latest()}});
}

TEST_CASE("a deal's contribution has its line, the end of its contract and what is pending") {
    licet::Deal sold;
    sold.id = deal("d-1");
    sold.contract.end = licet::Date::parse("2027-01-31").value();
    const auto bronze = licet::PlanId::parse("bronze").value();
    const auto gold = licet::PlanId::parse("gold").value();
    sold.licenses = {{bronze, {}, 30, day(0)}};
    sold.pending = {{day(10), gold, {}, 5}, {day(20), bronze, {}, 40}, {day(30), bronze, {}, {}}};
    const Timestamp end = Timestamp::parse("2027-02-01T00:00:00Z").value();
    CHECK(contribution_of(sold, bronze) ==
          with(until(end, "d-1", 30), {{day(20), 40}, {day(30), 0}}));
    CHECK(contribution_of(sold, gold) == with(until(end, "d-1", 0), {{day(10), 5}}));
}
