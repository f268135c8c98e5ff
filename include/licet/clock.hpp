#pragma once

/// \file
/// Where an engine takes the time from. Each engine has a clock of its own, so two engines in
/// one process can live at different times.

#include <atomic>
#include <cstdint>

#include <licet/time.hpp>

namespace licet {

/// Called from many threads at once, and on the path of every check: must be quick.
class Clock {
public:
    virtual ~Clock() = default;

    /// The time of day. May be set back by whoever minds the machine; the engine copes.
    virtual Timestamp now() const noexcept = 0;

    /// Milliseconds since some moment; never goes back.
    virtual std::int64_t monotonic_ms() const noexcept = 0;

    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
};

/// The machine's clock, as exact as the kernel's tick: a few milliseconds.
class SystemClock final : public Clock {
public:
    Timestamp now() const noexcept override;
    std::int64_t monotonic_ms() const noexcept override;
};

/// Stands still until told to move: for tests and rehearsals.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Timestamp start) noexcept : now_ms_(start.ms()) {}

    Timestamp now() const noexcept override;

    /// What the clock has been moved forward in all.
    std::int64_t monotonic_ms() const noexcept override;

    void advance(Duration by) noexcept;

    /// Any time, also an earlier one, as a badly minded machine would do; the monotonic time
    /// stands still then.
    void set(Timestamp now) noexcept;

private:
    std::atomic<std::int64_t> now_ms_;
    std::atomic<std::int64_t> forward_ms_{0};
};

}  // namespace licet
