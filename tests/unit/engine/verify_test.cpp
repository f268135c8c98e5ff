// What happened, tampered with.

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

}  // namespace

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
