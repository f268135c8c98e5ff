// From one pool to another.

#include <licet/seats/seat.hpp>

#include <doctest/doctest.h>

#include "unit/seats/customer.hpp"

using customer::day;
using customer::perpetual;
using customer::pool_of;
using customer::Seats;
using customer::until;
using customer::user;
using licet::Errc;
using licet::Mode;
using licet::Outcome;
using licet::Policy;
using licet::Pool;
using licet::SeatSource;
using licet::UserId;

namespace {

licet::Country country(std::string_view code) { return licet::Country::parse(code).value(); }

std::vector<UserId> users(std::initializer_list<const char*> ids) {
    std::vector<UserId> all;
    for (const char* id : ids) {
        all.push_back(user(id));
    }
    return all;
}

const SeatSource sales{licet::GroupId::parse("sales").value()};

struct Side {
    explicit Side(const char* service_id, std::int64_t quantity)
        : pool(pool_of({perpetual("d-1", quantity)})) {
        pool.service_id = licet::ServiceId::parse(service_id).value();
    }
    void seat(const char* id, std::vector<SeatSource> sources,
              std::optional<licet::Country> location = {}) {
        seats.put({user(id), pool.service_id, std::move(sources), day(0), location, pool.epoch});
        ++pool.holders;
    }
    std::size_t sources(const char* id) const {
        const licet::Seat* seat = seats.find(user(id));
        return seat ? seat->sources.size() : 0;
    }
    void write(const licet::SeatChange& change) {
        pool = change.pool;
        seats.write(change.writes);
        CHECK(pool.holders == std::ssize(seats.all()));
    }

    Pool pool;
    Seats seats;
};

/// What succeeds is written.
struct Tenant {
    Side from{"fabrikam.f365.bronze", 10};
    Side to{"fabrikam.f365.gold", 2};
    Policy policy;

    licet::result<licet::SeatMove> move(const std::vector<UserId>& who, Mode mode = Mode::atomic,
                                        std::optional<licet::Country> location = {},
                                        licet::Timestamp now = day(1)) {
        auto moved = licet::move(from.pool, to.pool, who, from.seats.seat_of(), to.seats.seat_of(),
                                 mode, location, now, policy);
        if (moved) {
            from.write(moved.value().from);
            to.write(moved.value().to);
        }
        return moved;
    }
    std::vector<Outcome> outcomes(const std::vector<UserId>& who, Mode mode = Mode::atomic) {
        const auto moved = move(who, mode);
        REQUIRE(moved);
        std::vector<Outcome> all;
        for (const licet::SeatOutcome& outcome : moved.value().to.outcomes) {
            all.push_back(outcome.outcome);
        }
        return all;
    }
};

using Outcomes = std::vector<Outcome>;

}  // namespace

TEST_CASE("a move gives the one seat for the other") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource()});
    CHECK(tenant.outcomes(users({"ada"})) == Outcomes{Outcome::assigned});
    CHECK(tenant.from.sources("ada") == 0);
    CHECK(tenant.to.sources("ada") == 1);
    CHECK(tenant.to.seats.find(user("ada"))->since == day(1));
}

TEST_CASE("a move moves the direct source only, a group's stays where it is") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource(), sales});
    tenant.from.seat("ben", {sales});
    CHECK(tenant.outcomes(users({"ada", "ben"})) == Outcomes{Outcome::assigned, Outcome::absent});
    CHECK(tenant.from.sources("ada") == 1);
    CHECK(tenant.to.sources("ada") == 1);
    CHECK(tenant.from.sources("ben") == 1);
    CHECK(tenant.to.sources("ben") == 0);
}

TEST_CASE("who was moved already, or has nothing to move, is told so and loses nothing") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource()});
    tenant.to.seat("ada", {SeatSource()});
    tenant.to.seat("ben", {SeatSource()});
    CHECK(tenant.outcomes(users({"ada", "ben", "cid"})) ==
          Outcomes{Outcome::already, Outcome::already, Outcome::absent});
    CHECK(tenant.from.sources("ada") == 0);
    CHECK(tenant.to.sources("ada") == 1);
    CHECK(tenant.to.sources("ben") == 1);
}

