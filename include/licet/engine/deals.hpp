#pragma once

/// \file
/// Deals, consent and licences over a store. What each method takes, answers and needs is said
/// where its command is (deals/commands.hpp); the rules are in deals/.
///
/// What is not there fails with `deal_not_found`, `offer_not_found` or `invite_not_found`.

#include <licet/deals/commands.hpp>

namespace licet {

class Core;

class Deals {
public:
    explicit Deals(Core& core) noexcept : core_(core) {}

    result<Written<DealAnswer>> register_deal(const RegisterDeal& command, const Caller& caller);
    result<Written<DealAnswer>> update_deal(const UpdateDeal& command, const Caller& caller);
    result<Written<DealAnswer>> advance(const AdvanceDeal& command, const Caller& caller);
    result<Written<DealAnswer>> set_customer(const SetCustomer& command, const Caller& caller);
    result<DealView> get_deal(const GetDeal& query, const Caller& caller);
    result<PageOf<Deal>> list_deals(const ListDeals& query, const Caller& caller);

    result<Written<InviteAnswer>> create_invite(const CreateInvite& command, const Caller& caller);
    /// An unknown token, or one of another shape, fails with `invite_not_found`.
    result<Written<RelationshipAnswer>> accept(const AcceptInvite& command, const Caller& caller);
    result<Written<RelationshipAnswer>> decline(const DeclineInvite& command, const Caller& caller);
    result<Written<InviteAnswer>> revoke(const RevokeInvite& command, const Caller& caller);
    result<PageOf<Invite>> list_invites(const ListInvites& query, const Caller& caller);
    result<PageOf<Relationship>> list_relationships(const ListRelationships& query,
                                                    const Caller& caller);

    /// What update_licenses would do, without doing it. Under the policy `reject` it names the
    /// seats in the way instead of failing.
    result<EffectsAnswer> preview(const PreviewLicenses& query, const Caller& caller);
    result<Written<LicensesAnswer>> update_licenses(const UpdateLicenses& command,
                                                    const Caller& caller);
    result<Written<DealAnswer>> cancel_change(const CancelChange& command, const Caller& caller);
    result<PortalAnswer> portal_steps(const PortalSteps& query, const Caller& caller);

private:
    Core& core_;
};

}  // namespace licet
