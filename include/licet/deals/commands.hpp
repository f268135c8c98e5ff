#pragma once

/// \file
/// The commands and queries about deals, consent and licences: name, permission, answer.

#include <string_view>

#include <licet/catalog/commands.hpp>
#include <licet/deals/deal.hpp>
#include <licet/deals/invite.hpp>
#include <licet/deals/license.hpp>
#include <licet/deals/portal.hpp>
#include <licet/seats/pool.hpp>

namespace licet {

struct DealAnswer {
    Deal deal;
};
struct DealView {
    Deal deal;
    std::uint64_t revision = 0;
};

struct RegisterDeal {
    static constexpr std::string_view name = "deals.register";
    static constexpr Action action = Action::manage_deals;
    using Answer = DealAnswer;
    Deal deal;  ///< Without an id, licet makes one.
    bool draft = false;
};
struct UpdateDeal {
    static constexpr std::string_view name = "deals.update";
    static constexpr Action action = Action::manage_deals;
    using Answer = DealAnswer;
    PublisherId publisher;
    DealId id;
    Json changes;  ///< A JSON Merge Patch (RFC 7396).
};
struct AdvanceDeal {
    static constexpr std::string_view name = "deals.advance";
    static constexpr Action action = Action::manage_deals;
    using Answer = DealAnswer;
    PublisherId publisher;
    DealId id;
    DealState to = DealState::submitted;
};
struct SetCustomer {
    static constexpr std::string_view name = "deals.set_customer";
    static constexpr Action action = Action::manage_deals;
    using Answer = DealAnswer;
    PublisherId publisher;
    DealId id;
    TenantId tenant;
};
struct GetDeal {
    static constexpr std::string_view name = "deals.get";
    static constexpr Action action = Action::read_deals;
    PublisherId publisher;
    DealId id;
};
/// The portal's "Submitted deals / In progress": submitted and in_progress. [S]
enum class DealsView { in_progress };
struct ListDeals {
    static constexpr std::string_view name = "deals.list";
    static constexpr Action action = Action::read_deals;
    PublisherId publisher;
    std::optional<DealState> state;
    std::optional<TenantId> tenant;
    std::optional<OfferId> offer;
    std::optional<DealsView> view;
    PageRequest page;
};

struct InviteAnswer {
    Invite invite;
};
struct RelationshipAnswer {
    std::optional<Relationship> relationship;  ///< Absent after a decline.
};
struct CreateInvite {
    static constexpr std::string_view name = "invites.create";
    static constexpr Action action = Action::manage_deals;
    using Answer = InviteAnswer;
    PublisherId publisher;
    std::optional<DealId> deal;
};
struct AcceptInvite {
    static constexpr std::string_view name = "invites.accept";
    static constexpr Action action = Action::answer_invites;
    using Answer = RelationshipAnswer;
    std::string token;
};
struct DeclineInvite {
    static constexpr std::string_view name = "invites.decline";
    static constexpr Action action = Action::answer_invites;
    using Answer = RelationshipAnswer;
    std::string token;
};
struct RevokeInvite {
    static constexpr std::string_view name = "invites.revoke";
    static constexpr Action action = Action::manage_deals;
    using Answer = InviteAnswer;
    PublisherId publisher;
    std::string id;
};
struct ListInvites {
    static constexpr std::string_view name = "invites.list";
    static constexpr Action action = Action::read_deals;
    PublisherId publisher;
    PageRequest page;
};
struct ListRelationships {
    static constexpr std::string_view name = "relationships.list";
    static constexpr Action action = Action::read_deals;
    PublisherId publisher;
    PageRequest page;
};

/// What an update of licences does to one pool.
struct PoolEffect {
    ServiceId service_id;
    std::optional<PoolSummary> before;  ///< Absent: the pool comes into being.
    PoolSummary after;
    std::vector<UserId> blocked_by;  ///< At most 100 of those in the way, by policy `reject`.
    std::int64_t blocked_count = 0;
    std::vector<UserId> unassigned;  ///< At most 100 of those who lose their seat.
    std::int64_t unassigned_count = 0;
};
struct EffectsAnswer {
    std::vector<PoolEffect> effects;
};
struct LicensesAnswer {
    Deal deal;
    std::vector<PoolEffect> effects;
};
/// With `effective`, what there will be then if nothing else changes until then.
struct PreviewLicenses {
    static constexpr std::string_view name = "licenses.preview";
    static constexpr Action action = Action::manage_deals;
    PublisherId publisher;
    DealId deal;
    std::vector<LineChange> lines;
    std::optional<Timestamp> effective = {};
};
struct UpdateLicenses {
    static constexpr std::string_view name = "licenses.update";
    static constexpr Action action = Action::manage_deals;
    using Answer = LicensesAnswer;
    PublisherId publisher;
    DealId deal;
    std::vector<LineChange> lines;
    std::optional<Timestamp> effective = {};  ///< Absent: at once. Later acts as `over_assign`.
};
/// Takes back what is pending of a line: the change for a moment, or all.
struct CancelChange {
    static constexpr std::string_view name = "licenses.cancel_change";
    static constexpr Action action = Action::manage_deals;
    using Answer = DealAnswer;
    PublisherId publisher;
    DealId deal;
    PlanId plan;
    std::optional<Timestamp> effective;
};

struct PortalAnswer {
    std::vector<PortalStep> steps;
    std::string markdown;  ///< The same as a checklist; empty where there is nothing to do.
};
/// What a person clicks in Partner Center to bring about what licenses.update would, from what is
/// stored. Fails as that would.
struct PortalSteps {
    static constexpr std::string_view name = "portal.steps";
    static constexpr Action action = Action::manage_deals;
    PublisherId publisher;
    DealId deal;
    std::vector<LineChange> lines;
    std::optional<Timestamp> effective = {};
};

}  // namespace licet
