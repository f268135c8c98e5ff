#pragma once

/// \file
/// Tables of groups, and of the commands about them.

#include <licet/seats/group_commands.hpp>

#include "formats/tables/common.hpp"

namespace licet::formats {

template <>
struct Table<GroupFault> {
    static constexpr Field fields[] = {
        field<GroupFault, &GroupFault::service_id>("service_id"),
        field<GroupFault, &GroupFault::error>("error"),
    };
};
template <>
struct Table<GroupMember> {
    static constexpr Field fields[] = {
        field<GroupMember, &GroupMember::user>("user"),
        field<GroupMember, &GroupMember::faults>("faults", Need::optional),
    };
};
template <>
struct Table<GroupProduct> {
    static constexpr Field fields[] = {
        field<GroupProduct, &GroupProduct::service_id>("service_id"),
        field<GroupProduct, &GroupProduct::epoch>("epoch"),
    };
};
/// A group in the store.
template <>
struct Table<Group> {
    static constexpr Field fields[] = {
        field<Group, &Group::tenant>("tenant"),
        field<Group, &Group::id>("group"),
        field<Group, &Group::products>("products"),
        field<Group, &Group::members>("members"),
    };
};

template <>
struct Table<GroupRow> {
    static constexpr std::string_view name = "GroupRow";
    static constexpr Field fields[] = {
        field<GroupRow, &GroupRow::user>("user"),
        field<GroupRow, &GroupRow::service_id>("service_id"),
        field<GroupRow, &GroupRow::state>("state"),
        field<GroupRow, &GroupRow::error>("error", Need::nullable),
    };
};
template <>
struct Table<GroupAnswer> {
    static constexpr Field fields[] = {
        field<GroupAnswer, &GroupAnswer::tenant>("tenant"),
        field<GroupAnswer, &GroupAnswer::group>("group"),
        field<GroupAnswer, &GroupAnswer::service_ids>("service_ids"),
        field<GroupAnswer, &GroupAnswer::member_count>("member_count"),
        field<GroupAnswer, &GroupAnswer::members>("members"),
    };
};
template <>
struct Table<GroupView> {
    static constexpr Field fields[] = {
        field<GroupView, &GroupView::group, &GroupAnswer::tenant>("tenant"),
        field<GroupView, &GroupView::group, &GroupAnswer::group>("group"),
        field<GroupView, &GroupView::group, &GroupAnswer::service_ids>("service_ids"),
        field<GroupView, &GroupView::group, &GroupAnswer::member_count>("member_count"),
        field<GroupView, &GroupView::group, &GroupAnswer::members>("members"),
        field<GroupView, &GroupView::revision>("revision"),
    };
};

template <>
struct Table<AssignGroup> {
    static constexpr Field fields[] = {
        field<AssignGroup, &AssignGroup::tenant>("tenant"),
        field<AssignGroup, &AssignGroup::group>("group"),
        field<AssignGroup, &AssignGroup::service_ids>("service_ids"),
        field<AssignGroup, &AssignGroup::members>("members", Need::optional),
    };
};
template <>
struct Table<UnassignGroup> {
    static constexpr Field fields[] = {
        field<UnassignGroup, &UnassignGroup::tenant>("tenant"),
        field<UnassignGroup, &UnassignGroup::group>("group"),
        field<UnassignGroup, &UnassignGroup::service_ids>("service_ids"),
        field<UnassignGroup, &UnassignGroup::members>("members", Need::optional),
    };
};
template <>
struct Table<SetGroupMembers> {
    static constexpr Field fields[] = {
        field<SetGroupMembers, &SetGroupMembers::tenant>("tenant"),
        field<SetGroupMembers, &SetGroupMembers::group>("group"),
        field<SetGroupMembers, &SetGroupMembers::members>("members"),
    };
};
template <>
struct Table<ReprocessGroup> {
    static constexpr Field fields[] = {
        field<ReprocessGroup, &ReprocessGroup::tenant>("tenant"),
        field<ReprocessGroup, &ReprocessGroup::group>("group"),
    };
};
template <>
struct Table<GetGroup> {
    static constexpr Field fields[] = {
        field<GetGroup, &GetGroup::tenant>("tenant"),
        field<GetGroup, &GetGroup::group>("group"),
    };
};

}  // namespace licet::formats
