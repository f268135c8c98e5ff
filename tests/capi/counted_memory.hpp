#pragma once

/// \file
/// This program's operator new: it counts, for each thread, and fails when it is told to.

#include <cstdint>

namespace counted {

extern thread_local std::int64_t until_failure;  ///< Allocations until one fails; below 0: none.
extern thread_local std::int64_t alive;          ///< Allocations that are not freed.
extern thread_local std::int64_t bytes;          ///< Of those.
extern thread_local std::int64_t bytes_most;     ///< The most there ever were; a test may lower it.

}  // namespace counted
