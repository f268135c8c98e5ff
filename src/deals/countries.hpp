#pragma once

/// \file
/// The English names of countries.

#include <string_view>

#include <licet/money.hpp>

namespace licet {

/// As the portal shows it: "United States". "" for a code that ISO 3166-1 does not assign.
std::string_view country_name(const Country& code) noexcept;

}  // namespace licet
