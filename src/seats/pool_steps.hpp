#pragma once

/// \file
/// A pool's contributions over time.

#include <licet/seats/pool.hpp>

namespace licet {

/// How many licences, whatever their state.
inline std::int64_t quantity_at(const Contribution& contribution, Timestamp now) noexcept {
    std::int64_t quantity = contribution.quantity;
    for (const LaterQuantity& later : contribution.later) {
        quantity = later.from <= now ? later.quantity : quantity;
    }
    return quantity;
}

/// Calls `use(from, until, quantity)` for each time in which the contribution has some.
template <class Use>
void for_each_step(const Contribution& contribution, const Use& use) {
    Timestamp from = Timestamp::earliest();
    std::int64_t quantity = contribution.quantity;
    for (const LaterQuantity& later : contribution.later) {
        if (quantity > 0) {
            use(from, later.from, quantity);
        }
        from = later.from;
        quantity = later.quantity;
    }
    if (quantity > 0) {
        use(from, Timestamp::latest(), quantity);
    }
}

/// The first moment after the last line was deleted, if no line was removed after that; latest():
/// never.
Timestamp lapse_of(const Pool& pool, const Policy& policy) noexcept;

/// The pool's summary without tenant and Service ID.
PoolSummary summarize_unnamed(const Pool& pool, Timestamp now, const Policy& policy);

}  // namespace licet
