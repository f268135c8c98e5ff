#include <licet/seats/seat.hpp>

#include <doctest/doctest.h>

#include <array>

#include "unit/seats/customer.hpp"

using customer::day;
using customer::just_before;
using customer::perpetual;
using customer::pool_of;
using customer::Seats;
using customer::until;
using customer::user;
using licet::Condition;
using licet::Decision;
using licet::Errc;
using licet::Mode;
using licet::Outcome;
using licet::Policy;
using licet::Pool;
using licet::PoolState;
using licet::Seat;
using licet::SeatChange;
using licet::SeatSource;
using licet::Timestamp;
using licet::UserId;

namespace {

const Policy policy;
const SeatSource direct;

licet::Country country(std::string_view code) { return licet::Country::parse(code).value(); }

SeatSource group(std::string_view id) { return {licet::GroupId::parse(id).value()}; }

std::vector<UserId> users(std::initializer_list<const char*> ids) {
    std::vector<UserId> all;
    for (const char* id : ids) {
        all.push_back(user(id));
    }
    return all;
}

/// A pool with its seats; what succeeds is written.
struct Tenant {
    Pool pool;
    Seats seats;

    licet::result<SeatChange> assign(std::vector<UserId> to, Timestamp now,
                                     Mode mode = Mode::atomic, const Policy& by = policy,
                                     std::optional<licet::Country> location = std::nullopt) {
        return written(licet::assign(pool, to, seats.seat_of(), mode, location, now, by));
    }
    licet::result<SeatChange> unassign(std::vector<UserId> from, Timestamp now) {
        return written(licet::unassign(pool, from, seats.seat_of(), now, policy));
    }
    SeatChange take(std::vector<UserId> from, Timestamp now) {
        return written(licet::take(pool, from, seats.seat_of(), now, policy)).value();
    }
    void seat_by_group(std::string_view id, Timestamp since) {
        seats.put({user(id), pool.service_id, {group("sales")}, since, {}, pool.epoch});
        ++pool.holders;
    }
    const Seat& seat(std::string_view id) const {
        const Seat* found = seats.find(user(id));
        REQUIRE(found);
        return *found;
    }

private:
    licet::result<SeatChange> written(licet::result<SeatChange> change) {
        if (change) {
            pool = change.value().pool;
            seats.write(change.value().writes);
        }
        return change;
    }
};

std::vector<Outcome> outcomes_of(const SeatChange& change) {
    std::vector<Outcome> outcomes;
    for (const auto& outcome : change.outcomes) {
        outcomes.push_back(outcome.outcome);
    }
    return outcomes;
}

}  // namespace

TEST_CASE("a direct assignment gives a seat and takes a unit") {
    Tenant contoso{pool_of({perpetual("d-1", 2)}), {}};
    const SeatChange change = contoso.assign(users({"ana"}), day(1)).value();
    CHECK(change.outcomes ==
          std::vector{licet::SeatOutcome{user("ana"), Outcome::assigned, std::nullopt}});
    CHECK(change.gained == users({"ana"}));
    CHECK(change.lost.empty());
    CHECK(change.pool.holders == 1);
    CHECK(change.pool.changed_at == day(1));
    CHECK(contoso.seat("ana") ==
          Seat{user("ana"), contoso.pool.service_id, {direct}, day(1), std::nullopt, 1});
    CHECK(contoso.seat("ana").is_direct());
}

TEST_CASE("the last free unit can be given, one more cannot") {
    Tenant contoso{pool_of({perpetual("d-1", 2)}), {}};
    CHECK(contoso.assign(users({"ana"}), day(1)));
    CHECK(contoso.assign(users({"ben"}), day(1)));
    const auto refused = contoso.assign(users({"cem"}), day(1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::no_free_license);
    CHECK(refused.error().code == Condition::exhausted);
    CHECK(contoso.pool.holders == 2);
}

TEST_CASE("an atomic assignment is for all or for none, and says how many units it wanted") {
    Tenant contoso{pool_of({perpetual("d-1", 3)}), {}};
    CHECK(contoso.assign(users({"ana"}), day(1)));
    const auto refused = contoso.assign(users({"ana", "ben", "cem", "dan"}), day(2));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::no_free_license);
    CHECK(refused.error().detail == "3 wanted, 2 available");
    CHECK(contoso.assign(users({"ana", "ben", "cem"}), day(2)));
}

