#pragma once

/// \file
/// Whether what several callers were told at the same time could have been told to one after the
/// other: the search of Wing and Gong, over a pool so simple that it cannot be wrong.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licet::model {

/// What is done to one pool. `count` asks how many hold a seat, `check` whether this user does.
enum class Act { assign, unassign, count, check };

/// What was told: 1 or 0 for assigned or full, released or absent, licensed or not; for `count`
/// how many. Assigning to a holder tells 1.
struct Call {
    Act act = Act::check;
    std::size_t user = 0;
    std::size_t told = 0;
    std::uint64_t began = 0;  ///< By one counter of all callers, which goes up at both ends.
    std::uint64_t ended = 0;
};

inline constexpr std::size_t calls_max = 64;
inline constexpr std::size_t users_max = 16;

/// An order of all calls in which a pool of that capacity, empty at first, would have told the
/// same, and in which no call comes before one that had ended when it began; nothing where there
/// is none. At most `calls_max` calls.
std::optional<std::vector<std::size_t>> linearization(const std::vector<Call>& calls,
                                                      std::size_t capacity);

std::string text_of(const std::vector<Call>& calls);

}  // namespace licet::model
