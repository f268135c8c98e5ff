#include <licet/seats/group.hpp>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <string>
#include <utility>

#include "seats/seat_edit.hpp"

namespace licet {
namespace {

void add_fault(GroupMember& member, const ServiceId& service_id, GroupError error) {
    const auto at =
        std::ranges::lower_bound(member.faults, service_id, {}, &GroupFault::service_id);
    if (at == member.faults.end() || at->service_id != service_id) {
        member.faults.insert(at, {service_id, error});
    }
}

bool names(const std::vector<ServiceId>& service_ids, const GroupProduct& product) {
    return std::ranges::binary_search(service_ids, product.service_id);
}

bool names(const std::vector<UserId>& users, const GroupMember& member) {
    return std::ranges::binary_search(users, member.user);
}

bool leaves(const GroupMember& member, const GroupEdit& edit) {
    return edit.members && !names(*edit.members, member);
}

bool goes(const GroupProduct& product, const GroupEdit& edit) {
    return edit.act == GroupAct::unassign && names(edit.service_ids, product);
}

bool adds_product(const Group& group, const GroupEdit& edit) {
    return edit.act == GroupAct::assign &&
           !std::ranges::includes(group.products, edit.service_ids, {}, &GroupProduct::service_id);
}

/// The group and its pools while an edit is carried out.
class Work {
public:
    Work(Group group, const GroupEdit& edit, const std::vector<GroupPool>& pools, Timestamp now,
         const Policy& policy)
        : group_(std::move(group)), edit_(edit), source_{group_.id} {
        seats_.reserve(pools.size());
        for (const GroupPool& pool : pools) {
            seats_.emplace_back(pool.pool, 0, pool.seat_of, now, policy);
        }
    }

    void release() {
        for (const GroupProduct& product : group_.products) {
            SeatEdit& seats = seats_of(product.service_id);
            for (const GroupMember& member : group_.members) {
                const Seat* seat = goes(product, edit_) || leaves(member, edit_)
                                       ? seats.held(member.user)
                                       : nullptr;
                if (seat) {
                    seats.take(*seat, source_);
                }
            }
        }
        std::erase_if(group_.members, [&](const auto& member) { return leaves(member, edit_); });
        for (GroupMember& member : group_.members) {
            std::erase_if(member.faults,
                          [&](const GroupFault& fault) { return goes({fault.service_id}, edit_); });
        }
        std::erase_if(group_.products, [&](const auto& product) { return goes(product, edit_); });
    }

    // What is new is lacking until it is processed.
    void add() {
        process_all_ = adds_product(group_, edit_) || edit_.act == GroupAct::reprocess;
        if (edit_.act == GroupAct::assign) {
            for (const ServiceId& service_id : edit_.service_ids) {
                add_product(service_id);
            }
        }
        if (!edit_.members) {
            return;
        }
        std::vector<GroupMember> members;
        members.reserve(edit_.members->size());
        auto standing = group_.members.begin();
        for (const UserId& user : *edit_.members) {
            if (standing != group_.members.end() && standing->user == user) {
                members.push_back(std::move(*standing++));
            } else {
                members.push_back(joining(user));
            }
        }
        group_.members = std::move(members);
    }

    void process() {
        for (GroupMember& member : group_.members) {
            if (process_all_ || std::ranges::binary_search(joined_, member.user)) {
                process(member);
            }
        }
    }

    GroupChange finish() && {
        GroupChange change{std::move(group_), {}};
        for (SeatEdit& seats : seats_) {
            change.pools.push_back(std::move(seats).finish());
        }
        return change;
    }

private:
    SeatEdit& seats_of(const ServiceId& service_id) {
        const auto at = std::ranges::lower_bound(
            seats_, service_id, {},
            [](const SeatEdit& seats) -> const ServiceId& { return seats.pool().service_id; });
        assert(at != seats_.end() && at->pool().service_id == service_id);
        return *at;
    }

    void add_product(const ServiceId& service_id) {
        const auto at =
            std::ranges::lower_bound(group_.products, service_id, {}, &GroupProduct::service_id);
        if (at != group_.products.end() && at->service_id == service_id) {
            return;
        }
        group_.products.insert(at, {service_id, seats_of(service_id).pool().epoch});
        for (GroupMember& member : group_.members) {
            add_fault(member, service_id, GroupError::other);
        }
    }

    GroupMember joining(const UserId& user) {
        joined_.push_back(user);
        GroupMember member{user, {}};
        for (const GroupProduct& product : group_.products) {
            member.faults.push_back({product.service_id, GroupError::other});
        }
        return member;
    }

