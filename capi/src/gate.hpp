#pragma once

/// \file
/// Lets calls into an engine until it is closed, and tells when the last has left.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace licet::capi {

/// A call takes a slot of its own for as long as it stays, so that leaving is a plain store and
/// calls of different threads do not touch the same cache line, mostly.
class Gate {
    struct alignas(64) Slot {
        std::atomic<bool> taken{false};
    };

public:
    /// A call's stay. It may not be there: the gate was closed.
    class Stay {
    public:
        explicit Stay(Gate& gate) noexcept : gate_(gate), slot_(gate.take_slot()) {
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
        void leave() noexcept {
            if (slot_) {
                slot_->taken.store(false, std::memory_order_release);
            } else {
                gate_.crowd_.fetch_sub(1, std::memory_order_release);
            }
        }

        Gate& gate_;
        Slot* slot_;
        bool is_inside_ = false;
    };

    /// Lets no more in, and returns when nobody is inside. Once.
    void close() noexcept;

private:
    static constexpr std::size_t slots_count = 64;

    // Begins where this thread's stack says, so that a thread mostly finds its own slot free.
    Slot* take_slot() noexcept {
        const char here = 0;
        constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
        const auto stack = reinterpret_cast<std::uintptr_t>(&here) >> 16;
        Slot& first = slots_[(stack * golden) >> 58];
        return first.taken.exchange(true) ? take_another_slot() : &first;
    }

    // None where all are taken: the call is one of the crowd then.
    Slot* take_another_slot() noexcept;

    std::array<Slot, slots_count> slots_;
    std::atomic<std::size_t> crowd_{0};
    std::atomic<bool> closed_{false};
};

}  // namespace licet::capi
