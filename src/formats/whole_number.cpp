#include "formats/whole_number.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace licet::formats {

std::optional<std::int64_t> whole_number(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const auto mantissa_end = std::min(text.find_first_of("eE"), text.size());
    std::string digits;
    std::int64_t exponent = 0;
    bool after_point = false;
    for (const char c : text.substr(0, mantissa_end)) {
        if (c == '.') {
            after_point = true;
        } else {
            digits += c;
            exponent -= after_point ? 1 : 0;
        }
    }
    if (mantissa_end < text.size()) {
        std::string_view power = text.substr(mantissa_end + 1);
        power.remove_prefix(power.starts_with('+') ? 1 : 0);
        std::int64_t value = 0;
        if (std::from_chars(power.data(), power.data() + power.size(), value).ec != std::errc()) {
            return std::nullopt;
        }
        exponent += std::clamp<std::int64_t>(value, -1'000'000, 1'000'000);
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    while (!digits.empty() && digits.back() == '0') {
        digits.pop_back();
        ++exponent;
    }
    if (digits.empty()) {
        return 0;
    }
    if (exponent < 0 || digits.size() + static_cast<std::size_t>(exponent) > 19) {
        return std::nullopt;
    }
    std::string whole(negative ? 1 : 0, '-');
    whole.append(digits).append(static_cast<std::size_t>(exponent), '0');
    std::int64_t value = 0;
    const auto parsed = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

}  // namespace licet::formats
