// Reading and writing by a table.

#include "formats/document.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/catalog/samples.hpp"
#include "unit/formats/box.hpp"

using licet::Errc;
using licet::Findings;
using licet::Path;
using licet::formats::Audience;
using licet::formats::Codec;
using licet::formats::decode;
using licet::formats::difference;
using licet::formats::encode;
using licet::formats::Origin;
using licet::formats::Parsed;
using licet::formats::Reader;
using licet::formats::Table;
using licet::formats::Writer;
using licet::samples::lines;
using licet::test::Box;

namespace {

struct ReadBox {
    Box box;
    std::string found;
    std::vector<licet::Finding> findings;
};

ReadBox read(std::string_view text, Origin origin = Origin::caller) {
    ReadBox read;
    Findings findings;
    Parsed document;
    REQUIRE(document.parse(text, findings));
    Reader reader(findings, origin);
    Codec<Box>::read(document.root(), read.box, reader, Path());
    read.found = lines(findings.all());
    read.findings = findings.all();
    return read;
}

std::string hint_of(std::string_view text) { return read(text).findings.at(0).hint; }

}  // namespace

TEST_CASE("a document with all that it must have is read, and the rest is as by default") {
    const auto [box, found, _] = read(R"({"serial":"s-1","name":"crate"})");
    CHECK(found.empty());
    CHECK(box.serial == "s-1");
    CHECK(box.name == "crate");
    CHECK(box.size == 7);
    CHECK_FALSE(box.label);
    CHECK_FALSE(box.note);
    CHECK_FALSE(box.lid.open);
}

TEST_CASE("what a document must have is missed at its place") {
    CHECK(read("{}").found == "missing_field /serial\nmissing_field /name");
    CHECK(read(R"({"serial":"s","name":"n","lid":{}})").found == "missing_field /lid/open");
}

TEST_CASE("bounds are told from the least to the most, or from the least on") {
    CHECK(licet::formats::Bounds{1, 100}.words() == "from 1 to 100");
    CHECK(licet::formats::Bounds{0}.words() == "at least 0");
}

TEST_CASE("a field that is not known is found, with the name that was meant") {
    CHECK(read(R"({"serial":"s","name":"n","sise":1})").found == "unknown_field /sise");
    CHECK(hint_of(R"({"sise":1,"serial":"s","name":"n"})") == "did you mean size?");
    CHECK(hint_of(R"({"Name":1})") == "did you mean name?");
    CHECK(hint_of(R"({"lidd":1})") == "did you mean lid?");
    CHECK(hint_of(R"({"seriall1":1})") == "did you mean serial?");
    CHECK(hint_of(R"({"seriall12":1})").empty());
    CHECK(hint_of(R"({"colour":1})").empty());
    CHECK(hint_of(R"({"":1})").empty());
    CHECK(read(R"({"serial":"s","name":"n","lid":{"open":true,"opne":1}})").found ==
          "unknown_field /lid/opne");
}

TEST_CASE("a hint does not speak of what callers cannot give") {
    CHECK(hint_of(R"({"shelff":1})").empty());
    CHECK(read(R"({"serial":"s","name":"n","shelf":1})").found == "unknown_field /shelf");
}

