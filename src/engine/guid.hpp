#pragma once

/// \file
/// GUIDs as their 16 bytes. Inline: every check does it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/hash.hpp"

namespace licet {

namespace guid {

constexpr std::uint64_t in_each(std::uint64_t byte) noexcept {
    return byte * 0x0101'0101'0101'0101;
}

// Eight digits at once, a byte each: to be a digit is to be what one's value is written as.
inline std::uint64_t four_bytes(std::uint64_t digits, std::uint64_t& wrong) noexcept {
    const std::uint64_t letter = digits >> 6 & in_each(1);
    const std::uint64_t value = (digits & in_each(0x0f)) + letter * 9;
    const std::uint64_t above_nine = (value + in_each(6)) >> 4 & in_each(1);
    const std::uint64_t small = digits | letter << 5;
    const std::uint64_t written = value + in_each('0') + above_nine * ('a' - '9' - 1);
    wrong |= (small ^ written) | (value & in_each(0xf0));

    std::uint64_t packed = (value << 4 | value >> 8) & 0x00ff'00ff'00ff'00ff;
    packed = (packed | packed >> 8) & 0x0000'ffff'0000'ffff;
    return (packed | packed >> 16) & 0xffff'ffff;
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
    std::uint64_t wrong = static_cast<std::uint64_t>((at[8] ^ '-') | (at[13] ^ '-') |
                                                     (at[18] ^ '-') | (at[23] ^ '-'));
    const Key128 key = {
        guid::four_bytes(load<std::uint64_t>(at), wrong) |
            guid::four_bytes(guid::eight_digits(at + 9, at + 14), wrong) << 32,
        guid::four_bytes(guid::eight_digits(at + 19, at + 24), wrong) |
            guid::four_bytes(load<std::uint64_t>(at + 28), wrong) << 32,
    };
    return wrong == 0 ? std::optional(key) : std::nullopt;
}

}  // namespace licet
