#pragma once

/// \file
/// The commands and queries about groups: name, permission, answer.
///
/// Ids may come in any order; one named twice counts once. `expected_revision` and the answer's
/// `revision` are the group's.

#include <string_view>

#include <licet/page.hpp>
#include <licet/seats/group.hpp>

namespace licet {

struct GroupAnswer {
    TenantId tenant;
    GroupId group;
    std::vector<ServiceId> service_ids;  ///< Sorted.
    std::int64_t member_count = 0;       ///< Also where there is no product, and so no row.
    std::vector<GroupRow> members;       ///< One for each member and product, sorted.
};

/// Adds products to a group, which comes into being with its first.
struct AssignGroup {
    static constexpr std::string_view name = "groups.assign";
    static constexpr Action action = Action::assign_seats;
    using Answer = GroupAnswer;
    TenantId tenant;
    GroupId group;
    std::vector<ServiceId> service_ids;
    std::optional<std::vector<UserId>> members;  ///< Given: who they are from now on.
};
/// Removes products from a group; those it does not have are passed over.
struct UnassignGroup {
    static constexpr std::string_view name = "groups.unassign";
    static constexpr Action action = Action::assign_seats;
    using Answer = GroupAnswer;
    TenantId tenant;
    GroupId group;
    std::vector<ServiceId> service_ids;
    std::optional<std::vector<UserId>> members;
};
struct SetGroupMembers {
    static constexpr std::string_view name = "groups.set_members";
    static constexpr Action action = Action::assign_seats;
    using Answer = GroupAnswer;
    TenantId tenant;
    GroupId group;
    std::vector<UserId> members;  ///< All of them; none is a list, too.
};
/// Tries once more to give every member what they lack.
struct ReprocessGroup {
    static constexpr std::string_view name = "groups.reprocess";
    static constexpr Action action = Action::assign_seats;
    using Answer = GroupAnswer;
    TenantId tenant;
    GroupId group;
};
struct GetGroup {
    static constexpr std::string_view name = "groups.get";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    GroupId group;
};
struct GroupView {
    GroupAnswer group;
    std::uint64_t revision = 0;
};

}  // namespace licet
