#include <licet/random.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "hex.hpp"

using licet::Errc;
using licet::RandomIds;
using licet::SeededRandom;
using licet::SequentialIds;
using licet::SystemRandom;

namespace {

template <std::size_t Size>
std::string drawn(licet::RandomSource& random) {
    std::array<std::byte, Size> bytes{};
    REQUIRE(random.fill(bytes));
    return licet::hex(bytes);
}

class NoRandom final : public licet::RandomSource {
public:
    licet::result<void> fill(std::span<std::byte>) override {
        return licet::Error{Errc::internal, "none left", {}};
    }
};

/// What several threads were given, each asking so often.
std::set<std::string> ids_of_threads(licet::IdSource& ids, int threads, int each) {
    std::vector<std::vector<std::string>> given(static_cast<std::size_t>(threads));
    std::vector<std::thread> running;
    running.reserve(given.size());
    for (auto& own : given) {
        running.emplace_back([&ids, &own, each] {
            for (int i = 0; i < each; ++i) {
                own.push_back(ids.next("deal").value());
            }
        });
    }
    std::set<std::string> all;
    for (std::size_t i = 0; i < given.size(); ++i) {
        running[i].join();
        all.insert(given[i].begin(), given[i].end());
    }
    return all;
}

}  // namespace

TEST_CASE("hexadecimal is two lowercase digits a byte") {
    const std::array bytes{std::byte{0x00}, std::byte{0x0F}, std::byte{0xA5}, std::byte{0xFF}};
    CHECK(licet::hex(bytes) == "000fa5ff");
    CHECK(licet::hex({}).empty());
}

TEST_CASE("a seed gives the bytes of SplitMix64, least significant first") {
    SeededRandom random(1234567);  // 6457827717110365317, 3203168211198807973
    CHECK(drawn<8>(random) == "85fc08fb17d09e59");
    CHECK(drawn<8>(random) == "a50f545884f0732c");
}

TEST_CASE("the same seed gives the same bytes and another seed others") {
    SeededRandom one(7);
    SeededRandom same(7);
    SeededRandom other(8);
    const auto bytes = drawn<20>(one);
    CHECK(bytes == drawn<20>(same));
    CHECK(bytes != drawn<20>(other));
    CHECK(bytes != drawn<20>(one));
}

TEST_CASE("nothing asked for is given as nothing") {
    SystemRandom system;
    SeededRandom seeded(1);
    CHECK(system.fill({}));
    CHECK(seeded.fill({}));
}

TEST_CASE("the system's randomness fills all that was asked for, and does not repeat") {
    SystemRandom random;
    CHECK(drawn<32>(random) != drawn<32>(random));

    // More than one piece, and a tail that would stay zero were it forgotten.
    std::vector<std::byte> large((std::size_t{1} << 20) + 32);
    REQUIRE(random.fill(large));
    CHECK(std::vector<std::byte>(large.end() - 32, large.end()) != std::vector<std::byte>(32));
}

TEST_CASE("a random id is its kind and 32 hexadecimal digits") {
    SeededRandom random(1);
    RandomIds ids(random);
    const auto id = ids.next("deal");
    REQUIRE(id);
    CHECK(id.value().starts_with("deal-"));
    CHECK(id.value().size() == 5 + 32);
    CHECK(id.value().find_first_not_of("0123456789abcdef", 5) == std::string::npos);
    CHECK(ids.next("deal").value() != id.value());
}

TEST_CASE("without randomness there is no random id") {
    NoRandom none;
    RandomIds ids(none);
    const auto id = ids.next("deal");
    REQUIRE_FALSE(id);
    CHECK(id.error().code == Errc::internal);
}

TEST_CASE("sequential ids are one series for all kinds") {
    SequentialIds ids;
    CHECK(ids.next("deal").value() == "deal-1");
    CHECK(ids.next("event").value() == "event-2");
    CHECK(ids.next("deal").value() == "deal-3");
    SequentialIds later(100);
    CHECK(later.next("deal").value() == "deal-100");
}

TEST_CASE("no id is given to two threads") {
    SequentialIds sequential;
    CHECK(ids_of_threads(sequential, 4, 250).size() == 1'000);
    SeededRandom random(3);
    RandomIds random_ids(random);
    CHECK(ids_of_threads(random_ids, 4, 250).size() == 1'000);
}