    void process(GroupMember& member) {
        bool is_short = false;
        for (GroupFault& fault : member.faults) {
            const SeatEdit& seats = seats_of(fault.service_id);
            const bool has_unit = seats.held(member.user) || seats.free() > 0;
            fault.error = has_unit ? GroupError::other : GroupError::count_violation;
            is_short = is_short || !has_unit;
        }
        if (is_short) {
            return;
        }
        for (const GroupFault& fault : member.faults) {
            SeatEdit& seats = seats_of(fault.service_id);
            seats.give(member.user, seats.held(member.user), source_);
        }
        member.faults.clear();
    }

    Group group_;
    const GroupEdit& edit_;
    const SeatSource source_;
    std::vector<SeatEdit> seats_;  // by Service ID
    std::vector<UserId> joined_;   // sorted
    bool process_all_ = false;
};

}  // namespace

std::vector<GroupRow> rows_of(const Group& group) {
    std::vector<GroupRow> rows;
    rows.reserve(group.members.size() * group.products.size());
    for (const GroupMember& member : group.members) {
        auto fault = member.faults.begin();
        for (const GroupProduct& product : group.products) {
            GroupRow row{member.user, product.service_id, GroupState::active, {}};
            if (fault != member.faults.end() && fault->service_id == product.service_id) {
                row.state = GroupState::error;
                row.error = (fault++)->error;
            }
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

Group settle(Group group, const std::vector<Pool>& pools) {
    for (GroupProduct& product : group.products) {
        const auto pool =
            std::ranges::lower_bound(pools, product.service_id, {}, &Pool::service_id);
        if (pool == pools.end() || pool->service_id != product.service_id ||
            pool->epoch == product.epoch) {
            continue;
        }
        product.epoch = pool->epoch;
        for (GroupMember& member : group.members) {
            add_fault(member, product.service_id, GroupError::count_violation);
        }
    }
    return group;
}

Group with_violation(Group group, const ServiceId& service_id, const std::vector<UserId>& users) {
    if (!std::ranges::binary_search(group.products, service_id, {}, &GroupProduct::service_id)) {
        return group;
    }
    for (const UserId& user : users) {
        const auto member = std::ranges::lower_bound(group.members, user, {}, &GroupMember::user);
        if (member != group.members.end() && member->user == user) {
            add_fault(*member, service_id, GroupError::count_violation);
        }
    }
    return group;
}

std::vector<ServiceId> products_of(const Group& group, const GroupEdit& edit) {
    std::vector<ServiceId> own;
    for (const GroupProduct& product : group.products) {
        own.push_back(product.service_id);
    }
    std::vector<ServiceId> all;
    std::ranges::set_union(own, edit.service_ids, std::back_inserter(all));
    return all;
}

std::vector<UserId> users_of(const Group& group, const GroupEdit& edit) {
    const bool all = adds_product(group, edit) ||
                     std::ranges::any_of(group.products, [&](const GroupProduct& product) {
                         return goes(product, edit);
                     });
    std::vector<UserId> standing;
    std::vector<UserId> concerned;
    for (const GroupMember& member : group.members) {
        standing.push_back(member.user);
        const bool retried = edit.act == GroupAct::reprocess && !member.faults.empty();
        if (all || retried || leaves(member, edit)) {
            concerned.push_back(member.user);
        }
    }
    if (!edit.members) {
        return concerned;
    }
    std::vector<UserId> joining;
    std::ranges::set_difference(*edit.members, standing, std::back_inserter(joining));
    std::vector<UserId> users;
    std::ranges::set_union(concerned, joining, std::back_inserter(users));
    return users;
}

void check_edit(const Group& group, const GroupEdit& edit, Findings& findings) {
    const bool names_products = edit.act == GroupAct::assign || edit.act == GroupAct::unassign;
    if (names_products && edit.service_ids.empty()) {
        findings.error(Errc::service_ids_missing, Path() / "service_ids");
    }
    const std::size_t products =
        edit.act == GroupAct::assign ? products_of(group, edit).size() : edit.service_ids.size();
    if (products > Group::products_max) {
        findings.error(Errc::list_length, Path() / "service_ids",
                       std::to_string(products) + " products",
                       "at most " + std::to_string(Group::products_max));
    }
    if (edit.members && edit.members->size() > Group::members_max) {
        findings.error(Errc::list_length, Path() / "members",
                       std::to_string(edit.members->size()) + " members",
                       "at most " + std::to_string(Group::members_max));
    }
}

GroupChange change_group(const Group& group, const GroupEdit& edit,
                         const std::vector<GroupPool>& pools, Timestamp now, const Policy& policy) {
    std::vector<Pool> settled;
    settled.reserve(pools.size());
    for (const GroupPool& pool : pools) {
        settled.push_back(settle(pool.pool, now, policy));
    }
    Work work(settle(group, settled), edit, pools, now, policy);
    work.release();
    work.add();
    work.process();
    return std::move(work).finish();
}

}  // namespace licet
