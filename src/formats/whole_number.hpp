#pragma once

/// \file
/// Numbers of JSON that are whole however they are written.

#include <cstdint>
#include <optional>
#include <string_view>

namespace licet::formats {

/// The whole number that a JSON number like "30.0", "3e1" or "-1200e-2" stands for, if it is one.
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace licet::formats