TEST_CASE("a pool that is over has none available") {
    Tenant contoso{pool_of({perpetual("d-1", 1)}, 4), {}};
    const auto refused = contoso.assign(users({"ana"}), day(1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail == "1 wanted, 0 available");
}

TEST_CASE("best effort serves in the order of the users while units last") {
    Tenant contoso{pool_of({perpetual("d-1", 3)}), {}};
    CHECK(contoso.assign(users({"cem"}), day(1)));
    const SeatChange change =
        contoso.assign(users({"ana", "ben", "cem", "dan", "eva"}), day(2), Mode::best_effort)
            .value();
    CHECK(outcomes_of(change) == std::vector{Outcome::assigned, Outcome::assigned, Outcome::already,
                                             Outcome::failed, Outcome::failed});
    CHECK(change.outcomes[1].error == std::nullopt);
    CHECK(change.outcomes[3].error == Errc::no_free_license);
    CHECK(change.gained == users({"ana", "ben"}));
    CHECK(change.writes.size() == 2);
    CHECK(change.pool.holders == 3);
}

TEST_CASE("who has a direct seat already keeps it as it is, and it is not written again") {
    Tenant contoso{pool_of({perpetual("d-1", 1)}), {}};
    CHECK(contoso.assign(users({"ana"}), day(1), Mode::atomic, policy, country("NO")));
    const Seat before = contoso.seat("ana");
    for (const std::optional<licet::Country>& same : {std::optional(country("NO")), {}}) {
        const SeatChange change =
            contoso.assign(users({"ana"}), day(2), Mode::atomic, policy, same).value();
        CHECK(outcomes_of(change) == std::vector{Outcome::already});
        CHECK(change.writes.empty());
        CHECK(change.gained.empty());
        CHECK(contoso.seat("ana") == before);
    }
}

TEST_CASE("another usage location for who has a direct seat corrects it, and takes no unit") {
    for (const Timestamp now : {day(2), day(40)}) {  // in a pool that is suspended, too
        Tenant contoso{pool_of({until(day(10), "d-1", 1)}), {}};
        CHECK(contoso.assign(users({"ana"}), day(1), Mode::atomic, policy, country("NO")));
        Seat corrected = contoso.seat("ana");
        corrected.usage_location = country("SE");
        const SeatChange change =
            contoso.assign(users({"ana"}), now, Mode::atomic, policy, country("SE")).value();
        CHECK(outcomes_of(change) == std::vector{Outcome::assigned});
        CHECK(change.gained.empty());
        CHECK(change.lost.empty());
        CHECK(change.pool.holders == 1);
        CHECK(contoso.seat("ana") == corrected);
        CHECK(outcomes_of(contoso.unassign(users({"ana"}), now).value()) ==
              std::vector{Outcome::released});
        CHECK(contoso.seats.all().empty());
    }
}

TEST_CASE("a usage location is the code of a country, whoever has a seat already") {
    Tenant contoso{pool_of({perpetual("d-1", 1)}), {}};
    for (const char* code : {"ZZ", "AA", "UK", "XX"}) {
        CAPTURE(code);
        for (const Mode mode : {Mode::atomic, Mode::best_effort}) {
            const auto refused =
                contoso.assign(users({"ana"}), day(1), mode, policy, country(code));
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code == Errc::country_syntax);
            CHECK(refused.error().findings.at(0).pointer == "/usage_location");
        }
    }
    CHECK(contoso.assign(users({"ana"}), day(1), Mode::atomic, policy, country("GB")));
    CHECK_FALSE(contoso.assign(users({"ana"}), day(1), Mode::atomic, policy, country("ZZ")));
}

TEST_CASE("who holds a unit by a group needs no other to be assigned directly") {
    Tenant contoso{pool_of({perpetual("d-1", 1)}), {}};
    contoso.seat_by_group("ana", day(0));
    CHECK_FALSE(contoso.seat("ana").is_direct());
    const SeatChange change =
        contoso.assign(users({"ana"}), day(2), Mode::atomic, policy, country("NO")).value();
    CHECK(outcomes_of(change) == std::vector{Outcome::assigned});
    CHECK(change.gained.empty());
    CHECK(change.pool.holders == 1);
    CHECK(contoso.seat("ana").sources == std::vector{direct, group("sales")});
    CHECK(contoso.seat("ana").since == day(0));
    CHECK(contoso.seat("ana").usage_location == country("NO"));
    CHECK(contoso.unassign(users({"ana"}), day(3)));
    CHECK(contoso.assign(users({"ana"}), day(4)));
    CHECK(contoso.seat("ana").usage_location == country("NO"));
}

