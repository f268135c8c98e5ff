#include "formats/parse.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

#include "formats/node_text.hpp"
#include "unit/catalog/samples.hpp"

using licet::Findings;
using licet::Path;
using licet::formats::json_depth_max;
using licet::formats::json_findings_max;
using licet::formats::Parsed;
using licet::samples::lines;

namespace {

struct Outcome {
    std::string value;  // as JSON again
    Findings findings;
};

Outcome parsed(std::string_view text, const Path& at = {}) {
    Outcome outcome;
    Parsed document;
    const bool well = document.parse(text, outcome.findings, at);
    CHECK(well == !outcome.findings.has_errors());
    if (well) {
        outcome.value = licet::formats::text_of(document.root());
    }
    return outcome;
}

std::string value_of(std::string_view text) { return parsed(text).value; }
std::string found_in(std::string_view text) { return lines(parsed(text).findings.all()); }

std::string repeated(std::string_view part, std::size_t count) {
    std::string text;
    text.reserve(part.size() * count);
    for (std::size_t i = 0; i < count; ++i) {
        text += part;
    }
    return text;
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + "1" + std::string(depth, ']');
}

// An object of so many members, "k0" to …
std::string members(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
    }
    return text;
}

}  // namespace

TEST_CASE("JSON of every kind is read") {
    for (const char* text : {"null", "true", "false", "0", "-1", "\"\"", "[]", "{}",
                             R"({"a":[1,"two",{"b":null}],"c":{"a":false}})"}) {
        CHECK(value_of(text) == text);
    }
    CHECK(value_of(" \t\r\n[ 1 , 2 ]\n ") == "[1,2]");
}

TEST_CASE("a number that is whole however it is written is a whole number") {
    CHECK(value_of("[30.0,3e1,3E+1,0.3e2,300e-1,-1200e-2,-0.0,0e99,0.000,1.50e1]") ==
          "[30,30,30,30,30,-12,0,0,0,15]");
    CHECK(value_of("[9223372036854775807,-9223372036854775808,18446744073709551615]") ==
          "[9223372036854775807,-9223372036854775808,18446744073709551615]");
    CHECK(value_of("[9223372036854775807.0,922337203685477580.7e1,-9223372036854775808.0]") ==
          "[9223372036854775807,9223372036854775807,-9223372036854775808]");
}

TEST_CASE("a number that is not whole, or too large for any integer, stays what it is") {
    CHECK(value_of("[2.5,25e-1,-0.5,1e-1]") == "[2.5E0,2.5E0,-5E-1,1E-1]");
    CHECK(value_of("[1e19,9223372036854775808.0,-9223372036854775809.0]") ==
          "[1E19,9.223372036854776E18,-9.223372036854776E18]");
    CHECK(value_of("1e-400") == "0E0");
}

TEST_CASE("a fraction is the nearest number that there is, so that it is written as it was read") {
    CHECK(value_of("0.9814496933510715") == "9.814496933510715E-1");
    CHECK(value_of("-0.38502772273441205") == "-3.8502772273441205E-1");
    CHECK(value_of("37.871853780053684") == "3.7871853780053684E1");
}

TEST_CASE("a number that no type holds is found at its place") {
    CHECK(found_in("1e400") == "number_out_of_range ");
    CHECK(found_in(R"({"a":[0,-1e400],"b":{"c":1e999}})") ==
          "number_out_of_range /a/1\nnumber_out_of_range /b/c");
    CHECK(found_in("1e308").empty());
    CHECK(found_in("[" + std::string(400, '9') + "]") == "number_out_of_range /0");
}

TEST_CASE("an exponent too long to be one is no number") {
    for (const char* text : {"1e99999999999999999999", "1e-99999999999999999999"}) {
        CHECK(parsed(text).findings.has_errors());
    }
}

TEST_CASE("what only looks like a number is no JSON") {
    for (const char* text :
         {"01", "+1", "1.", ".5", "1e", "-", "0x10", "NaN", "Infinity", "1_000"}) {
        CAPTURE(text);
        CHECK(found_in(text) == "json_syntax ");
    }
}

