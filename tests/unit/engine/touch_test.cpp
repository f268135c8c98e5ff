// When seats were last used, and which were not.

#include <algorithm>

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

result<TouchAnswer> touch(World& world, std::vector<SeatTouch> uses) {
    return world.seats().touch({contoso(), service("bronze"), std::move(uses)});
}

/// "<rule> <pointer>" for each of the findings, one a line.
std::string told(const result<TouchAnswer>& answer) {
    REQUIRE(failure_of(answer) == done);
    std::string text;
    for (const Finding& finding : answer.value().findings) {
        CHECK(finding.severity == Severity::warning);
        text += std::string(name_of(finding.rule)) + ' ' + finding.pointer + '\n';
    }
    return text;
}

/// The users not used since then, each with its last use.
std::string unused(World& world, Timestamp since, std::int64_t limit = 100) {
    ReportUnusedSeats query{contoso(), service("bronze"), since, {limit, {}}};
    std::string text;
    do {
        const auto page = world.engine().reports().unused_seats(query, ben());
        REQUIRE(failure_of(page) == done);
        CHECK(std::ssize(page.value().items) <= limit);
        for (const UnusedSeat& seat : page.value().items) {
            text += seat.user.str().substr(0, 8) + ' ' +
                    (seat.last_used ? seat.last_used->str() : "never") + '\n';
        }
        query.page.after = page.value().next;
    } while (query.page.after);
    return text;
}

}  // namespace

TEST_CASE("a use of a seat is known from then on, and never goes back") {
    World world;
    mutations::seated(world);  // people 1 and 2
    const Timestamp start = world.clock->now();
    world.pass_time(days(10));
    const Timestamp later = start + days(5);
    CHECK(touch(world, {{person(1), later}}).value().recorded == 1);
    CHECK(unused(world, later) == "00000002 never\n");
    CHECK(unused(world, later + Duration(1)) == "00000001 " + later.str() + "\n00000002 never\n");
    CHECK(touch(world, {{person(1), later + Duration(-1)}}).value().recorded == 0);
    CHECK(touch(world, {{person(1), later}}).value().recorded == 0);
    CHECK(unused(world, later) == "00000002 never\n");
    CHECK(touch(world, {{person(1), {}}, {person(2), {}}}).value().recorded == 2);
    CHECK(unused(world, world.clock->now()) == "");
}

TEST_CASE("of several uses by one user in a call the newest counts") {
    World world;
    mutations::seated(world);
    const Timestamp start = world.clock->now();
    world.pass_time(days(1));
    const auto answer = touch(world, {{person(1), start + Duration(7)},
                                      {person(1), start + Duration(9)},
                                      {person(1), start + Duration(8)}});
    CHECK(answer.value().recorded == 1);
    CHECK(unused(world, start + Duration(9)) == "00000002 never\n");
    CHECK(
        unused(world, start + Duration(10)).starts_with("00000001 " + (start + Duration(9)).str()));
}

TEST_CASE("more uses than the store takes at once go in parts, and again what was cut is told") {
    World world;
    world.sell_article({line("bronze", 7)});
    REQUIRE(world.assign("bronze", people(1, 7)));
    world.pass_time(days(1));
    std::vector<SeatTouch> uses;
    for (const UserId& user : people(1, 7)) {
        uses.push_back({user, {}});
    }
    world.store->limit({0, 0, 3});
    std::vector<std::size_t> written;
    world.store->on_commit([&](Store& inner, const Batch& batch) -> result<Stamp> {
        written.push_back(batch.writes.size());
        return written.size() == 2 ? Error{Errc::store_failed, {}, {}} : inner.commit(batch);
    });
    CHECK(failure_of(touch(world, uses)) == Errc::store_failed);
    CHECK(touch(world, uses).value().recorded == 4);
    CHECK(written == std::vector<std::size_t>{3, 3, 3, 1});
    CHECK(unused(world, world.clock->now()) == "");
}

TEST_CASE("what cannot be is told, and the other uses are recorded") {
    World world;
    mutations::seated(world);
    const Timestamp start = world.clock->now();
    world.pass_time(days(1));
    const Timestamp now = world.clock->now();
    const auto answer = touch(world, {{person(7), start},
                                      {person(1), now + Duration(1)},
                                      {person(1), now},
                                      {person(2), start + Duration(-1)},
                                      {person(2), start},
                                      {person(7), now}});
    CHECK(told(answer) ==
          "use_without_seat /uses/0/user\n"
          "use_in_future /uses/1/at\n"
          "use_before_seat /uses/3/at\n"
          "use_without_seat /uses/5/user\n");
    CHECK(answer.value().recorded == 2);
    CHECK(failure_of(world.seats().touch({contoso(), service("silver"), {{person(1), {}}}})) ==
          Errc::pool_not_found);
}