TEST_CASE("new seats are given up to the last moment of an active pool") {
    Tenant contoso{pool_of({until(day(10), "d-1", 5)}), {}};
    CHECK(contoso.assign(users({"ana"}), just_before(day(10))));
    const auto in_warning = contoso.assign(users({"ben"}), day(10));
    REQUIRE_FALSE(in_warning);
    CHECK(in_warning.error().code == Errc::no_free_license);
}

TEST_CASE("a suspended pool gives no seats, whatever the overage") {
    Policy generous;
    generous.overage.kind = licet::Overage::Kind::always;
    Tenant contoso{pool_of({until(day(10), "d-1", 1)}), {}};
    contoso.seat_by_group("ana", day(0));
    CHECK(contoso.assign(users({"ben"}), just_before(day(40)), Mode::atomic, generous));
    const auto refused = contoso.assign(users({"cem"}), day(40), Mode::atomic, generous);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::pool_suspended);
    CHECK(refused.error().code == Condition::failed_precondition);
    const SeatChange change =
        contoso.assign(users({"ana", "cem"}), day(40), Mode::best_effort, generous).value();
    CHECK(outcomes_of(change) == std::vector{Outcome::assigned, Outcome::failed});
    CHECK(change.outcomes[1].error == Errc::pool_suspended);
}

TEST_CASE("a lapsed pool gives no seats and has forgotten its holders") {
    Tenant contoso{pool_of({until(day(10), "d-1", 1)}), {}};
    CHECK(contoso.assign(users({"ana"}), day(1)));
    const auto refused = contoso.assign(users({"ana"}), day(130));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::pool_suspended);
    const SeatChange change = contoso.unassign(users({"ana"}), day(130)).value();
    CHECK(outcomes_of(change) == std::vector{Outcome::absent});
    CHECK(change.pool.epoch == 2);
    CHECK(change.pool.holders == 0);
}

TEST_CASE("a seat of an earlier epoch counts as none and is written over") {
    Tenant contoso{pool_of({until(day(10), "d-1", 1)}), {}};
    contoso.seat_by_group("ana", day(0));
    contoso.pool = with_contribution(contoso.pool, customer::perpetual("d-2", 1), day(500), policy);
    CHECK(contoso.take(users({"ana"}), day(500)).lost.empty());
    const SeatChange change = contoso.assign(users({"ana"}), day(500)).value();
    CHECK(change.gained == users({"ana"}));
    CHECK(change.pool.holders == 1);
    CHECK(contoso.seat("ana").sources == std::vector{direct});
    CHECK(contoso.seat("ana").since == day(500));
    CHECK(contoso.seat("ana").epoch == 2);
}

TEST_CASE("overage lets a pool be over from the first seat beyond the licences, to its edge") {
    Policy eighth;
    eighth.overage = {licet::Overage::Kind::percent, licet::Decimal::parse("12.5").value()};
    Tenant contoso{pool_of({perpetual("d-1", 8)}, 7), {}};
    CHECK_FALSE(
        contoso.assign(users({"ana"}), day(1), Mode::atomic, eighth).value().pool.over_since);
    CHECK(contoso.assign(users({"ben"}), day(2), Mode::atomic, eighth).value().pool.over_since ==
          day(2));
    const auto beyond = contoso.assign(users({"cem"}), day(3), Mode::atomic, eighth);
    REQUIRE_FALSE(beyond);
    CHECK(beyond.error().code == Errc::no_free_license);
    CHECK_FALSE(contoso.unassign(users({"ana"}), day(4)).value().pool.over_since);
}

TEST_CASE(
    "a usage location is asked for where the policy requires it and somebody is to be seated") {
    const Policy strict = Policy::microsoft365();
    REQUIRE(strict.require_usage_location);
    Tenant contoso{pool_of({perpetual("d-1", 2)}), {}};
    contoso.seat_by_group("ben", day(0));
    CHECK(contoso.assign(users({"ana"}), day(1), Mode::atomic, strict, country("US")));
    CHECK(contoso.seat("ana").usage_location == country("US"));
    CHECK(contoso.assign(users({"ana"}), day(1), Mode::atomic, strict));
    const auto code_for = [&](std::initializer_list<const char*> ids, Mode mode) {
        const auto refused = contoso.assign(users(ids), day(1), mode, strict);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().findings.at(0).pointer == "/usage_location");
        return refused.error().code;
    };
    for (const Mode mode : {Mode::atomic, Mode::best_effort}) {
        CAPTURE(mode);
        CHECK(code_for({"ana", "ben"}, mode) == Errc::usage_location_missing);
        CHECK(code_for({"ana", "cem"}, mode) == Errc::usage_location_missing);  // none is free
    }
    CHECK_FALSE(contoso.seat("ben").is_direct());
}

