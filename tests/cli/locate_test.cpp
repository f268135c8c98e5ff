#include "cli/locate.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>

using cli::locate;
using cli::Place;
using cli::Source;
using cli::Span;

namespace {

std::string at(std::string_view json, const std::string& pointer, bool is_key = false) {
    const Span span = locate(json, {{pointer, is_key}}).front();
    return std::string(json.substr(span.begin, span.end - span.begin));
}

}  // namespace

TEST_CASE("a pointer finds its value, and the name of a field its key") {
    const std::string text = R"( {"a" : [10, {"b": "two"}, true], "c":{"d":null}} )";
    CHECK(at(text, "") == "{");
    CHECK(at(text, "/a") == "[");
    CHECK(at(text, "/a/0") == "10");
    CHECK(at(text, "/a/1/b") == "\"two\"");
    CHECK(at(text, "/a/1/b", true) == "\"b\"");
    CHECK(at(text, "/a/2") == "true");
    CHECK(at(text, "/c/d") == "null");
    CHECK(at(text, "/c/d", true) == "\"d\"");
}

TEST_CASE("what is not there is shown at what is nearest around it") {
    const std::string text = R"({"a":[1],"c":{"d":7}})";
    CHECK(at(text, "/x") == "{");
    CHECK(at(text, "/x/y/z") == "{");
    CHECK(at(text, "/a/1") == "[");
    CHECK(at(text, "/a/-1") == "[");
    CHECK(at(text, "/c/d/e") == "7");
    CHECK(at(text, "/c/e", true) == "{");
}

TEST_CASE("names are compared as they are meant, not as they are spelled") {
    const std::string text = R"({"a\/b":1,"\u0041":2,"~":3,"":4,"\"":5,"\ud83d\ude00":6})";
    CHECK(at(text, "/a~1b") == "1");
    CHECK(at(text, "/A") == "2");
    CHECK(at(text, "/~0") == "3");
    CHECK(at(text, "/") == "4");
    CHECK(at(text, "/\"") == "5");
    CHECK(at(text, "/\xF0\x9F\x98\x80") == "6");
}

TEST_CASE("many places are found in one pass, in the order in which they are asked for") {
    const std::string text = R"({"a":[1,2,3],"b":4})";
    const auto spans = locate(text, {{"/b", false}, {"/a/2", false}, {"/a", true}, {"/b", true}});
    std::string found;
    for (const Span span : spans) {
        found += text.substr(span.begin, span.end - span.begin) + " ";
    }
    CHECK(found == "4 3 \"a\" \"b\" ");
}

TEST_CASE("of a field that is there twice the second is shown") {
    CHECK(locate(R"({"a":1,"b":0,"a":1})", {{"/a", true}}).front().begin == 13);
}

TEST_CASE("a place that stands before the end of the JSON is found all the same") {
    const std::string text = R"({"a":{"b":1},"c":[2,)";
    CHECK(at(text, "/a/b") == "1");
    CHECK(at(text, "/c/0") == "2");
    CHECK(at(text, "/c/1") == "");
}

TEST_CASE("whatever the text, the places are in it") {
    const char* given = std::getenv("LICET_SEED");
    const auto seed =
        given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : 20261122U;
    CAPTURE(seed);
    std::mt19937 random(seed);
    constexpr std::string_view bytes = "{}[]\",:\\ab01u \n\xC3";
    for (int round = 0; round < 20'000; ++round) {
        std::string text = "{\"a\":[{\"b\":1},[0,";
        for (std::size_t length = random() % 24; length > 0; --length) {
            text += bytes[random() % bytes.size()];
        }
        const auto spans = locate(text, {{"/a/0/b", false},
                                         {"/a/1/1/0/b", true},
                                         {"/a/2/a/b", false},
                                         {"/b/a", true},
                                         {"/u/0/0", false}});
        const Source source("x", text);
        for (const Span span : spans) {
            REQUIRE(span.begin <= span.end);
            REQUIRE(span.end <= text.size());
            const Place place = source.place_of(span.begin);
            REQUIRE(place.line >= 1);
            REQUIRE(place.column >= 1);
        }
    }
}

TEST_CASE("a syntax error stands where the text stops being JSON") {
    CHECK_FALSE(cli::syntax_error(R"( {"a":[1, 2]} )"));
    CHECK(cli::syntax_error("{\"a\":}")->offset == 5);
    CHECK(cli::syntax_error("{} x")->offset == 3);
    CHECK(cli::syntax_error("")->offset == 0);
    CHECK_FALSE(cli::syntax_error(std::string(31, '[') + std::string(31, ']')));
    CHECK(cli::syntax_error(std::string(32, '[') + std::string(32, ']'))->is_too_deep);
}

TEST_CASE("lines and columns count from one, characters and not bytes") {
    const Source source("x",
                        "a\xC3\x84"
                        "b\r\n\nc");
    CHECK(source.place_of(0).column == 1);
    CHECK(source.place_of(3).column == 3);
    CHECK(source.place_of(6).line == 2);
    CHECK(source.place_of(7).line == 3);
    CHECK(source.place_of(100).column == 2);
    CHECK(source.line(1) ==
          "a\xC3\x84"
          "b");
    CHECK(source.line(2).empty());
    CHECK(source.line(4).empty());
    CHECK(source.offset_of({1, 3}) == 3);
    CHECK(source.offset_of({1, 99}) == 4);
    CHECK(source.offset_of({3, 1}) == 7);
    CHECK(source.offset_of({99, 1}) == 8);
}

TEST_CASE("a column far to the right is counted right") {
    std::string text;
    for (int i = 0; i < 5000; ++i) {
        text += "\xC3\x84";
    }
    const Source source("x", "first\n" + text + "!");
    CHECK(source.place_of(6 + text.size()).column == 5001);
    CHECK(source.place_of(6 + 2 * 1021).column == 1022);
}
