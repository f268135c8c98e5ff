#include "store/base64.hpp"

#include <array>
#include <cstdint>

namespace licet {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 64;

constexpr std::array<std::uint8_t, 256> values = [] {
    std::array<std::uint8_t, 256> made{};
    made.fill(no_digit);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        made[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    }
    return made;
}();

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    const auto byte = [&](std::size_t i) {
        return i < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i])} : 0U;
    };
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        out += digits[group >> 18U];
        out += digits[group >> 12U & 63U];
        out += i + 1 < bytes.size() ? digits[group >> 6U & 63U] : '=';
        out += i + 2 < bytes.size() ? digits[group & 63U] : '=';
    }
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t group = 0;
        for (std::size_t k = i; k < i + 4; ++k) {
            const bool is_padding = k >= text.size() - padding;
            const std::uint8_t value =
                is_padding ? std::uint8_t{0} : values[static_cast<unsigned char>(text[k])];
            if (value == no_digit) {
                return std::nullopt;
            }
            group = group << 6U | value;
        }
        bytes += static_cast<char>(group >> 16U);
        bytes += static_cast<char>(group >> 8U & 255U);
        bytes += static_cast<char>(group & 255U);
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace licet
