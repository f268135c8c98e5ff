#pragma once

/// \file
/// Lets calls into an engine until it is closed, and tells when the last has left.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace licet::capi {

/// No two threads that live have the same; who is given that of one that has ended saw all it did.
inline std::uintptr_t this_thread() noexcept {
#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
    return reinterpret_cast<std::uintptr_t>(__builtin_thread_pointer());
#else
    static thread_local const char here = 0;
    return reinterpret_cast<std::uintptr_t>(&here);
#endif
}

/// A thread counts its calls in a slot that it alone writes to, so they come and go by plain
/// stores.
///
/// None is missed. A call counts itself, then looks at the gate; close() shuts it, has every thread
/// pass a full fence, then looks at the counts. A call that looked before its thread's fence had
/// counted itself before it, and close() sees that; one that looks after it sees the gate shut.
/// Where the system cannot fence other threads each call pays for a fence of its own.
class Gate {
    struct alignas(64) Slot {
        std::atomic<std::uintptr_t> thread{0};  ///< Whose it is, and stays.
        std::atomic<std::size_t> calls{0};

        void enter() noexcept {
            calls.store(calls.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
            std::atomic_signal_fence(std::memory_order_seq_cst);  // before the look at the gate
        }

        // The last thing that touches the gate, which may be gone right after it: hence nobody
        // is woken, and close() looks again and again.
        void leave() noexcept {
            calls.store(calls.load(std::memory_order_relaxed) - 1, std::memory_order_release);
        }
    };

public:
    /// A call's stay. It may not be there: the gate was closed.
    class Stay {
    public:
        explicit Stay(Gate& gate) noexcept : gate_(gate), slot_(gate.enter_quickly()) {
            if (!slot_) [[unlikely]] {
                slot_ = gate.slot_of(this_thread());
                is_inside_ = gate.lets_in(slot_);
            }
        }
        ~Stay() {
            if (is_inside_) {
                gate_.leave(slot_);
            }
        }
        explicit operator bool() const noexcept { return is_inside_; }

        Stay(const Stay&) = delete;
        Stay& operator=(const Stay&) = delete;

    private:
        Gate& gate_;
        Slot* slot_;
        bool is_inside_ = true;
    };

    /// The same in a dozen instructions, where that is enough; else it is not there.
    class QuickStay {
    public:
        explicit QuickStay(Gate& gate) noexcept : slot_(gate.enter_quickly()) {}
        ~QuickStay() {
            if (slot_) {
                slot_->leave();
            }
        }
        explicit operator bool() const noexcept { return slot_ != nullptr; }

        QuickStay(const QuickStay&) = delete;
        QuickStay& operator=(const QuickStay&) = delete;

    private:
        Slot* const slot_;
    };

    Gate() noexcept : Gate(!can_fence_threads()) {}

    /// `is_fenced`: each call pays for a fence, whatever the system has.
    explicit Gate(bool is_fenced) noexcept : state_(is_fenced ? State::fenced : State::open) {}

    /// Whether close() can have all threads pass a fence.
    static bool can_fence_threads() noexcept;

    /// Lets no more in, and returns when nobody is inside. Once.
    void close() noexcept;

private:
    /// `fenced` is open, where each call needs a fence of its own.
    enum class State : unsigned char { open, fenced, closed };

    static constexpr std::size_t slots_count = 256;

    Slot& first_slot_of(std::uintptr_t thread) noexcept {
        constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
        return slots_[(thread * golden) >> 56];
    }

    Slot* enter_quickly() noexcept {
        const std::uintptr_t thread = this_thread();
        Slot& slot = first_slot_of(thread);
        if (slot.thread.load(std::memory_order_relaxed) != thread) [[unlikely]] {
            return nullptr;
        }
        slot.enter();
        if (state_.load(std::memory_order_acquire) != State::open) [[unlikely]] {
            slot.leave();
            return nullptr;
        }
        return &slot;
    }

    // None where all near its first one are others': the call is one of the crowd then.
    Slot* slot_of(std::uintptr_t thread) noexcept;
    bool lets_in(Slot* slot) noexcept;

    void leave(Slot* slot) noexcept {
        if (slot) {
            slot->leave();
        } else {
            crowd_.fetch_sub(1, std::memory_order_release);
        }
    }

    std::array<Slot, slots_count> slots_;
    std::atomic<std::size_t> crowd_{0};
    std::atomic<State> state_;
};

}  // namespace licet::capi
