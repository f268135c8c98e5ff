#pragma once

/// \file
/// Records of offers, read outside of any command.

#include <licet/catalog/publication.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "formats/tables/catalog.hpp"

namespace licet {

using OfferRecord = Stored<Publication>;

/// As it is now. Fails with `offer_not_found`.
inline result<OfferRecord> read_offer(Core& core, const PublisherId& publisher,
                                      const OfferId& offer) {
    const std::string key = keys::offer(publisher, offer);
    auto record = core.get<Publication>(key);
    if (!record) {
        return std::move(record).error();
    }
    if (!record.value()) {
        return Error{Errc::offer_not_found, key, {}};
    }
    OfferRecord found = *std::move(record).value();
    found.value = settle(std::move(found.value), core.now_after(found.head.at));
    return found;
}

}  // namespace licet
