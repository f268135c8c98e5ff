// Seats given and taken, of one user or of a million: an atomic call is one part.

#include <licet/engine/seats.hpp>

#include <algorithm>
#include <functional>
#include <span>
#include <type_traits>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/kept_outcomes.hpp"
#include "engine/keys.hpp"
#include "engine/parts.hpp"
#include "engine/seat_event.hpp"
#include "engine/seat_records.hpp"
#include "formats/tables/seats.hpp"
#include "sha256.hpp"

namespace licet {
namespace {

// Users that come next in a command.
template <class Command>
struct UsersPart {
    static constexpr std::string_view name = Command::name;
    static constexpr Action action = Command::action;
    static constexpr bool looks_for_new = std::is_same_v<Command, AssignSeats>;
    using Answer = SeatsAnswer;

    const Command& command;
    std::string known_by;          // digest of what the whole command is known by
    std::span<const UserId> rest;  // the first of them are the part's
};

// What the answer about a part is kept as.
struct KeptUsers {
    std::string outcomes;
    PoolSummary pool;
    std::uint64_t revision = 0;
};

}  // namespace

namespace formats {

template <class Command>
struct Table<UsersPart<Command>> {
    static constexpr Field fields[] = {
        field<UsersPart<Command>, &UsersPart<Command>::known_by>("known_by")};
};
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

// A part may have been larger or smaller when it was done.
template <class Command>
static result<void> restore_answer(const UsersPart<Command>& part, std::string_view text,
                                   Written<SeatsAnswer>& answer) {
    BOOST_OUTCOME_TRY(KeptUsers kept, formats::decode<KeptUsers>(text));
    const std::size_t count = kept.outcomes.size();
    if (count == 0 || count > part.rest.size()) {
        return Error{Errc::record_corrupt, "a kept answer", {}};
    }
    BOOST_OUTCOME_TRY(answer.value.outcomes, outcomes_of(part.rest.first(count), kept.outcomes));
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
                     std::to_string(users) + " users, at most " +
                         std::to_string(limits.writes_per_batch) + " records",
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

void add(Written<SeatsAnswer>& answer, Written<SeatsAnswer> part) {
    auto& outcomes = answer.value.outcomes;
    if (outcomes.empty()) {
        outcomes = std::move(part.value.outcomes);
    } else {
        std::ranges::move(part.value.outcomes, std::back_inserter(outcomes));
    }
    answer.value.pool = std::move(part.value.pool);
    answer.revision = part.revision;
    answer.replayed = answer.replayed && part.replayed;
}

template <class Command>
std::string digest_of(const Command& command) {
    formats::Writer known_by(formats::Audience::caller);
    formats::write_known_by(known_by, {&command, formats::Table<Command>::fields});
    return sha256_hex(std::move(known_by).take());
}

template <class Command>
result<Written<SeatsAnswer>> change_sorted(Core& core, const Command& command, const Caller& caller,
                                           const Scope& scope, Stream& stream) {
    Written<SeatsAnswer> answer;
    answer.replayed = true;
    UsersPart<Command> part{command, caller.idempotency_key ? digest_of(command) : "",
                            command.users};
    std::size_t size = command.mode == Mode::atomic
                           ? command.users.size()
                           : std::min(command.users.size(), part_size(core.store().limits()));
    Parts parts(caller, stream, "users", command.users.size());
    std::vector<UserId> some;
    do {
        BOOST_OUTCOME_TRYV(parts.begin());
        const auto next = part.rest.first(std::min(size, part.rest.size()));
        const bool is_all = next.size() == command.users.size();
        some.assign(next.begin(), is_all ? next.begin() : next.end());
        auto done = change_part(core, part, is_all ? command.users : some, parts.caller(), scope);
        if (done) {
            parts.advance(done.value().value.outcomes.size());
            part.rest = part.rest.subspan(done.value().value.outcomes.size());
            add(answer, std::move(done).value());
        } else if (command.mode == Mode::atomic || !is_halved(done.error(), size)) {
            return parts.stopped(std::move(done).error());
        }
    } while (!part.rest.empty());
    parts.end();
    return answer;
}

template <class Command>
result<Written<SeatsAnswer>> change_seats(Core& core, const Command& command, const Caller& caller,
                                          Stream& stream) {
    const std::vector<UserId>& users = command.users;
    BOOST_OUTCOME_TRYV(check_users(users));
    const Scope scope{{}, command.tenant};
    BOOST_OUTCOME_TRYV(authorize(caller.as, Command::action, scope));
    if (std::ranges::adjacent_find(users, std::greater_equal()) == users.end()) {
        return change_sorted(core, command, caller, scope, stream);
    }
    Command sorted = command;
    sort_distinct(sorted.users);
    BOOST_OUTCOME_TRY(auto answer, change_sorted(core, sorted, caller, scope, stream));
    answer.value.duplicates = users.size() - sorted.users.size();
    return answer;
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
