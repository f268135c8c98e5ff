#pragma once

/// \file
/// For every operation at least one call, each with all that can be given.

#include <string>
#include <string_view>
#include <vector>

#include "unit/operations/world.hpp"

namespace world {

struct GoodCall {
    std::string_view operation;
    licet::Action action;  ///< What DOMAIN §6 says is done.
    std::string arguments;
};

/// Each of them succeeds in a world as it was made.
std::vector<GoodCall> good_calls(World& world);

}  // namespace world
