#pragma once

/// \file
/// Small numbers, the same for the same seed.

#include <array>
#include <cstddef>
#include <cstdint>

#include <licet/random.hpp>

namespace licet::world {

class Dice {
public:
    explicit Dice(std::uint64_t seed) noexcept : random_(seed) {}

    std::size_t below(std::size_t end) {
        std::array<std::byte, 4> bytes{};
        (void)random_.fill(bytes).value();
        std::size_t number = 0;
        for (const std::byte byte : bytes) {
            number = number * 256 + std::to_integer<std::size_t>(byte);
        }
        return number % end;
    }

private:
    SeededRandom random_;
};

}  // namespace licet::world
