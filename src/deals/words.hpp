#pragma once

/// \file
/// The states of deals and invites as words, for messages.

#include <string_view>

#include <licet/deals/deal.hpp>
#include <licet/deals/invite.hpp>

namespace licet {

constexpr std::string_view word_of(DealState state) noexcept {
    switch (state) {
        case DealState::draft:
            return "draft";
        case DealState::submitted:
            return "submitted";
        case DealState::in_progress:
            return "in_progress";
        case DealState::action_required:
            return "action_required";
        case DealState::registered:
            return "registered";
        case DealState::rejected:
            return "rejected";
        case DealState::closed:
            return "closed";
    }
    return "unknown";
}

constexpr std::string_view word_of(InviteState state) noexcept {
    switch (state) {
        case InviteState::invited:
            return "invited";
        case InviteState::accepted:
            return "accepted";
        case InviteState::declined:
            return "declined";
        case InviteState::expired:
            return "expired";
        case InviteState::revoked:
            return "revoked";
    }
    return "unknown";
}

}  // namespace licet
