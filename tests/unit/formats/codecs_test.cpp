#include "formats/codecs.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "formats/tables/common.hpp"
#include "unit/catalog/samples.hpp"

using licet::Findings;
using licet::Path;
using licet::Profile;
using licet::Words;
using licet::formats::Codec;
using licet::formats::decode;
using licet::formats::encode;
using licet::formats::Origin;
using licet::formats::Parsed;
using licet::formats::Reader;
using licet::samples::lines;

namespace {

template <class T>
struct ReadValue {
    T value{};
    std::string found;
    std::vector<licet::Finding> findings;
};

template <class T>
ReadValue<T> read(std::string_view text, Profile profile = Profile::create) {
    ReadValue<T> read;
    Findings findings;
    Parsed document;
    if (document.parse(text, findings)) {
        Reader reader(findings, Origin::caller, profile);
        Codec<T>::read(document.root(), read.value, reader, Path());
    }
    read.found = lines(findings.all());
    read.findings = findings.all();
    return read;
}

template <class T>
std::string found_in(std::string_view text, Profile profile = Profile::create) {
    return read<T>(text, profile).found;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

template <class Id>
void check_lowercase_id(const std::string& good, const std::string& shouted, const char* rule) {
    CAPTURE(good);
    CHECK(read<Id>(quoted(good)).value.str() == good);
    CHECK(encode(read<Id>(quoted(good)).value) == quoted(good));
    CHECK(found_in<Id>(quoted(shouted)) == std::string(rule) + " ");
    const auto imported = read<Id>(quoted(shouted), Profile::import);
    CHECK(imported.found == "id_not_lowercase  (warning)");
    CHECK(imported.value.str() == good);
    for (const Profile profile : {Profile::create, Profile::import}) {
        CHECK(found_in<Id>(quoted("not an id"), profile) == std::string(rule) + " ");
        for (const char* other : {"null", "1", "true", "[]", "{}"}) {
            CHECK(found_in<Id>(other, profile) == "wrong_type ");
        }
    }
}

// Whether the enumeration has a name for this value: compilers write the others as a cast.
template <auto Value>
constexpr bool is_named() {
    constexpr std::string_view signature = __PRETTY_FUNCTION__;
    return signature[signature.find("Value = ") + 8] != '(';
}
template <class E, int... Values>
constexpr std::size_t count_named(std::integer_sequence<int, Values...>) {
    return (std::size_t{is_named<static_cast<E>(Values)>()} + ...);
}
template <class E>
constexpr std::size_t enumerators = count_named<E>(std::make_integer_sequence<int, 64>());

template <class E>
void check_words() {
    std::set<std::string_view> words;
    std::set<E> values;
    for (const auto& [word, value] : Words<E>::all) {
        words.insert(word);
        values.insert(value);
        CHECK(encode(value) == quoted(std::string(word)));
        const auto again = read<E>(quoted(std::string(word)));
        CHECK(again.found.empty());
        CHECK(again.value == value);
    }
    CHECK(words.size() == std::size(Words<E>::all));
    CHECK(values.size() == enumerators<E>);
}

}  // namespace

TEST_CASE("an id that is lowercase by rule may have capitals only where it exists out there") {
    check_lowercase_id<licet::PublisherId>("fabrikam", "fabriKam", "publisher_id_bad_character");
    check_lowercase_id<licet::OfferId>("f365a", "f365A", "offer_id_bad_character");
    check_lowercase_id<licet::PlanId>("bronze", "bronZe", "plan_id_bad_character");
}

TEST_CASE("a service id is taken in any case, with a warning") {
    for (const Profile profile : {Profile::create, Profile::import}) {
        const auto read_id = read<licet::ServiceId>(R"("Fabrikam.F365.Bronze")", profile);
        CHECK(read_id.found == "id_not_lowercase  (warning)");
        CHECK(read_id.value.str() == "fabrikam.f365.bronze");
        CHECK(found_in<licet::ServiceId>(R"("fabrikam.f365")", profile) == "service_id_parts ");
        CHECK(found_in<licet::ServiceId>("7", profile) == "wrong_type ");
    }
}

TEST_CASE("ids of people and deals keep their case, and GUIDs come out in one form") {
    CHECK(read<licet::DealId>(R"("D-1001")").value.str() == "D-1001");
    CHECK(read<licet::TenantId>(R"("{6F9619FF-8B86-D011-B42D-00C04FC964FF}")").value.str() ==
          "6f9619ff-8b86-d011-b42d-00c04fc964ff");
    CHECK(read<licet::UserId>(R"("Ben@contoso")").value.str() == "Ben@contoso");
    CHECK(found_in<licet::DealId>(R"("d 1")") == "deal_id_bad_character ");
    CHECK(found_in<licet::TenantId>(R"("")") == "tenant_id_length ");
    CHECK(found_in<licet::UserId>(R"("a/b")") == "user_id_bad_character ");
    CHECK(found_in<licet::GroupId>(quoted(std::string(65, 'g'))) == "group_id_length ");
}

TEST_CASE("integers reach to the ends of their types and no further") {
    CHECK(read<std::int64_t>("9223372036854775807").value == INT64_MAX);
    CHECK(read<std::int64_t>("-9223372036854775808").value == INT64_MIN);
    CHECK(read<std::uint64_t>("18446744073709551615").value == UINT64_MAX);
    CHECK(encode(INT64_MIN) == "-9223372036854775808");
    CHECK(encode(UINT64_MAX) == "18446744073709551615");
    for (const char* beyond :
         {"9223372036854775808", "18446744073709551615", "-9223372036854775809",
          "18446744073709551616", "1e19", "-1e300", "100000000000000000000000000000"}) {
        CAPTURE(beyond);
        CHECK(found_in<std::int64_t>(beyond) == "number_out_of_range ");
    }
    for (const char* beyond : {"-1", "-9223372036854775808", "18446744073709551616"}) {
        CAPTURE(beyond);
        CHECK(found_in<std::uint64_t>(beyond) == "number_out_of_range ");
    }
}

TEST_CASE("an integer is neither a text, nor a fraction, nor a truth") {
    CHECK(read<std::int64_t>("30.0").value == 30);
    for (const char* text : {"\"7\"", "true", "null", "[7]", "{}"}) {
        CHECK(found_in<std::int64_t>(text) == "wrong_type ");
        CHECK(found_in<std::uint64_t>(text) == "wrong_type ");
    }
    for (const char* text : {"2.5", "-0.5", "1e-400", "0.999999999999999999999"}) {
        CHECK(found_in<std::int64_t>(text) == "not_an_integer ");
        CHECK(found_in<std::uint64_t>(text) == "not_an_integer ");
    }
    CHECK(read<std::int64_t>("2.5").findings.at(0).message.find("2.5") != std::string::npos);
    for (const char* text : {"0", "1", "\"true\"", "null", "[]"}) {
        CHECK(found_in<bool>(text) == "wrong_type ");
    }
    CHECK(read<bool>("true").value);
    CHECK(encode(true) + encode(false) == "truefalse");
}

TEST_CASE("every enumerator has a word of its own, and every word is read again") {
    check_words<licet::Role>();
    check_words<licet::Profile>();
    check_words<licet::Severity>();
    check_words<licet::Visibility>();
    check_words<licet::PlanState>();
    check_words<licet::PricingModel>();
    check_words<licet::TermUnit>();
    check_words<licet::OfferType>();
    check_words<licet::CallToAction>();
    check_words<licet::LicenseModel>();
    check_words<licet::OfferStatus>();
    check_words<licet::Phase>();
    check_words<licet::Button>();
    check_words<licet::Viewer>();
    check_words<licet::DealKind>();
    check_words<licet::ContractType>();
    check_words<licet::ConsumptionOn>();
    check_words<licet::DealState>();
    check_words<licet::DealsView>();
    check_words<licet::LineState>();
    check_words<licet::InviteState>();
    check_words<licet::Lowering>();
    check_words<licet::Mode>();
    check_words<licet::Outcome>();
    check_words<licet::Decision>();
}

TEST_CASE("an unknown word is told the words there are") {
    const auto unknown = read<licet::CallToAction>(R"("Free")");
    CHECK(unknown.found == "unknown_word ");
    CHECK(unknown.findings.at(0).hint == "one of free, free_trial, contact_me");
    CHECK(found_in<licet::CallToAction>(R"("")") == "unknown_word ");
    CHECK(found_in<licet::CallToAction>("0") == "wrong_type ");
}

TEST_CASE("every rule goes by its name") {
    for (auto rule = 1; rule <= static_cast<int>(licet::Errc::internal); ++rule) {
        const auto code = static_cast<licet::Errc>(rule);
        CHECK(decode<licet::Errc>(encode(code)).value() == code);
    }
    CHECK(found_in<licet::Errc>(R"("offer_id_shape")") == "unknown_word ");
    CHECK(found_in<licet::Errc>(R"("none")") == "unknown_word ");
}

TEST_CASE("any text is the same text when read again") {
    for (int c = 0; c < 0x80; ++c) {
        const std::string text{'a', static_cast<char>(c), 'b'};
        CHECK(decode<std::string>(encode(text)).value() == text);
    }
    std::string all;
    for (unsigned c = 0x80; c < 0x800; ++c) {
        const std::string two{static_cast<char>(0xC0U | c >> 6U),
                              static_cast<char>(0x80U | (c & 0x3FU))};
        CHECK(decode<std::string>(encode(two)).value() == two);
        all += two;
    }
    all += "\xE2\x82\xAC\xEF\xBF\xBF\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF\"\\/\b\f\n\r\t";
    all += '\0';
    CHECK(decode<std::string>(encode(all)).value() == all);
}

TEST_CASE("text is written with no byte that a line or a C string could end at") {
    std::string all;
    for (int c = 0; c < 0x20; ++c) {
        all += static_cast<char>(c);
    }
    CHECK(encode(all) ==
          R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f)"
          R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d)"
          R"(\u001e\u001f")");
    CHECK(encode(std::string("\"\\/\x7F")) == "\"\\\"\\\\/\x7F\"");
}

