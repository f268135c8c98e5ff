#pragma once

/// \file
/// Memory by the million: on huge pages where the system has them, so that look-ups at random
/// places find their pages and a page is not asked for every few records.

#include <cstddef>
#include <memory_resource>

namespace licet {

inline constexpr std::size_t huge_page = std::size_t{2} << 20;

/// What is smaller than a huge page comes from the heap as ever. Of a larger piece the last page
/// may be wasted.
std::pmr::memory_resource& huge_pages() noexcept;

}  // namespace licet
