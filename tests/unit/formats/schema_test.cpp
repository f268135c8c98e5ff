#include "formats/schema.hpp"

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "formats/tables/common.hpp"

namespace {

struct Tag {
    std::string word;
    std::optional<std::int64_t> weight;
};

struct Crate {
    std::string serial;
    std::string label;
    std::int64_t size = 7;
    std::optional<licet::Date> opened;
    Tag tag;
    std::vector<Tag> history;
    bool full = false;
    licet::Json notes;
    std::string seal;
    std::string shelf;
    std::string secret;
};

}  // namespace

namespace licet::formats {

template <>
struct Table<Tag> {
    static constexpr std::string_view name = "Tag";
    static constexpr Field fields[] = {
        field<Tag, &Tag::word>("word"),
        field<Tag, &Tag::weight>("weight", Need::optional, Set::by_caller, {0, 9}),
    };
};
template <>
struct Table<Crate> {
    static constexpr std::string_view name = "Crate";
    static constexpr Field fields[] = {
        field<Crate, &Crate::serial>("serial", Need::required, Set::once),
        field<Crate, &Crate::label>("label", Need::required, Set::by_caller, {1, 10}),
        field<Crate, &Crate::size>("size", Need::defaulted, Set::by_caller, {0, 100}),
        field<Crate, &Crate::opened>("opened", Need::nullable),
        field<Crate, &Crate::tag>("tag"),
        field<Crate, &Crate::history>("history", Need::optional, Set::by_caller, {1, 3}),
        field<Crate, &Crate::full>("full", Need::required, Set::by_licet),
        field<Crate, &Crate::notes>("notes", Need::optional, Set::by_licet),
        field<Crate, &Crate::seal>("seal", Need::defaulted, Set::echoed),
        field<Crate, &Crate::shelf>("shelf", Need::required, Set::in_store),
        field<Crate, &Crate::secret>("secret", Need::defaulted, Set::secret),
    };
};

}  // namespace licet::formats

using licet::formats::Codec;
using licet::formats::Definitions;
using licet::formats::Form;
using licet::formats::Pattern;
using licet::formats::Schema;

namespace {

const std::string date =
    R"({"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"})";
const std::string date_or_null = R"({"anyOf":[)" + date + R"(,{"type":"null"}]})";

template <class T>
std::string schema(Form form = Form::given, licet::formats::Bounds bounds = {}) {
    Definitions definitions;
    return Codec<T>::schema(Schema(form, definitions), bounds);
}

std::string as_property(std::string_view name, const std::string& described) {
    return '"' + std::string(name) + "\":" + described + ',';
}

// What a caller may write of a value, and what licet itself writes, against what is read.
template <class T>
void check_pattern(std::initializer_list<const char*> good, std::initializer_list<const char*> bad,
                   std::initializer_list<const char*> forgiven = {}) {
    const std::regex given{std::string(Pattern<T>::given)};
    const std::regex answered{std::string(Pattern<T>::answered)};
    for (const char* text : good) {
        CAPTURE(text);
        CHECK(std::regex_match(text, given));
        REQUIRE(T::parse(text));
        CHECK(std::regex_match(T::parse(text).value().str(), answered));
    }
    for (const char* text : forgiven) {
        CAPTURE(text);
        CHECK(std::regex_match(text, given));
        CHECK_FALSE(std::regex_match(text, answered));
    }
    for (const char* text : bad) {
        CAPTURE(text);
        CHECK_FALSE(std::regex_match(text, given));
        CHECK_FALSE(std::regex_match(text, answered));
        CHECK_FALSE(T::parse(text));
    }
}

template <class Id>
void check_longest(std::size_t length) {
    const std::regex given{std::string(Pattern<Id>::given)};
    CHECK(std::regex_match(std::string(length, 'a'), given));
    CHECK(Id::parse(std::string(length, 'a')));
    CHECK_FALSE(std::regex_match(std::string(length + 1, 'a'), given));
    CHECK_FALSE(Id::parse(std::string(length + 1, 'a')));
}

}  // namespace

TEST_CASE("a schema says of each value what its reader asks of it") {
    CHECK(schema<bool>() == R"({"type":"boolean"})");
    CHECK(schema<std::string>() == R"({"type":"string"})");
    CHECK(schema<std::string>(Form::given, {1, 10}) ==
          R"({"type":"string","minLength":1,"maxLength":10})");
    CHECK(schema<std::int64_t>(Form::given, {-1, 9}) ==
          R"({"type":"integer","minimum":-1,"maximum":9})");
    CHECK(schema<std::int64_t>() == R"({"type":"integer","minimum":-9223372036854775808,)"
                                    R"("maximum":9223372036854775807})");
    CHECK(schema<std::uint64_t>() ==
          R"({"type":"integer","minimum":0,"maximum":18446744073709551615})");
    CHECK(schema<licet::Duration>(Form::given, {0, 5}) ==
          R"({"type":"integer","minimum":0,"maximum":5})");
    CHECK(schema<licet::Profile>() == R"({"type":"string","enum":["create","import"]})");
    CHECK(schema<licet::Json>() == "{}");
    CHECK(schema<std::vector<bool>>(Form::given, {0, 3}) ==
          R"({"type":"array","items":{"type":"boolean"},"maxItems":3})");
    CHECK(schema<std::map<std::string, licet::Date, std::less<>>>() ==
          R"({"type":"object","additionalProperties":)" + date + "}");
    CHECK(schema<std::optional<licet::Date>>() == date);
}

