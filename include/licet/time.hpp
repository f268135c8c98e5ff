#pragma once

/// \file
/// Moments and days. UTC, milliseconds; intervals are half open; text is RFC 3339.

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include <licet/error.hpp>

namespace licet {

using Duration = std::chrono::milliseconds;

/// A moment, from 0001-01-01T00:00:00Z up to, not including, 10000-01-01T00:00:00Z.
class Timestamp {
public:
    /// 1970-01-01T00:00:00Z.
    constexpr Timestamp() noexcept = default;

    /// Clamped into the range above.
    static constexpr Timestamp from_ms(std::int64_t ms_since_1970) noexcept {
        return Timestamp(
            ms_since_1970 < ms_min ? ms_min : (ms_since_1970 > ms_max ? ms_max : ms_since_1970));
    }

    /// RFC 3339 with any offset, up to 9 digits of a second (what is finer than a millisecond is
    /// cut off), 'T' and 'Z' in either case. A leap second (23:59:60 in UTC) is read as 23:59:59.
    /// Fails with `timestamp_syntax`.
    static result<Timestamp> parse(std::string_view text);

    /// "2026-01-31T09:00:00Z", with ".250" where the milliseconds are not 0.
    std::string str() const;

    constexpr std::int64_t ms() const noexcept { return ms_; }

    static constexpr Timestamp earliest() noexcept { return Timestamp(ms_min); }
    static constexpr Timestamp latest() noexcept { return Timestamp(ms_max); }

    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
    /// Stays within the range, whatever is added.
    friend constexpr Timestamp operator+(Timestamp time, Duration by) noexcept {
        if (by.count() > ms_max - time.ms_) {
            return latest();
        }
        return Timestamp(by.count() < ms_min - time.ms_ ? ms_min : time.ms_ + by.count());
    }
    friend constexpr Duration operator-(Timestamp later, Timestamp earlier) noexcept {
        return Duration(later.ms_ - earlier.ms_);
    }

private:
    static constexpr std::int64_t ms_min = -62'135'596'800'000;
    static constexpr std::int64_t ms_max = 253'402'300'799'999;

    constexpr explicit Timestamp(std::int64_t ms) noexcept : ms_(ms) {}

    std::int64_t ms_ = 0;
};

/// Of moments of which latest() stands for never.
constexpr bool is_before(Timestamp now, Timestamp moment) noexcept {
    return now < moment || moment == Timestamp::latest();
}

/// A day, meaning all of it in UTC.
class Date {
public:
    /// 1970-01-01.
    constexpr Date() noexcept = default;

    /// "2026-01-31"; years 0001 to 9999. Fails with `date_syntax`.
    static result<Date> parse(std::string_view text);

    /// The day in UTC that a moment is of.
    static Date of(Timestamp moment) noexcept;

    std::string str() const;

    /// The day's first moment, and the first that is no longer of it.
    Timestamp begin() const noexcept;
    Timestamp end() const noexcept;

    friend constexpr auto operator<=>(Date, Date) = default;

private:
    constexpr explicit Date(std::int32_t days) noexcept : days_(days) {}

    std::int32_t days_ = 0;  // since 1970-01-01
};

constexpr Duration days(std::int64_t count) noexcept { return Duration(count * 86'400'000); }

}  // namespace licet
