#pragma once

/// \file
/// Tables of functions that callers compiled, perhaps long ago, perhaps for a later licet.

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace licet::capi {

/// The table as it is today: what the caller's has not, or only half of, is NULL; what it has more
/// is left.
template <class Vtable>
Vtable whole(const Vtable& given) noexcept {
    Vtable table{};
    const std::size_t whole_members = given.size - given.size % sizeof(void (*)());
    std::memcpy(&table, &given, std::min(whole_members, sizeof table));
    return table;
}

}  // namespace licet::capi
