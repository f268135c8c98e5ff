// From one plan to another.

#include <licet/engine/seats.hpp>

#include <span>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "engine/users_parts.hpp"

namespace licet {
namespace {

struct KeptMove {
    std::string outcomes;
    PoolSummary from;
    PoolSummary to;
    std::uint64_t revision = 0;
};

}  // namespace

namespace formats {

template <>
struct Table<KeptMove> {
    static constexpr Field fields[] = {
        field<KeptMove, &KeptMove::outcomes>("outcomes"),
        field<KeptMove, &KeptMove::from>("from"),
        field<KeptMove, &KeptMove::to>("to"),
        field<KeptMove, &KeptMove::revision>("revision"),
    };
};

}  // namespace formats

static std::span<const UserId> rest_of(const MoveSeats& whole) { return whole.users; }
static std::span<const UserId> rest_of(const UsersPart<MoveSeats>& part) { return part.rest; }

template <class Known>
static std::string keep_answer(const Known&, const Written<MoveAnswer>& answer) {
    return formats::encode(KeptMove{letters_of(answer.value.outcomes), answer.value.from,
                                    answer.value.to, answer.revision});
}

template <class Known>
static result<void> restore_answer(const Known& known, std::string_view text,
                                   Written<MoveAnswer>& answer) {
    BOOST_OUTCOME_TRY(KeptMove kept, formats::decode<KeptMove>(text));
    BOOST_OUTCOME_TRY(answer.value.outcomes, kept_outcomes(rest_of(known), kept.outcomes));
    answer.value.from = std::move(kept.from);
    answer.value.to = std::move(kept.to);
    answer.revision = kept.revision;
    return boost::outcome_v2::success();
}

namespace {

result<Stored<Pool>> pool_record(Unit& unit, const std::string& key) {
    BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(key));
    if (!record) {
        return Error{Errc::pool_not_found, key, {}};
    }
    return *std::move(record);
}

result<SeatsRead> read_seats(Unit& unit, const Pool& pool, const std::vector<UserId>& users) {
    const std::vector<std::string> keys = seat_keys(pool.tenant, pool.number, users);
    BOOST_OUTCOME_TRYV(unit.fetch(keys));
    SeatsRead seats(users);
    BOOST_OUTCOME_TRYV(seats.decode(unit, keys));
    return seats;
}

// `known` is what the write is known by.
template <class Known>
result<Written<MoveAnswer>> move_some(Core& core, const Known& known, const MoveSeats& command,
                                      const std::vector<UserId>& users, const Caller& caller,
                                      const Scope& scope) {
    const std::string from_key = keys::pool(command.tenant, command.from);
    const std::string to_key = keys::pool(command.tenant, command.to);
    const Policy& policy = core.policy();
    std::vector<std::string> first_read{from_key, to_key};
    for (const std::string& key : {from_key, to_key}) {
        if (const std::int64_t number = core.pool_number(key); number != 0) {
            add_seat_keys(first_read, command.tenant, number, users);
        }
    }
    return core.write(
        known, caller, scope, to_key, first_read, [&](Unit& unit) -> result<Written<MoveAnswer>> {
            BOOST_OUTCOME_TRY(auto from, pool_record(unit, from_key));
            BOOST_OUTCOME_TRY(auto to, pool_record(unit, to_key));
            BOOST_OUTCOME_TRYV(unit.about(to.revision));
            const Timestamp now = unit.now();
            const Pool from_before = settle(from.value, now, policy);
            const Pool to_before = settle(to.value, now, policy);
            BOOST_OUTCOME_TRY(const auto from_seats, read_seats(unit, from_before, users));
            BOOST_OUTCOME_TRY(const auto to_seats, read_seats(unit, to_before, users));
            BOOST_OUTCOME_TRY(
                SeatMove made,
                move(from_before, to_before, users, from_seats.seat_of(), to_seats.seat_of(),
                     command.mode, command.usage_location, now, policy));
            Written<MoveAnswer> answer;
            answer.value.outcomes = std::move(made.to.outcomes);
            answer.value.from = summarize(made.from.pool, now, policy);
            answer.value.to = summarize(made.to.pool, now, policy);
            answer.revision = to.revision;
            if (!made.to.writes.empty()) {
                answer.revision = save_seats(unit, std::move(to), to_before, std::move(made.to),
                                             SeatSource(), policy);
            }
            if (!made.from.writes.empty()) {
                save_seats(unit, std::move(from), from_before, std::move(made.from), SeatSource(),
                           policy);
            }
            return answer;
        });
}

}  // namespace

result<Written<MoveAnswer>> Seats::move(const MoveSeats& command, const Caller& caller) {
    // The first part is known as a whole call was when there were no parts.
    const auto change = [this](const UsersPart<MoveSeats>& part, const std::vector<UserId>& users,
                               const Caller& of_part, const Scope& scope) {
        const MoveSeats& whole = part.command;
        return part.rest.size() == whole.users.size()
                   ? move_some(core_, whole, whole, users, of_part, scope)
                   : move_some(core_, part, whole, users, of_part, scope);
    };
    Stream nobody;
    return change_users(core_, command, caller, nobody, 2, change);
}

}  // namespace licet
