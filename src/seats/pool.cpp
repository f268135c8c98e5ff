#include <licet/seats/pool.hpp>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "seats/pool_steps.hpp"

namespace licet {
namespace {

constexpr std::int64_t count_max = std::numeric_limits<std::int64_t>::max();

constexpr std::int64_t saturating_add(std::int64_t a, std::int64_t b) noexcept {
    return b > 0 && a > count_max - b ? count_max : a + b;
}

std::int64_t usable(const Capacity& capacity) noexcept {
    return saturating_add(capacity.enabled, capacity.warning);
}

std::int64_t over_by(std::int64_t consumed, const Capacity& capacity) noexcept {
    return std::max<std::int64_t>(0, consumed - usable(capacity));
}

bool is_lapsed(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    return state_of(pool, now, policy) == PoolState::lapsed;
}

std::int64_t consumed_at(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    return is_lapsed(pool, now, policy) ? 0 : pool.holders;
}

/// Since when a pool is over that is over at `now`: since the last moment from which on there were
/// never enough licences for every holder.
Timestamp over_from(const Pool& pool, Timestamp now, const Policy& policy) {
    // How many more, or fewer, there are from a moment on. Those beyond the holders do not matter,
    // and so no sum is too large.
    std::vector<std::pair<Timestamp, std::int64_t>> shifts;
    for (const Contribution& contribution : pool.contributions) {
        const Timestamp end = line_times(contribution.ends, policy).usable_until;
        for_each_step(contribution, [&](Timestamp from, Timestamp until, std::int64_t quantity) {
            const std::int64_t counted = std::min(quantity, pool.holders);
            if (from < std::min(until, end)) {
                shifts.emplace_back(std::max(from, pool.changed_at), counted);
                shifts.emplace_back(std::max(std::min(until, end), pool.changed_at), -counted);
            }
        });
    }
    std::ranges::sort(shifts);
    Timestamp since = pool.over_since.value_or(pool.changed_at);
    bool is_over = true;
    std::int64_t usable = 0;
    for (auto shift = shifts.begin(); shift != shifts.end() && shift->first <= now;) {
        const Timestamp at = shift->first;
        for (; shift != shifts.end() && shift->first == at; ++shift) {
            usable += shift->second;
        }
        since = usable < pool.holders && !is_over ? at : since;
        is_over = usable < pool.holders;
    }
    return since;
}

}  // namespace

Contribution contribution_of(const Deal& deal, const PlanId& plan) {
    const LicenseLine* line = deal.find(plan);
    Contribution contribution{deal.id, line ? line->quantity : 0, contract_end(deal)};
    for (const PendingLine& pending : deal.pending) {
        if (pending.plan == plan) {
            contribution.later.push_back({pending.effective, pending.quantity.value_or(0)});
        }
    }
    return contribution;
}

Capacity capacity_at(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    Capacity capacity;
    const auto add = [now](std::int64_t& sum, const Contribution& contribution) {
        sum = saturating_add(sum, quantity_at(contribution, now));
    };
    for (const Contribution& contribution : pool.contributions) {
        switch (line_state(contribution.ends, now, policy)) {
            case LineState::active:
                add(capacity.enabled, contribution);
                break;
            case LineState::warning:
                add(capacity.warning, contribution);
                break;
            case LineState::suspended:
                add(capacity.suspended, contribution);
                break;
            case LineState::deleted:
                break;
        }
    }
    return capacity;
}

Pool settle(Pool pool, Timestamp now, const Policy& policy) {
    const auto is_there = [now](const Contribution& line) { return has_begun(line, now); };
    const bool begins = is_new(pool) && std::ranges::any_of(pool.contributions, is_there);
    if (begins || is_lapsed(pool, now, policy)) {
        ++pool.epoch;
        pool.holders = 0;
    }
    const bool is_over = over_by(pool.holders, capacity_at(pool, now, policy)) > 0;
    pool.over_since = is_over ? std::optional(over_from(pool, now, policy)) : std::nullopt;
    pool.changed_at = now;
    for (Contribution& contribution : pool.contributions) {
        contribution.quantity = quantity_at(contribution, now);
        std::erase_if(contribution.later,
                      [now](const LaterQuantity& later) { return later.from <= now; });
    }
    std::erase_if(pool.contributions, [&](const Contribution& contribution) {
        const bool gives_nothing = contribution.quantity == 0 && contribution.later.empty();
        return gives_nothing || line_state(contribution.ends, now, policy) == LineState::deleted;
    });
    return pool;
}

namespace {

std::vector<PendingQuantity> pending_at(const Pool& pool, Timestamp now) {
    std::vector<PendingQuantity> pending;
    for (const Contribution& contribution : pool.contributions) {
        for (const LaterQuantity& later : contribution.later) {
            if (later.from > now) {
                pending.push_back({later.from, contribution.deal, later.quantity});
            }
        }
    }
    std::ranges::stable_sort(pending, {}, &PendingQuantity::effective);
    return pending;
}

}  // namespace

PoolSummary summarize(const Pool& pool, Timestamp now, const Policy& policy) {
    PoolSummary summary = summarize_unnamed(pool, now, policy);
    summary.tenant = pool.tenant;
    summary.service_id = pool.service_id;
    return summary;
}

PoolSummary summarize_unnamed(const Pool& pool, Timestamp now, const Policy& policy) {
    PoolSummary summary;
    summary.capacity = capacity_at(pool, now, policy);
    summary.consumed = consumed_at(pool, now, policy);
    summary.available = std::max<std::int64_t>(0, summary.capacity.enabled - summary.consumed);
    summary.over_by = over_by(summary.consumed, summary.capacity);
    if (summary.over_by > 0) {
        summary.over_since = over_from(pool, now, policy);
    }
    summary.overdue =
        summary.over_since && now >= *summary.over_since + days(policy.over_assigned_days);
    summary.pending = pending_at(pool, now);
    return summary;
}

std::vector<PoolLine> lines_of(const Pool& pool, Timestamp now, const Policy& policy) {
    std::vector<PoolLine> lines;
    for (const Contribution& contribution : pool.contributions) {
        const LineState state = line_state(contribution.ends, now, policy);
        const std::int64_t quantity = quantity_at(contribution, now);
        if (state != LineState::deleted && quantity > 0) {
            lines.push_back({contribution.deal, quantity, state, contribution.ends});
        }
    }
    return lines;
}

std::int64_t seats_allowed(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    const PoolState state = state_of(pool, now, policy);
    if (state != PoolState::active && state != PoolState::warning) {
        return 0;
    }
    const std::int64_t enabled = capacity_at(pool, now, policy).enabled;
    switch (policy.overage.kind) {
        case Overage::Kind::none:
            break;
        case Overage::Kind::percent:
            return saturating_add(enabled, policy.overage.percent.percent_of(enabled));
        case Overage::Kind::always:
            return count_max;
    }
    return enabled;
}

Pool with_contribution(const Pool& pool, Contribution contribution, Timestamp now,
                       const Policy& policy) {
    Pool changed = settle(pool, now, policy);
    auto& all = changed.contributions;
    auto at = std::ranges::lower_bound(all, contribution.deal, {}, &Contribution::deal);
    if (at != all.end() && at->deal == contribution.deal) {
        *at = std::move(contribution);
    } else {
        all.insert(at, std::move(contribution));
    }
    return settle(std::move(changed), now, policy);
}

std::int64_t seats_in_the_way(const Pool& before, const Pool& after, Timestamp now,
                              const Policy& policy) noexcept {
    const Capacity left = capacity_at(after, now, policy);
    if (usable(left) >= usable(capacity_at(before, now, policy))) {
        return 0;
    }
    const std::int64_t kept = std::max(usable(left), seats_allowed(after, now, policy));
    return std::max<std::int64_t>(0, consumed_at(after, now, policy) - kept);
}

std::vector<UserId> newest(std::vector<Holder> holders, std::int64_t count) {
    const auto wanted = std::clamp<std::int64_t>(count, 0, std::ssize(holders));
    const auto first_to_stay = holders.begin() + wanted;
    std::ranges::partial_sort(holders, first_to_stay, [](const Holder& a, const Holder& b) {
        return std::tie(a.since, a.user) > std::tie(b.since, b.user);
    });
    std::vector<UserId> users;
    users.reserve(static_cast<std::size_t>(wanted));
    for (auto holder = holders.begin(); holder != first_to_stay; ++holder) {
        users.push_back(std::move(holder->user));
    }
    return users;
}

}  // namespace licet