TEST_CASE("a key given twice is found at its second place, wherever the object is") {
    CHECK(found_in(R"({"a":1,"b":2,"a":3})") == "json_duplicate_key /a");
    CHECK(found_in(R"({"x":{"a":1,"a":2}})") == "json_duplicate_key /x/a");
    CHECK(found_in(R"({"x":[{"a":1},{"a":1,"a":{}}]})") == "json_duplicate_key /x/1/a");
    CHECK(found_in(R"([[],[[{"a":1,"a":1}]]])") == "json_duplicate_key /1/0/0/a");
    CHECK(found_in(R"({"a":{"a":{"a":1}}})").empty());
    CHECK(found_in(R"({"a":1,"a":1,"a":1})") == "json_duplicate_key /a\njson_duplicate_key /a");
    CHECK(found_in(R"({"":1,"":2})") == "json_duplicate_key /");
    CHECK(found_in(R"({"a/b~":1,"a/b~":2})") == "json_duplicate_key /a~1b~0");
}

TEST_CASE("keys are compared as what they stand for") {
    CHECK(found_in(R"({"a":1,"\u0061":2})") == "json_duplicate_key /a");
    CHECK(found_in(R"({"\u0000":1,"\u0000\u0000":2,"":3})").empty());
    CHECK(found_in(R"({"a":1,"A":2})").empty());
    CHECK(found_in(R"({"\u0061":1,"\u0062":2})").empty());
    CHECK(found_in(R"({"\u0061b":{"c":1,"c":2}})") == "json_duplicate_key /ab/c");
    const std::string of_many_parts(10'000, 'k');
    CHECK(found_in("{\"" + of_many_parts + "\\u0061\":1,\"" + of_many_parts + "a\":2}") ==
          "json_duplicate_key /" + of_many_parts + "a");
    CHECK(found_in("{\"" + of_many_parts + "\\u0061\":1,\"a\":2}").empty());
}

TEST_CASE("a key given twice is found in an object of 16 members and in one of 17 and more") {
    for (const std::size_t others : {14U, 15U, 16U, 17U, 1000U}) {
        const std::string all = members(others);
        CHECK(found_in("{" + all + "}").empty());
        CHECK(found_in("[{" + all + ",\"k7\":1,\"x\":1}]") == "json_duplicate_key /0/k7");
        CHECK(found_in("[{" + all + ",\"k9\":1,\"k3\":1}]") ==
              (others < 15 ? "json_duplicate_key /0/k9\njson_duplicate_key /0/k3"
                           : "json_duplicate_key /0/k3\njson_duplicate_key /0/k9"));
    }
}

TEST_CASE("pointers start where the text stands in a larger document") {
    const Path root;
    CHECK(lines(parsed(R"({"a":1,"a":2})", root / "changes").findings.all()) ==
          "json_duplicate_key /changes/a");
    CHECK(lines(parsed("[1e400]", root / "changes").findings.all()) ==
          "number_out_of_range /changes/0");
    CHECK(lines(parsed("[", root / "changes").findings.all()) == "json_syntax /changes");
}

TEST_CASE("JSON is nested 32 deep and no deeper") {
    CHECK(json_depth_max == 32);
    CHECK(found_in(nested(32)).empty());
    CHECK(found_in(nested(33)) == "json_too_deep ");
    CHECK(found_in(repeated(R"({"a":)", 32) + "1" + std::string(32, '}')).empty());
    CHECK(found_in(repeated(R"({"a":)", 33) + "1" + std::string(33, '}')) == "json_too_deep ");
}

TEST_CASE("text that is not UTF-8 is no JSON") {
    for (const std::string bad :
         {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80",  // long
          "\xED\xA0\x80", "\xED\xBF\xBF",                              // surrogates
          "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xE2(\xA1",             // cut off
          "\x80", "\xBF", "\xFF", "\xFE",                              // not first bytes
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80"}) {                   // past the last
        CAPTURE(bad);
        CHECK(found_in("\"" + bad + "\"") == "json_syntax ");
        CHECK(found_in("{\"" + bad + "\":1}") == "json_syntax ");
        CHECK(found_in("\"" + bad) == "json_syntax ");
    }
    CHECK(value_of("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"") ==
          "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

TEST_CASE("an escape stands for one character, and half a surrogate for none") {
    CHECK(value_of(R"("\u00e9\u20AC\ud83d\ude00\/")") ==
          "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80/\"");
    for (const char* text :
         {R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")", R"("\udc00\ud800")",
          R"({"\ud800":1})", R"("\u12")", R"("\u12g4")", R"("\x41")", R"("\")"}) {
        CAPTURE(text);
        CHECK(found_in(text) == "json_syntax ");
    }
}

TEST_CASE("NUL is a character like others where it is escaped, and never stands raw") {
    CHECK(value_of(R"("a\u0000b")") == R"("a\u0000b")");
    CHECK(found_in(std::string_view("\"a\0b\"", 5)) == "json_syntax ");
    CHECK(found_in(std::string_view("1\0", 2)) == "json_syntax ");
    CHECK(found_in(std::string_view("\0", 1)) == "json_syntax ");
}

TEST_CASE("one value is all that a text holds") {
    for (const char* text : {"",       " ",          "\n",
                             "1 2",    "{}{}",       "[] x",
                             "null,",  "{} //",      "\xEF\xBB\xBF{}",
                             "nul",    "tru",        "{",
                             "[",      "\"",         "[1",
                             "{\"a\"", "{\"a\":",    "{\"a\":1",
                             "[1,]",   "{\"a\":1,}", "[,]",
                             "{,}",    "{a:1}",      "{'a':1}",
                             "/**/1",  "]"}) {
        CAPTURE(text);
        CHECK(found_in(text) == "json_syntax ");
    }
}

TEST_CASE("what is no JSON is told by line and column") {
    const auto told = [](std::string_view text) {
        return parsed(text).findings.all().at(0).message;
    };
    CHECK(told("").find("line 1, column 1,") != std::string::npos);
    CHECK(told("x").find("line 1, column 1,") != std::string::npos);
    CHECK(told("{\n  \"a\": x\n}").find("line 2, column 8,") != std::string::npos);
    CHECK(told("[1,\r\n2]\n]").find("line 3, column 1,") != std::string::npos);
    CHECK(told(nested(33)).find("line 1, column 33,") != std::string::npos);
}

TEST_CASE("where a text is no JSON nothing else is said of it") {
    CHECK(found_in(R"({"a":1,"a":1e400},)") == "json_syntax ");
}

TEST_CASE("what holds one text can hold another, of which nothing is left where it is no JSON") {
    const std::string longer = "[\"\\u0061" + std::string(1000, 'b') + "\"]";
    Findings none;
    Parsed document;
    REQUIRE(document.parse(R"("\u0061")", none));
    CHECK(document.root().text() == "a");
    REQUIRE(document.parse(longer, none));
    CHECK(document.root().children().begin()->text() == "a" + std::string(1000, 'b'));
    CHECK(!document.parse("[", none));
    CHECK(document.root().is_null());
}

TEST_CASE("no more findings are told than a person would read") {
    const auto with_duplicates = [](std::size_t count) {
        return "{\"a\":0" + repeated(",\"a\":0", count) + "}";
    };
    const auto told = [&](std::size_t count) {
        return parsed(with_duplicates(count)).findings.all().size();
    };
    CHECK(told(json_findings_max) == json_findings_max);
    CHECK(told(json_findings_max + 1) == json_findings_max);
}

TEST_CASE("a megabyte of malice is read in linear time and memory") {
    constexpr std::size_t megabyte = 1'000'000;
    const std::string long_key(megabyte / 2, 'k');
    const auto is_refused = [](const std::string& text) {
        return parsed(text).findings.has_errors();
    };
    CHECK(found_in(std::string(100'000, '[')) == "json_too_deep ");
    CHECK(found_in(std::string(megabyte, '[')) == "json_too_deep ");
    CHECK(found_in(repeated("{\"a\":", megabyte / 5)) == "json_too_deep ");
    CHECK(is_refused(std::string(megabyte, '9')));
    CHECK(found_in("0." + std::string(megabyte, '1')).empty());
    CHECK(found_in("1" + std::string(megabyte, '0') + "e-" + std::to_string(megabyte)).empty());
    CHECK(is_refused("1e" + std::string(megabyte, '9')));
    CHECK(is_refused("[1e400" + repeated(",1e400", megabyte / 6) + "]"));
    CHECK(found_in("[2.5" + repeated(",2.5", megabyte / 4) + "]").empty());
    CHECK(found_in("{" + members(megabyte / 10) + "}").empty());
    CHECK(is_refused("{" + members(megabyte / 10) + ",\"k0\":1}"));
    CHECK(is_refused("{\"a\":0" + repeated(",\"a\":0", megabyte / 6) + "}"));
    CHECK(is_refused("{\"" + long_key + "\":1,\"" + long_key + "\":2}"));
    CHECK(is_refused("{\"" + long_key + "\":[0" + repeated(",{\"a\":1,\"a\":1}", megabyte / 28) +
                     "]}"));
    CHECK(found_in("\"" + repeated("\\u0000", megabyte / 6) + "\"").empty());
    CHECK(is_refused("\"" + std::string(megabyte, '\\')));
    CHECK(is_refused("\"" + std::string(megabyte, '\x80')));
    CHECK(is_refused(std::string(megabyte, ' ') + "x"));
    CHECK(is_refused(std::string(megabyte, '\n')));
}
