#pragma once

/// \file
/// Lets calls into an engine until it is closed, and tells when the last has left.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace licet::capi {

/// Calls of different threads do not touch the same cache line, mostly: each counts in a stripe
/// chosen by where its stack is.
class Gate {
    struct alignas(64) Stripe {
        std::atomic<std::uint64_t> inside{0};
    };

public:
    /// A call's stay. It may not be there: the gate was closed.
    class Stay {
    public:
        explicit Stay(Gate& gate) noexcept : stripe_(gate.stripe()) {
            stripe_.inside.fetch_add(1);
            if (gate.closed_.load()) {
                leave();
            } else {
                is_inside_ = true;
            }
        }
        ~Stay() {
            if (is_inside_) {
                leave();
            }
        }
        explicit operator bool() const noexcept { return is_inside_; }

        Stay(const Stay&) = delete;
        Stay& operator=(const Stay&) = delete;

    private:
        // The last thing that touches the gate, which may be gone right after it: hence nobody
        // is woken, and close() looks again and again.
        void leave() noexcept { stripe_.inside.fetch_sub(1, std::memory_order_release); }

        Stripe& stripe_;
        bool is_inside_ = false;
    };

    /// Lets no more in, and returns when nobody is inside. Once.
    void close() noexcept;

private:
    Stripe& stripe() noexcept {
        const char here = 0;
        constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
        const auto stack = reinterpret_cast<std::uintptr_t>(&here) >> 16;
        return stripes_[(stack * golden) >> 60];
    }

    std::array<Stripe, 16> stripes_;
    std::atomic<bool> closed_{false};
};

}  // namespace licet::capi
