// What happened.

#include <set>

#include <doctest/doctest.h>

#include "engine/keys.hpp"
#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

std::string text_of(World& world, const std::string& stream, std::uint64_t number) {
    return world.store->dump().at(keys::event(stream, number));
}

void put(World& world, const std::string& stream, std::uint64_t number,
         std::optional<std::string> text) {
    world.store->put(keys::event(stream, number), std::move(text));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto found = text.find(from);
    REQUIRE(found != std::string::npos);
    return text.replace(found, from.size(), to);
}

/// Six events in the offer's stream.
struct Published : World {
    Published() { publish(); }
};

void check_broken(World& world, std::uint64_t at) {
    const VerifyAnswer answer = world.verify(offer_stream);
    CHECK_FALSE(answer.ok);
    CHECK(answer.broken_at == at);
    CHECK(answer.count == at - 1);
}

/// Fails with what the stranger is told of this stream.
std::error_code ask(World& world, const std::string& stream, const Caller& as) {
    const auto listed = failure_of(world.history().list_events({stream, {}}, as));
    CHECK(failure_of(world.history().verify({stream}, as)) == listed);
    return listed;
}

}  // namespace

TEST_CASE("every mutation leaves one event in the stream of each record it changes") {
    const std::map<std::string, std::vector<std::string>> streams{
        {"deals.register with an id", {"deal/fabrikam/d-9"}},
        {"deals.register without an id", {"deal/fabrikam/deal-1"}},
        {"deals.update of a contract's end",
         {deal_stream, pool_stream("bronze"), pool_stream("gold")}},
        {"licenses.update", {deal_stream, pool_stream("bronze"), pool_stream("gold")}},
        {"licenses.update of standing lines",
         {deal_stream, pool_stream("bronze"), pool_stream("gold")}},
        {"licenses.update for later", {deal_stream, pool_stream("bronze"), pool_stream("silver")}},
        {"licenses.cancel_change", {deal_stream, pool_stream("bronze")}},
        {"invites.accept", {deal_stream, "relationship/fabrikam/" + contoso().str()}},
        {"invites.create for anyone", {"invites/fabrikam"}},
        {"seats.assign", {pool_stream("bronze")}},
        {"seats.unassign", {pool_stream("bronze")}},
        {"seats.import", {pool_stream("bronze"), pool_stream("gold")}},
        {"seats.move", {pool_stream("bronze"), pool_stream("gold")}},
        {"groups.assign", {group_stream(), pool_stream("bronze"), pool_stream("gold")}},
        {"groups.unassign", {group_stream(), pool_stream("gold")}},
        {"groups.set_members", {group_stream(), pool_stream("bronze"), pool_stream("gold")}},
        {"groups.reprocess", {group_stream(), pool_stream("bronze"), pool_stream("gold")}},
    };
    for (const Mutation& mutation : all_mutations()) {
        CAPTURE(mutation.name);
        World world;
        const std::string given = mutation.prepare(world);
        const auto before = world.store->dump("event/");
        REQUIRE(mutation.run(world, given, mutation.caller));
        std::set<std::string> told;
        std::set<std::string> commands;
        for (const auto& [key, text] : world.store->dump("event/")) {
            if (!before.contains(key)) {
                const std::string kind = text.substr(11, text.find('"', 11) - 11);
                const Event event = world.events(kind).back();
                CHECK(event.by == mutation.caller.as);
                CHECK(mutation.name.starts_with(event.operation));
                CHECK(event.at == world.clock->now());
                told.insert(event.stream);
                commands.insert(event.command);
            }
        }
        CHECK(commands.size() == 1);
        CHECK(world.store->dump("event/").size() == before.size() + told.size());
        const auto expected = streams.find(mutation.name);
        if (expected != streams.end()) {
            CHECK(told == std::set(expected->second.begin(), expected->second.end()));
        } else {
            CHECK(told ==
                  std::set{mutation.name.starts_with("offers") || mutation.name.starts_with("plans")
                               ? offer_stream
                               : deal_stream});
        }
    }
}

TEST_CASE("events are numbered from one without a gap, each linked to the one before") {
    Published world;
    const auto events = world.events(offer_stream);
    REQUIRE(events.size() == 6);
    for (std::size_t n = 0; n < events.size(); ++n) {
        CHECK(events[n].number == n + 1);
        CHECK(events[n].stream == offer_stream);
        CHECK(events[n].previous == (n == 0 ? "" : events[n - 1].hash));
    }
    CHECK(world.verify(offer_stream).ok);
    CHECK(world.verify(offer_stream).count == 6);
    CHECK_FALSE(world.verify(offer_stream).broken_at);
}

