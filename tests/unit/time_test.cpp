#include <licet/time.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

using licet::Date;
using licet::Duration;
using licet::Errc;
using licet::Timestamp;

namespace {

constexpr std::int64_t ms_min = -62'135'596'800'000;
constexpr std::int64_t ms_max = 253'402'300'799'999;

/// The time as licet writes it, or the name of the rule that the text breaks.
std::string read(const std::string& text) {
    const auto time = Timestamp::parse(text);
    if (time) {
        return time.value().str();
    }
    CHECK(time.error().code == Errc::timestamp_syntax);
    return "timestamp_syntax";
}

std::string read_date(const std::string& text) {
    const auto date = Date::parse(text);
    if (date) {
        return date.value().str();
    }
    CHECK(date.error().code == Errc::date_syntax);
    return "date_syntax";
}

}  // namespace

TEST_CASE("a time is written in UTC, with milliseconds where there are any") {
    CHECK(Timestamp().str() == "1970-01-01T00:00:00Z");
    CHECK(Timestamp::from_ms(1'769'850'000'000).str() == "2026-01-31T09:00:00Z");
    CHECK(Timestamp::from_ms(1'769'850'000'250).str() == "2026-01-31T09:00:00.250Z");
    CHECK(Timestamp::from_ms(7).str() == "1970-01-01T00:00:00.007Z");
    CHECK(Timestamp::from_ms(-1).str() == "1969-12-31T23:59:59.999Z");
    CHECK(Timestamp::from_ms(ms_min).str() == "0001-01-01T00:00:00Z");
    CHECK(Timestamp::from_ms(ms_max).str() == "9999-12-31T23:59:59.999Z");
}

TEST_CASE("a time is read as the milliseconds since 1970") {
    CHECK(Timestamp::parse("1970-01-01T00:00:00Z").value().ms() == 0);
    CHECK(Timestamp::parse("2026-01-31T09:00:00.250Z").value().ms() == 1'769'850'000'250);
    CHECK(Timestamp::parse("0001-01-01T00:00:00Z").value().ms() == ms_min);
    CHECK(Timestamp::parse("9999-12-31T23:59:59.999Z").value() == Timestamp::latest());
}

TEST_CASE("what was written is read back the same, all over the range") {
    for (std::int64_t ms = ms_min; ms <= ms_max; ms += 1'234'567'890'123) {
        CAPTURE(ms);
        const auto time = Timestamp::parse(Timestamp::from_ms(ms).str());
        REQUIRE(time);
        REQUIRE(time.value().ms() == ms);
    }
}

TEST_CASE("a time may have any offset from UTC") {
    CHECK(read("2026-01-31T10:00:00+01:00") == "2026-01-31T09:00:00Z");
    CHECK(read("2026-01-31T00:30:00+05:45") == "2026-01-30T18:45:00Z");
    CHECK(read("2025-12-31T23:30:00-09:30") == "2026-01-01T09:00:00Z");
    CHECK(read("2026-01-31T09:00:00+00:00") == "2026-01-31T09:00:00Z");
    CHECK(read("2026-01-31T09:00:00-00:00") == "2026-01-31T09:00:00Z");
    CHECK(read("2026-01-31T23:59:00+23:59") == "2026-01-31T00:00:00Z");
    CHECK(read("2026-01-31T00:00:00+24:00") == "timestamp_syntax");
    CHECK(read("2026-01-31T00:00:00+23:60") == "timestamp_syntax");
}

TEST_CASE("'T' and 'Z' may be small letters") {
    CHECK(read("2026-01-31t09:00:00z") == "2026-01-31T09:00:00Z");
    CHECK(read("2026-01-31 09:00:00Z") == "timestamp_syntax");
}

TEST_CASE("a second has up to 9 digits after the point, and those past the third are cut off") {
    CHECK(read("2026-01-31T09:00:00.2Z") == "2026-01-31T09:00:00.200Z");
    CHECK(read("2026-01-31T09:00:00.25Z") == "2026-01-31T09:00:00.250Z");
    CHECK(read("2026-01-31T09:00:00.0019Z") == "2026-01-31T09:00:00.001Z");
    CHECK(read("2026-01-31T09:00:00.999999999Z") == "2026-01-31T09:00:00.999Z");
    CHECK(read("2026-01-31T09:00:00.000Z") == "2026-01-31T09:00:00Z");
    CHECK(read("2026-01-31T09:00:00.Z") == "timestamp_syntax");
    CHECK(read("2026-01-31T09:00:00.0000000000Z") == "timestamp_syntax");
    CHECK(read("2026-01-31T09:00:00,5Z") == "timestamp_syntax");
}

