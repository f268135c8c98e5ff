#include "engine/siphash.hpp"

#include <bit>

namespace licet {
namespace {

struct State {
    std::uint64_t v0, v1, v2, v3;

    void round() noexcept {
        v0 += v1;
        v1 = std::rotl(v1, 13) ^ v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 += v3;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 += v1;
        v1 = std::rotl(v1, 17) ^ v2;
        v2 = std::rotl(v2, 32);
    }

    void take(std::uint64_t word) noexcept {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    std::uint64_t give() noexcept {
        for (int i = 0; i < 4; ++i) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

// Up to eight bytes, the first the lowest.
std::uint64_t word_of(std::string_view bytes) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

}  // namespace

Key128 siphash(Key128 key, std::string_view text) noexcept {
    State state{key.first ^ 0x736f'6d65'7073'6575, key.second ^ 0x646f'7261'6e64'6f6d ^ 0xee,
                key.first ^ 0x6c79'6765'6e65'7261, key.second ^ 0x7465'6462'7974'6573};
    const std::uint64_t size = text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) {
        state.take(word_of(text.substr(0, 8)));
    }
    state.take(word_of(text) | size << 56);
    state.v2 ^= 0xee;
    const std::uint64_t first = state.give();
    state.v1 ^= 0xdd;
    return {first, state.give()};
}

}  // namespace licet
