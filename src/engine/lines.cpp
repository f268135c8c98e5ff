#include "engine/lines.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/group_event.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "engine/seat_records.hpp"
#include "formats/tables/catalog.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/groups.hpp"

namespace licet {
namespace {

constexpr std::size_t users_shown_max = 100;

std::vector<UserId> first_of(std::vector<UserId> users) {
    users.resize(std::min(users.size(), users_shown_max));
    return users;
}

// Everyone who holds a unit. Not one view with what was read before; but whatever changes a seat
// changes its pool, which the commit expects to be as it was.
result<std::vector<Seat>> seats_in(Unit& unit, const Pool& pool) {
    std::vector<Seat> seats;
    BOOST_OUTCOME_TRYV(
        unit.scan(keys::seats(pool.tenant, pool.number), [&](const Record& record) -> result<void> {
            BOOST_OUTCOME_TRY(Seat seat, decode_seat(record.text));
            BOOST_OUTCOME_TRY(seat.user, UserId::parse(keys::last(record.key)));
            if (seat.epoch == pool.epoch) {
                seats.push_back(std::move(seat));
            }
            return boost::outcome_v2::success();
        }));
    return seats;
}

// The pool's record, or a new one with the tenant's next number.
result<Stored<Pool>> pool_record(Unit& unit, const TenantId& tenant, const ServiceId& service_id,
                                 std::int64_t& pools_made) {
    BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(keys::pool(tenant, service_id)));
    if (record) {
        return *std::move(record);
    }
    BOOST_OUTCOME_TRY(const auto count, unit.find<PoolCount>(keys::pool_count(tenant)));
    Stored<Pool> made;
    made.value.tenant = tenant;
    made.value.service_id = service_id;
    made.value.number = (count ? count->count : 0) + ++pools_made;
    made.value.epoch = 0;
    return made;
}

// What the policy does with seats that are over after the change.
result<void> lower(Unit& unit, PoolChange& change, PoolEffect& effect, LostBy& lost_by,
                   Timestamp now, const Policy& policy) {
    const std::int64_t over =
        change.before ? seats_in_the_way(*change.before, change.after, now, policy) : 0;
    if (over == 0 || policy.lowering == Lowering::over_assign) {
        return boost::outcome_v2::success();
    }
    BOOST_OUTCOME_TRY(const std::vector<Seat> seats, seats_in(unit, change.after));
    std::vector<Holder> holders;
    std::unordered_map<UserId, const Seat*> seat_of;
    for (const Seat& seat : seats) {
        holders.push_back({seat.user, seat.since});
        seat_of.emplace(seat.user, &seat);
    }
    std::vector<UserId> users = newest(std::move(holders), over);
    if (policy.lowering == Lowering::reject) {
        effect.blocked_count = over;
        effect.blocked_by = first_of(std::move(users));
        return boost::outcome_v2::success();
    }
    const SeatOf find = [&](const UserId& user) {
        const auto found = seat_of.find(user);
        return found == seat_of.end() ? nullptr : found->second;
    };
    SeatChange taken = take(change.after, users, find, now, policy);
    change.after = std::move(taken.pool);
    change.writes = std::move(taken.writes);
    change.holders.lost = std::move(taken.lost);
    lost_by = groups_of(change.holders.lost, find);
    effect.unassigned_count = static_cast<std::int64_t>(users.size());
    effect.unassigned = first_of(std::move(users));
    return boost::outcome_v2::success();
}

void write_pool(Unit& unit, PoolChange& change, const Policy& policy) {
    write_seats(unit, change.after, change.writes);
    save_pool(unit, std::move(change.record), change.before ? &*change.before : nullptr,
              std::move(change.after), std::move(change.holders), nullptr, policy);
}

}  // namespace

