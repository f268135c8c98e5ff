#pragma once

/// \file
/// Tables of functions that callers compiled, perhaps long ago, perhaps for a later licet.

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace licet::capi {

/// The table as it is today: what the caller's has not is NULL, what it has more is left.
template <class Vtable>
Vtable whole(const Vtable& given) noexcept {
    Vtable table{};
    std::memcpy(&table, &given, std::min(given.size, sizeof table));
    return table;
}

}  // namespace licet::capi
