#include <licet/clock.hpp>

#include <algorithm>
#include <chrono>

#ifdef __linux__
#include <ctime>
#endif

namespace licet {
namespace {

#ifdef __linux__
// Coarse: every check asks, and a tick is exact enough.
std::int64_t read_ms(clockid_t clock) noexcept {
    timespec time{};
    clock_gettime(clock, &time);
    return std::int64_t{time.tv_sec} * 1'000 + time.tv_nsec / 1'000'000;
}

std::int64_t system_ms() noexcept { return read_ms(CLOCK_REALTIME_COARSE); }
std::int64_t steady_ms() noexcept { return read_ms(CLOCK_MONOTONIC_COARSE); }
#else
template <class Clock>
std::int64_t read_ms() noexcept {
    return std::chrono::floor<Duration>(Clock::now().time_since_epoch()).count();
}

std::int64_t system_ms() noexcept { return read_ms<std::chrono::system_clock>(); }
std::int64_t steady_ms() noexcept { return read_ms<std::chrono::steady_clock>(); }
#endif

}  // namespace

Timestamp SystemClock::now() const noexcept { return Timestamp::from_ms(system_ms()); }

std::int64_t SystemClock::monotonic_ms() const noexcept { return steady_ms(); }

Timestamp ManualClock::now() const noexcept { return Timestamp::from_ms(now_ms_.load()); }

std::int64_t ManualClock::monotonic_ms() const noexcept { return forward_ms_.load(); }

void ManualClock::advance(Duration by) noexcept {
    std::int64_t before = now_ms_.load();
    std::int64_t after = 0;
    do {
        after = (Timestamp::from_ms(before) + by).ms();
    } while (!now_ms_.compare_exchange_weak(before, after));
    forward_ms_ += std::max<std::int64_t>(after - before, 0);
}

void ManualClock::set(Timestamp now) noexcept {
    const std::int64_t before = now_ms_.exchange(now.ms());
    forward_ms_ += std::max<std::int64_t>(now.ms() - before, 0);
}

}  // namespace licet
