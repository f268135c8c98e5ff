#pragma once

/// \file
/// Bytes as lowercase hexadecimal, two digits each.

#include <cstddef>
#include <span>
#include <string>

namespace licet {

inline std::string hex(std::span<const std::byte> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text(2 * bytes.size(), '0');
    char* at = text.data();
    for (const std::byte byte : bytes) {
        *at++ = digits[std::to_integer<unsigned>(byte >> 4)];
        *at++ = digits[std::to_integer<unsigned>(byte & std::byte{0xF})];
    }
    return text;
}

}  // namespace licet
