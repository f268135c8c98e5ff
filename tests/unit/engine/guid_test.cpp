#include "engine/guid.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <string>

#include <licet/ids.hpp>

using licet::Key128;
using licet::parse_guid;

namespace {

const std::string guid = "00112233-4455-6677-8899-aabbccddeeff";

bool is_guid_to_the_ids(const std::string& text) {
    const auto user = licet::UserId::parse(text);
    return user && user.value().str().size() == guid.size() &&
           licet::UserId::parse('{' + user.value().str() + '}').has_value();
}

}  // namespace

TEST_CASE("a GUID becomes its sixteen bytes in the order of the text") {
    const auto key = parse_guid(guid);
    REQUIRE(key);
    if constexpr (std::endian::native == std::endian::little) {
        CHECK(key->first == 0x7766'5544'3322'1100);
        CHECK(key->second == 0xffee'ddcc'bbaa'9988);
    }
}

TEST_CASE("a GUID is the same in any case, with braces or without") {
    CHECK(parse_guid("00112233-4455-6677-8899-AABBCCDDEEFF") == parse_guid(guid));
    CHECK(parse_guid("{" + guid + "}") == parse_guid(guid));
    CHECK(parse_guid("{00112233-4455-6677-8899-AaBbCcDdEeFf}") == parse_guid(guid));
}

TEST_CASE("every digit of a GUID counts") {
    for (std::size_t i = 0; i < guid.size(); ++i) {
        CAPTURE(i);
        std::string other = guid;
        if (other[i] != '-') {
            other[i] = other[i] == '0' ? '1' : '0';
            REQUIRE(parse_guid(other));
            CHECK(parse_guid(other) != parse_guid(guid));
        }
    }
}

TEST_CASE("any byte at any place of a GUID is judged as the ids judge it") {
    for (std::size_t i = 0; i < guid.size(); ++i) {
        for (int byte = 0; byte < 256; ++byte) {
            CAPTURE(i);
            CAPTURE(byte);
            std::string text = guid;
            text[i] = static_cast<char>(byte);
            REQUIRE(parse_guid(text).has_value() == is_guid_to_the_ids(text));
        }
    }
}

TEST_CASE("text of any other form is no GUID") {
    const std::string digits = "00112233445566778899aabbccddeeff";
    for (const std::string& text :
         {std::string(), std::string("{}"), digits, guid.substr(1), guid + "0", "{" + guid,
          guid + "}", "}" + guid + "{", "{" + guid + ")", "{{" + guid + "}}", " " + guid,
          "{" + guid.substr(1) + "}", std::string(36, '-')}) {
        CAPTURE(text);
        CHECK_FALSE(parse_guid(text));
        CHECK_FALSE(is_guid_to_the_ids(text));
    }
}
