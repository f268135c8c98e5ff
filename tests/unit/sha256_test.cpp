#include "sha256.hpp"

#include <doctest/doctest.h>

#include <string>

using licet::equal_in_constant_time;
using licet::sha256_hex;

TEST_CASE("a digest is the one that FIPS 180-4 gives for its examples") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a digest covers every byte, also NUL") {
    CHECK(sha256_hex(std::string(1, '\0')) ==
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST_CASE("texts are equal in constant time where they are equal at all") {
    CHECK(equal_in_constant_time("", ""));
    CHECK(equal_in_constant_time({}, ""));
    CHECK(equal_in_constant_time("token", "token"));
    CHECK_FALSE(equal_in_constant_time("token", "Token"));
    CHECK_FALSE(equal_in_constant_time("token", "tokem"));
    CHECK_FALSE(equal_in_constant_time("token", "toke"));
    CHECK_FALSE(equal_in_constant_time("", "t"));
    const std::string a("a\0b", 3);
    const std::string c("a\0c", 3);
    CHECK_FALSE(equal_in_constant_time(a, c));
}
