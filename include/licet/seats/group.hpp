#pragma once

/// \file
/// Groups: people who get a set of products together (DOMAIN §5).
///
/// A group is its products, its members, and how it went for each member and product. A row that
/// went well is a source of the seat, and every source that is this group is such a row: the two
/// are changed together or not at all.

#include <cstdint>
#include <optional>
#include <vector>

#include <licet/seats/seat.hpp>

namespace licet {

/// Why a member has not got a product. The first is for the product that had no unit, the last for
/// those that would have had one; the others are reserved for hosts that report them. [P]
enum class GroupError {
    count_violation,
    mutually_exclusive_violation,
    dependency_violation,
    prohibited_in_usage_location,
    uniqueness_violation,
    other,
};

/// A product that a member has not got.
struct GroupFault {
    ServiceId service_id;
    GroupError error = GroupError::other;

    friend bool operator==(const GroupFault&, const GroupFault&) = default;
};

struct GroupMember {
    UserId user;
    std::vector<GroupFault> faults;  ///< By Service ID; the group's other products went well.

    friend bool operator==(const GroupMember&, const GroupMember&) = default;
};

struct GroupProduct {
    ServiceId service_id;
    std::int64_t epoch = 1;  ///< The pool's, as the rows know it.

    friend bool operator==(const GroupProduct&, const GroupProduct&) = default;
};

struct Group {
    /// At most so many of each. [D]
    static constexpr std::size_t products_max = 20;
    static constexpr std::size_t members_max = 100'000;

    TenantId tenant;
    GroupId id;
    std::vector<GroupProduct> products;  ///< By Service ID.
    std::vector<GroupMember> members;    ///< By user.

    friend bool operator==(const Group&, const Group&) = default;
};

enum class GroupState { active, error };

/// A member and a product, as callers see it.
struct GroupRow {
    UserId user;
    ServiceId service_id;
    GroupState state = GroupState::active;
    std::optional<GroupError> error;  ///< Only with `error`.

    friend bool operator==(const GroupRow&, const GroupRow&) = default;
};

/// By user, then by Service ID.
std::vector<GroupRow> rows_of(const Group& group);

/// The group as of its pools, which are settled: where a pool has lapsed since, and with it every
/// seat, the members have `count_violation` until they are processed again.
Group settle(Group group, const std::vector<Pool>& pools);

/// The group with `count_violation` for these users, whose whole seats of the product were taken.
Group with_violation(Group group, const ServiceId& service_id, const std::vector<UserId>& users);

enum class GroupAct { assign, unassign, set_members, reprocess };

/// `assign` adds products and `unassign` removes them; where members are given they are the
/// members from now on, whatever the act.
struct GroupEdit {
    GroupAct act = GroupAct::assign;
    std::vector<ServiceId> service_ids;          ///< Sorted and distinct.
    std::optional<std::vector<UserId>> members;  ///< Sorted and distinct.
};

/// The products that the group has or the edit names, by Service ID: what a change of it needs the
/// pools of.
std::vector<ServiceId> products_of(const Group& group, const GroupEdit& edit);

/// The users whose seats of those pools a change needs, sorted. `group` is settled.
std::vector<UserId> users_of(const Group& group, const GroupEdit& edit);

/// Finds, at /service_ids and /members, `service_ids_missing` and `list_length`.
void check_edit(const Group& group, const GroupEdit& edit, Findings& findings);

/// A pool, and the seat of it that a user has.
struct GroupPool {
    Pool pool;
    SeatOf seat_of;
};

struct GroupChange {
    Group group;
    std::vector<SeatChange> pools;  ///< One for each that was given, without outcomes.
};

/// What an edit that `check_edit` finds nothing wrong with comes to. `pools` has those of
/// `products_of`, in that order.
///
/// Who leaves, and whatever product goes, loses the group as a source, first. Then members are
/// processed in the order of their ids: those who join; all of them where a product was added; and
/// where the act is `reprocess`, all that lack something. Who is processed gets every product that
/// they lack, or none: `count_violation` where there was no unit, `other` beside it. Nobody loses a
/// product because another one failed, and freeing units alone retries nobody. [P][D]
GroupChange change_group(const Group& group, const GroupEdit& edit,
                         const std::vector<GroupPool>& pools, Timestamp now, const Policy& policy);

}  // namespace licet
