#include "seats/seat_edit.hpp"

#include <algorithm>
#include <utility>

namespace licet {

SeatEdit::SeatEdit(const Pool& pool, std::size_t users, SeatOf seat_of, Timestamp now,
                   const Policy& policy)
    : seat_of_(std::move(seat_of)),
      now_(now),
      policy_(policy),
      change_{settle(pool, now, policy), {}, {}, {}, {}},
      allowed_(seats_allowed(change_.pool, now, policy)) {
    change_.outcomes.reserve(users);
    change_.writes.reserve(users);
}

const Seat* SeatEdit::held(const UserId& user) const {
    const Seat* seat = seat_of_(user);
    return seat && seat->epoch == change_.pool.epoch ? seat : nullptr;
}

std::int64_t SeatEdit::free() const noexcept {
    return std::max<std::int64_t>(0, allowed_ - change_.pool.holders);
}

Errc SeatEdit::shortage() const noexcept {
    const PoolState state = state_of(change_.pool, now_, policy_);
    return state == PoolState::active || state == PoolState::warning ? Errc::no_free_license
                                                                     : Errc::pool_suspended;
}

bool SeatEdit::give(const UserId& user, const Seat* had, const SeatSource& source,
                    const std::optional<Country>& usage_location) {
    Pool& pool = change_.pool;
    if (had) {
        const bool is_there = std::ranges::binary_search(had->sources, source);
        if (is_there && (!usage_location || usage_location == had->usage_location)) {
            return false;
        }
        Seat seat = *had;
        if (!is_there) {
            seat.sources.insert(std::ranges::lower_bound(seat.sources, source), source);
        }
        if (usage_location) {
            seat.usage_location = usage_location;
        }
        change_.writes.push_back({user, std::move(seat)});
        return true;
    }
    change_.writes.push_back(
        {user, Seat{user, pool.service_id, {source}, now_, usage_location, pool.epoch}});
    change_.gained.push_back(user);
    ++pool.holders;
    return true;
}

void SeatEdit::take(const Seat& had, const SeatSource& source) {
    if (!std::ranges::binary_search(had.sources, source)) {
        return;
    }
    if (had.sources.size() == 1) {
        end(had.user);
        return;
    }
    Seat seat = had;
    std::erase(seat.sources, source);
    change_.writes.push_back({had.user, std::move(seat)});
}

void SeatEdit::end(const UserId& user) {
    change_.writes.push_back({user, std::nullopt});
    change_.lost.push_back(user);
    --change_.pool.holders;
}

void SeatEdit::note(const UserId& user, Outcome outcome, std::optional<Errc> error) {
    change_.outcomes.push_back({user, outcome, error});
}

SeatChange SeatEdit::finish() && {
    change_.pool = settle(std::move(change_.pool), now_, policy_);
    return std::move(change_);
}

}  // namespace licet