TEST_CASE("an answer has all but what is optional, and nothing that stands in the store only") {
    Definitions definitions;
    CHECK(Codec<Crate>::schema(Schema(Form::answered, definitions), {}) ==
          R"({"$ref":"#/$defs/Crate"})");
    CHECK(definitions.size() == 2);
    CHECK(definitions["Crate"] ==
          R"({"type":"object","properties":{"serial":{"type":"string"},)"
          R"("label":{"type":"string","minLength":1,"maxLength":10},)"
          R"("size":{"type":"integer","minimum":0,"maximum":100},)" +
              as_property("opened", date_or_null) +
              R"("tag":{"$ref":"#/$defs/Tag"},)"
              R"("history":{"type":"array","items":{"$ref":"#/$defs/Tag"},)"
              R"("minItems":1,"maxItems":3},)"
              R"("full":{"type":"boolean"},"notes":{},"seal":{"type":"string"},)"
              R"("secret":{"type":"string"}},)"
              R"("required":["serial","label","size","opened","tag","full","seal","secret"],)"
              R"("additionalProperties":false})");
}

TEST_CASE("a caller gives what is required, and may repeat what licet derives") {
    Definitions definitions;
    CHECK(Codec<Crate>::schema(Schema(Form::given, definitions), {}) ==
          R"({"$ref":"#/$defs/CrateInput"})");
    const std::string& given = definitions["CrateInput"];
    CHECK(given.find(R"("full":{"readOnly":true,"type":"boolean"})") != std::string::npos);
    CHECK(given.find(R"("notes":{"readOnly":true})") != std::string::npos);
    CHECK(given.find(R"("secret":{"writeOnly":true,"type":"string"})") != std::string::npos);
    CHECK(given.find(R"("seal":{"type":"string"})") != std::string::npos);
    CHECK(given.find("shelf") == std::string::npos);
    CHECK(given.find(R"("required":["serial","label","tag"],)") != std::string::npos);
}

TEST_CASE("a document that is given as it is answered has one definition for both") {
    Definitions definitions;
    for (const Form form : {Form::given, Form::answered}) {
        CHECK(Codec<Tag>::schema(Schema(form, definitions), {}) == R"({"$ref":"#/$defs/Tag"})");
    }
    CHECK(definitions.size() == 1);
}

TEST_CASE("a patch names what may change, and null takes away what may be missing") {
    Definitions definitions;
    CHECK(Codec<Crate>::schema(Schema(Form::patch, definitions), {}) ==
          R"({"$ref":"#/$defs/CratePatch"})");
    CHECK(definitions["CratePatch"] ==
          R"({"type":"object","properties":{)"
          R"("label":{"type":"string","minLength":1,"maxLength":10},)"
          R"("size":{"anyOf":[{"type":"integer","minimum":0,"maximum":100},{"type":"null"}]},)" +
              as_property("opened", date_or_null) +
              R"("tag":{"$ref":"#/$defs/TagPatch"},)"
              R"("history":{"anyOf":[{"type":"array","items":{"$ref":"#/$defs/Tag"},)"
              R"("minItems":1,"maxItems":3},{"type":"null"}]}},"additionalProperties":false})");
    CHECK(definitions["TagPatch"].find("required") == std::string::npos);
}

TEST_CASE("the patterns of ids take what their readers take, on both sides of every limit") {
    check_pattern<licet::PublisherId>({"a", "0_-"}, {"", "-a", "_a", "a.b", "a b", "\xC3\xA9"},
                                      {"Fabrikam"});
    check_pattern<licet::OfferId>({"abc", "0-_"}, {"", "ab", "-ab", "a.c"}, {"F365"});
    check_pattern<licet::PlanId>({"a", "-", "_9"}, {"", "a.b", "a b"}, {"Gold"});
    check_pattern<licet::DealId>({"a", "D.1_-"}, {"", "d 1", "d@1"});
    check_longest<licet::PublisherId>(50);
    check_longest<licet::OfferId>(50);
    check_longest<licet::PlanId>(50);
    check_longest<licet::DealId>(64);
    check_longest<licet::TenantId>(64);
    check_pattern<licet::UserId>({"adele@contoso.example", "6f9619ff-8b86-d011-b42d-00c04fc964ff",
                                  "{6F9619FF-8B86-D011-B42D-00C04FC964FF}"},
                                 {"", "a b", "{a}", "{6f9619ff-8b86-d011-b42d-00c04fc964ff",
                                  "{6f9619ff-8b86-d011-b42d-00c04fc964fg}"});
    check_pattern<licet::ServiceId>({"a.bcd.e", "A.BCD.E"}, {"", "a.bcd", "a.bc.d", "a.bcd.e.f"});
}

TEST_CASE("the patterns of times and amounts take what their readers take") {
    check_pattern<licet::Timestamp>(
        {"2026-01-31T09:00:00Z", "2026-01-31t09:00:00.123456789z", "2026-01-31T23:59:59+23:59",
         "2016-12-31T23:59:60Z"},
        {"", "2026-01-31", "2026-01-31 09:00:00Z", "2026-13-01T09:00:00Z", "2026-01-31T24:00:00Z",
         "2026-01-31T09:00:00", "2026-01-31T09:00:00.Z", "2026-01-31T09:00:00.1234567890Z",
         "2026-01-31T09:00:00+24:00"});
    check_pattern<licet::Date>({"2026-01-31", "0001-12-01"},
                               {"", "2026-1-31", "2026-00-01", "2026-01-32", "26-01-01"});
    check_pattern<licet::Decimal>(
        {"0", "0.5", "12000.00", "999999999999999999", "0.12345678901234567"},
        {"", "1.", ".5", "00", "-1", "1e3", "9999999999999999999", "0.123456789012345678"});
    check_pattern<licet::Currency>({"USD"}, {"", "usd", "US", "USDX"});
    check_pattern<licet::Country>({"US"}, {"", "us", "U", "USA"});
}
