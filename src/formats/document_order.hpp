#pragma once

/// \file
/// Findings in the order in which their places stand in the document that was given.

#include <vector>

#include <licet/finding.hpp>

#include "formats/node.hpp"

namespace licet::formats {

/// A place comes before what is inside it; what is missing comes after all that its object has.
/// Findings about one place, or about missing ones, keep their order.
std::vector<Finding> in_document_order(std::vector<Finding> findings, const Node& document);

}  // namespace licet::formats
