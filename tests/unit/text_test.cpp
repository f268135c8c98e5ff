#include "text.hpp"

#include <doctest/doctest.h>

#include <string>

using licet::text::characters;
using licet::text::first_bad_byte;
using licet::text::has_customization_prefix;
using licet::text::Scheme;
using licet::text::web_scheme;

TEST_CASE("a text is as long as it has Unicode code points") {
    CHECK(characters("") == 0);
    CHECK(characters("abc") == 3);
    CHECK(characters("\xC3\xA9") == 1);           // é
    CHECK(characters("\xE2\x82\xAC") == 1);       // €
    CHECK(characters("\xF0\x9F\x98\x80x") == 2);  // an emoji
}

TEST_CASE("a text is UTF-8 without NUL up to its first bad byte") {
    const std::string plain(20, 'x');
    CHECK(first_bad_byte("") == 0);
    for (const std::string& good :
         {plain, plain + "\xC3\xA9", plain + "\xED\x9F\xBF", plain + "\xF4\x8F\xBF\xBF"}) {
        CHECK(first_bad_byte(good) == good.size());
    }
    for (const std::string& bad :
         {std::string(1, '\0'), std::string("\x80"), std::string("\xC1\xBF"), std::string("\xC3"),
          std::string("\xED\xA0\x80"), std::string("\xF4\x90\x80\x80"), std::string("\xFF")}) {
        CHECK(first_bad_byte(plain + bad + plain) == plain.size());
    }
}

TEST_CASE(
    "a bad byte is found wherever it stands in a long text, and a good character passed over") {
    const std::string plain(200, 'x');
    for (std::size_t at = 0; at < plain.size(); ++at) {
        CAPTURE(at);
        for (const char bad : {'\0', '\x80', '\xff'}) {
            std::string text = plain;
            text[at] = bad;
            CHECK(first_bad_byte(text) == at);
        }
        std::string text = plain;
        text.insert(at, "\xc3\xa9");
        CHECK(first_bad_byte(text) == text.size());
    }
}

TEST_CASE("a URL of the web has a scheme, a host and perhaps a port and a path") {
    for (const char* url :
         {"https://a", "https://fabrikam.example/package.zip", "HTTPS://Fabrikam.Example",
          "https://a:8443/x?y=%20#z", "https://a?x", "https://a#x", "https://a.b:1"}) {
        CAPTURE(url);
        CHECK(web_scheme(url) == Scheme::https);
    }
    CHECK(web_scheme("http://www.microsoft.com") == Scheme::http);
    CHECK(web_scheme("Http://a/b") == Scheme::http);
}

TEST_CASE("anything else is no URL of the web") {
    for (const char* url : {"",
                            "a",
                            "http",
                            "http:",
                            "http:/",
                            "http://",
                            "https://",
                            "ftp://a",
                            "javascript:alert(1)",
                            "https:a",
                            "https:/a",
                            "https:///a",
                            "https://?x",
                            "https://-a",
                            "https://.a",
                            "https://a b",
                            "https://a/b c",
                            "https://a/\"",
                            "https://a/<b>",
                            "https://a/\n",
                            "https://a:",
                            "https://a:x",
                            "https://a:123456",
                            "https://user@a",
                            "https://u:1@a",
                            "https://\xC3\xA9",
                            "https://a/\xC3\xA9",
                            " https://a",
                            "xhttps://a",
                            "https:\x0f/a"}) {
        CAPTURE(url);
        CHECK_FALSE(web_scheme(url));
    }
    CHECK_FALSE(web_scheme(std::string("https://a/\0", 11)));
}

TEST_CASE("a component name starts with a customization prefix and has no space") {
    for (const char* name : {"crf36_BronzeApp", "new_a", "Msdyn_x", "a_b_c", "a__"}) {
        CAPTURE(name);
        CHECK(has_customization_prefix(name));
    }
    for (const char* name : {"", "_", "_app", "a", "BronzeApp", "crf36_", "36_app",
                             "crf36_Bronze App", "Bronze App", "my-org_app", "crf 36_app"}) {
        CAPTURE(name);
        CHECK_FALSE(has_customization_prefix(name));
    }
}