TEST_CASE("an event says what was before and what after, and nothing that is the same") {
    World world;
    mutations::drafted(world);
    REQUIRE(world.catalog().update_offer(
        {publisher(), offer_id(), {R"({"listing":{"summary":"Field work"}})"}}, ana()));
    const std::string details = world.events(offer_stream).back().details.text;
    CHECK(details.find("Field work") != std::string::npos);
    CHECK(details.find("\"before\"") != std::string::npos);
    CHECK(details.find("bronze") == std::string::npos);
}

TEST_CASE("a pool's event shows all of a new pool, and afterwards what has changed") {
    World world;
    world.sell_article({line("bronze", 10)});
    REQUIRE(world.assign("bronze", {person(1)}));
    REQUIRE(
        world.deals().update_licenses({publisher(), deal_id("d-1"), {line("bronze", 12)}}, ana()));
    const auto events = world.events(keys::pool(contoso(), service("bronze")));
    REQUIRE(events.size() == 3);
    CHECK(events[0].details.text.starts_with(R"({"before":null,"after":{"tenant":)"));
    CHECK(events[0].details.text.find(R"("contributions":[{"deal":)") != std::string::npos);
    CHECK(events[1].details.text ==
          R"({"before":{"consumed":0,"available":10},"after":{"consumed":1,"available":9},)"
          R"("gained":[")" +
              person(1).str() + R"("],"source":"direct"})");
    CHECK(events[2].details.text.find(R"("before":{"capacity":)") != std::string::npos);
    CHECK(events[2].details.text.find(R"("quantity":12)") != std::string::npos);
    CHECK(events[2].details.text.find("consumed") == std::string::npos);
}

