#pragma once

/// \file
/// SHA-256 by libcrypto, as lowercase hexadecimal.

#include <string>
#include <string_view>

namespace licet {

std::string sha256_hex(std::string_view bytes);

/// True where both are the same, in a time that depends on their sizes only.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace licet