TEST_CASE("a fraction before 1970 counts forward too") {
    CHECK(Timestamp::parse("1969-12-31T23:59:59.250Z").value().ms() == -750);
}

TEST_CASE("hours, minutes and seconds end where the day does") {
    CHECK(read("2026-01-31T23:59:59Z") == "2026-01-31T23:59:59Z");
    CHECK(read("2026-01-31T24:00:00Z") == "timestamp_syntax");
    CHECK(read("2026-01-31T09:60:00Z") == "timestamp_syntax");
    CHECK(read("2026-01-31T09:00:61Z") == "timestamp_syntax");
}

TEST_CASE("a leap second is read as the one before, and ends a day in UTC") {
    CHECK(read("2016-12-31T23:59:60Z") == "2016-12-31T23:59:59Z");
    CHECK(read("2016-12-31T23:59:60.5Z") == "2016-12-31T23:59:59.500Z");
    CHECK(read("2017-01-01T00:59:60+01:00") == "2016-12-31T23:59:59Z");
    CHECK(read("2016-12-31T23:58:60Z") == "timestamp_syntax");
    CHECK(read("2016-12-31T22:59:60Z") == "timestamp_syntax");
    CHECK(read("2016-12-31T23:59:60+01:00") == "timestamp_syntax");
}

TEST_CASE("a time lies in the years 0001 to 9999 once its offset is taken off") {
    CHECK(read("0001-01-01T01:00:00+01:00") == "0001-01-01T00:00:00Z");
    CHECK(read("0001-01-01T00:59:59+01:00") == "timestamp_syntax");
    CHECK(read("9999-12-31T22:59:59-01:00") == "9999-12-31T23:59:59Z");
    CHECK(read("9999-12-31T23:00:00-01:00") == "timestamp_syntax");
    CHECK(read("0000-12-31T23:59:59Z") == "timestamp_syntax");
    CHECK(read("0000-12-31T23:59:59-01:00") == "timestamp_syntax");
    CHECK(read("10000-01-01T00:00:00Z") == "timestamp_syntax");
}

TEST_CASE("a time has every part, and nothing before, between or after") {
    const std::string whole = "2026-01-31T09:00:00.250+01:00";
    REQUIRE(read(whole) == "2026-01-31T08:00:00.250Z");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK(read(whole.substr(0, length)) == "timestamp_syntax");
    }
    CHECK(read(" " + whole) == "timestamp_syntax");
    CHECK(read(whole + " ") == "timestamp_syntax");
    CHECK(read(whole + "Z") == "timestamp_syntax");
    CHECK(read(whole + std::string(1, '\0')) == "timestamp_syntax");
    CHECK(read("2026-01-31T09:00:00Z+01:00") == "timestamp_syntax");
    CHECK(read("2026-1-31T09:00:00Z") == "timestamp_syntax");
    CHECK(read("+026-01-31T09:00:00Z") == "timestamp_syntax");
    CHECK(read("2026-01-31T09:00Z") == "timestamp_syntax");
    CHECK(read("20260131T090000Z") == "timestamp_syntax");
    CHECK(read(std::string(1'000'000, '0')) == "timestamp_syntax");
}

TEST_CASE("no other byte stands for one of a time's") {
    const std::string whole = "2026-01-31T09:00:00Z";
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const char c : {'x', ' ', '\xB2', '\0', '/'}) {
            std::string text = whole;
            text[i] = c;
            CAPTURE(text);
            CHECK(read(text) == "timestamp_syntax");
        }
    }
}

TEST_CASE("a refused time is shown on one line, cut short") {
    CHECK(Timestamp::parse("soon\n").error().detail == "\"soon?\"");
    CHECK(Timestamp::parse(std::string(40, 'x')).error().detail ==
          '"' + std::string(40, 'x') + '"');
    CHECK(Timestamp::parse(std::string(41, 'x')).error().detail ==
          '"' + std::string(40, 'x') + "...\"");
}

