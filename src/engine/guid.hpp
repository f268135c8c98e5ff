#pragma once

/// \file
/// GUIDs as their 16 bytes. Inline: every check does it.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/hash.hpp"

namespace licet {

namespace guid {

// What the processor does to all at once, as GCC and Clang have it for any processor.
using Digits = std::int8_t __attribute__((vector_size(16)));
using Pairs = std::uint16_t __attribute__((vector_size(16)));
using Words = std::uint64_t __attribute__((vector_size(16)));
using Bytes = std::uint8_t __attribute__((vector_size(8)));

// The eight bytes that sixteen digits write: to be a digit is to be what one's value is written as.
inline std::uint64_t eight_bytes(std::uint64_t first, std::uint64_t last, Words& wrong) noexcept {
    const auto digits = reinterpret_cast<Digits>(Words{first, last});
    const Digits letter = digits > '9';
    const Digits value = (digits + (letter & 9)) & 0x0f;
    const Digits written = value + '0' + ((value > 9) & ('a' - '9' - 1));
    wrong |= reinterpret_cast<Words>((digits | (letter & 0x20)) ^ written);

    const auto pairs = reinterpret_cast<Pairs>(value);
    const Pairs packed = (pairs << 4 | pairs >> 8) & 0xff;
    const Bytes bytes = __builtin_convertvector(packed, Bytes);
    return std::bit_cast<std::uint64_t>(bytes);
}

inline std::uint64_t eight_digits(const char* first_four, const char* last_four) noexcept {
    return load<std::uint32_t>(first_four) | std::uint64_t{load<std::uint32_t>(last_four)} << 32;
}

}  // namespace guid

/// The 16 bytes of a GUID as text, in any case, with braces or without: exactly what the ids take
/// for a GUID. Nothing for any other text.
inline std::optional<Key128> parse_guid(std::string_view text) noexcept {
    constexpr std::size_t bare_size = 36;
    if (text.size() == bare_size + 2 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, bare_size);
    }
    if (text.size() != bare_size) {
        return std::nullopt;
    }
    const char* at = text.data();
    guid::Words wrong{static_cast<std::uint64_t>((at[8] ^ '-') | (at[13] ^ '-') | (at[18] ^ '-') |
                                                 (at[23] ^ '-'))};
    const Key128 key = {
        guid::eight_bytes(load<std::uint64_t>(at), guid::eight_digits(at + 9, at + 14), wrong),
        guid::eight_bytes(guid::eight_digits(at + 19, at + 24), load<std::uint64_t>(at + 28),
                          wrong),
    };
    return (wrong[0] | wrong[1]) == 0 ? std::optional(key) : std::nullopt;
}

}  // namespace licet
