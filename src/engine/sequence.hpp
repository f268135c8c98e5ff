#pragma once

/// \file
/// How readers learn that what they read was changed meanwhile (a seqlock).
///
///     do {
///         seen = sequence.enter();
///         …                              // acquire loads of atomics, nothing else
///     } while (!sequence.still(seen));
///
/// Everything guarded is atomic, stored with release inside a Window and loaded with acquire. A
/// reader who sees one store of a window therefore also sees that the window was opened, so no
/// fence is needed, and on x86 all of it is plain moves.

#include <atomic>
#include <cstdint>
#include <thread>

namespace licet {

class Sequence {
public:
    std::uint64_t enter() const noexcept {
        for (;;) {
            const std::uint64_t value = value_.load(std::memory_order_acquire);
            if ((value & 1) == 0) [[likely]] {
                return value;
            }
            std::this_thread::yield();  // the writer may need this very processor
        }
    }

    bool still(std::uint64_t seen) const noexcept {
        return value_.load(std::memory_order_relaxed) == seen;
    }

    /// While it lives, readers wait: keep it short. One writer at a time.
    class Window {
    public:
        explicit Window(Sequence& sequence) noexcept : value_(sequence.value_) { step(); }
        ~Window() { step(); }

        Window(const Window&) = delete;
        Window& operator=(const Window&) = delete;

    private:
        void step() noexcept {
            value_.store(value_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        }

        std::atomic<std::uint64_t>& value_;
    };

private:
    std::atomic<std::uint64_t> value_{0};
};

}  // namespace licet
