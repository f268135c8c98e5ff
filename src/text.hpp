#pragma once

/// \file
/// What is asked of texts written by people.

#include <cstddef>
#include <optional>
#include <string_view>

namespace licet::text {

/// Where the first byte stands that is NUL or not UTF-8; the size of the text where there is none.
std::size_t first_bad_byte(std::string_view text) noexcept;

/// A file's text without the mark that some editors begin it with.
constexpr std::string_view without_byte_order_mark(std::string_view text) noexcept {
    return text.substr(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

/// Unicode code points of a UTF-8 text.
std::size_t characters(std::string_view utf8) noexcept;

enum class Scheme { http, https };

/// The scheme of a URL of the web: scheme, host, perhaps a port, and the rest, in the characters
/// of RFC 3986. Nothing where it is not one, or names a user.
std::optional<Scheme> web_scheme(std::string_view url) noexcept;

/// True where it is like `crf36_BronzeApp`: letters and digits, an underscore, and more, with no
/// space in it.
bool has_customization_prefix(std::string_view component) noexcept;

}  // namespace licet::text
