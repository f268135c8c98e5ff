#include "gate.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace licet::capi {

void Gate::close() noexcept {
    closed_.store(true);
    constexpr std::chrono::microseconds pause_max(1000);
    std::chrono::microseconds pause(1);
    for (Stripe& stripe : stripes_) {
        while (stripe.inside.load() != 0) {
            std::this_thread::sleep_for(pause);
            pause = std::min(pause * 2, pause_max);
        }
    }
}

}  // namespace licet::capi
