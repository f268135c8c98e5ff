#pragma once

/// \file
/// The resource that says how a product is sold.

#include <licet/catalog/offer.hpp>

#include "formats/ingestion/resources.hpp"

namespace licet::formats::ingestion {

/// The choices that an offer of this type can have, taken out of the resource. Of every other one
/// there is a warning.
Setup take_setup(Resource& resource, OfferType type, Reader& reader);

}  // namespace licet::formats::ingestion