TEST_CASE("what needs an escape is escaped wherever in the text it stands") {
    const std::pair<char, std::string> written[] = {
        {'"', "\\\""},    {'\\', "\\\\"}, {'\n', "\\n"}, {'\0', "\\u0000"}, {'\x1F', "\\u001f"},
        {'\x20', "\x20"}, {'!', "!"},     {'#', "#"},    {'[', "["},        {']', "]"}};
    for (const auto& [character, as] : written) {
        for (std::size_t at = 0; at < 20; ++at) {
            const std::string before(at, 'x');
            const std::string after(19 - at, '\x7F');
            CHECK(encode(before + character + after) == '"' + before + as + after + '"');
        }
    }
}

TEST_CASE("a finding about a text cuts through no character") {
    for (std::size_t before = 0; before < 100; ++before) {
        const std::string text = quoted(std::string(before, 'a') + "\xF0\x9F\x98\x80");
        for (const auto& finding :
             {read<licet::OfferId>(text).findings.at(0),
              read<licet::OfferId>(text, Profile::import).findings.at(0),
              read<licet::Mode>(text).findings.at(0), read<licet::Date>(text).findings.at(0)}) {
            const std::string told = encode(finding);
            Findings none;
            Parsed again;
            CHECK(again.parse(told, none));
        }
    }
}

