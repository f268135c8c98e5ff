#include <licet/engine/groups.hpp>

#include <span>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/group_event.hpp"
#include "engine/kept_group.hpp"
#include "engine/keys.hpp"
#include "engine/seat_records.hpp"
#include "formats/tables/groups.hpp"
#include "formats/tables/seats.hpp"

namespace licet {

template <class Command>
static std::string keep_answer(const Command&, const Written<GroupAnswer>& answer) {
    return keep_group(answer);
}

template <class Command>
static result<void> restore_answer(const Command& command, std::string_view text,
                                   Written<GroupAnswer>& answer) {
    return restore_group(command.tenant, command.group, text, answer);
}

namespace {

GroupAnswer answer_of(const Group& group) {
    GroupAnswer answer{group.tenant, group.id, {}, std::ssize(group.members), rows_of(group)};
    for (const GroupProduct& product : group.products) {
        answer.service_ids.push_back(product.service_id);
    }
    return answer;
}

Error not_found(const TenantId& tenant, const GroupId& group) {
    return {Errc::group_not_found, keys::group(tenant, group), {}};
}

std::vector<std::string> pool_keys(const TenantId& tenant,
                                   const std::vector<ServiceId>& service_ids) {
    std::vector<std::string> keys;
    for (const ServiceId& service_id : service_ids) {
        keys.push_back(keys::pool(tenant, service_id));
    }
    return keys;
}

result<std::vector<Stored<Pool>>> pools_of(Unit& unit, const TenantId& tenant,
                                           const std::vector<ServiceId>& service_ids) {
    const std::vector<std::string> wanted = pool_keys(tenant, service_ids);
    BOOST_OUTCOME_TRYV(unit.fetch(wanted));
    std::vector<Stored<Pool>> pools;
    for (const std::string& key : wanted) {
        BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(key));
        if (!record) {
            return Error{Errc::pool_not_found, key, {}};
        }
        pools.push_back(*std::move(record));
    }
    return pools;
}

std::vector<Pool> settled(const std::vector<Stored<Pool>>& records, Timestamp now,
                          const Policy& policy) {
    std::vector<Pool> pools;
    for (const Stored<Pool>& record : records) {
        pools.push_back(settle(record.value, now, policy));
    }
    return pools;
}

// The seats of the users in each pool. `users` must outlive what it gives.
result<std::vector<SeatsRead>> seats_of(Unit& unit, const std::vector<Pool>& pools,
                                        const std::vector<UserId>& users) {
    std::vector<std::string> keys;
    for (const Pool& pool : pools) {
        add_seat_keys(keys, pool.tenant, pool.number, users);
    }
    BOOST_OUTCOME_TRYV(unit.fetch(keys));
    std::vector<SeatsRead> seats(pools.size(), SeatsRead(users));
    for (std::size_t i = 0; i < pools.size(); ++i) {
        BOOST_OUTCOME_TRYV(
            seats[i].decode(unit, std::span(keys).subspan(i * users.size(), users.size())));
    }
    return seats;
}

// An edit of a group as it was read, decided and written.
result<Written<GroupAnswer>> edit_group(const Core& core, Unit& unit, const TenantId& tenant,
                                        const GroupId& id, const GroupEdit& edit) {
    const std::string key = keys::group(tenant, id);
    BOOST_OUTCOME_TRY(auto record, unit.record<Group>(key));
    if (!record && edit.act != GroupAct::assign) {
        return not_found(tenant, id);
    }
    const bool is_new = !record;
    Stored<Group> stored = record ? *std::move(record) : Stored<Group>{0, {}, {tenant, id, {}, {}}};
    BOOST_OUTCOME_TRYV(unit.about(stored.revision));
    Findings findings;
    check_edit(stored.value, edit, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    BOOST_OUTCOME_TRY(auto records, pools_of(unit, tenant, products_of(stored.value, edit)));
    const Timestamp now = unit.now();
    const std::vector<Pool> pools = settled(records, now, core.policy());
    const Group before = settle(stored.value, pools);
    const std::vector<UserId> users = users_of(before, edit);
    BOOST_OUTCOME_TRY(const auto seats, seats_of(unit, pools, users));

    std::vector<GroupPool> given;
    for (std::size_t i = 0; i < pools.size(); ++i) {
        given.push_back({pools[i], seats[i].seat_of()});
    }
    GroupChange change = change_group(before, edit, given, now, core.policy());
    Written<GroupAnswer> answer{answer_of(change.group), stored.revision, {}};
    if (!is_new && change.group == before) {
        return answer;
    }
    save_group(unit, stored, is_new ? nullptr : &before, std::move(change.group));
    for (std::size_t i = 0; i < pools.size(); ++i) {
        if (!change.pools[i].writes.empty()) {
            save_seats(unit, std::move(records[i]), pools[i], std::move(change.pools[i]), {id},
                       core.policy());
        }
    }
    answer.revision = stored.revision;
    return answer;
}

// `command` is what callers know it by: its ids sorted and distinct, as in `edit`.
template <class Command>
result<Written<GroupAnswer>> write_group(Core& core, const Command& command, const Caller& caller,
                                         const GroupEdit& edit) {
    const std::string key = keys::group(command.tenant, command.group);
    std::vector<std::string> first_read = pool_keys(command.tenant, edit.service_ids);
    first_read.push_back(key);
    return core.write<Command>(
        command, caller, {{}, command.tenant}, key, first_read,
        [&](Unit& unit) { return edit_group(core, unit, command.tenant, command.group, edit); });
}

template <class Command>
Command canonical(Command command) {
    sort_distinct(command.service_ids);
    if (command.members) {
        sort_distinct(*command.members);
    }
    return command;
}

}  // namespace

result<Written<GroupAnswer>> Groups::assign(const AssignGroup& command, const Caller& caller) {
    const AssignGroup same = canonical(command);
    return write_group(core_, same, caller, {GroupAct::assign, same.service_ids, same.members});
}

result<Written<GroupAnswer>> Groups::unassign(const UnassignGroup& command, const Caller& caller) {
    const UnassignGroup same = canonical(command);
    return write_group(core_, same, caller, {GroupAct::unassign, same.service_ids, same.members});
}

result<Written<GroupAnswer>> Groups::set_members(const SetGroupMembers& command,
                                                 const Caller& caller) {
    SetGroupMembers same = command;
    sort_distinct(same.members);
    return write_group(core_, same, caller, {GroupAct::set_members, {}, same.members});
}

result<Written<GroupAnswer>> Groups::reprocess(const ReprocessGroup& command,
                                               const Caller& caller) {
    return write_group(core_, command, caller, {GroupAct::reprocess, {}, {}});
}

result<GroupView> Groups::get(const GetGroup& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, GetGroup::action, {{}, query.tenant}));
    PendingWrites pending(core_.store());
    Unit unit(pending, {}, GetGroup::name, caller, core_.clock().now());
    BOOST_OUTCOME_TRY(const auto record,
                      unit.record<Group>(keys::group(query.tenant, query.group)));
    if (!record) {
        return not_found(query.tenant, query.group);
    }
    BOOST_OUTCOME_TRY(const auto pools,
                      pools_of(unit, query.tenant, products_of(record->value, {})));
    const Group group = settle(record->value, settled(pools, unit.now(), core_.policy()));
    return GroupView{answer_of(group), record->revision};
}

}  // namespace licet