TEST_CASE("an assignment and its removal name somebody") {
    Tenant contoso{pool_of({perpetual("d-1", 2)}), {}};
    for (const auto& refused : {contoso.assign({}, day(1)), contoso.unassign({}, day(1))}) {
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::users_missing);
        CHECK(refused.error().findings.at(0).pointer == "/users");
    }
}

TEST_CASE("a seat ends with its last source and its unit is free again") {
    Tenant contoso{pool_of({perpetual("d-1", 1)}), {}};
    CHECK(contoso.assign(users({"ana"}), day(1)));
    const SeatChange change = contoso.unassign(users({"ana", "ben"}), day(2)).value();
    CHECK(outcomes_of(change) == std::vector{Outcome::released, Outcome::absent});
    CHECK(change.lost == users({"ana"}));
    CHECK(change.pool.holders == 0);
    REQUIRE(change.writes.size() == 1);
    CHECK_FALSE(change.writes[0].seat);
    CHECK(contoso.assign(users({"ben"}), day(3)));
}

TEST_CASE("a direct removal leaves what a group gave") {
    Tenant contoso{pool_of({perpetual("d-1", 1)}), {}};
    contoso.seat_by_group("ana", day(0));
    CHECK(contoso.assign(users({"ana"}), day(1)));
    const SeatChange change = contoso.unassign(users({"ana"}), day(2)).value();
    CHECK(outcomes_of(change) == std::vector{Outcome::released});
    CHECK(change.lost.empty());
    CHECK(change.pool.holders == 1);
    CHECK(contoso.seat("ana").sources == std::vector{group("sales")});
    CHECK(contoso.seat("ana").since == day(0));
    const SeatChange again = contoso.unassign(users({"ana"}), day(3)).value();
    CHECK(outcomes_of(again) == std::vector{Outcome::absent});
    CHECK(again.writes.empty());
}

TEST_CASE("taking seats ends them whatever their sources, in the order asked for") {
    Tenant contoso{pool_of({perpetual("d-1", 2)}), {}};
    contoso.seat_by_group("ana", day(0));
    CHECK(contoso.assign(users({"ana", "ben"}), day(1)));
    contoso.pool = with_contribution(contoso.pool, customer::perpetual("d-1", 1), day(2), policy);
    CHECK(contoso.pool.over_since == day(2));
    const SeatChange change = contoso.take(users({"cem", "ben", "ana"}), day(3));
    CHECK(outcomes_of(change) ==
          std::vector{Outcome::absent, Outcome::released, Outcome::released});
    CHECK(change.lost == users({"ben", "ana"}));
    CHECK(change.pool.holders == 0);
    CHECK_FALSE(change.pool.over_since);
    CHECK(contoso.seats.all().empty());
}

TEST_CASE("a check's answer follows from the pool's state and from holding a seat") {
    CHECK(decide(PoolState::active, true) == Decision::licensed);
    CHECK(decide(PoolState::warning, true) == Decision::in_grace);
    CHECK(decide(PoolState::suspended, true) == Decision::suspended);
    CHECK(decide(PoolState::lapsed, true) == Decision::no_seat);
    for (const PoolState state :
         {PoolState::active, PoolState::warning, PoolState::suspended, PoolState::lapsed}) {
        CAPTURE(state);
        CHECK(decide(state, false) == Decision::no_seat);
    }
    CHECK(decide(PoolState::none, false) == Decision::no_pool);
}

TEST_CASE("of two answers about an app the better one wins") {
    constexpr std::array best_first = {
        Decision::licensed, Decision::in_grace,       Decision::suspended,  Decision::no_seat,
        Decision::no_pool,  Decision::app_not_mapped, Decision::bad_user_id};
    for (std::size_t good = 0; good < best_first.size(); ++good) {
        for (std::size_t bad = good; bad < best_first.size(); ++bad) {
            CAPTURE(good);
            CAPTURE(bad);
            CHECK(better(best_first[good], best_first[bad]) == best_first[good]);
            CHECK(better(best_first[bad], best_first[good]) == best_first[good]);
        }
    }
}

TEST_CASE("only the usable states are licensed") {
    CHECK(is_licensed(Decision::licensed));
    CHECK(is_licensed(Decision::in_grace));
    for (const Decision decision : {Decision::suspended, Decision::no_seat, Decision::no_pool,
                                    Decision::app_not_mapped, Decision::bad_user_id}) {
        CAPTURE(decision);
        CHECK_FALSE(is_licensed(decision));
    }
}