TEST_CASE("a hundred thousand unknown fields are found in linear time") {
    std::string text = R"({"serial":"s","name":"n")";
    for (int i = 0; i < 100'000; ++i) {
        text += ",\"seria" + std::to_string(i) + "\":0";
    }
    CHECK(read(text + "}").findings.size() == 100'000);
}

TEST_CASE("a value of another type than the table's is found") {
    const std::string must = R"({"serial":"s","name":"n",)";
    for (const char* other : {"null", "true", "1", "2.5", "[]", "{}"}) {
        CAPTURE(other);
        const std::string value(other);
        CHECK(read(R"({"serial":"s","name":)" + value + "}").found == "wrong_type /name");
        CHECK(read(must + R"("label":)" + value + "}").found == "wrong_type /label");
        CHECK(read(must + R"("secret":)" + value + "}").found == "wrong_type /secret");
        if (value != "null") {
            CHECK(read(must + R"("note":)" + value + "}").found == "wrong_type /note");
        }
    }
    for (const char* other : {"null", "true", "\"7\"", "[]", "{}"}) {
        CHECK(read(must + R"("size":)" + std::string(other) + "}").found == "wrong_type /size");
    }
    for (const char* other : {"null", "0", "\"true\"", "[]", "{}"}) {
        CHECK(read(must + R"("lid":{"open":)" + std::string(other) + "}}").found ==
              "wrong_type /lid/open");
    }
    for (const char* other : {"null", "true", "1", "\"\"", "[]"}) {
        CHECK(read(must + R"("lid":)" + std::string(other) + "}").found == "wrong_type /lid");
        CHECK(read(other).found == "wrong_type ");
    }
}

TEST_CASE("numbers, texts and lists keep to their bounds") {
    const std::string must = R"({"serial":"s","name":"n",)";
    for (const char* size : {"0", "100", "1e2"}) {
        CHECK(read(must + R"("size":)" + std::string(size) + "}").found.empty());
    }
    for (const char* size : {"-1", "101", "1e19"}) {
        CHECK(read(must + R"("size":)" + std::string(size) + "}").found ==
              "number_out_of_range /size");
    }
    CHECK(read(R"({"serial":"s","name":"1234567890"})").found.empty());
    CHECK(read(R"({"serial":"s","name":"12345678901"})").found == "text_length /name");
    CHECK(read(R"({"serial":"s","name":""})").found == "text_length /name");
    CHECK(read(must + R"("label":"12345"})").found.empty());
    CHECK(read(must + R"("label":"123456"})").found == "text_length /label");
}

TEST_CASE("all that is wrong is told at once") {
    CHECK(read(R"({"name":1,"size":"7","lid":{"open":0,"x":1},"colour":1})").found ==
          "wrong_type /name\nwrong_type /size\nwrong_type /lid/open\nunknown_field /lid/x\n"
          "unknown_field /colour\nmissing_field /serial");
}

TEST_CASE("what licet sets is not taken from callers, who are warned, whatever they gave") {
    const std::string must = R"({"serial":"s","name":"n",)";
    for (const char* value : {"\"old\"", "7", "null", "{}"}) {
        const auto [box, found, _] = read(must + R"("state":)" + std::string(value) + "}");
        CHECK(found == "derived_field_ignored /state (warning)");
        CHECK(box.state == "new");
    }
    CHECK(read(must + R"("lid":{"open":true,"weight":4}})").found ==
          "derived_field_ignored /lid/weight (warning)");
}

TEST_CASE("what is derived and echoed is taken, so that a wrong one is found") {
    CHECK(read(R"({"serial":"s","name":"n","seal":"wax"})").box.seal == "wax");
    CHECK(read(R"({"serial":"s","name":"n","seal":1})").found == "wrong_type /seal");
}

TEST_CASE("the store's own fields are read and written there and nowhere else") {
    Box box;
    box.serial = "s";
    box.name = "n";
    box.state = "used";
    box.shelf = 9;
    box.lid = {true, 4};
    CHECK(encode(box) ==
          R"({"serial":"s","name":"n","size":7,"note":null,"lid":{"open":true,"weight":4},)"
          R"("state":"used","seal":"","secret":""})");
    const std::string stored = encode(box, Audience::store);
    CHECK(stored ==
          R"({"serial":"s","name":"n","size":7,"note":null,"lid":{"open":true,"weight":4},)"
          R"("state":"used","seal":"","shelf":9,"secret":""})");
    const auto [again, found, _] = read(stored, Origin::store);
    CHECK(found.empty());
    CHECK(again.shelf == 9);
    CHECK(again.state == "used");
    CHECK(again.lid.weight == 4);
    CHECK(read(encode(box), Origin::store).found == "missing_field /shelf");
}

TEST_CASE("an optional field is written where there is something, a nullable one always") {
    Box box;
    box.label = "red";
    box.note = "heavy";
    const std::string text = encode(box);
    CHECK(text.find(R"("label":"red","note":"heavy")") != std::string::npos);
    CHECK(encode(Box()).find(R"("size":7,"note":null)") != std::string::npos);
    const auto [again, found, _] = read(R"({"serial":"s","name":"n","note":null})");
    CHECK(found.empty());
    CHECK_FALSE(again.note);
}

TEST_CASE("a command is known by what the caller says, but not by secrets and what is derived") {
    Box box;
    box.serial = "s";
    box.name = "n";
    box.secret = "token";
    Writer out(Audience::caller);
    licet::formats::write_known_by(out, {&box, Table<Box>::fields});
    CHECK(std::move(out).take() ==
          R"({"serial":"s","name":"n","size":7,"note":null,"lid":{"open":false,"weight":0}})");
}

TEST_CASE("what stands in the store and cannot be read is corrupt") {
    for (const char* text : {"", "{", "[]", "{}", R"({"serial":1})", "null"}) {
        const auto decoded = decode<Box>(text);
        REQUIRE_FALSE(decoded);
        CHECK(decoded.error().code == Errc::record_corrupt);
    }
}

TEST_CASE("a difference has the members that differ, before and after") {
    CHECK(difference(R"({"a":1,"b":{"c":2},"d":[1,2]})", R"({"a":1,"b":{"c":3},"d":[1,2]})") ==
          R"({"before":{"b":{"c":2}},"after":{"b":{"c":3}}})");
    CHECK(difference(R"({"a":{"b":{"c":1,"d":2},"e":3}})", R"({"a":{"b":{"c":1,"d":4},"e":3}})") ==
          R"({"before":{"a":{"b":{"d":2}}},"after":{"a":{"b":{"d":4}}}})");
    CHECK(difference(R"({"a":{"b":1}})", R"({"a":null})") ==
          R"({"before":{"a":{"b":1}},"after":{"a":null}})");
    CHECK(difference(R"({"a":1})", R"({"b":1})") == R"({"before":{"a":1},"after":{"b":1}})");
    CHECK(difference(R"({"a":null})", R"({})") == R"({"before":{"a":null},"after":{}})");
    CHECK(difference(R"({"a":1,"b":2})", R"({"b":2,"a":1})") == R"({"before":{},"after":{}})");
    CHECK(difference(R"({"a":[1,2]})", R"({"a":[2,1]})") ==
          R"({"before":{"a":[1,2]},"after":{"a":[2,1]}})");
    CHECK(difference("null", R"({"a":1})") == R"({"before":null,"after":{"a":1}})");
}

TEST_CASE("of two boxes the members are told in which they differ, as callers see them") {
    Box old_box;
    old_box.name = "crate";
    old_box.label = "red";
    old_box.lid.weight = 3;
    Box new_box = old_box;
    const auto differing = [&] {
        Writer before(Audience::caller);
        Writer after(Audience::caller);
        write_differing(before, after, {{&old_box, &new_box, Table<Box>::fields}});
        return std::move(before).take() + ' ' + std::move(after).take();
    };
    CHECK(differing() == "{} {}");
    new_box.shelf = 4;
    CHECK(differing() == "{} {}");
    new_box.label.reset();
    CHECK(differing() == R"({"label":"red"} {})");
    new_box.note = "heavy";
    new_box.lid.open = true;
    CHECK(differing() == R"({"label":"red","note":null,"lid":{"open":false,"weight":3}} )"
                         R"({"note":"heavy","lid":{"open":true,"weight":3}})");
}
