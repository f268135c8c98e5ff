#include <licet/money.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

#include "quoted.hpp"

namespace licet {
namespace {

// Two amounts multiplied and brought to one scale have up to 53 digits.
using Wide = boost::multiprecision::int256_t;

Wide power_of_ten(unsigned exponent) noexcept {
    Wide power = 1;
    for (unsigned i = 0; i < exponent; ++i) {
        power *= 10;
    }
    return power;
}

std::strong_ordering order(const Wide& a, const Wide& b) noexcept { return a.compare(b) <=> 0; }

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The digits of a decimal well written, and where its point stood.
struct Digits {
    std::string text;
    std::size_t scale = 0;
};

std::optional<Digits> digits_of(std::string_view text) {
    constexpr std::size_t digits_max = 18;
    if (text.size() > digits_max + 1) {
        return std::nullopt;
    }
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const auto fraction =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    const bool leading_zero = whole.size() > 1 && whole.front() == '0';
    if (whole.empty() || leading_zero || (point != std::string_view::npos && fraction.empty())) {
        return std::nullopt;
    }
    std::string digits(whole);
    digits += fraction;
    if (digits.size() > digits_max || !std::ranges::all_of(digits, is_digit)) {
        return std::nullopt;
    }
    return Digits{std::move(digits), fraction.size()};
}

bool is_capitals(std::string_view text, std::size_t count) noexcept {
    return text.size() == count &&
           std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

result<Decimal> Decimal::parse(std::string_view text) {
    const auto read = digits_of(text);
    if (!read) {
        return Error{Errc::decimal_syntax, quoted(text), {}};
    }
    std::int64_t digits = 0;
    for (const char c : read->text) {
        digits = digits * 10 + (c - '0');
    }
    return Decimal(digits, static_cast<std::uint8_t>(read->scale));
}

std::string Decimal::str() const {
    std::string text = std::to_string(digits_);
    if (scale_ == 0) {
        return text;
    }
    if (text.size() <= scale_) {
        text.insert(0, scale_ + 1U - text.size(), '0');
    }
    return text.insert(text.size() - scale_, 1, '.');
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept {
    return order(a.digits_ * power_of_ten(b.scale_), b.digits_ * power_of_ten(a.scale_));
}

std::strong_ordering Decimal::compare_product(const Decimal& amount, const Decimal& rate,
                                              const Decimal& limit) noexcept {
    const unsigned scale = unsigned{amount.scale_} + rate.scale_;
    return order(Wide(amount.digits_) * rate.digits_ * power_of_ten(limit.scale_),
                 limit.digits_ * power_of_ten(scale));
}

std::int64_t Decimal::percent_of(std::int64_t base) const noexcept {
    using Limits = std::numeric_limits<std::int64_t>;
    const Wide part = Wide(base) * digits_ / power_of_ten(scale_ + 2U);
    return static_cast<std::int64_t>(std::clamp<Wide>(part, Limits::min(), Limits::max()));
}

result<Currency> Currency::parse(std::string_view text) {
    if (!is_capitals(text, 3)) {
        return Error{Errc::currency_syntax, quoted(text), {}};
    }
    return Currency(std::string(text));
}

result<Country> Country::parse(std::string_view text) {
    if (!is_capitals(text, 2)) {
        return Error{Errc::country_syntax, quoted(text), {}};
    }
    return Country(std::string(text));
}

}  // namespace licet
