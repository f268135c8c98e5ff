#pragma once

/// \file
/// Base64 with padding (RFC 4648, section 4).

#include <optional>
#include <string>
#include <string_view>

namespace licet {

void append_base64(std::string& out, std::string_view bytes);

/// Nothing where the text is not whole groups of four with the padding at the end.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace licet
