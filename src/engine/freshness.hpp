#pragma once

/// \file
/// Until when what was asked of the source may be believed.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>

#include "engine/index.hpp"

namespace licet {

/// Stale at first.
class Freshness {
public:
    bool holds(const Clock& clock) const noexcept {
        const std::int64_t until = until_ms_.load(std::memory_order_acquire);
        return until == forever || clock.monotonic_ms() < until;
    }

    /// For an answer that was asked for at `asked_ms` of the monotonic time.
    void renew(std::int64_t asked_ms, const IndexOptions& options) noexcept {
        const std::int64_t age_max =
            std::clamp<std::int64_t>(options.staleness_max.count(), 0, forever - 1 - asked_ms);
        until_ms_.store(options.exclusive ? forever : asked_ms + age_max,
                        std::memory_order_release);
    }

    void end() noexcept { until_ms_.store(over, std::memory_order_release); }

private:
    static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t over = std::numeric_limits<std::int64_t>::min();

    std::atomic<std::int64_t> until_ms_{over};
};

}  // namespace licet
