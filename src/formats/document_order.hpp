#pragma once

/// \file
/// Findings in the order in which their places stand in the document that was given.

#include <vector>

#include <boost/json/value.hpp>

#include <licet/finding.hpp>

namespace licet::formats {

/// A place comes before what is inside it; what is missing comes after all that its object has.
/// Findings about one place, or about missing ones, keep their order.
std::vector<Finding> in_document_order(std::vector<Finding> findings,
                                       const boost::json::value& document);

}  // namespace licet::formats
