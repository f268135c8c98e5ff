#include "catalog/text.hpp"

#include <algorithm>

namespace licet::text {
namespace {

// Not <cctype>: what a URL may hold must not depend on the locale.
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_letter_or_digit(char c) noexcept { return is_letter(c) || is_digit(c); }

constexpr bool is_url_character(char c) noexcept {
    constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=%";
    return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
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

}  // namespace

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
