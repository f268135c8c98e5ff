#pragma once

/// \file
/// The words of deals and invites.

#include <licet/deals/commands.hpp>

#include "enum_words.hpp"

namespace licet {

template <>
struct Words<DealKind> {
    static constexpr Word<DealKind> all[] = {
        {"isv_connect", DealKind::isv_connect},
        {"azure_ip_cosell", DealKind::azure_ip_cosell},
    };
};
template <>
struct Words<ContractType> {
    static constexpr Word<ContractType> all[] = {
        {"new", ContractType::new_},
        {"renewal", ContractType::renewal},
    };
};
template <>
struct Words<ConsumptionOn> {
    static constexpr Word<ConsumptionOn> all[] = {
        {"customer_tenant", ConsumptionOn::customer_tenant},
        {"partner_tenant", ConsumptionOn::partner_tenant},
    };
};
template <>
struct Words<DealState> {
    static constexpr Word<DealState> all[] = {
        {"draft", DealState::draft},
        {"submitted", DealState::submitted},
        {"in_progress", DealState::in_progress},
        {"action_required", DealState::action_required},
        {"registered", DealState::registered},
        {"rejected", DealState::rejected},
        {"closed", DealState::closed},
    };
};
template <>
struct Words<DealsView> {
    static constexpr Word<DealsView> all[] = {{"in_progress", DealsView::in_progress}};
};
template <>
struct Words<LineState> {
    static constexpr Word<LineState> all[] = {
        {"active", LineState::active},
        {"warning", LineState::warning},
        {"suspended", LineState::suspended},
        {"deleted", LineState::deleted},
    };
};
template <>
struct Words<InviteState> {
    static constexpr Word<InviteState> all[] = {
        {"invited", InviteState::invited},   {"accepted", InviteState::accepted},
        {"declined", InviteState::declined}, {"expired", InviteState::expired},
        {"revoked", InviteState::revoked},
    };
};

}  // namespace licet
