#pragma once

/// \file
/// SipHash-2-4 with an answer of 128 bits (Aumasson, Bernstein): whoever does not know the key
/// cannot make two texts collide but by luck of one in 2^128.

#include <string_view>

#include "engine/hash.hpp"

namespace licet {

Key128 siphash(Key128 key, std::string_view text) noexcept;

}  // namespace licet