TEST_CASE("a use leaves the seat, its pool and every stream as they were") {
    World world;
    mutations::seated(world);
    auto before = world.store->dump();
    REQUIRE(touch(world, {{person(1), {}}}));
    auto after = world.store->dump();
    CHECK(after.size() == before.size() + 1);
    CHECK(std::erase_if(after,
                        [](const auto& record) { return record.first.starts_with("use/"); }) == 1);
    CHECK(after == before);
    REQUIRE(touch(world, {{person(7), {}}}));
    CHECK(world.store->dump("use/").size() == 1);
}

TEST_CASE("whoever assigns in the middle of a use does not disturb it, nor is disturbed") {
    World world;
    mutations::seated(world);
    const auto other = world.open();
    const AssignSeats assign{contoso(), service("bronze"), {person(3)}, Mode::atomic, {}};
    int commits = 0;
    world.store->on_commit([&](Store& inner, const Batch& batch) {
        if (++commits == 1) {
            REQUIRE(other->seats().assign(assign, ben()));
        }
        return inner.commit(batch);
    });
    REQUIRE(touch(world, {{person(1), {}}}));
    CHECK(commits == 2);
    CHECK(unused(world, world.clock->now() + Duration(1)).size() > 0);
}

TEST_CASE("two hosts that tell of uses at once lose none of them") {
    World world;
    mutations::seated(world);
    const Timestamp start = world.clock->now();
    world.pass_time(days(9));
    const auto other = world.open();
    world.store->on_next_commit([&](Store& inner, const Batch& batch) {
        REQUIRE(
            other->seats().touch({contoso(), service("bronze"), {{person(1), start + days(8)}}}));
        return inner.commit(batch);
    });
    REQUIRE(touch(world, {{person(1), start + days(3)}, {person(2), start + days(4)}}));
    CHECK(unused(world, start + days(8)) == "00000002 " + (start + days(4)).str() + "\n");
}

TEST_CASE("a use of an earlier seat is none of the one held now") {
    World world;
    mutations::seated(world);
    REQUIRE(touch(world, {{person(1), {}}}));
    REQUIRE(world.unassign("bronze", {person(1)}));
    CHECK(told(touch(world, {{person(1), {}}})) == "use_without_seat /uses/0/user\n");
    world.pass_time(days(1));
    REQUIRE(world.assign("bronze", {person(1)}));
    CHECK(unused(world, world.clock->now() + Duration(1)) == "00000001 never\n00000002 never\n");
}

TEST_CASE("a seat that is younger than the moment asked for is not told as unused") {
    World world;
    mutations::sold(world);
    REQUIRE(world.assign("bronze", {person(1)}));
    world.pass_time(days(30));
    const Timestamp moment = world.clock->now();
    REQUIRE(world.assign("bronze", {person(2)}));
    CHECK(unused(world, moment) == "00000001 never\n");
}

TEST_CASE("unused seats come in pages, and of this epoch only") {
    World world;
    mutations::sold(world);
    REQUIRE(world.change_lines({line("bronze", 50)}));
    REQUIRE(world.assign("bronze", people(0, 25)));
    const Timestamp later = world.clock->now() + Duration(1);
    const std::string whole = unused(world, later);
    CHECK(std::ranges::count(whole, '\n') == 25);
    CHECK(unused(world, later, 1) == whole);
    CHECK(unused(world, later, 24) == whole);
    CHECK(unused(world, later, 25) == whole);
    world.clock->set(contract_over() + days(120));
    CHECK(unused(world, world.clock->now()) == "");
    CHECK(told(touch(world, {{person(1), {}}})) == "use_without_seat /uses/0/user\n");
}

TEST_CASE("who did not use a seat is for the tenant's own admins") {
    World world;
    mutations::seated(world);
    const auto asked = [&](const Actor& as) {
        return failure_of(world.engine().reports().unused_seats(
            {contoso(), service("bronze"), world.clock->now(), {}}, {as, {}, {}}));
    };
    CHECK(asked(buyer({Role::user_admin})) == done);
    CHECK(asked(buyer({Role::developer})) == Errc::role_missing);
    CHECK(asked(seller({Role::global_admin})) == Errc::other_tenant);
}
