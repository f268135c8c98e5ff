#pragma once

/// \file
/// What a licet file is to SQLite: its mark, its tables, its views.

#include <chrono>

#include "store/sqlite_connection.hpp"

namespace licet::sqlite {

/// Makes an empty file licet's, and knows a file that is. Several processes may do this to one
/// file at once. Fails with `store_corrupt` where it is anything else, and leaves it as it was;
/// with `store_format_newer`.
result<void> prepare_file(const Connection& connection, std::chrono::milliseconds timeout);

}  // namespace licet::sqlite
