#pragma once

/// \file
/// The plans of an offer as the Power Platform CLI takes them into a solution (DOMAIN §3.1).

#include <string>

namespace licet {

/// What `pac solution add-license` takes: two CSV files, as text. [P]
struct PlanFiles {
    std::string definition;  ///< ServiceID,Display name,More info URL
    std::string mapping;     ///< Service ID,Component name

    friend bool operator==(const PlanFiles&, const PlanFiles&) = default;
};

}  // namespace licet
