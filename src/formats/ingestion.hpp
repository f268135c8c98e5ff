#pragma once

/// \file
/// Documents of Partner Center's product-ingestion API (DOMAIN §3.2) to offers and back. [P]

#include <optional>
#include <string>
#include <vector>

#include <licet/catalog/offer.hpp>

#include "formats/node.hpp"

namespace licet::formats {

/// The offers of a document, which is a resource, an array of them, or an object that has them in
/// "resources" (a configure request, a resource tree) or in "value" (the answer of a query).
///
/// What has no place in an offer is kept with it. Where there is an error, what comes back is of
/// no use. Without a publisher, which no such document names, the offers have none.
std::vector<Offer> read_ingestion(const Node& document, const std::optional<PublisherId>& publisher,
                                  Findings& findings, const Path& at);

/// The offer as a configure request: its product, setup and plans, then what else it kept. Every
/// resource refers to the product, and to its plan, by the durable id where one was kept, else by
/// the external id.
std::string write_ingestion(const Offer& offer);

}  // namespace licet::formats
