#pragma once

/// \file
/// A text from outside, made fit to stand in a message.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace licet {

/// In quotation marks and on one line: each byte that is not printable ASCII is a '?', and what
/// goes past `shown_max` bytes is "...".
inline std::string quoted(std::string_view text, std::size_t shown_max = 40) {
    const std::string_view shown = text.substr(0, shown_max);
    std::string out(shown.size() + 2, '"');
    std::ranges::transform(shown, out.begin() + 1,
                           [](char c) { return c >= ' ' && c <= '~' ? c : '?'; });
    if (text.size() > shown_max) {
        out.insert(out.size() - 1, "...");
    }
    return out;
}

}  // namespace licet
