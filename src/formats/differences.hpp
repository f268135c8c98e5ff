#pragma once

/// \file
/// In what an offer differs from another, field by field.

#include <vector>

#include <licet/catalog/commands.hpp>

namespace licet::formats {

/// What makes `after` of `before`, or of nothing, where null. In the order of the document, plans
/// that are gone last; whole lists but for the plans, and of those their order as a difference of
/// its own where the plans that stay changed places.
std::vector<Difference> differences(const Offer* before, const Offer& after);

}  // namespace licet::formats
