#include "engine/chain.hpp"

#include <doctest/doctest.h>

#include "people.hpp"
#include "sha256.hpp"

using namespace licet;
using namespace licet::world;

namespace {

constexpr std::string_view stream = "offer/fabrikam/f365";
const Actor ana_herself = seller({Role::account_admin});
const Timestamp first_day = at("2026-01-10T09:00:00Z");

/// An event after `head`, which moves on.
std::string next(Head& head, Timestamp when = first_day, std::string_view details = R"({"a":1})") {
    return chain(head, stream, when, {"c-1", "offers.update", ana_herself}, details);
}

const Head no_event{0, Timestamp::from_ms(INT64_MIN), {}};

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto found = text.find(from);
    REQUIRE(found != std::string::npos);
    return text.replace(found, from.size(), to);
}

bool follows_first(const std::string& text) {
    Head head = no_event;
    return follows(head, stream, text);
}

}  // namespace

TEST_CASE("an event says who did what, when, after which other one") {
    Head head;
    (void)next(head);
    const std::string hash_before = head.hash;
    const Event event = parse_event(next(head, first_day + days(1))).value();
    CHECK(event.stream == stream);
    CHECK(event.number == 2);
    CHECK(event.at == first_day + days(1));
    CHECK(event.command == "c-1");
    CHECK(event.operation == "offers.update");
    CHECK(event.by == ana_herself);
    CHECK(event.details.text == R"({"a":1})");
    CHECK(event.previous == hash_before);
    CHECK(event.hash == head.hash);
    CHECK(head.number == 2);
    CHECK(head.at == event.at);
}

TEST_CASE("the first event follows none") {
    Head head;
    const Event event = parse_event(next(head)).value();
    CHECK(event.number == 1);
    CHECK(event.previous.empty());
}

TEST_CASE("an event's hash is the SHA-256 of all before it in its text") {
    Head head;
    const std::string text = next(head);
    const auto mark = text.find(",\"hash\":");
    CHECK(sha256_hex(text.substr(0, mark)) == head.hash);
    CHECK(text.substr(0, mark).find(sha256_hex(R"({"a":1})")) != std::string::npos);
}

TEST_CASE("events made one after the other follow one another") {
    Head writer;
    Head reader = no_event;
    for (int n = 0; n < 5; ++n) {
        CHECK(follows(reader, stream, next(writer, first_day + days(n))));
        CHECK(reader.number == writer.number);
        CHECK(reader.hash == writer.hash);
    }
}

TEST_CASE("an event of which anything was edited does not follow") {
    Head head;
    const std::string text = next(head);
    REQUIRE(follows_first(text));
    CHECK_FALSE(follows_first(with(text, "\"number\":1", "\"number\":2")));
    CHECK_FALSE(follows_first(with(text, "f365", "f366")));
    CHECK_FALSE(follows_first(with(text, "2026-01-10", "2026-01-11")));
    CHECK_FALSE(follows_first(with(text, "c-1", "c-2")));
    CHECK_FALSE(follows_first(with(text, "offers.update", "offers.cancel")));
    CHECK_FALSE(follows_first(with(text, "\"ana\"", "\"eve\"")));
    CHECK_FALSE(follows_first(with(text, "account_admin", "global_admin")));
    CHECK_FALSE(follows_first(with(text, "\"previous\":\"\"", "\"previous\":\"00\"")));
    CHECK_FALSE(follows_first(with(text, "{\"a\":1}", "{\"a\":2}")));
    CHECK_FALSE(follows_first(with(text, "{\"a\":1}", "{\"a\": 1}")));
    CHECK_FALSE(follows_first(text + " "));
    CHECK_FALSE(follows_first(" " + text));
}

TEST_CASE("an event whose hash was made anew is found by the one after it") {
    Head head;
    (void)next(head);
    const std::string second = next(head);
    Head forger;
    const std::string forged = next(forger, first_day, R"({"a":2})");
    Head reader = no_event;
    CHECK(follows(reader, stream, forged));
    CHECK_FALSE(follows(reader, stream, second));
}

TEST_CASE("an event of another stream does not follow") {
    Head head;
    Head reader = no_event;
    CHECK_FALSE(follows(reader, "offer/fabrikam/other", next(head)));
}

TEST_CASE("an event from before the one before it does not follow") {
    Head head;
    Head reader = no_event;
    REQUIRE(follows(reader, stream, next(head)));
    Head back = head;
    CHECK_FALSE(follows(reader, stream, next(back, first_day + Duration(-1))));
    CHECK(follows(reader, stream, next(head, first_day)));
}

TEST_CASE("a head does not move on over what does not follow") {
    Head reader = no_event;
    CHECK_FALSE(follows(reader, stream, "{}"));
    CHECK(reader.number == 0);
}

TEST_CASE("text that is no event is none") {
    Head head;
    const std::string text = next(head);
    for (const std::string& bad :
         {std::string(), std::string("{}"), std::string("null"), text.substr(0, text.size() - 1),
          text.substr(0, text.find(",\"details\"")) + "}", with(text, "\"hash\"", "\"hush\"")}) {
        CAPTURE(bad);
        CHECK_FALSE(follows_first(bad));
        CHECK(parse_event(bad).has_error());
    }
}

TEST_CASE("names that look like parts of an event change nothing") {
    Head writer;
    const Actor tricky{R"(x,"hash":"00","details":{})", publisher(), {}, {Role::global_admin}};
    const std::string text = chain(writer, stream, first_day, {"c", "offers.update", tricky},
                                   R"({"hash":"no","x":",\"hash\":\""})");
    Head reader = no_event;
    CHECK(follows(reader, stream, text));
    const Event event = parse_event(text).value();
    CHECK(event.by == tricky);
    CHECK(event.details.text == R"({"hash":"no","x":",\"hash\":\""})");
}
