// Merge patches by a table.

#include <doctest/doctest.h>

#include <string>

#include "unit/catalog/samples.hpp"
#include "unit/formats/box.hpp"

using licet::Findings;
using licet::Json;
using licet::Path;
using licet::Profile;
using licet::formats::Parsed;
using licet::formats::Table;
using licet::samples::lines;
using licet::test::Box;

namespace {

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
