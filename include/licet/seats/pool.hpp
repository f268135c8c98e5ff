#pragma once

/// \file
/// A pool of licences: a customer's tenant and a Service ID (DOMAIN §5).

#include <cstdint>
#include <optional>
#include <vector>

#include <licet/deals/deal.hpp>
#include <licet/ids.hpp>
#include <licet/policy.hpp>
#include <licet/time.hpp>

namespace licet {

/// From a moment on, another number of licences; 0: none.
struct LaterQuantity {
    Timestamp from;
    std::int64_t quantity = 0;

    friend bool operator==(const LaterQuantity&, const LaterQuantity&) = default;
};

/// What one deal's line gives to the pool, now and later. Its state follows from when the contract
/// ends, so that nothing has to run when it does, nor when a change takes effect.
struct Contribution {
    DealId deal;
    std::int64_t quantity = 0;              ///< 0: none yet, or for a while.
    std::optional<Timestamp> ends;          ///< Absent: perpetual.
    std::vector<LaterQuantity> later = {};  ///< In the order of their moments; before the end.

    friend bool operator==(const Contribution&, const Contribution&) = default;
};

/// What a deal gives for a plan, its pending changes included.
Contribution contribution_of(const Deal& deal, const PlanId& plan);

struct Pool {
    TenantId tenant;
    ServiceId service_id;
    std::int64_t number = 0;   ///< Short for tenant and Service ID in the keys of its seats.
    std::int64_t epoch = 1;    ///< Seats of an earlier one belong to lines since deleted. 0: before
                               ///< the first line, which may be yet to come.
    std::int64_t holders = 0;  ///< Distinct holders of this epoch.
    std::vector<Contribution> contributions;  ///< In the order of their deals' ids.
    std::optional<Timestamp> over_since;      ///< As of `changed_at`.
    Timestamp changed_at;

    friend bool operator==(const Pool&, const Pool&) = default;
};

/// Four numbers, as Microsoft Graph has them, each the sum over the lines in that state. [P]
struct Capacity {
    std::int64_t enabled = 0;
    std::int64_t warning = 0;
    std::int64_t suspended = 0;
    std::int64_t locked_out = 0;  ///< No line of licet's is ever in this state.

    friend bool operator==(const Capacity&, const Capacity&) = default;
};

/// A number of licences that a deal will give.
struct PendingQuantity {
    Timestamp effective;
    DealId deal;
    std::int64_t quantity = 0;  ///< 0: none any more.

    friend bool operator==(const PendingQuantity&, const PendingQuantity&) = default;
};

/// A pool as callers see it.
struct PoolSummary {
    TenantId tenant;
    ServiceId service_id;
    Capacity capacity;
    std::int64_t consumed = 0;   ///< Distinct holders.
    std::int64_t available = 0;  ///< max(0, enabled - consumed)
    std::int64_t over_by = 0;    ///< max(0, consumed - enabled - warning)
    std::optional<Timestamp> over_since;
    bool overdue = false;  ///< Over for longer than the policy's over_assigned_days.
    std::vector<PendingQuantity> pending = {};  ///< In the order of their moments.

    friend bool operator==(const PoolSummary&, const PoolSummary&) = default;
};

/// What the pool means for its holders: its best contribution's state. `suspended` also where a
/// line was removed or is yet to come; `lapsed` where every line has passed into deleted, none is
/// to come, and with the lines went the seats; `none` where there never was a line and none is to
/// come any more: no such pool.
enum class PoolState { active, warning, suspended, lapsed, none };

PoolState state_of(const Pool& pool, Timestamp now, const Policy& policy) noexcept;

/// A state that a pool has from a moment on until, not including, another.
struct PoolSpell {
    PoolState state = PoolState::lapsed;
    Timestamp from = Timestamp::earliest();
    Timestamp until = Timestamp::latest();  ///< latest() stands for never.

    bool holds_at(Timestamp now) const noexcept { return now >= from && is_before(now, until); }

    friend bool operator==(const PoolSpell&, const PoolSpell&) = default;
};

/// The pool's states over all time, one after the other, if nobody changes the pool. What was
/// before its last change is taken to have been so always.
std::vector<PoolSpell> spells_of(const Pool& pool, const Policy& policy);

Capacity capacity_at(const Pool& pool, Timestamp now, const Policy& policy) noexcept;

/// The pool as it is to be changed at `now`: `over_since` and quantities as of then and no deleted
/// contribution; where it has lapsed or its first line has begun, a new epoch without holders.
/// Every change starts and ends with this.
Pool settle(Pool pool, Timestamp now, const Policy& policy);

PoolSummary summarize(const Pool& pool, Timestamp now, const Policy& policy);

/// A deal's line as one of those that carry a pool.
struct PoolLine {
    DealId deal;
    std::int64_t quantity = 0;
    LineState state = LineState::active;
    std::optional<Timestamp> ends;  ///< Absent: perpetual.

    friend bool operator==(const PoolLine&, const PoolLine&) = default;
};

/// In the order of their deals' ids; without those that are deleted at `now`.
std::vector<PoolLine> lines_of(const Pool& pool, Timestamp now, const Policy& policy);

/// How many seats may be held in all under the policy's overage at `now`. [D]
std::int64_t seats_allowed(const Pool& pool, Timestamp now, const Policy& policy) noexcept;

/// A seat as far as lowering needs it.
struct Holder {
    UserId user;
    Timestamp since;

    friend bool operator==(const Holder&, const Holder&) = default;
};

/// The pool with one deal's contribution set, or (nothing now nor later) taken away; nobody's seat
/// changes. One that would be deleted at `now` already is not kept.
Pool with_contribution(const Pool& pool, Contribution contribution, Timestamp now,
                       const Policy& policy);

/// How many seats stand in the way of going from `before` to `after`, where it has fewer licences:
/// those over what it has, and over what the overage policy allows. 0 otherwise.
std::int64_t seats_in_the_way(const Pool& before, const Pool& after, Timestamp now,
                              const Policy& policy) noexcept;

/// Those to go first: `count` of them, or all, by (since, user) descending. [D]
std::vector<UserId> newest(std::vector<Holder> holders, std::int64_t count);

}  // namespace licet
