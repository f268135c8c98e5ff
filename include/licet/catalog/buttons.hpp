#pragma once

/// \file
/// The buttons on an offer's listing (DOMAIN §2.2).

#include <vector>

#include <licet/catalog/offer.hpp>

namespace licet {

enum class Button { get_it_now, contact_me, free_trial };
enum class Viewer { admin, user };

/// In the order in which they stand. None for an offer that is not available. [S][P][D]
std::vector<Button> buttons_of(const Offer& offer, Viewer viewer, bool owns_license);

}  // namespace licet
