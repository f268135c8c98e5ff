#include "text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace licet::text {
namespace {

// Not <cctype>: what a URL may hold must not depend on the locale.
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_letter_or_digit(char c) noexcept { return is_letter(c) || is_digit(c); }

/// Which bytes a URL may hold.
constexpr auto url_characters = [] {
    std::array<bool, 256> allowed{};
    for (std::size_t byte = 0; byte < allowed.size(); ++byte) {
        allowed[byte] = is_letter_or_digit(static_cast<char>(byte));
    }
    for (const char mark : std::string_view("-._~:/?#[]@!$&'()*+,;=%")) {
        allowed[static_cast<unsigned char>(mark)] = true;
    }
    return allowed;
}();

constexpr bool is_url_character(char c) noexcept {
    return url_characters[static_cast<unsigned char>(c)];
}

bool take_prefix(std::string_view& text, std::string_view prefix) noexcept {
    const auto same = [](char c, char small) {
        return c == small || (is_letter(c) && (c | 0x20) == small);
    };
    if (text.size() < prefix.size() ||
        !std::ranges::equal(text.substr(0, prefix.size()), prefix, same)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

bool is_host(std::string_view host) noexcept {
    return !host.empty() && is_letter_or_digit(host.front()) &&
           std::ranges::all_of(
               host, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

bool is_authority(std::string_view authority) noexcept {
    const auto colon = authority.find(':');
    if (colon == std::string_view::npos) {
        return is_host(authority);
    }
    const auto port = authority.substr(colon + 1);
    return is_host(authority.substr(0, colon)) && !port.empty() && port.size() <= 5 &&
           std::ranges::all_of(port, is_digit);
}

/// How many of the eight bytes at `text` can be passed over at once: all, where each is ASCII
/// and none is NUL.
bool is_plain_word(const char* text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return ((word | (word - ones)) & highs) == 0;
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
        if (text.size() - at >= sizeof(std::uint64_t) && is_plain_word(text.data() + at)) {
            at += sizeof(std::uint64_t);
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
    if (!is_authority(rest.substr(0, rest.find_first_of("/?#"))) ||
        !std::ranges::all_of(rest, is_url_character)) {
        return std::nullopt;
    }
    return secure ? Scheme::https : Scheme::http;
}

bool has_customization_prefix(std::string_view component) noexcept {
    const auto underscore = std::ranges::find_if_not(component, is_letter_or_digit);
    return underscore != component.end() && *underscore == '_' && is_letter(component.front()) &&
           underscore + 1 != component.end() && component.find(' ') == std::string_view::npos;
}

}  // namespace licet::text
