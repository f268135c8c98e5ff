#include <licet/seats/seat.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "deals/countries.hpp"
#include "quoted.hpp"
#include "seats/seat_edit.hpp"

namespace licet {
namespace {

Error argument_error(Errc rule, std::string_view argument, std::string_view detail = {},
                     std::string_view hint = {}) {
    Findings findings;
    findings.error(rule, Path() / argument, detail, hint);
    return error_of(findings);
}

std::optional<Error> refuse(const std::vector<UserId>& users,
                            const std::optional<Country>& usage_location = std::nullopt) {
    if (users.empty()) {
        return argument_error(Errc::users_missing, "users");
    }
    if (usage_location && country_name(*usage_location).empty()) {
        return argument_error(Errc::country_syntax, "usage_location", quoted(usage_location->str()),
                              "give a code that ISO 3166 assigns, like US");
    }
    return std::nullopt;
}

Error shortage_error(Errc shortage, std::int64_t wanted, std::int64_t free) {
    return {
        shortage, std::to_string(wanted) + " wanted, " + std::to_string(free) + " available", {}};
}

}  // namespace

bool Seat::is_direct() const noexcept { return !sources.empty() && !sources.front().group; }

result<SeatChange> assign(const Pool& pool, const std::vector<UserId>& users, const SeatOf& seat_of,
                          Mode mode, const std::optional<Country>& usage_location, Timestamp now,
                          const Policy& policy) {
    if (auto refused = refuse(users, usage_location)) {
        return std::move(*refused);
    }
    SeatEdit edit(pool, users.size(), seat_of, now, policy);
    const std::int64_t free = edit.free();
    const Errc shortage = edit.shortage();
    std::int64_t wanted = 0;
    bool assigns = false;
    for (const UserId& user : users) {
        const Seat* seat = edit.held(user);
        if (seat && seat->is_direct()) {
            const bool is_changed = edit.give(user, seat, SeatSource(), usage_location);
            edit.note(user, is_changed ? Outcome::assigned : Outcome::already);
            continue;
        }
        assigns = true;
        if (seat || ++wanted <= free) {
            edit.give(user, seat, SeatSource(), usage_location);
            edit.note(user, Outcome::assigned);
        } else {
            edit.note(user, Outcome::failed, shortage);
        }
    }
    if (assigns && policy.require_usage_location && !usage_location) {
        return argument_error(Errc::usage_location_missing, "usage_location");
    }
    if (mode == Mode::atomic && wanted > free) {
        return shortage_error(shortage, wanted, free);
    }
    return std::move(edit).finish();
}

result<SeatChange> unassign(const Pool& pool, const std::vector<UserId>& users,
                            const SeatOf& seat_of, Timestamp now, const Policy& policy) {
    if (auto refused = refuse(users)) {
        return std::move(*refused);
    }
    SeatEdit edit(pool, users.size(), seat_of, now, policy);
    for (const UserId& user : users) {
        const Seat* seat = edit.held(user);
        if (seat && seat->is_direct()) {
            edit.take(*seat, SeatSource());
            edit.note(user, Outcome::released);
        } else {
            edit.note(user, Outcome::absent);
        }
    }
    return std::move(edit).finish();
}

result<SeatMove> move(const Pool& from, const Pool& to, const std::vector<UserId>& users,
                      const SeatOf& from_seat_of, const SeatOf& to_seat_of, Mode mode,
                      const std::optional<Country>& usage_location, Timestamp now,
                      const Policy& policy) {
    if (auto refused = refuse(users, usage_location)) {
        return std::move(*refused);
    }
    if (from.service_id == to.service_id) {
        return argument_error(Errc::move_to_itself, "to");
    }
    SeatEdit source(from, users.size(), from_seat_of, now, policy);
    SeatEdit target(to, users.size(), to_seat_of, now, policy);
    const std::int64_t free = target.free();
    const Errc shortage = target.shortage();
    std::int64_t wanted = 0;
    for (const UserId& user : users) {
        const Seat* old_seat = source.held(user);
        const Seat* new_seat = target.held(user);
        const bool has_old = old_seat && old_seat->is_direct();
        if (new_seat && new_seat->is_direct()) {
            const bool is_changed = target.give(user, new_seat, SeatSource(), usage_location);
            target.note(user, is_changed ? Outcome::assigned : Outcome::already);
        } else if (has_old) {
            const auto& location = usage_location ? usage_location : old_seat->usage_location;
            if (policy.require_usage_location && !location) {
                return argument_error(Errc::usage_location_missing, "usage_location");
            }
            if (!new_seat && ++wanted > free) {
                target.note(user, Outcome::failed, shortage);
                continue;
            }
            target.give(user, new_seat, SeatSource(), location);
            target.note(user, Outcome::assigned);
        } else {
            target.note(user, Outcome::absent);
        }
        if (has_old) {
            source.take(*old_seat, SeatSource());
        }
    }
    if (mode == Mode::atomic && wanted > free) {
        return shortage_error(shortage, wanted, free);
    }
    return SeatMove{std::move(source).finish(), std::move(target).finish()};
}

SeatChange take(const Pool& pool, const std::vector<UserId>& users, const SeatOf& seat_of,
                Timestamp now, const Policy& policy) {
    SeatEdit edit(pool, users.size(), seat_of, now, policy);
    for (const UserId& user : users) {
        if (edit.held(user)) {
            edit.end(user);
            edit.note(user, Outcome::released);
        } else {
            edit.note(user, Outcome::absent);
        }
    }
    return std::move(edit).finish();
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
            case PoolState::none:
                break;
        }
    }
    return state == PoolState::none ? Decision::no_pool : Decision::no_seat;
}

Decision better(Decision a, Decision b) noexcept {
    constexpr std::array best_first = {
        Decision::licensed, Decision::in_grace,       Decision::suspended,  Decision::no_seat,
        Decision::no_pool,  Decision::app_not_mapped, Decision::bad_user_id};
    return *std::ranges::find_if(best_first, [&](Decision one) { return one == a || one == b; });
}

}  // namespace licet
