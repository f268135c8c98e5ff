#include "gate.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace licet::capi {

Gate::Slot* Gate::take_another_slot() noexcept {
    for (Slot& slot : slots_) {
        if (!slot.taken.load(std::memory_order_relaxed) && !slot.taken.exchange(true)) {
            return &slot;
        }
    }
    crowd_.fetch_add(1);
    return nullptr;
}

void Gate::close() noexcept {
    closed_.store(true);
    const auto someone_inside = [this] {
        return crowd_.load() != 0 ||
               std::ranges::any_of(slots_, [](const Slot& slot) { return slot.taken.load(); });
    };
    constexpr std::chrono::microseconds pause_max(1000);
    std::chrono::microseconds pause(1);
    while (someone_inside()) {
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, pause_max);
    }
}

}  // namespace licet::capi
