#pragma once

/// \file
/// What every edit of a draft has in common.

#include <licet/catalog/publication.hpp>

namespace licet {

/// The publication at `now`, where its draft may be edited: `offer_draft_closed` otherwise.
result<Publication> open_draft(const Publication& publication, Timestamp now);

/// What cannot change any more, in an offer and in a plan that is published.
void check_frozen(const Publication& publication, const Offer& changed, const Policy& policy,
                  Findings& findings);
void check_frozen(const Plan& published, const Plan& changed, Findings& findings,
                  const Path& at = {});

/// After an edit: sets whether the draft has anything that the live copy has not.
void compare_with_live(Publication& publication);

}  // namespace licet
