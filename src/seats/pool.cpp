#include <licet/seats/pool.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

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

PoolState state_of(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    return state_at(times_of(pool, policy), now);
}

std::int64_t consumed_at(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    return state_of(pool, now, policy) == PoolState::lapsed ? 0 : pool.holders;
}

/// Since when a pool is over that is over at some time after its last change: since the end of
/// those licences before which there were enough for every holder.
Timestamp over_from(const Pool& pool, const Policy& policy) {
    if (pool.over_since) {
        return *pool.over_since;
    }
    std::vector<std::pair<Timestamp, std::int64_t>> ends;
    ends.reserve(pool.contributions.size());
    for (const Contribution& contribution : pool.contributions) {
        ends.emplace_back(line_times(contribution.ends, policy).usable_until,
                          contribution.quantity);
    }
    std::ranges::sort(ends, std::greater{});
    std::int64_t usable_before = 0;
    for (const auto& [end, quantity] : ends) {
        usable_before = saturating_add(usable_before, quantity);
        if (usable_before >= pool.holders) {
            return std::max(end, pool.changed_at);
        }
    }
    return pool.changed_at;
}

std::optional<Timestamp> over_since_at(const Pool& pool, Timestamp now, const Policy& policy) {
    if (over_by(consumed_at(pool, now, policy), capacity_at(pool, now, policy)) == 0) {
        return std::nullopt;
    }
    return over_from(pool, policy);
}

}  // namespace

PoolTimes times_of(const Pool& pool, const Policy& policy) noexcept {
    if (pool.contributions.empty()) {
        const Timestamp earliest = Timestamp::from_ms(std::numeric_limits<std::int64_t>::min());
        return {earliest, earliest, Timestamp::latest()};
    }
    const auto ends = [](const Contribution& contribution) {
        return contribution.ends.value_or(Timestamp::latest());
    };
    const LineTimes best =
        line_times(ends(*std::ranges::max_element(pool.contributions, {}, ends)), policy);
    return {best.active_until, best.usable_until, best.deleted_at};
}

PoolState state_at(const PoolTimes& times, Timestamp now) noexcept {
    if (is_before(now, times.active_until)) {
        return PoolState::active;
    }
    if (is_before(now, times.usable_until)) {
        return PoolState::warning;
    }
    return is_before(now, times.lapses_at) ? PoolState::suspended : PoolState::lapsed;
}

Capacity capacity_at(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    Capacity capacity;
    const auto add = [](std::int64_t& sum, const Contribution& contribution) {
        sum = saturating_add(sum, contribution.quantity);
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
    pool.over_since = over_since_at(pool, now, policy);
    pool.changed_at = now;
    if (state_of(pool, now, policy) == PoolState::lapsed) {
        ++pool.epoch;
        pool.holders = 0;
    }
    std::erase_if(pool.contributions, [&](const Contribution& contribution) {
        return line_state(contribution.ends, now, policy) == LineState::deleted;
    });
    return pool;
}

PoolSummary summarize(const Pool& pool, Timestamp now, const Policy& policy) {
    PoolSummary summary;
    summary.tenant = pool.tenant;
    summary.service_id = pool.service_id;
    summary.capacity = capacity_at(pool, now, policy);
    summary.consumed = consumed_at(pool, now, policy);
    summary.available = std::max<std::int64_t>(0, summary.capacity.enabled - summary.consumed);
    summary.over_by = over_by(summary.consumed, summary.capacity);
    summary.over_since = over_since_at(pool, now, policy);
    summary.overdue =
        summary.over_since && now >= *summary.over_since + days(policy.over_assigned_days);
    return summary;
}

std::vector<PoolLine> lines_of(const Pool& pool, Timestamp now, const Policy& policy) {
    std::vector<PoolLine> lines;
    for (const Contribution& contribution : pool.contributions) {
        const LineState state = line_state(contribution.ends, now, policy);
        if (state != LineState::deleted) {
            lines.push_back({contribution.deal, contribution.quantity, state, contribution.ends});
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

Pool with_contribution(const Pool& pool, const DealId& deal, std::optional<std::int64_t> quantity,
                       std::optional<Timestamp> ends, Timestamp now, const Policy& policy) {
    Pool changed = settle(pool, now, policy);
    auto& all = changed.contributions;
    auto at = std::ranges::lower_bound(all, deal, {}, &Contribution::deal);
    if (at != all.end() && at->deal == deal) {
        at = all.erase(at);
    }
    if (quantity) {
        all.insert(at, {deal, *quantity, ends});
    }
    return settle(std::move(changed), now, policy);
}

std::int64_t seats_in_the_way(const Pool& before, const Pool& after, Timestamp now,
                              const Policy& policy) noexcept {
    const Capacity left = capacity_at(after, now, policy);
    if (usable(left) >= usable(capacity_at(before, now, policy))) {
        return 0;
    }
    return over_by(consumed_at(after, now, policy), left);
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
