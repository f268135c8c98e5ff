#pragma once

/// \file
/// Seats: who holds a unit of a pool, and by which ways (DOMAIN §5).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <licet/seats/pool.hpp>

namespace licet {

/// A way to a seat: a group, or (no group) directly.
struct SeatSource {
    std::optional<GroupId> group;

    friend auto operator<=>(const SeatSource&, const SeatSource&) = default;
};

struct Seat {
    UserId user;
    ServiceId service_id;
    std::vector<SeatSource> sources;  ///< Direct first, then groups by id; never empty.
    Timestamp since;
    std::optional<Country> usage_location;
    std::int64_t epoch = 1;  ///< The pool's when the seat was given; not part of the document.

    bool is_direct() const noexcept;

    friend bool operator==(const Seat&, const Seat&) = default;
};

/// All or nothing, or as many as can be.
enum class Mode { atomic, best_effort };

/// assigned (also where a direct seat got another usage location, which takes no unit), already
/// (had it directly, and so); released (a direct source was taken; a group's may remain), absent
/// (had none directly); failed.
enum class Outcome { assigned, already, released, absent, failed };

struct SeatOutcome {
    UserId user;
    Outcome outcome = Outcome::failed;
    std::optional<Errc> error;  ///< Only with `failed`.

    friend bool operator==(const SeatOutcome&, const SeatOutcome&) = default;
};

/// What is to be written: the seat, or (no seat) its end.
struct SeatWrite {
    UserId user;
    std::optional<Seat> seat;
};

/// A decision about many users of one pool.
struct SeatChange {
    Pool pool;                          ///< As it will be.
    std::vector<SeatOutcome> outcomes;  ///< One a user, in the order given.
    std::vector<SeatWrite> writes;
    std::vector<UserId> gained;  ///< Who holds a unit now and did not before.
    std::vector<UserId> lost;    ///< Who did and does not any more.
};

/// The seat a user has, of any epoch; nothing where there is none.
using SeatOf = std::function<const Seat*(const UserId&)>;

/// Gives each user a direct seat. `users` is distinct and served in its order; a user without a
/// unit takes one, one who holds a unit by a group or directly does not need another. A usage
/// location becomes that of all their seats; without one each stays as it was.
///
/// Fails with `users_missing`, `country_syntax` where the usage location is no country of
/// ISO 3166 [P], `usage_location_missing` (by policy), and where someone needs a unit:
/// `pool_suspended`, or in atomic mode `no_free_license`.
result<SeatChange> assign(const Pool& pool, const std::vector<UserId>& users, const SeatOf& seat_of,
                          Mode mode, const std::optional<Country>& usage_location, Timestamp now,
                          const Policy& policy);

/// Takes the direct source of each user; the seat ends with its last source. `users` is distinct.
/// Fails with `users_missing` only.
result<SeatChange> unassign(const Pool& pool, const std::vector<UserId>& users,
                            const SeatOf& seat_of, Timestamp now, const Policy& policy);

/// What a move changes: in the pool it is from, and in the pool it is to, which also has the
/// outcomes.
struct SeatMove {
    SeatChange from;
    SeatChange to;
};

/// Gives each user a direct seat of `to` for the direct one of `from`, which takes a unit where the
/// user holds none by a group. `users` is distinct. The usage location goes along unless another is
/// given. Outcomes: `assigned`; `already`, who had a direct seat of `to` that stays as it was, and
/// now has none of `from`; `absent`, who had neither; and `failed`, who keeps what they had.
///
/// Fails with `users_missing`, `country_syntax` as `assign`, `move_to_itself`,
/// `usage_location_missing` (by policy), and in atomic mode with `no_free_license` or
/// `pool_suspended` of `to`.
result<SeatMove> move(const Pool& from, const Pool& to, const std::vector<UserId>& users,
                      const SeatOf& from_seat_of, const SeatOf& to_seat_of, Mode mode,
                      const std::optional<Country>& usage_location, Timestamp now,
                      const Policy& policy);

/// Takes whole seats, whatever their sources: what `unassign_newest` does. `users` is distinct,
/// in any order.
SeatChange take(const Pool& pool, const std::vector<UserId>& users, const SeatOf& seat_of,
                Timestamp now, const Policy& policy);

/// What a check answers; the numbers are those of the C ABI.
enum class Decision {
    no_seat = 0,
    licensed = 1,
    in_grace = 2,
    suspended = 3,
    no_pool = 4,
    app_not_mapped = 5,
    bad_user_id = 6,  ///< Of one among many: the text is no user's id.
};

constexpr bool is_licensed(Decision decision) noexcept {
    return decision == Decision::licensed || decision == Decision::in_grace;
}

/// For a user who holds a seat, or not, of a pool in this state.
Decision decide(PoolState state, bool holds) noexcept;

/// The better of two decisions about the same app: licensed, in_grace, suspended, no_seat,
/// no_pool, app_not_mapped, bad_user_id.
Decision better(Decision a, Decision b) noexcept;

}  // namespace licet
