#pragma once

/// \file
/// Exact decimals and amounts of money. No float is ever involved.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include <licet/error.hpp>

namespace licet {

/// A non-negative decimal of at most 18 digits, "12000.00", kept as it was written: it compares
/// by value, so 1.5 equals 1.50, and each prints as it was given.
class Decimal {
public:
    constexpr Decimal() noexcept = default;

    static constexpr Decimal of(std::uint32_t whole) noexcept { return {whole, 0}; }

    /// `[0-9]+(\.[0-9]+)?` with at most 18 digits in all, none of them a leading zero but one
    /// before the point. Fails with `decimal_syntax`.
    static result<Decimal> parse(std::string_view text);

    std::string str() const;

    bool is_zero() const noexcept { return digits_ == 0; }

    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept;
    friend bool operator==(const Decimal& a, const Decimal& b) noexcept {
        return (a <=> b) == std::strong_ordering::equal;
    }

    /// How `amount * rate` compares with `limit`, exactly.
    static std::strong_ordering compare_product(const Decimal& amount, const Decimal& rate,
                                                const Decimal& limit) noexcept;

    /// The whole part of `base * this / 100`; the largest std::int64_t where it would be more.
    std::int64_t percent_of(std::int64_t base) const noexcept;

private:
    constexpr Decimal(std::int64_t digits, std::uint8_t scale) noexcept
        : digits_(digits), scale_(scale) {}

    std::int64_t digits_ = 0;  // the value times 10^scale
    std::uint8_t scale_ = 0;   // digits after the point, 0 to 17
};

/// An ISO 4217 currency code: three capital letters.
class Currency {
public:
    Currency() noexcept = default;

    /// Fails with `currency_syntax`.
    static result<Currency> parse(std::string_view text);

    const std::string& str() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    friend auto operator<=>(const Currency&, const Currency&) = default;

private:
    explicit Currency(std::string text) noexcept : text_(std::move(text)) {}

    std::string text_;
};

struct Money {
    Decimal amount;
    Currency currency;

    friend bool operator==(const Money&, const Money&) = default;
};

/// An ISO 3166 alpha-2 country code: two capital letters.
class Country {
public:
    Country() noexcept = default;

    /// Fails with `country_syntax`.
    static result<Country> parse(std::string_view text);

    const std::string& str() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    friend auto operator<=>(const Country&, const Country&) = default;

private:
    explicit Country(std::string text) noexcept : text_(std::move(text)) {}

    std::string text_;
};

}  // namespace licet
