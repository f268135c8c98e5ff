#include <licet/time.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "quoted.hpp"
#include "time_text.hpp"

namespace licet {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int year_min = 1;  // the last, 9999, follows from four digits

constexpr std::string_view digits = "0123456789";

/// Reads a text from its start; once something was not as expected, nothing is any more.
class Scanner {
public:
    explicit Scanner(std::string_view text) noexcept : rest_(text) {}

    bool at(std::string_view any_of) const noexcept {
        return !rest_.empty() && any_of.find(rest_.front()) != std::string_view::npos;
    }

    bool take(std::string_view any_of) noexcept {
        const bool taken = at(any_of);
        rest_.remove_prefix(taken ? 1 : 0);
        return taken;
    }

    void expect(std::string_view any_of) noexcept {
        if (!take(any_of)) {
            failed_ = true;
            rest_ = {};
        }
    }

    /// Exactly so many digits.
    int number(int length) noexcept {
        int value = 0;
        for (int i = 0; i < length; ++i) {
            value = value * 10 + (at(digits) ? rest_.front() - '0' : 0);
            expect(digits);
        }
        return value;
    }

    bool failed() const noexcept { return failed_; }
    bool done() const noexcept { return !failed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool failed_ = false;
};

std::optional<sys_days> read_day(Scanner& in) noexcept {
    const std::chrono::year year(in.number(4));
    in.expect("-");
    const std::chrono::month month(static_cast<unsigned>(in.number(2)));
    in.expect("-");
    const std::chrono::day day(static_cast<unsigned>(in.number(2)));
    const year_month_day date(year, month, day);
    if (in.failed() || !date.ok() || year < std::chrono::year(year_min)) {
        return std::nullopt;
    }
    return sys_days(date);
}

/// Up to 9 digits; what is finer than a millisecond is cut off.
int read_fraction_ms(Scanner& in) noexcept {
    int ms = in.number(1) * 100;
    for (int digit = 1, unit = 10; digit < 9 && in.at(digits); ++digit, unit /= 10) {
        ms += in.number(1) * unit;
    }
    return ms;
}

/// "Z", or hours and minutes east of UTC.
std::optional<std::chrono::minutes> read_offset(Scanner& in) noexcept {
    if (in.take("Zz")) {
        return std::chrono::minutes(0);
    }
    const bool west = in.at("-");
    in.expect("+-");
    const int hours = in.number(2);
    in.expect(":");
    const int minutes = in.number(2);
    if (hours > 23 || minutes > 59) {
        return std::nullopt;
    }
    const std::chrono::minutes offset(60 * hours + minutes);
    return west ? -offset : offset;
}

/// Milliseconds since 1970, of a year that may be 0 or 10000 once the offset is taken off.
std::optional<std::int64_t> read_timestamp(std::string_view text) noexcept {
    Scanner in(text);
    const auto day = read_day(in);
    in.expect("Tt");
    const int hour = in.number(2);
    in.expect(":");
    const int minute = in.number(2);
    in.expect(":");
    const int second = in.number(2);
    int ms = 0;
    if (in.take(".")) {
        ms = read_fraction_ms(in);
    }
    const auto offset = read_offset(in);
    if (!in.done() || !day || !offset || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    const bool leap_second = second == 60;
    const auto time = *day + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                      std::chrono::seconds(leap_second ? 59 : second) - *offset;
    // Leap seconds end a day, in UTC.
    if (leap_second && time + std::chrono::seconds(1) != ceil<std::chrono::days>(time)) {
        return std::nullopt;
    }
    return Duration(time.time_since_epoch()).count() + ms;
}

/// Puts the last `length` digits of a number in front of `end`.
void write_digits(char* end, int value, int length) noexcept {
    for (; length != 0; --length, value /= 10) {
        *--end = static_cast<char>('0' + value % 10);
    }
}

constexpr std::string_view day_form = "0000-00-00";
constexpr std::string_view moment_form = "0000-00-00T00:00:00.000Z";

void write_day(char* text, sys_days days) noexcept {
    const year_month_day date(days);
    write_digits(text + 4, static_cast<int>(date.year()), 4);
    write_digits(text + 7, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    write_digits(text + 10, static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

}  // namespace

result<Timestamp> Timestamp::parse(std::string_view text) {
    const auto ms = read_timestamp(text);
    if (!ms || *ms < ms_min || *ms > ms_max) {
        return Error{Errc::timestamp_syntax, quoted(text), {}};
    }
    return Timestamp(*ms);
}

std::string Timestamp::str() const { return std::string(TimestampText(*this).str()); }

TimestampText::TimestampText(Timestamp moment) noexcept : size_(moment_form.size()) {
    const std::chrono::sys_time<Duration> time{Duration(moment.ms())};
    const auto day = floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss<Duration> clock(time - day);
    char* const out = text_.data();
    std::ranges::copy(moment_form, out);
    write_day(out, day);
    write_digits(out + 13, static_cast<int>(clock.hours().count()), 2);
    write_digits(out + 16, static_cast<int>(clock.minutes().count()), 2);
    write_digits(out + 19, static_cast<int>(clock.seconds().count()), 2);
    const auto ms = static_cast<int>(clock.subseconds().count());
    if (ms == 0) {
        out[19] = 'Z';
        size_ = 20;
    } else {
        write_digits(out + 23, ms, 3);
    }
}

result<Date> Date::parse(std::string_view text) {
    Scanner in(text);
    const auto day = read_day(in);
    if (!day || !in.done()) {
        return Error{Errc::date_syntax, quoted(text), {}};
    }
    return Date(static_cast<std::int32_t>(day->time_since_epoch().count()));
}

Date Date::of(Timestamp moment) noexcept {
    return Date(static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(Duration(moment.ms())).count()));
}

std::string Date::str() const {
    std::string out(day_form);
    write_day(out.data(), sys_days(std::chrono::days(days_)));
    return out;
}

Timestamp Date::begin() const noexcept { return Timestamp() + days(days_); }

Timestamp Date::end() const noexcept { return begin() + days(1); }

}  // namespace licet
