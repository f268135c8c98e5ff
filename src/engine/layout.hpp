#pragma once

/// \file
/// The version of the records' layout: what this licet writes, and what it can read.

#include <string>
#include <string_view>

#include <licet/store/store.hpp>

namespace licet {

/// What stands under `meta/format` in a store of this licet.
std::string layout_text();

/// Fails with `store_format_newer`, `record_corrupt`.
result<void> check_layout(std::string_view text);

/// May this store's records be read? Fails as check_layout does, and with `store_unfinished`.
result<void> check_readable(Store& store);

}  // namespace licet