TEST_CASE("an event names who was given a source, or lost one, and holds a unit all the same") {
    World world;
    world.sell_article({line("bronze", 5'000)});
    const auto members = people(1, 1'500);
    REQUIRE(world.assign_group({"bronze"}, members));
    const auto last_events = [&](std::size_t count) {
        std::string all;
        const auto events = world.events(pool_stream("bronze"));
        for (std::size_t i = events.size() - count; i < events.size(); ++i) {
            all += events[i].details.text + '\n';
        }
        return all;
    };
    const std::string nobody_held = R"({"before":{},"after":{},)";

    REQUIRE(world.assign("bronze", {person(1), person(2'000)}));
    CHECK(last_events(1).ends_with(R"("gained":[")" + person(2'000).str() + R"("],"given":[")" +
                                   person(1).str() + "\"],\"source\":\"direct\"}\n"));
    REQUIRE(world.unassign("bronze", {person(1)}));
    CHECK(last_events(1) ==
          nobody_held + R"("taken":[")" + person(1).str() + "\"],\"source\":\"direct\"}\n");

    // A thousand in each event, none of them in two.
    const auto before = world.events(pool_stream("bronze")).size();
    REQUIRE(world.assign("bronze", members));
    REQUIRE(world.events(pool_stream("bronze")).size() == before + 2);
    const std::string told = last_events(2);
    for (const UserId& member : members) {
        REQUIRE(told.find(member.str()) != std::string::npos);
        REQUIRE(told.find(member.str()) == told.rfind(member.str()));
    }
    CHECK(world.verify(pool_stream("bronze")).ok);
}

TEST_CASE("a command that changes nothing leaves no event") {
    World world;
    mutations::seated(world);
    const auto before = world.store->dump();
    REQUIRE(world.assign("bronze", people(1, 2)));
    REQUIRE(world.unassign("bronze", people(7, 2)));
    CHECK(world.store->dump() == before);
}

TEST_CASE("a bulk command leaves one event for every thousand users, in one batch") {
    World world;
    world.sell_article({line("bronze", 5000)});
    int commits = 0;
    world.store->on_commit([&](Store& inner, const Batch& batch) {
        ++commits;
        return inner.commit(batch);
    });
    const auto events_of = [&](const std::vector<UserId>& users, bool assigns) {
        const auto before = world.events(pool_stream("bronze")).size();
        REQUIRE((assigns ? world.assign("bronze", users) : world.unassign("bronze", users)));
        return world.events(pool_stream("bronze")).size() - before;
    };
    CHECK(events_of(people(1, 2500), true) == 3);
    CHECK(commits == 1);
    CHECK(world.pool("bronze").consumed == 2500);
    CHECK(world.seats().get_pool({contoso(), service("bronze")}, ben()).value().revision == 2);
    CHECK(events_of(people(1, 1000), false) == 1);
    CHECK(events_of(people(2501, 1001), true) == 2);
    CHECK(world.verify(pool_stream("bronze")).ok);
    CHECK(world.verify(pool_stream("bronze")).count == 7);
    const auto events = world.events(pool_stream("bronze"));
    CHECK(events[1].command == events[3].command);
    CHECK(events[3].command != events[4].command);
}

TEST_CASE("an event that was edited is found, whatever of it was") {
    const std::vector<std::pair<std::string, std::string>> edits{
        {"\"offers.submit\"", "\"offers.cancel\""},
        {"\"number\":2", "\"number\":3"},
        {"offer/fabrikam/f365", "offer/fabrikam/f366"},
        {"2026-01-10T09", "2026-01-10T10"},
        {"\"ana\"", "\"eve\""},
        {"account_admin", "global_admin"},
        {"\"command\":\"", "\"command\":\"0"},
        {"\"previous\":\"", "\"previous\":\"0"},
        {"\"digest\":\"", "\"digest\":\"0"},
        {"\"hash\":\"", "\"hash\":\"0"},
        {"\"details\":{", "\"details\":{\"x\":1,"},
        {"publish_in_progress", "live"},
    };
    for (const auto& [before, after] : edits) {
        const std::string& from = before;
        CAPTURE(from);
        Published world;
        put(world, offer_stream, 2, replaced(text_of(world, offer_stream, 2), from, after));
        check_broken(world, 2);
    }
}

TEST_CASE("an event that was removed is found: the first, one in the middle, the last") {
    for (const std::uint64_t number : {1U, 3U, 6U}) {
        CAPTURE(number);
        Published world;
        put(world, offer_stream, number, std::nullopt);
        check_broken(world, number);
    }
}

TEST_CASE("the end of a stream cannot be cut off, nor all of it") {
    Published world;
    for (std::uint64_t number = 6; number >= 1; --number) {
        put(world, offer_stream, number, std::nullopt);
        check_broken(world, number);
    }
}

TEST_CASE("events that changed places are found") {
    Published world;
    const std::string third = text_of(world, offer_stream, 3);
    put(world, offer_stream, 3, text_of(world, offer_stream, 4));
    put(world, offer_stream, 4, third);
    check_broken(world, 3);
}

TEST_CASE("events from which one was taken and the rest moved up are found") {
    Published world;
    for (std::uint64_t number = 3; number < 6; ++number) {
        put(world, offer_stream, number, text_of(world, offer_stream, number + 1));
    }
    put(world, offer_stream, 6, std::nullopt);
    check_broken(world, 3);
}

TEST_CASE("an event that was put in is found: between others, before all, behind the last") {
    Published world;
    SUBCASE("between others") {
        world.store->put(keys::event(offer_stream, 3) + "x", text_of(world, offer_stream, 3));
        check_broken(world, 4);
    }
    SUBCASE("before all") {
        put(world, offer_stream, 0, text_of(world, offer_stream, 1));
        check_broken(world, 1);
    }
    SUBCASE("behind the last, a copy") {
        put(world, offer_stream, 7, text_of(world, offer_stream, 6));
        check_broken(world, 7);
    }
    SUBCASE("behind the last, well made") {
        World twin;  // with the same chance: its events are those of the other, and one more
        twin.publish();
        REQUIRE(twin.catalog().stop_distribution({{publisher(), offer_id()}}, ana()));
        REQUIRE(text_of(twin, offer_stream, 6) == text_of(world, offer_stream, 6));
        put(world, offer_stream, 7, text_of(twin, offer_stream, 7));
        check_broken(world, 7);
    }
}

TEST_CASE("what happened is never written over, also where a record does not know of it") {
    Published world;
    const std::string text = text_of(world, offer_stream, 6);
    put(world, offer_stream, 7, text);
    const auto before = world.store->dump();

    const auto answer = world.catalog().stop_distribution({mutations::the_offer()}, ana());
    CHECK(failure_of(answer) == Errc::record_corrupt);
    CHECK(answer.error().detail.find(keys::event(offer_stream, 7)) != std::string::npos);
    CHECK(world.store->dump() == before);

    put(world, offer_stream, 7, std::nullopt);
    CHECK(world.catalog().stop_distribution({mutations::the_offer()}, ana()));
}

TEST_CASE("a whole stream written anew is found at its last event") {
    Published world;
    World other;
    other.clock->advance(Duration(1));
    other.publish();
    for (std::uint64_t number = 1; number <= 6; ++number) {
        put(world, offer_stream, number, text_of(other, offer_stream, number));
    }
    const VerifyAnswer answer = world.verify(offer_stream);
    CHECK_FALSE(answer.ok);
    CHECK(answer.broken_at == 6);
}

TEST_CASE("events without the record they are about are found") {
    Published world;
    world.store->put("offer/fabrikam/f365", std::nullopt);
    const VerifyAnswer answer = world.verify(offer_stream);
    CHECK_FALSE(answer.ok);
    CHECK(answer.broken_at == 1);
}

TEST_CASE("a stream that grows while it is verified is whole") {
    World world;
    mutations::seated(world);
    const auto other = world.open();
    bool grown = false;
    world.store->on_scan([&] {  // the record has been read by then
        if (!std::exchange(grown, true)) {
            REQUIRE(other->seats().assign(
                {contoso(), service("bronze"), {person(3)}, Mode::atomic, {}}, ben()));
        }
    });
    const VerifyAnswer answer = world.verify(pool_stream("bronze"));
    CHECK(grown);
    CHECK(answer.ok);
    CHECK(answer.count == 3);
}

TEST_CASE("events come in pages, oldest first") {
    Published world;
    PageRequest page{4, {}};
    const auto first = world.history().list_events({offer_stream, page}, ana()).value();
    REQUIRE(first.items.size() == 4);
    REQUIRE(first.next);
    page.after = first.next;
    const auto second = world.history().list_events({offer_stream, page}, ana()).value();
    REQUIRE(second.items.size() == 2);
    CHECK(second.items[0].number == 5);
    CHECK_FALSE(second.next);
    for (const std::int64_t limit : {0, 1001, -1}) {
        CHECK(failure_of(world.history().list_events({offer_stream, {limit, {}}}, ana())) ==
              Errc::number_out_of_range);
    }
}

TEST_CASE("a stream of no known kind, or of another shape, is unknown") {
    World world;
    for (const std::string stream : {"",
                                     "/",
                                     "offer",
                                     "offer/",
                                     "offer/fabrikam",
                                     "offer/fabrikam/",
                                     "offer/fabrikam/f365/x",
                                     "invites",
                                     "invites/",
                                     "invites/fabrikam/x",
                                     "idem/fabrikam/x",
                                     "meta/format",
                                     "invite/fabrikam/x",
                                     "seat/contoso/1/u",
                                     "pool/contoso",
                                     "event/fabrikam/offer/f365",
                                     "offer/FABRIKAM/f365",
                                     "pool/{6F9619FF-8B86-D011-B42D-00C04FC964FF}/fabrikam.f365.x",
                                     "//",
                                     "offer//f365"}) {
        CAPTURE(stream);
        CHECK(ask(world, stream, ana()) == Errc::stream_unknown);
        CHECK(ask(world, stream, ben()) == Errc::stream_unknown);
    }
    CHECK(ask(world, std::string(100'000, '/'), ana()) == Errc::stream_unknown);
}

TEST_CASE("a stream without events is empty and whole") {
    World world;
    CHECK(world.events("offer/fabrikam/none").empty());
    CHECK(world.verify("offer/fabrikam/none").ok);
    CHECK(world.verify("offer/fabrikam/none").count == 0);
}

TEST_CASE("whoever may read what a stream is about may read the stream, and nobody else") {
    World world;
    const Caller developer{seller({Role::developer}), {}, {}};
    const Caller referrals{seller({Role::referral_admin}), {}, {}};
    const Caller billing{buyer({Role::billing_admin}), {}, {}};
    CHECK(ask(world, offer_stream, developer) == done);
    CHECK(ask(world, offer_stream, referrals) == Errc::role_missing);
    for (const std::string& stream : {deal_stream, "relationship/fabrikam/" + contoso().str(),
                                      std::string("invites/fabrikam")}) {
        CHECK(ask(world, stream, referrals) == done);
        CHECK(ask(world, stream, developer) == Errc::role_missing);
        CHECK(ask(world, stream, ben()) == Errc::other_publisher);
    }
    CHECK(ask(world, "offer/proseware/f365", ana()) == Errc::other_publisher);
    CHECK(ask(world, pool_stream("bronze"), billing) == done);
    CHECK(ask(world, pool_stream("bronze"), nora()) == Errc::other_tenant);
    CHECK(ask(world, pool_stream("bronze"), ana()) == Errc::other_tenant);
}

TEST_CASE("answers kept since before a moment are pruned, and nothing else") {
    World world;
    world.sell_article({line("bronze", 300)});
    for (std::size_t n = 0; n < 250; ++n) {
        REQUIRE(world.assign("bronze", {person(n)}, with_key(ben(), std::to_string(n))));
    }
    const Timestamp then = world.clock->now();
    world.pass_time(Duration(1));
    REQUIRE(world.assign("bronze", {person(250)}, with_key(ben(), "250")));
    const std::size_t all = world.store->dump().size();

    CHECK(world.history().prune({then}).value().idempotency == 0);
    CHECK(world.history().prune({then + Duration(1)}).value().idempotency == 250);
    CHECK(world.store->dump().size() == all - 250);
    CHECK(world.assign("bronze", {person(250)}, with_key(ben(), "250")).value().replayed);
    CHECK_FALSE(world.assign("bronze", {person(1)}, with_key(ben(), "1")).value().replayed);
    CHECK(world.history().prune({Timestamp::latest()}).value().idempotency == 2);
    CHECK(world.verify(pool_stream("bronze")).ok);
}
