// What happened.

#include <set>

#include <doctest/doctest.h>

#include "engine/keys.hpp"
#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

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
    World world;
    world.publish();
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

TEST_CASE("events come in pages, oldest first") {
    World world;
    world.publish();
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
