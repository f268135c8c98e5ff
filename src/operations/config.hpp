#pragma once

/// \file
/// What open_engine reads, described.

#include <string>

#include "formats/schema.hpp"

namespace licet {

std::string config_schema(const formats::Schema& in);

}  // namespace licet
