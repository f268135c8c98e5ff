#pragma once

/// \file
/// The ids of attempts at commands, by which an event tells who wrote it.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "hex.hpp"

namespace licet {

/// Counts from where it is seeded: engines that draw their seeds at random never give the same id,
/// also where other ids are sequential. Any thread.
class CommandIds {
public:
    using Seed = std::array<std::byte, 16>;

    explicit CommandIds(const Seed& seed) noexcept : seed_(seed) {}

    std::string next() {
        std::uint64_t number = 0;
        std::memcpy(&number, seed_.data(), sizeof number);
        number += count_.fetch_add(1, std::memory_order_relaxed);
        Seed bytes = seed_;
        std::memcpy(bytes.data(), &number, sizeof number);
        return hex(bytes);
    }

private:
    Seed seed_;
    std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace licet
