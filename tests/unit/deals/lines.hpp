#pragma once

/// \file
/// What Fabrikam sells, and lines as they are wanted.

#include <licet/deals/license.hpp>

#include "unit/deals/samples.hpp"

namespace samples {

inline licet::Plan sold_plan(std::string_view id, licet::PlanState state) {
    licet::Plan sold;
    sold.id = plan(id);
    sold.state = state;
    return sold;
}

/// Live with bronze, silver and gold on sale and basic no longer; platinum is drafted.
inline licet::Publication offer() {
    licet::Offer live;
    live.publisher = licet::PublisherId::parse("fabrikam").value();
    live.id = licet::OfferId::parse("f365").value();
    live.status = licet::OfferStatus::live;
    live.plans = {
        sold_plan("bronze", licet::PlanState::live), sold_plan("silver", licet::PlanState::live),
        sold_plan("gold", licet::PlanState::live), sold_plan("basic", licet::PlanState::stopped)};
    licet::Offer draft = live;
    draft.plans.push_back(sold_plan("platinum", licet::PlanState::draft));
    return {draft, live, std::nullopt};
}

inline licet::LineChange wanted(std::string_view id, std::int64_t quantity) {
    return {plan(id), quantity, false};
}
inline licet::LineChange removed(std::string_view id) { return {plan(id), std::nullopt, true}; }

}  // namespace samples