TEST_CASE("milliseconds beyond the range are the range's ends") {
    CHECK(Timestamp::from_ms(ms_min - 1).ms() == ms_min);
    CHECK(Timestamp::from_ms(ms_max + 1).ms() == ms_max);
    CHECK(Timestamp::from_ms(std::numeric_limits<std::int64_t>::min()).ms() == ms_min);
    CHECK(Timestamp::from_ms(std::numeric_limits<std::int64_t>::max()) == Timestamp::latest());
}

TEST_CASE("adding to a time stops at the range's ends") {
    const auto first = Timestamp::from_ms(ms_min);
    CHECK((Timestamp() + licet::days(1)).str() == "1970-01-02T00:00:00Z");
    CHECK((Timestamp() + licet::days(-1)).str() == "1969-12-31T00:00:00Z");
    CHECK(first + Duration(-1) == first);
    CHECK(first + Duration(1) > first);
    CHECK(first + Duration::min() == first);
    CHECK(first + Duration::max() == Timestamp::latest());
    CHECK(Timestamp::latest() + Duration(1) == Timestamp::latest());
    CHECK(Timestamp::latest() + Duration(-1) < Timestamp::latest());
    CHECK(Timestamp::latest() + Duration::min() == first);
    CHECK(Timestamp::latest() - first == Duration(ms_max - ms_min));
}

TEST_CASE("a day is read and written as year, month and day") {
    for (const char* text :
         {"0001-01-01", "1969-12-31", "1970-01-01", "2026-01-31", "9999-12-31"}) {
        CHECK(read_date(text) == text);
    }
    CHECK(Date().str() == "1970-01-01");
}

TEST_CASE("a leap day is every fourth year's, not every hundredth's, but every four hundredth's") {
    CHECK(read_date("2024-02-29") == "2024-02-29");
    CHECK(read_date("2023-02-29") == "date_syntax");
    CHECK(read_date("2000-02-29") == "2000-02-29");
    CHECK(read_date("1900-02-29") == "date_syntax");
    CHECK(read_date("2100-02-29") == "date_syntax");
    CHECK(read("2024-02-29T00:00:00Z") == "2024-02-29T00:00:00Z");
    CHECK(read("2023-02-29T00:00:00Z") == "timestamp_syntax");
}

TEST_CASE("a month has its own number of days") {
    const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
        const std::string start = (month < 10 ? "2026-0" : "2026-") + std::to_string(month) + "-";
        const int last = lengths[month - 1];
        CAPTURE(start);
        CHECK(read_date(start + std::to_string(last)) != "date_syntax");
        CHECK(read_date(start + std::to_string(last + 1)) == "date_syntax");
        CHECK(read_date(start + "00") == "date_syntax");
    }
    CHECK(read_date("2026-00-01") == "date_syntax");
    CHECK(read_date("2026-13-01") == "date_syntax");
}

TEST_CASE("a day has four, two and two digits and nothing else") {
    for (const char* text : {"", "2026", "2026-01", "2026-01-3", "2026-1-31", "2026-01-31 ",
                             " 2026-01-31", "2026/01/31", "20260131", "0000-01-01", "-001-01-01",
                             "10000-01-01", "2026-01-31T00:00:00Z", "31-01-2026"}) {
        CAPTURE(text);
        CHECK(read_date(text) == "date_syntax");
    }
}

TEST_CASE("a day is all of its 24 hours in UTC, half open") {
    const auto day = Date::parse("2024-02-29").value();
    CHECK(day.begin().str() == "2024-02-29T00:00:00Z");
    CHECK(day.end().str() == "2024-03-01T00:00:00Z");
    CHECK(Date::parse("0001-01-01").value().begin().ms() == ms_min);
    CHECK(Date::parse("1969-12-31").value().end() == Timestamp());
}

TEST_CASE("the last day ends with the range") {
    CHECK(Date::parse("9999-12-31").value().end() == Timestamp::latest());
}

TEST_CASE("days and times compare by when they are") {
    CHECK(Date::parse("2025-12-31").value() < Date::parse("2026-01-01").value());
    CHECK(Date::parse("2026-01-01").value() == Date::parse("2026-01-01").value());
    CHECK(Timestamp::parse("2026-01-01T00:00:00+01:00").value() <
          Timestamp::parse("2026-01-01T00:00:00Z").value());
}
