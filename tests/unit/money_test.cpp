#include <licet/money.hpp>

#include <doctest/doctest.h>

#include <compare>
#include <cstdint>
#include <limits>
#include <string>

using licet::Country;
using licet::Currency;
using licet::Decimal;
using licet::Errc;

namespace {

Decimal decimal(const std::string& text) { return Decimal::parse(text).value(); }

bool is_decimal(const std::string& text) {
    const auto read = Decimal::parse(text);
    if (!read) {
        CHECK(read.error().code == Errc::decimal_syntax);
    }
    return read.has_value();
}

constexpr auto int64_min = std::numeric_limits<std::int64_t>::min();
constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("a decimal is printed as it was written") {
    for (const char* text :
         {"0", "0.0", "0.05", "0.00", "1", "1.5", "1.50", "10", "12000.00", "999999999999999999",
          "0.99999999999999999", "9.99999999999999999", "0.00000000000000001"}) {
        CHECK(decimal(text).str() == text);
    }
    CHECK(Decimal().str() == "0");
    CHECK(Decimal::of(5000).str() == "5000");
}

TEST_CASE("a decimal has at most 18 digits, before and after the point together") {
    CHECK(is_decimal("123456789012345678"));
    CHECK_FALSE(is_decimal("1234567890123456789"));
    CHECK(is_decimal("1.23456789012345678"));
    CHECK_FALSE(is_decimal("1.234567890123456789"));
    CHECK_FALSE(is_decimal("0.000000000000000001"));
    CHECK_FALSE(is_decimal(std::string(1'000'000, '9')));
}

TEST_CASE("a decimal leads with a zero only right before its point") {
    CHECK(is_decimal("0.5"));
    for (const char* text : {"00", "01", "00.5", "01.5", "000000"}) {
        CAPTURE(text);
        CHECK_FALSE(is_decimal(text));
    }
}

TEST_CASE("a decimal is digits, with more digits after a point, and nothing else") {
    for (const char* text : {"", ".", ".5", "5.", "-1", "+1", "1e3", "1,5", "1.2.3", "1..2", " 1",
                             "1 ", "0x1", "1_000", "NaN", "\xD9\xA1"}) {
        CAPTURE(text);
        CHECK_FALSE(is_decimal(text));
    }
    CHECK_FALSE(is_decimal(std::string("1\0", 2)));
}

TEST_CASE("decimals compare by value, exactly, however they were written") {
    CHECK(decimal("1.5") == decimal("1.50"));
    CHECK(decimal("0") == decimal("0.00"));
    CHECK(decimal("0.1") < decimal("0.11"));
    CHECK(decimal("2") > decimal("1.99999999999999999"));
    CHECK(decimal("10") > decimal("9"));
    CHECK(decimal("999999999999999999") > decimal("0.99999999999999999"));
    CHECK(decimal("0.00000000000000001") > decimal("0"));
    CHECK(decimal("5000.00") == Decimal::of(5000));
    CHECK(decimal("5000.01") > Decimal::of(5000));
}

TEST_CASE("zero is zero with any number of places") {
    CHECK(Decimal().is_zero());
    CHECK(decimal("0.000").is_zero());
    CHECK_FALSE(decimal("0.001").is_zero());
}

TEST_CASE("an amount at a rate is compared with a limit exactly") {
    const Decimal limit = Decimal::of(5000);
    const auto compared = [&](const char* amount, const char* rate) {
        return Decimal::compare_product(decimal(amount), decimal(rate), limit);
    };
    CHECK(compared("5000", "1") == std::strong_ordering::equal);
    CHECK(compared("5000.01", "1.0") == std::strong_ordering::greater);
    CHECK(compared("4999.99", "1") == std::strong_ordering::less);
    CHECK(compared("4000", "1.25") == std::strong_ordering::equal);
    CHECK(compared("4000", "1.25000000000000001") == std::strong_ordering::greater);
    CHECK(compared("4000", "1.24999999999999999") == std::strong_ordering::less);
    CHECK(compared("1000000", "0.005") == std::strong_ordering::equal);
    CHECK(compared("5000", "0") == std::strong_ordering::less);
}

TEST_CASE("the largest and the smallest decimals can be multiplied") {
    const auto largest = decimal("999999999999999999");
    const auto smallest = decimal("0.00000000000000001");
    const auto finest = decimal("9.99999999999999999");
    CHECK(Decimal::compare_product(largest, largest, finest) == std::strong_ordering::greater);
    CHECK(Decimal::compare_product(smallest, smallest, smallest) == std::strong_ordering::less);
    CHECK(Decimal::compare_product(smallest, smallest, Decimal()) == std::strong_ordering::greater);
    CHECK(Decimal::compare_product(finest, finest, largest) == std::strong_ordering::less);
}

TEST_CASE("a percentage of seats is a whole number, cut off") {
    CHECK(decimal("10").percent_of(100) == 10);
    CHECK(decimal("10").percent_of(99) == 9);
    CHECK(decimal("10").percent_of(9) == 0);
    CHECK(decimal("12.5").percent_of(8) == 1);
    CHECK(decimal("12.49").percent_of(8) == 0);
    CHECK(decimal("0").percent_of(1'000'000) == 0);
    CHECK(decimal("250").percent_of(4) == 10);
    CHECK(decimal("100").percent_of(int64_max) == int64_max);
    CHECK(decimal("99.9999999999999999").percent_of(0) == 0);
}

TEST_CASE("a percentage of less than nothing is cut off towards zero") {
    CHECK(decimal("10").percent_of(-9) == 0);
    CHECK(decimal("10").percent_of(-11) == -1);
    CHECK(decimal("101").percent_of(int64_min) == int64_min);
}

TEST_CASE("a percentage too large to count is the largest number") {
    CHECK(decimal("101").percent_of(int64_max) == int64_max);
    CHECK(decimal("999999999999999999").percent_of(int64_max) == int64_max);
}

TEST_CASE("a currency is three capital letters") {
    CHECK(Currency::parse("USD").value().str() == "USD");
    CHECK(Currency::parse("AZA"));
    CHECK(Currency().empty());
    for (const char* text :
         {"", "US", "USDX", "usd", "UsD", "U D", "US1", "U\xC3\x84", "US@", "US["}) {
        CAPTURE(text);
        const auto currency = Currency::parse(text);
        REQUIRE_FALSE(currency);
        CHECK(currency.error().code == Errc::currency_syntax);
    }
}

TEST_CASE("a country is two capital letters") {
    CHECK(Country::parse("DE").value().str() == "DE");
    CHECK(Country::parse("AZ"));
    CHECK(Country().empty());
    for (const char* text : {"", "D", "DEU", "de", "dE", "D1", "\xC3\x84", "D@", "D[", " D"}) {
        CAPTURE(text);
        const auto country = Country::parse(text);
        REQUIRE_FALSE(country);
        CHECK(country.error().code == Errc::country_syntax);
    }
}

TEST_CASE("amounts of money are the same where value and currency are") {
    const auto usd = Currency::parse("USD").value();
    const auto eur = Currency::parse("EUR").value();
    CHECK(licet::Money{decimal("1.5"), usd} == licet::Money{decimal("1.50"), usd});
    CHECK_FALSE(licet::Money{decimal("1.5"), usd} == licet::Money{decimal("1.5"), eur});
    CHECK_FALSE(licet::Money{decimal("1.5"), usd} == licet::Money{decimal("1.6"), usd});
}