TEST_CASE("moments, days and decimals are texts") {
    CHECK(encode(read<licet::Timestamp>(R"("2026-01-31T10:00:00.25+01:00")").value) ==
          R"("2026-01-31T09:00:00.250Z")");
    CHECK(encode(read<licet::Date>(R"("2026-01-31")").value) == R"("2026-01-31")");
    CHECK(encode(read<licet::Decimal>(R"("12000.00")").value) == R"("12000.00")");
    CHECK(encode(read<licet::Currency>(R"("USD")").value) == R"("USD")");
    CHECK(encode(read<licet::Country>(R"("DE")").value) == R"("DE")");
    CHECK(found_in<licet::Timestamp>(R"("2026-01-31")") == "timestamp_syntax ");
    CHECK(found_in<licet::Date>(R"("2026-02-30")") == "date_syntax ");
    CHECK(found_in<licet::Decimal>(R"("-1")") == "decimal_syntax ");
    CHECK(found_in<licet::Currency>(R"("usd")") == "currency_syntax ");
    CHECK(found_in<licet::Country>(R"("USA")") == "country_syntax ");
    CHECK(found_in<licet::Decimal>("12000.00") == "wrong_type ");
    CHECK(found_in<licet::Timestamp>("0") == "wrong_type ");
    CHECK(found_in<licet::Date>("null") == "wrong_type ");
}

