// The states of a pool over time.

#include <algorithm>
#include <utility>

#include "seats/pool_steps.hpp"

namespace licet {
namespace {

// How many lines more, or fewer, are active and usable from a moment on.
struct Shift {
    Timestamp at;
    std::int64_t active = 0;
    std::int64_t usable = 0;
};

std::vector<Shift> shifts_of(const Pool& pool, const Policy& policy) {
    std::vector<Shift> shifts;
    shifts.reserve(4 * pool.contributions.size());
    for (const Contribution& contribution : pool.contributions) {
        const LineTimes times = line_times(contribution.ends, policy);
        for_each_step(contribution,
                      [&](Timestamp from, Timestamp until, std::int64_t /*quantity*/) {
                          for (const auto& [end, active, usable] :
                               {Shift{times.active_until, 1, 0}, Shift{times.usable_until, 0, 1}}) {
                              if (from < std::min(until, end)) {
                                  shifts.push_back({from, active, usable});
                                  shifts.push_back({std::min(until, end), -active, -usable});
                              }
                          }
                      });
    }
    std::ranges::sort(shifts, {}, &Shift::at);
    return shifts;
}

// What a pool is without a line that is there.
PoolState state_without(const Pool& pool) noexcept {
    const bool none_to_come = pool.contributions.empty();
    return none_to_come && is_new(pool) ? PoolState::none : PoolState::suspended;
}

}  // namespace

Timestamp lapse_of(const Pool& pool, const Policy& policy) noexcept {
    Timestamp deleted = Timestamp::earliest();
    Timestamp removed = Timestamp::earliest();
    for (const Contribution& contribution : pool.contributions) {
        const auto& later = contribution.later;
        if ((later.empty() ? contribution.quantity : later.back().quantity) > 0) {
            deleted = std::max(deleted, line_times(contribution.ends, policy).deleted_at);
        } else if (!later.empty()) {
            removed = std::max(removed, later.back().from);
        }
    }
    return deleted > Timestamp::earliest() && deleted >= removed ? deleted : Timestamp::latest();
}

PoolState state_of(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    if (!is_before(now, lapse_of(pool, policy))) {
        return PoolState::lapsed;
    }
    PoolState best = state_without(pool);
    for (const Contribution& contribution : pool.contributions) {
        const LineState line = line_state(contribution.ends, now, policy);
        if (quantity_at(contribution, now) == 0) {
            continue;
        }
        if (line == LineState::active) {
            return PoolState::active;
        }
        best = line == LineState::warning ? PoolState::warning : best;
    }
    return best;
}

std::vector<PoolSpell> spells_of(const Pool& pool, const Policy& policy) {
    const Timestamp lapse = lapse_of(pool, policy);
    std::vector<PoolSpell> spells;
    spells.reserve(4);
    const auto begin = [&](PoolState state, Timestamp from) {
        if (!spells.empty() && spells.back().from == from) {
            spells.pop_back();
        }
        if (spells.empty() || spells.back().state != state) {
            spells.push_back({state, from, Timestamp::latest()});
        }
    };
    begin(state_without(pool), Timestamp::earliest());
    std::int64_t active = 0;
    std::int64_t usable = 0;
    for (const Shift& shift : shifts_of(pool, policy)) {
        if (shift.at >= lapse || shift.at == Timestamp::latest()) {
            break;
        }
        active += shift.active;
        usable += shift.usable;
        begin(active > 0   ? PoolState::active
              : usable > 0 ? PoolState::warning
                           : PoolState::suspended,
              shift.at);
    }
    if (lapse != Timestamp::latest()) {
        begin(PoolState::lapsed, lapse);
    }
    for (std::size_t i = 1; i < spells.size(); ++i) {
        spells[i - 1].until = spells[i].from;
    }
    return spells;
}

}  // namespace licet