result<LinesChange> change_lines(Core& core, Unit& unit, const PublisherId& publisher,
                                 const DealId& deal, const std::vector<LineChange>& lines,
                                 std::optional<Timestamp> effective) {
    const Policy& policy = core.policy();
    Findings findings;
    check_lines(lines, policy, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }

    const std::string deal_key = keys::deal(publisher, deal);
    BOOST_OUTCOME_TRY(auto deal_record, unit.record<Deal>(deal_key));
    if (!deal_record) {
        return Error{Errc::deal_not_found, deal_key, {}};
    }
    const Deal& before = deal_record->value;
    Publication offer;
    bool has_relationship = false;
    std::vector<std::string> wanted;
    if (before.offer) {
        wanted.push_back(keys::offer(publisher, *before.offer));
    }
    if (before.customer.tenant) {
        const TenantId& tenant = *before.customer.tenant;
        wanted.push_back(keys::relationship(publisher, tenant));
        wanted.push_back(keys::pool_count(tenant));
        for (const LineChange& line : lines) {
            if (before.offer) {
                wanted.push_back(
                    keys::pool(tenant, ServiceId::of(publisher, *before.offer, line.plan)));
            }
        }
    }
    BOOST_OUTCOME_TRYV(unit.fetch(wanted));
    if (before.offer) {
        BOOST_OUTCOME_TRY(auto record, unit.record<Publication>(wanted.front()));
        offer = record ? std::move(record->value) : Publication();
    }
    if (before.customer.tenant) {
        BOOST_OUTCOME_TRY(const auto relationship, unit.record<Relationship>(keys::relationship(
                                                       publisher, *before.customer.tenant)));
        has_relationship = relationship.has_value();
    }
    std::vector<Stored<Pool>> pools;
    std::int64_t pools_made = 0;
    if (before.customer.tenant && before.offer) {
        for (const LineChange& line : lines) {
            BOOST_OUTCOME_TRY(
                auto record,
                pool_record(unit, *before.customer.tenant,
                            ServiceId::of(publisher, *before.offer, line.plan), pools_made));
            pools.push_back(std::move(record));
        }
    }

    // All is read: from here on `now` stands still.
    const Timestamp now = unit.now();
    const Timestamp then = effective.value_or(now);
    LinesChange change;
    change.offer = settle(std::move(offer), now);
    std::map<ServiceId, LostBy> taken;
    BOOST_OUTCOME_TRY(change.changed, update_lines(before, change.offer, has_relationship, lines,
                                                   now, policy, effective));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Stored<Pool>& record = pools[i];
        PoolChange pool;
        PoolEffect effect;
        effect.service_id = record.value.service_id;
        if (record.revision != 0) {
            pool.before = settle(record.value, now, policy);
            effect.before = summarize(*pool.before, then, policy);
        }
        pool.after = with_contribution(record.value, contribution_of(change.changed, lines[i].plan),
                                       now, policy);
        pool.record = std::move(record);
        if (!effective) {
            BOOST_OUTCOME_TRYV(lower(unit, pool, effect, taken[effect.service_id], now, policy));
        }
        effect.after = summarize(pool.after, then, policy);
        change.pools.push_back(std::move(pool));
        change.effects.push_back(std::move(effect));
    }
    if (before.customer.tenant) {
        BOOST_OUTCOME_TRY(change.groups, lose_rows(unit, *before.customer.tenant, taken));
    }
    if (unit.now() != now) {  // a group has a newer event than all that was read before
        return change_lines(core, unit, publisher, deal, lines, effective);
    }
    if (pools_made > 0) {
        const std::string key = keys::pool_count(*before.customer.tenant);
        BOOST_OUTCOME_TRY(auto count, unit.find<PoolCount>(key));
        unit.put(key, formats::encode(PoolCount{(count ? count->count : 0) + pools_made}));
    }
    change.deal = *std::move(deal_record);
    change.deal.value = settle(std::move(change.deal.value), now, policy);
    return change;
}

Error blocked(const PoolEffect& effect) {
    std::string detail = std::to_string(effect.blocked_count) + " seats of " +
                         effect.service_id.str() + ", the newest first:";
    for (const UserId& user : effect.blocked_by) {
        detail.append(" ").append(user.str());
    }
    return {Errc::license_seats_assigned, std::move(detail), {}};
}

void write_lines(Unit& unit, LinesChange& change, const Policy& policy) {
    for (PoolChange& pool : change.pools) {
        write_pool(unit, pool, policy);
    }
    for (GroupLoss& loss : change.groups) {
        const Group before = loss.record.value;
        save_group(unit, loss.record, &before, std::move(loss.after));
    }
}

std::vector<PlanId> plans_of(const Deal& deal) {
    std::vector<PlanId> plans;
    for (const LicenseLine& line : deal.licenses) {
        plans.push_back(line.plan);
    }
    for (const PendingLine& pending : deal.pending) {
        plans.push_back(pending.plan);
    }
    sort_distinct(plans);
    return plans;
}

result<std::vector<Stored<Pool>>> read_pools(Unit& unit, const Deal& deal,
                                             const std::vector<PlanId>& plans) {
    std::vector<Stored<Pool>> pools;
    if (!deal.customer.tenant || !deal.offer) {
        return pools;
    }
    std::vector<std::string> wanted;
    for (const PlanId& plan : plans) {
        wanted.push_back(
            keys::pool(*deal.customer.tenant, ServiceId::of(deal.publisher, *deal.offer, plan)));
    }
    BOOST_OUTCOME_TRYV(unit.fetch(wanted));
    for (const std::string& key : wanted) {
        BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(key));
        if (record) {
            pools.push_back(*std::move(record));
        }
    }
    return pools;
}

void renew_contributions(Unit& unit, const Deal& deal, std::vector<Stored<Pool>> pools,
                         const Policy& policy) {
    for (Stored<Pool>& record : pools) {
        PoolChange change;
        change.before = settle(record.value, unit.now(), policy);
        change.after =
            with_contribution(record.value, contribution_of(deal, record.value.service_id.plan()),
                              unit.now(), policy);
        change.record = std::move(record);
        write_pool(unit, change, policy);
    }
}

}  // namespace licet