TEST_CASE("money is an amount, as text, and a currency") {
    CHECK(encode(read<licet::Money>(R"({"amount":"9000.00","currency":"USD"})").value) ==
          R"({"amount":"9000.00","currency":"USD"})");
    CHECK(found_in<licet::Money>(R"({"amount":9000.00,"currency":"USD"})") == "wrong_type /amount");
    CHECK(found_in<licet::Money>(R"({"amount":"1"})") == "missing_field /currency");
    CHECK(found_in<licet::Money>(R"("9000 USD")") == "wrong_type ");
}

TEST_CASE("a span of time is a whole number of milliseconds") {
    CHECK(read<licet::Duration>("14400000").value == licet::Duration(14'400'000));
    CHECK(encode(licet::Duration(-1)) == "-1");
    CHECK(found_in<licet::Duration>("0.5") == "not_an_integer ");
    CHECK(found_in<licet::Duration>("\"4h\"") == "wrong_type ");
}

TEST_CASE("what may be absent is null where it is") {
    using Maybe = std::optional<std::int64_t>;
    CHECK(encode(Maybe()) == "null");
    CHECK(encode(Maybe(7)) == "7");
    CHECK(read<Maybe>("7").value == 7);
    CHECK(found_in<Maybe>("\"7\"") == "wrong_type ");
}

TEST_CASE("lists are read element by element") {
    using List = std::vector<std::int64_t>;
    CHECK(read<List>("[3,1,2]").value == List{3, 1, 2});
    CHECK(encode(List{}) == "[]");
    CHECK(encode(List{3, 1}) == "[3,1]");
    CHECK(found_in<List>("[1,\"2\",2.5,null]") ==
          "wrong_type /1\nnot_an_integer /2\nwrong_type /3");
    for (const char* other : {"null", "1", "{}", "\"[]\""}) {
        CHECK(found_in<List>(other) == "wrong_type ");
    }
    CHECK(read<std::vector<List>>("[[1],[],[2,3]]").value == std::vector<List>{{1}, {}, {2, 3}});
    CHECK(found_in<std::vector<List>>("[[1],7,[2,true]]") == "wrong_type /1\nwrong_type /2/1");
}

TEST_CASE("maps are read member by member") {
    using Map = std::map<std::string, std::int64_t, std::less<>>;
    CHECK(read<Map>(R"({"b":2,"a/x":1,"":3})").value == Map{{"", 3}, {"a/x", 1}, {"b", 2}});
    CHECK(encode(Map{}) == "{}");
    CHECK(encode(Map{{"a\"", 1}, {"b", 2}}) == R"({"a\"":1,"b":2})");
    CHECK(found_in<Map>(R"({"a/b":"1"})") == "wrong_type /a~1b");
    CHECK(found_in<Map>("[]") == "wrong_type ");
}

TEST_CASE("JSON of any shape is kept as it is") {
    for (const char* text : {"null", "[1,{\"a\":[]}]", "\"\\u0000\"", "-5", "true"}) {
        CHECK(encode(read<licet::Json>(text).value) == text);
    }
    CHECK(encode(licet::Json()) == "null");
}
