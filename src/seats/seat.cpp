#include <licet/seats/seat.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace licet {
namespace {

Error argument_error(Errc rule, std::string_view argument) {
    Findings findings;
    findings.error(rule, Path() / argument);
    return error_of(findings);
}

std::optional<Error> refuse(const std::vector<UserId>& users) {
    assert(std::ranges::adjacent_find(users, std::ranges::greater_equal()) == users.end());
    if (users.empty()) {
        return argument_error(Errc::users_missing, "users");
    }
    return std::nullopt;
}

/// A seat of an earlier epoch is none.
const Seat* held(const UserId& user, const SeatOf& seat_of, const Pool& pool) {
    const Seat* seat = seat_of(user);
    return seat && seat->epoch == pool.epoch ? seat : nullptr;
}

SeatChange begin(const Pool& pool, std::size_t users, Timestamp now, const Policy& policy) {
    SeatChange change;
    change.pool = settle(pool, now, policy);
    change.outcomes.reserve(users);
    change.writes.reserve(users);
    return change;
}

SeatChange finish(SeatChange change, Timestamp now, const Policy& policy) {
    change.pool = settle(std::move(change.pool), now, policy);
    return change;
}

void note(SeatChange& change, const UserId& user, Outcome outcome,
          std::optional<Errc> error = std::nullopt) {
    change.outcomes.push_back({user, outcome, error});
}

void give(SeatChange& change, const UserId& user, const std::optional<Country>& usage_location,
          Timestamp now) {
    Pool& pool = change.pool;
    change.writes.push_back(
        {user, Seat{user, pool.service_id, {SeatSource()}, now, usage_location, pool.epoch}});
    change.gained.push_back(user);
    ++pool.holders;
}

void add_direct(SeatChange& change, Seat seat, const std::optional<Country>& usage_location) {
    seat.sources.insert(seat.sources.begin(), SeatSource());
    if (usage_location) {
        seat.usage_location = usage_location;
    }
    change.writes.push_back({seat.user, std::move(seat)});
}

void remove_direct(SeatChange& change, Seat seat) {
    seat.sources.erase(seat.sources.begin());
    change.writes.push_back({seat.user, std::move(seat)});
}

void end(SeatChange& change, const UserId& user) {
    change.writes.push_back({user, std::nullopt});
    change.lost.push_back(user);
    --change.pool.holders;
}

/// Why a pool gives no more seats, as of now.
Errc shortage_of(const Pool& pool, Timestamp now, const Policy& policy) noexcept {
    const PoolState state = state_at(times_of(pool, policy), now);
    return state == PoolState::active || state == PoolState::warning ? Errc::no_free_license
                                                                     : Errc::pool_suspended;
}

}  // namespace

bool Seat::is_direct() const noexcept { return !sources.empty() && !sources.front().group; }

result<SeatChange> assign(const Pool& pool, const std::vector<UserId>& users, const SeatOf& seat_of,
                          Mode mode, const std::optional<Country>& usage_location, Timestamp now,
                          const Policy& policy) {
    if (auto refused = refuse(users)) {
        return std::move(*refused);
    }
    SeatChange change = begin(pool, users.size(), now, policy);
    const std::int64_t allowed = seats_allowed(change.pool, now, policy);
    const std::int64_t free = std::max<std::int64_t>(0, allowed - change.pool.holders);
    const Errc shortage = shortage_of(change.pool, now, policy);
    std::int64_t wanted = 0;
    for (const UserId& user : users) {
        const Seat* seat = held(user, seat_of, change.pool);
        if (seat && seat->is_direct()) {
            note(change, user, Outcome::already);
        } else if (seat) {
            add_direct(change, *seat, usage_location);
            note(change, user, Outcome::assigned);
        } else if (++wanted <= free) {
            give(change, user, usage_location, now);
            note(change, user, Outcome::assigned);
        } else {
            note(change, user, Outcome::failed, shortage);
        }
    }
    const bool assigns = wanted > 0 || !change.writes.empty();
    if (assigns && policy.require_usage_location && !usage_location) {
        return argument_error(Errc::usage_location_missing, "usage_location");
    }
    if (mode == Mode::atomic && wanted > free) {
        return Error{shortage,
                     std::to_string(wanted) + " wanted, " + std::to_string(free) + " available",
                     {}};
    }
    return finish(std::move(change), now, policy);
}

result<SeatChange> unassign(const Pool& pool, const std::vector<UserId>& users,
                            const SeatOf& seat_of, Timestamp now, const Policy& policy) {
    if (auto refused = refuse(users)) {
        return std::move(*refused);
    }
    SeatChange change = begin(pool, users.size(), now, policy);
    for (const UserId& user : users) {
        const Seat* seat = held(user, seat_of, change.pool);
        if (!seat || !seat->is_direct()) {
            note(change, user, Outcome::absent);
            continue;
        }
        if (seat->sources.size() == 1) {
            end(change, user);
        } else {
            remove_direct(change, *seat);
        }
        note(change, user, Outcome::released);
    }
    return finish(std::move(change), now, policy);
}

SeatChange take(const Pool& pool, const std::vector<UserId>& users, const SeatOf& seat_of,
                Timestamp now, const Policy& policy) {
    SeatChange change = begin(pool, users.size(), now, policy);
    for (const UserId& user : users) {
        if (held(user, seat_of, change.pool)) {
            end(change, user);
            note(change, user, Outcome::released);
        } else {
            note(change, user, Outcome::absent);
        }
    }
    return finish(std::move(change), now, policy);
}

Decision decide(PoolState state, bool holds) noexcept {
    if (holds) {
        switch (state) {
            case PoolState::active:
                return Decision::licensed;
            case PoolState::warning:
                return Decision::in_grace;
            case PoolState::suspended:
                return Decision::suspended;
            case PoolState::lapsed:
                break;
        }
    }
    return Decision::no_seat;
}

Decision better(Decision a, Decision b) noexcept {
    constexpr std::array best_first = {Decision::licensed,  Decision::in_grace,
                                       Decision::suspended, Decision::no_seat,
                                       Decision::no_pool,   Decision::app_not_mapped};
    return *std::ranges::find_if(best_first, [&](Decision one) { return one == a || one == b; });
}

}  // namespace licet
