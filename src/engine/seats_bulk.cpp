// Seats given and taken, of one user or of a million.

#include <licet/engine/seats.hpp>

#include <span>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "engine/users_parts.hpp"

namespace licet {
namespace {

// What the answer about a part is kept as.
struct KeptUsers {
    std::string outcomes;
    PoolSummary pool;
    std::uint64_t revision = 0;
};

}  // namespace

namespace formats {

template <>
struct Table<KeptUsers> {
    static constexpr Field fields[] = {
        field<KeptUsers, &KeptUsers::outcomes>("outcomes"),
        field<KeptUsers, &KeptUsers::pool>("pool"),
        field<KeptUsers, &KeptUsers::revision>("revision"),
    };
};

}  // namespace formats

template <class Command>
static std::string keep_answer(const UsersPart<Command>&, const Written<SeatsAnswer>& answer) {
    return formats::encode(
        KeptUsers{letters_of(answer.value.outcomes), answer.value.pool, answer.revision});
}

template <class Command>
static result<void> restore_answer(const UsersPart<Command>& part, std::string_view text,
                                   Written<SeatsAnswer>& answer) {
    BOOST_OUTCOME_TRY(KeptUsers kept, formats::decode<KeptUsers>(text));
    BOOST_OUTCOME_TRY(answer.value.outcomes, kept_outcomes(part.rest, kept.outcomes));
    answer.value.pool = std::move(kept.pool);
    answer.revision = kept.revision;
    return boost::outcome_v2::success();
}

namespace {

result<SeatChange> change(const AssignSeats& command, const Pool& pool,
                          const std::vector<UserId>& users, const SeatOf& seat_of, Timestamp now,
                          const Policy& policy) {
    return assign(pool, users, seat_of, command.mode, command.usage_location, now, policy);
}

result<SeatChange> change(const UnassignSeats& /*command*/, const Pool& pool,
                          const std::vector<UserId>& users, const SeatOf& seat_of, Timestamp now,
                          const Policy& policy) {
    return unassign(pool, users, seat_of, now, policy);
}

// Each user's seat is expected to be as it was read, and so is the pool.
result<void> check_room(const Limits& limits, std::size_t users) {
    if (limits.writes_per_batch != 0 && users + 1 > limits.writes_per_batch) {
        return Error{Errc::batch_too_large,
                     std::to_string(users + 1) + " records, at most " +
                         std::to_string(limits.writes_per_batch),
                     {}};
    }
    return boost::outcome_v2::success();
}

// Where the pool's number is known already, pool and seats are read in one round trip.
template <class Command>
result<Written<SeatsAnswer>> change_part(Core& core, const UsersPart<Command>& part,
                                         const std::vector<UserId>& users, const Caller& caller,
                                         const Scope& scope) {
    const Command& command = part.command;
    const std::string pool_key = keys::pool(command.tenant, command.service_id);
    const auto has_room = check_room(core.store().limits(), users.size());
    const std::int64_t known = core.pool_number(pool_key);
    std::vector<std::string> first_read;
    first_read.reserve(1 + users.size());
    first_read.push_back(pool_key);
    if (known != 0 && has_room) {
        add_seat_keys(first_read, command.tenant, known, users);
    }
    std::vector<std::string> learnt;
    return core.write(
        part, caller, scope, pool_key, first_read, [&](Unit& unit) -> result<Written<SeatsAnswer>> {
            BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(pool_key));
            if (!record) {
                return Error{Errc::pool_not_found, pool_key, {}};
            }
            BOOST_OUTCOME_TRYV(unit.about(record->revision));
            if (!has_room) {
                return has_room.error();
            }
            std::span<const std::string> wanted = std::span(first_read).subspan(1);
            if (known != record->value.number) {
                core.learn_pool_number(pool_key, record->value.number);
                learnt = seat_keys(command.tenant, record->value.number, users);
                wanted = learnt;
                BOOST_OUTCOME_TRYV(unit.fetch(learnt));
            }
            SeatsRead seats(users);
            BOOST_OUTCOME_TRYV(seats.decode(unit, wanted));
            const Timestamp now = unit.now();
            const Pool before = settle(std::move(record->value), now, core.policy());
            BOOST_OUTCOME_TRY(SeatChange made,
                              change(command, before, users, seats.seat_of(), now, core.policy()));
            Written<SeatsAnswer> answer;
            answer.value.outcomes = std::move(made.outcomes);
            answer.value.pool = summarize(made.pool, now, core.policy());
            answer.revision = record->revision;
            if (!made.writes.empty()) {
                answer.revision = save_seats(unit, *std::move(record), before, std::move(made),
                                             SeatSource(), core.policy());
            }
            return answer;
        });
}

template <class Command>
result<Written<SeatsAnswer>> change_seats(Core& core, const Command& command, const Caller& caller,
                                          Stream& stream) {
    const auto change = [&core](const auto& part, const std::vector<UserId>& users,
                                const Caller& of_part, const Scope& scope) {
        return change_part(core, part, users, of_part, scope);
    };
    return change_users(core, command, caller, stream, 1, change);
}

}  // namespace

result<Written<SeatsAnswer>> Seats::assign(const AssignSeats& command, const Caller& caller) {
    Stream none;
    return assign(command, caller, none);
}

result<Written<SeatsAnswer>> Seats::assign(const AssignSeats& command, const Caller& caller,
                                           Stream& stream) {
    return change_seats(core_, command, caller, stream);
}

result<Written<SeatsAnswer>> Seats::unassign(const UnassignSeats& command, const Caller& caller) {
    Stream none;
    return unassign(command, caller, none);
}

result<Written<SeatsAnswer>> Seats::unassign(const UnassignSeats& command, const Caller& caller,
                                             Stream& stream) {
    return change_seats(core_, command, caller, stream);
}

}  // namespace licet
