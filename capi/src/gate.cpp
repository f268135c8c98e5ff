#include "gate.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

// ThreadSanitizer knows nothing of a fence that one thread makes for another.
#if defined(__has_feature)
#define LICET_HAS_FEATURE(name) __has_feature(name)
#else
#define LICET_HAS_FEATURE(name) 0
#endif
#if __has_include(<linux/membarrier.h>) && !defined(__SANITIZE_THREAD__) && \
    !LICET_HAS_FEATURE(thread_sanitizer)
#define LICET_MEMBARRIER
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace licet::capi {
namespace {

#ifdef LICET_MEMBARRIER
long membarrier(membarrier_cmd command) noexcept { return syscall(SYS_membarrier, command, 0, 0); }

// Where a sandbox that was entered since forbids it, time must do: no store takes so long.
void fence_threads() noexcept {
    if (membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) != 0 ||
        membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}
#else
void fence_threads() noexcept {}
#endif

}  // namespace

bool Gate::can_fence_threads() noexcept {
#ifdef LICET_MEMBARRIER
    const long commands = membarrier(MEMBARRIER_CMD_QUERY);
    return commands > 0 && (commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;
#else
    return false;
#endif
}

Gate::Slot* Gate::slot_of(std::uintptr_t thread) noexcept {
    constexpr std::size_t near = 16;
    const auto first = static_cast<std::size_t>(&first_slot_of(thread) - slots_.data());
    for (std::size_t at = first; at < first + near; ++at) {
        Slot& slot = slots_[at % slots_count];
        std::uintptr_t owner = slot.thread.load(std::memory_order_relaxed);
        if (owner == thread || (owner == 0 && slot.thread.compare_exchange_strong(owner, thread))) {
            return &slot;
        }
    }
    return nullptr;
}

bool Gate::lets_in(Slot* slot) noexcept {
    if (slot) {
        slot->enter();
    } else {
        crowd_.fetch_add(1);
    }
    State state = state_.load(std::memory_order_acquire);
    if (state == State::fenced) {
        if (slot) {  // else it has passed a fence
            slot->calls.exchange(slot->calls.load(std::memory_order_relaxed));
        }
        state = state_.load();
    }
    if (state == State::closed) {
        leave(slot);
        return false;
    }
    return true;
}

void Gate::close() noexcept {
    if (state_.exchange(State::closed) == State::open) {
        fence_threads();
    }
    const auto someone_inside = [this] {
        return crowd_.load() != 0 ||
               std::ranges::any_of(slots_, [](const Slot& slot) { return slot.calls.load() != 0; });
    };
    constexpr std::chrono::microseconds pause_max(1000);
    std::chrono::microseconds pause(1);
    while (someone_inside()) {
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, pause_max);
    }
}

}  // namespace licet::capi
