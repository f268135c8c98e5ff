#pragma once

/// \file
/// Tables of deals, invites and licences, and of the commands about them.

#include <licet/deals/commands.hpp>

#include "formats/tables/seats.hpp"

namespace licet::formats {

template <>
struct Table<Customer> {
    static constexpr std::string_view name = "Customer";
    static constexpr Field fields[] = {
        field<Customer, &Customer::company>("company", Need::defaulted),
        field<Customer, &Customer::country>("country", Need::nullable),
        field<Customer, &Customer::tenant>("tenant", Need::nullable),
    };
};

template <>
struct Table<Contract> {
    static constexpr std::string_view name = "Contract";
    static constexpr Field fields[] = {
        field<Contract, &Contract::type>("type", Need::defaulted),
        field<Contract, &Contract::signed_>("signed", Need::nullable),
        field<Contract, &Contract::start>("start", Need::nullable),
        field<Contract, &Contract::end>("end", Need::nullable),
        field<Contract, &Contract::perpetual>("perpetual", Need::defaulted),
        field<Contract, &Contract::total_value>("total_value", Need::nullable),
        field<Contract, &Contract::solution_value>("solution_value", Need::nullable),
    };
};

template <>
struct Table<Contact> {
    static constexpr std::string_view name = "Contact";
    static constexpr Field fields[] = {
        field<Contact, &Contact::first_name>("first_name", Need::defaulted),
        field<Contact, &Contact::last_name>("last_name", Need::defaulted),
        field<Contact, &Contact::email>("email", Need::defaulted),
        field<Contact, &Contact::phone>("phone", Need::defaulted),
    };
};

template <>
struct Table<LicenseLine> {
    static constexpr std::string_view name = "LicenseLine";
    static constexpr Field fields[] = {
        field<LicenseLine, &LicenseLine::plan>("plan"),
        field<LicenseLine, &LicenseLine::service_id>("service_id"),
        field<LicenseLine, &LicenseLine::quantity>("quantity"),
        field<LicenseLine, &LicenseLine::since>("since"),
        field<LicenseLine, &LicenseLine::state>("state"),
    };
};

template <>
struct Table<PendingLine> {
    static constexpr std::string_view name = "PendingLine";
    static constexpr Field fields[] = {
        field<PendingLine, &PendingLine::effective>("effective"),
        field<PendingLine, &PendingLine::plan>("plan"),
        field<PendingLine, &PendingLine::service_id>("service_id"),
        field<PendingLine, &PendingLine::quantity>("quantity", Need::nullable),
    };
};

template <>
struct Table<Deal> {
    static constexpr std::string_view name = "Deal";
    static constexpr Field fields[] = {
        field<Deal, &Deal::publisher>("publisher", Need::required, Set::once),
        field<Deal, &Deal::id>("id", Need::defaulted, Set::once),
        field<Deal, &Deal::kind>("kind", Need::defaulted),
        field<Deal, &Deal::offer>("offer", Need::nullable),
        field<Deal, &Deal::customer>("customer", Need::defaulted),
        field<Deal, &Deal::contract>("contract", Need::defaulted),
        field<Deal, &Deal::consumption_on>("consumption_on", Need::defaulted),
        field<Deal, &Deal::contact>("contact", Need::defaulted),
        field<Deal, &Deal::state>("state", Need::defaulted, Set::by_licet),
        field<Deal, &Deal::customer_locked>("customer_locked", Need::defaulted, Set::by_licet),
        field<Deal, &Deal::licenses>("licenses", Need::defaulted, Set::by_licet),
        field<Deal, &Deal::pending>("pending", Need::optional, Set::by_licet),
    };
};

template <>
struct Table<Invite> {
    static constexpr std::string_view name = "Invite";
    static constexpr Field fields[] = {
        field<Invite, &Invite::id>("id"),
        field<Invite, &Invite::publisher>("publisher"),
        field<Invite, &Invite::deal>("deal", Need::nullable),
        field<Invite, &Invite::tenant>("tenant", Need::nullable),
        field<Invite, &Invite::state>("state"),
        field<Invite, &Invite::created_at>("created_at"),
        field<Invite, &Invite::expires_at>("expires_at"),
        field<Invite, &Invite::link>("link", Need::nullable),
    };
};

template <>
struct Table<Relationship> {
    static constexpr std::string_view name = "Relationship";
    static constexpr Field fields[] = {
        field<Relationship, &Relationship::publisher>("publisher"),
        field<Relationship, &Relationship::tenant>("tenant"),
        field<Relationship, &Relationship::since>("since"),
        field<Relationship, &Relationship::accepted_by>("accepted_by"),
    };
};

template <>
struct Table<LineChange> {
    static constexpr std::string_view name = "LineChange";
    static constexpr Field fields[] = {
        field<LineChange, &LineChange::plan>("plan"),
        field<LineChange, &LineChange::quantity>("quantity", Need::optional),
        field<LineChange, &LineChange::remove>("remove", Need::defaulted),
    };
};

template <>
struct Table<PoolEffect> {
    static constexpr std::string_view name = "PoolEffect";
    static constexpr Field fields[] = {
        field<PoolEffect, &PoolEffect::service_id>("service_id"),
        field<PoolEffect, &PoolEffect::before>("before", Need::nullable),
        field<PoolEffect, &PoolEffect::after>("after"),
        field<PoolEffect, &PoolEffect::blocked_by>("blocked_by"),
        field<PoolEffect, &PoolEffect::blocked_count>("blocked_count"),
        field<PoolEffect, &PoolEffect::unassigned>("unassigned"),
        field<PoolEffect, &PoolEffect::unassigned_count>("unassigned_count"),
    };
};

template <>
struct Table<DealAnswer> {
    static constexpr Field fields[] = {field<DealAnswer, &DealAnswer::deal>("deal")};
};
template <>
struct Table<DealView> {
    static constexpr Field fields[] = {
        field<DealView, &DealView::deal>("deal"),
        field<DealView, &DealView::revision>("revision"),
    };
};
template <>
struct Table<InviteAnswer> {
    static constexpr Field fields[] = {field<InviteAnswer, &InviteAnswer::invite>("invite")};
};
template <>
struct Table<RelationshipAnswer> {
    static constexpr Field fields[] = {
        field<RelationshipAnswer, &RelationshipAnswer::relationship>("relationship",
                                                                     Need::nullable),
    };
};
template <>
struct Table<EffectsAnswer> {
    static constexpr Field fields[] = {field<EffectsAnswer, &EffectsAnswer::effects>("effects")};
};
template <>
struct Table<LicensesAnswer> {
    static constexpr Field fields[] = {
        field<LicensesAnswer, &LicensesAnswer::deal>("deal"),
        field<LicensesAnswer, &LicensesAnswer::effects>("effects"),
    };
};

template <>
struct Table<RegisterDeal> {
    static constexpr Field fields[] = {
        field<RegisterDeal, &RegisterDeal::deal>("deal"),
        field<RegisterDeal, &RegisterDeal::draft>("draft", Need::defaulted),
    };
};
template <>
struct Table<UpdateDeal> {
    static constexpr Field fields[] = {
        field<UpdateDeal, &UpdateDeal::publisher>("publisher"),
        field<UpdateDeal, &UpdateDeal::id>("id"),
        patch_of<Deal>(field<UpdateDeal, &UpdateDeal::changes>("changes")),
    };
};
template <>
struct Table<AdvanceDeal> {
    static constexpr Field fields[] = {
        field<AdvanceDeal, &AdvanceDeal::publisher>("publisher"),
        field<AdvanceDeal, &AdvanceDeal::id>("id"),
        field<AdvanceDeal, &AdvanceDeal::to>("to"),
    };
};
template <>
struct Table<SetCustomer> {
    static constexpr Field fields[] = {
        field<SetCustomer, &SetCustomer::publisher>("publisher"),
        field<SetCustomer, &SetCustomer::id>("id"),
        field<SetCustomer, &SetCustomer::tenant>("tenant"),
    };
};
template <>
struct Table<GetDeal> {
    static constexpr Field fields[] = {
        field<GetDeal, &GetDeal::publisher>("publisher"),
        field<GetDeal, &GetDeal::id>("id"),
    };
};
template <>
struct Table<ListDeals> {
    static constexpr Field fields[] = {
        field<ListDeals, &ListDeals::publisher>("publisher"),
        field<ListDeals, &ListDeals::state>("state", Need::optional),
        field<ListDeals, &ListDeals::tenant>("tenant", Need::optional),
        field<ListDeals, &ListDeals::offer>("offer", Need::optional),
        field<ListDeals, &ListDeals::view>("view", Need::optional),
        limit_field<ListDeals>,
        after_field<ListDeals>,
    };
};
template <>
struct Table<CreateInvite> {
    static constexpr Field fields[] = {
        field<CreateInvite, &CreateInvite::publisher>("publisher"),
        field<CreateInvite, &CreateInvite::deal>("deal", Need::optional),
    };
};
template <>
struct Table<AcceptInvite> {
    static constexpr Field fields[] = {
        field<AcceptInvite, &AcceptInvite::token>("token", Need::required, Set::secret, {1, 200}),
    };
};
template <>
struct Table<DeclineInvite> {
    static constexpr Field fields[] = {
        field<DeclineInvite, &DeclineInvite::token>("token", Need::required, Set::secret, {1, 200}),
    };
};
template <>
struct Table<RevokeInvite> {
    static constexpr Field fields[] = {
        field<RevokeInvite, &RevokeInvite::publisher>("publisher"),
        field<RevokeInvite, &RevokeInvite::id>("id", Need::required, Set::by_caller, {1, 64}),
    };
};
template <class T>
requires(std::is_same_v<T, ListInvites> || std::is_same_v<T, ListRelationships>) struct Table<T> {
    static constexpr Field fields[] = {
        field<T, &T::publisher>("publisher"),
        limit_field<T>,
        after_field<T>,
    };
};
template <class T>
requires(std::is_same_v<T, PreviewLicenses> || std::is_same_v<T, UpdateLicenses> ||
         std::is_same_v<T, PortalSteps>) struct Table<T> {
    static constexpr Field fields[] = {
        field<T, &T::publisher>("publisher"),
        field<T, &T::deal>("deal"),
        field<T, &T::lines>("lines"),
        field<T, &T::effective>("effective", Need::optional),
    };
};
template <>
struct Table<CancelChange> {
    static constexpr Field fields[] = {
        field<CancelChange, &CancelChange::publisher>("publisher"),
        field<CancelChange, &CancelChange::deal>("deal"),
        field<CancelChange, &CancelChange::plan>("plan"),
        field<CancelChange, &CancelChange::effective>("effective", Need::optional),
    };
};
template <>
struct Table<PortalStep> {
    static constexpr std::string_view name = "PortalStep";
    static constexpr Field fields[] = {
        field<PortalStep, &PortalStep::where>("where"),
        field<PortalStep, &PortalStep::action>("do"),
        field<PortalStep, &PortalStep::expect>("expect"),
    };
};
template <>
struct Table<PortalAnswer> {
    static constexpr Field fields[] = {
        field<PortalAnswer, &PortalAnswer::steps>("steps"),
        field<PortalAnswer, &PortalAnswer::markdown>("markdown"),
    };
};

}  // namespace licet::formats
