#include "text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace licet::text {
namespace {

// Not <cctype>: what a URL may hold must not depend on the locale.
using Bytes = std::uint8_t;
constexpr Bytes letter = 1;
constexpr Bytes digit = 2;
constexpr Bytes host_mark = 4;
constexpr Bytes path_start = 8;
constexpr Bytes url_mark = 16;
constexpr Bytes host_byte = letter | digit | host_mark;
constexpr Bytes url_byte = letter | digit | url_mark;

constexpr std::array<Bytes, 256> classes = [] {
    std::array<Bytes, 256> table{};
    const auto mark = [&](std::string_view bytes, Bytes as) {
        for (const char c : bytes) {
            table[static_cast<unsigned char>(c)] |= as;
        }
    };
    mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", letter);
    mark("0123456789", digit);
    mark("-.", host_mark);
    mark("/?#", path_start);
    mark("-._~:/?#[]@!$&'()*+,;=%", url_mark);
    return table;
}();

constexpr bool is(char c, Bytes allowed) noexcept {
    return (classes[static_cast<unsigned char>(c)] & allowed) != 0;
}

/// What the text begins with of the bytes allowed, which is taken off.
std::string_view take(std::string_view& text, Bytes allowed) noexcept {
    const auto end = std::ranges::find_if_not(text, [=](char c) { return is(c, allowed); });
    const std::string_view taken(text.begin(), end);
    text.remove_prefix(taken.size());
    return taken;
}

bool take_prefix(std::string_view& text, std::string_view prefix) noexcept {
    const auto same = [](char c, char small) {
        return c == small || (is(c, letter) && (c | 0x20) == small);
    };
    if (!text.starts_with(prefix) &&
        !std::ranges::equal(text.substr(0, prefix.size()), prefix, same)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

/// A host and perhaps a port.
bool take_authority(std::string_view& text) noexcept {
    const auto host = take(text, host_byte);
    if (host.empty() || !is(host.front(), letter | digit)) {
        return false;
    }
    if (text.starts_with(':')) {
        text.remove_prefix(1);
        const auto port = take(text, digit);
        if (port.empty() || port.size() > 5) {
            return false;
        }
    }
    return text.empty() || is(text.front(), path_start);
}

/// Whether each of the bytes at `text` is ASCII and none is NUL: eight at a time, and the answer
/// once for all.
template <std::size_t Count>
bool are_plain(const char* text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    std::uint64_t wrong = 0;
    for (std::size_t at = 0; at < Count; at += sizeof wrong) {
        std::uint64_t word = 0;
        std::memcpy(&word, text + at, sizeof word);
        wrong |= word | (word - ones);
    }
    return (wrong & highs) == 0;
}

/// The size of the character that `text` begins with; 0 where it is NUL or not UTF-8 (Unicode
/// 15, table 3-7).
std::size_t character_size(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto continues = [byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return lead == 0 ? 0 : 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return continues(1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return byte(1) >= low && byte(1) <= high && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
        return byte(1) >= low && byte(1) <= high && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::size_t first_bad_byte(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t left = text.size() - at;
        if (left >= 64 && are_plain<64>(text.data() + at)) {
            at += 64;
            continue;
        }
        if (left >= 8 && are_plain<8>(text.data() + at)) {
            at += 8;
            continue;
        }
        const std::size_t size = character_size(text.substr(at));
        if (size == 0) {
            return at;
        }
        at += size;
    }
    return at;
}

std::size_t characters(std::string_view utf8) noexcept {
    const auto starts_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::ranges::count_if(utf8, starts_one));
}

std::optional<Scheme> web_scheme(std::string_view url) noexcept {
    std::string_view rest = url;
    const bool secure = take_prefix(rest, "https://");
    if (!secure && !take_prefix(rest, "http://")) {
        return std::nullopt;
    }
    if (!take_authority(rest)) {
        return std::nullopt;
    }
    take(rest, url_byte);
    if (!rest.empty()) {
        return std::nullopt;
    }
    return secure ? Scheme::https : Scheme::http;
}

bool has_customization_prefix(std::string_view component) noexcept {
    std::string_view rest = component;
    const auto prefix = take(rest, letter | digit);
    return !prefix.empty() && is(prefix.front(), letter) && rest.size() > 1 &&
           rest.front() == '_' && rest.find(' ') == std::string_view::npos;
}

}  // namespace licet::text
