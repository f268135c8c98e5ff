#pragma once

/// \file
/// GUIDs as their 16 bytes.

#include <optional>
#include <string_view>

#include "engine/hash.hpp"

namespace licet {

/// The 16 bytes of a GUID as text, in any case, with braces or without: exactly what the ids take
/// for a GUID. Nothing for any other text.
std::optional<Key128> parse_guid(std::string_view text) noexcept;

}  // namespace licet
