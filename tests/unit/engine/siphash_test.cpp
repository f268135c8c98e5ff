#include "engine/siphash.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>

using licet::Key128;
using licet::siphash;

namespace {

constexpr Key128 key = {0x0706'0504'0302'0100, 0x0f0e'0d0c'0b0a'0908};

}  // namespace

TEST_CASE("SipHash gives the answers its authors published") {
    CHECK(siphash(key, "") == Key128{0xe6a8'25ba'047f'81a3, 0x9302'55c7'1472'f66d});
    CHECK(siphash(key, std::string(1, '\0')) ==
          Key128{0x44af'996b'd8c1'87da, 0x45fc'229b'1159'7634});
}

TEST_CASE("SipHash depends on every byte, on the length and on the key") {
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    const auto add = [&](Key128 hash) { return seen.insert({hash.first, hash.second}).second; };
    for (std::size_t size = 0; size <= 64; ++size) {
        CAPTURE(size);
        CHECK(add(siphash(key, std::string(size, '\0'))));
        CHECK(add(siphash({key.first, key.second + 1}, std::string(size, '\0'))));
        for (std::size_t i = 0; i < size; ++i) {
            std::string text(size, '\0');
            text[i] = 'x';
            CHECK(add(siphash(key, text)));
        }
    }
}
