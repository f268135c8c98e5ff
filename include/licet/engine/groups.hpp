#pragma once

/// \file
/// Groups over a store. What each method takes, answers and needs is said where its command is
/// (seats/group_commands.hpp); the rules are in seats/group.hpp.
///
/// A change of a group and of every seat that follows is one commit, with an event in the stream of
/// the group and of each pool that changed. Fails with `pool_not_found` where no licence of a
/// product was ever ordered, `group_not_found` where nothing was ever assigned to the group, and
/// findings of `service_ids_missing` and `list_length` (Group::products_max, Group::members_max).

#include <licet/seats/group_commands.hpp>

namespace licet {

class Core;

class Groups {
public:
    explicit Groups(Core& core) noexcept : core_(core) {}

    result<Written<GroupAnswer>> assign(const AssignGroup& command, const Caller& caller);
    result<Written<GroupAnswer>> unassign(const UnassignGroup& command, const Caller& caller);
    result<Written<GroupAnswer>> set_members(const SetGroupMembers& command, const Caller& caller);
    result<Written<GroupAnswer>> reprocess(const ReprocessGroup& command, const Caller& caller);
    result<GroupView> get(const GetGroup& query, const Caller& caller);

private:
    Core& core_;
};

}  // namespace licet