TEST_CASE("who holds the other by a group is moved without a unit") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource()});
    tenant.to.seat("ada", {sales});
    tenant.to.seat("ben", {SeatSource()});
    CHECK(tenant.outcomes(users({"ada"})) == Outcomes{Outcome::assigned});
    CHECK(tenant.to.sources("ada") == 2);
}

TEST_CASE("an atomic move is of all or of none, a best-effort one of as many as there are units") {
    Tenant tenant;
    for (const char* id : {"ada", "ben", "cid"}) {
        tenant.from.seat(id, {SeatSource()});
    }
    const auto refused = tenant.move(users({"ada", "ben", "cid"}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::no_free_license);
    CHECK(tenant.from.pool.holders == 3);
    CHECK(tenant.outcomes(users({"ada", "ben", "cid"}), Mode::best_effort) ==
          Outcomes{Outcome::assigned, Outcome::assigned, Outcome::failed});
    CHECK(tenant.from.sources("cid") == 1);
    CHECK(tenant.to.sources("cid") == 0);
}

TEST_CASE("out of a suspended pool a seat can be moved, into one it cannot") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource()});
    tenant.from.pool.contributions = {until(day(10), "d-1", 10)};
    CHECK(tenant.move(users({"ada"}), Mode::atomic, {}, day(40)));
    CHECK(tenant.to.sources("ada") == 1);

    Tenant other;
    other.from.seat("ada", {SeatSource()});
    other.to.pool.contributions = {until(day(10), "d-1", 10)};
    const auto refused = other.move(users({"ada"}), Mode::atomic, {}, day(40));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::pool_suspended);
}

TEST_CASE("the usage location goes along, unless another is given") {
    Tenant tenant;
    tenant.policy = Policy::microsoft365();
    tenant.from.seat("ada", {SeatSource()}, country("DE"));
    tenant.from.seat("ben", {SeatSource()}, country("DE"));
    tenant.from.seat("cid", {SeatSource()});
    REQUIRE(tenant.move(users({"ada"})));
    CHECK(tenant.to.seats.find(user("ada"))->usage_location == country("DE"));
    REQUIRE(tenant.move(users({"ben"}), Mode::atomic, country("FR")));
    CHECK(tenant.to.seats.find(user("ben"))->usage_location == country("FR"));
    const auto refused = tenant.move(users({"cid"}), Mode::best_effort);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::usage_location_missing);
    CHECK(tenant.from.sources("cid") == 1);
}

TEST_CASE("a usage location given with a move is also that of who is there already") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource()}, country("DE"));
    tenant.to.seat("ada", {SeatSource(), sales}, country("DE"));
    tenant.to.seat("ben", {SeatSource()});
    const auto who = users({"ada", "ben"});
    const auto location = [&](const char* id) {
        return tenant.to.seats.find(user(id))->usage_location;
    };
    const auto moved = tenant.move(who, Mode::atomic, country("FR"));
    REQUIRE(moved);
    for (const licet::SeatOutcome& outcome : moved.value().to.outcomes) {
        CHECK(outcome.outcome == Outcome::assigned);
        CHECK(location(outcome.user.str().c_str()) == country("FR"));
    }
    CHECK(tenant.from.sources("ada") == 0);
    CHECK(tenant.to.sources("ada") == 2);
    CHECK(tenant.outcomes(who) == Outcomes{Outcome::already, Outcome::already});
    CHECK(location("ben") == country("FR"));
}

TEST_CASE("a usage location given with a move is a country, one that goes along may be anything") {
    Tenant tenant;
    tenant.from.seat("ada", {SeatSource()}, country("ZZ"));
    const auto refused = tenant.move(users({"ada"}), Mode::best_effort, country("ZZ"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::country_syntax);
    CHECK(refused.error().findings.at(0).pointer == "/usage_location");
    REQUIRE(tenant.move(users({"ada"})));
    CHECK(tenant.to.seats.find(user("ada"))->usage_location == country("ZZ"));
}

TEST_CASE("a move is of somebody, and to another plan") {
    Tenant tenant;
    CHECK(tenant.move({}).error().code == Errc::users_missing);
    tenant.to.pool.service_id = tenant.from.pool.service_id;
    const auto refused = tenant.move(users({"ada"}));
    CHECK(refused.error().code == Errc::move_to_itself);
    CHECK(refused.error().findings.at(0).pointer == "/to");
}
