#pragma once

/// \file
/// A pool's contributions over time.

#include <algorithm>

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

/// Whether it has, or ever had, some.
inline bool has_begun(const Contribution& contribution, Timestamp now) noexcept {
    return contribution.quantity > 0 ||
           std::ranges::any_of(contribution.later, [now](const LaterQuantity& later) {
               return later.from <= now && later.quantity > 0;
           });
}

/// Whether none of its lines was there when it was last changed, or before.
inline bool is_new(const Pool& pool) noexcept { return pool.epoch == 0 && pool.holders == 0; }

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
