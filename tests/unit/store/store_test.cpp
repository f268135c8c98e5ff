#include <licet/store/store.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace licet;

namespace {

Batch writing(std::string key, std::string text) {
    return {{}, {{std::move(key), std::move(text)}}};
}

void check_refused(const Batch& batch, Errc code) {
    const auto checked = check_batch(batch);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == code);
    CHECK(checked.error().code == Condition::storage);
}

}  // namespace

TEST_CASE("a key is 1 to 400 bytes long") {
    CHECK(check_batch(writing("k", "")));
    CHECK(check_batch(writing(std::string(400, 'k'), "")));
    check_refused(writing("", ""), Errc::store_key);
    check_refused(writing(std::string(401, 'k'), ""), Errc::store_key);
}

TEST_CASE("a key holds printable ASCII without space, and no other byte") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        const std::string key{'k', static_cast<char>(byte)};
        CHECK(check_batch(writing(key, "")).has_value() == (byte >= 0x21 && byte <= 0x7e));
        CHECK(check_batch({{{key, 0}}, {}}).has_value() == (byte >= 0x21 && byte <= 0x7e));
    }
}

TEST_CASE("a value is UTF-8 without NUL") {
    for (const char* text :
         {"", "plain", "\x01\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
          "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        CAPTURE(text);
        CHECK(check_batch(writing("k", text)));
    }
    for (const char* text :
         {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x20", "\xc2\xc0", "\xe0\x9f\xbf",
          "\xe1\x80", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf1\x80\x80",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff"}) {
        CAPTURE(text);
        check_refused(writing("k", text), Errc::store_value);
        check_refused(writing("k", std::string("12345678") + text + "12345678"), Errc::store_value);
    }
}

TEST_CASE("a bad byte in a value is found wherever it stands") {
    for (std::size_t at = 0; at < 24; ++at) {
        for (const char bad : {'\0', '\x80', '\xff'}) {
            CAPTURE(at);
            std::string text(24, 'x');
            text[at] = bad;
            const auto checked = check_batch(writing("k", text));
            REQUIRE_FALSE(checked);
            CHECK(checked.error().code == Errc::store_value);
            CHECK(checked.error().detail == "k, byte " + std::to_string(at));
        }
    }
}

TEST_CASE("no key is written twice in a batch") {
    CHECK(check_batch({{}, {{"b", "1"}, {"a", "1"}, {"c", std::nullopt}}}));
    check_refused({{}, {{"b", "1"}, {"a", "1"}, {"b", "1"}}}, Errc::store_key);
    check_refused({{}, {{"a", "1"}, {"a", std::nullopt}}}, Errc::store_key);
}

TEST_CASE("a key may be expected twice, and expected and written") {
    CHECK(check_batch({{{"a", 0}, {"a", 1}}, {{"a", "1"}}}));
}

TEST_CASE("a prefix ends before the first key that does not begin with it") {
    CHECK(prefix_end("offer/") == "offer0");
    CHECK(prefix_end("a~") == "a\x7f");
    CHECK(prefix_end("a\xff\xff") == "b");
    CHECK(prefix_end("") == "");
    CHECK(prefix_end("\xff") == "");
}
