#pragma once

/// \file
/// Lets many in at once, or one alone. Whoever waits to be alone is not overtaken by newcomers,
/// as a plain shared mutex would allow.

#include <mutex>
#include <shared_mutex>

namespace licet {

class Turnstile {
public:
    std::shared_lock<std::shared_mutex> enter() {
        const std::scoped_lock door(door_);
        return std::shared_lock(room_);
    }

    std::unique_lock<std::shared_mutex> enter_alone() {
        const std::scoped_lock door(door_);
        return std::unique_lock(room_);
    }

private:
    std::mutex door_;
    std::shared_mutex room_;
};

}  // namespace licet
