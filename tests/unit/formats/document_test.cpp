// Reading, writing and patching by a table: a document of our own that has a field of every sort.

#include "formats/document.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "formats/codecs.hpp"
#include "unit/catalog/samples.hpp"

namespace {

struct Lid {
    bool open = false;
    std::int64_t weight = 0;
};

struct Box {
    std::string serial;
    std::string name;
    std::int64_t size = 7;
    std::optional<std::string> label;
    std::optional<std::string> note;
    Lid lid;
    std::string state = "new";
    std::string seal;
    std::int64_t shelf = 0;
    std::string secret;
};

}  // namespace

namespace licet::formats {

template <>
struct Table<Lid> {
    static constexpr Field fields[] = {
        field<Lid, &Lid::open>("open"),
        field<Lid, &Lid::weight>("weight", Need::defaulted, Set::by_licet),
    };
};
template <>
struct Table<Box> {
    static constexpr Field fields[] = {
        field<Box, &Box::serial>("serial", Need::required, Set::once),
        field<Box, &Box::name>("name", Need::required, Set::by_caller, {1, 10}),
        field<Box, &Box::size>("size", Need::defaulted, Set::by_caller, {0, 100}),
        field<Box, &Box::label>("label", Need::optional, Set::by_caller, {1, 5}),
        field<Box, &Box::note>("note", Need::nullable),
        field<Box, &Box::lid>("lid", Need::defaulted),
        field<Box, &Box::state>("state", Need::defaulted, Set::by_licet),
        field<Box, &Box::seal>("seal", Need::defaulted, Set::echoed),
        field<Box, &Box::shelf>("shelf", Need::required, Set::in_store),
        field<Box, &Box::secret>("secret", Need::defaulted, Set::secret),
    };
};

}  // namespace licet::formats

using licet::Errc;
using licet::Findings;
using licet::Json;
using licet::Path;
using licet::Profile;
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

struct PatchedBox {
    Box box;
    std::string found;
};

PatchedBox patched_with(std::string_view changes) {
    Box base;
    base.serial = "s-1";
    base.name = "crate";
    base.label = "red";
    base.note = "heavy";
    base.lid = {true, 3};
    base.state = "used";
    base.seal = "wax";
    base.shelf = 9;
    Findings findings;
    const Path root;
    Box changed = licet::formats::patch(base, Json{std::string(changes)}, Profile::create, findings,
                                        root / "changes");
    return {changed, lines(findings.all())};
}

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

// RFC 7396, Appendix A. The patch is given one floor down, as a table has no say there.
TEST_CASE("a merge patch does what the examples of RFC 7396 say") {
    struct Example {
        const char* original;
        const char* patch;
        const char* result;
    };
    constexpr Example examples[] = {
        {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
        {R"({"a":"b"})", R"({"a":null})", R"({})"},
        {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
        {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
        {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
        {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
        {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
        {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
        {R"({"a":"foo"})", R"("bar")", R"("bar")"},
        {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
        {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
        {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
    };
    const auto under_name = [](std::string_view json) {
        return "{\"name\":" + std::string(json) + "}";
    };
    for (const Example& example : examples) {
        CAPTURE(example.patch);
        const std::string original_text = under_name(example.original);
        const std::string patch_text = under_name(example.patch);
        Findings findings;
        Parsed original;
        Parsed patch;
        REQUIRE(original.parse(original_text, findings));
        REQUIRE(patch.parse(patch_text, findings));
        CHECK(licet::formats::patched(original.root(), patch.root(), Table<Box>::fields, findings,
                                      Path()) == under_name(example.result));
        CHECK(findings.empty());
    }
    // Its one example left: null in place of the whole takes the whole away.
    CHECK(patched_with(R"({"lid":null,"name":"n"})").box.lid.open == false);
}

TEST_CASE("a patch changes what it names and leaves the rest, also what licet set") {
    const auto [box, found] = patched_with(R"({"name":"chest","lid":{"open":false},"label":null})");
    CHECK(found.empty());
    CHECK(box.serial == "s-1");
    CHECK(box.name == "chest");
    CHECK_FALSE(box.label);
    CHECK(box.note == "heavy");
    CHECK_FALSE(box.lid.open);
    CHECK(box.lid.weight == 3);
    CHECK(box.state == "used");
    CHECK(box.seal == "wax");
}

TEST_CASE("an empty patch changes nothing") {
    const auto [box, found] = patched_with("{}");
    CHECK(found.empty());
    CHECK(box.name == "crate");
}

TEST_CASE("a patch that takes away what must be there is found in the patch") {
    CHECK(patched_with(R"({"name":null})").found == "missing_field /changes/name");
    CHECK(patched_with(R"({"lid":{"open":null}})").found == "missing_field /changes/lid/open");
    const auto defaulted = patched_with(R"({"size":null,"note":null})");
    CHECK(defaulted.found.empty());
    CHECK(defaulted.box.size == 7);
    CHECK_FALSE(defaulted.box.note);
}

TEST_CASE("a patch cannot name ids, what is derived, the store's own or what is not known") {
    for (const char* name : {"serial", "state", "seal", "secret"}) {
        for (const char* value : {"\"x\"", "null", "1"}) {
            const std::string changes = "{\"" + std::string(name) + "\":" + value + "}";
            CHECK(patched_with(changes).found ==
                  "field_not_changeable /changes/" + std::string(name));
        }
    }
    CHECK(patched_with(R"({"shelf":1})").found == "unknown_field /changes/shelf");
    CHECK(patched_with(R"({"colour":null})").found == "unknown_field /changes/colour");
    CHECK(patched_with(R"({"lid":{"colour":1}})").found == "unknown_field /changes/lid/colour");
}

TEST_CASE("a patch is an object") {
    for (const char* changes : {"null", "[]", "1", "\"x\"", "true"}) {
        CHECK(patched_with(changes).found == "wrong_type /changes");
    }
}

TEST_CASE("a patch is read by the table as the document is") {
    CHECK(patched_with(R"({"name":1,"size":101,"lid":7})").found ==
          "wrong_type /changes/name\nnumber_out_of_range /changes/size\nwrong_type /changes/lid");
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
