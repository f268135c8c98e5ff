#include "store/base64.hpp"

#include <doctest/doctest.h>

using namespace licet;

namespace {

std::string base64(std::string_view bytes) {
    std::string text;
    append_base64(text, bytes);
    return text;
}

}  // namespace

TEST_CASE("base64 of every length is that of RFC 4648, and comes back") {
    const std::pair<std::string, std::string> pairs[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"},
                                                         {"\xff\xfe\xfd", "//79"},
                                                         {"\xfb\xf0", "+/A="}};
    for (const auto& [bytes, text] : pairs) {
        CHECK(base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
}

TEST_CASE("every byte comes back from base64") {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
        CHECK(from_base64(base64(bytes)) == bytes);
    }
}

TEST_CASE("what is no base64 is told from what is") {
    for (const char* text : {"Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm9-",
                             "=Zm9", "Zm=v", "\xff\xff\xff\xff"}) {
        CAPTURE(text);
        CHECK_FALSE(from_base64(text));
    }
}
