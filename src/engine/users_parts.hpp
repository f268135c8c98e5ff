#pragma once

/// \file
/// Commands about the seats of one user or of a million: an atomic call is one part, a best-effort
/// one goes in as many as the store needs.

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <licet/seats/commands.hpp>

#include "engine/core.hpp"
#include "engine/kept_outcomes.hpp"
#include "engine/parts.hpp"
#include "engine/seat_records.hpp"
#include "formats/tables/seats.hpp"
#include "sha256.hpp"

namespace licet {

/// Users that come next in a command.
template <class Command>
struct UsersPart {
    static constexpr std::string_view name = Command::name;
    static constexpr Action action = Command::action;
    static constexpr bool looks_for_new = std::is_same_v<Command, AssignSeats>;
    using Answer = typename Command::Answer;

    const Command& command;        ///< Its users are sorted and distinct.
    std::string known_by;          ///< Digest of what the whole command is known by.
    std::span<const UserId> rest;  ///< The first of them are the part's.
};

namespace formats {

template <class Command>
struct Table<UsersPart<Command>> {
    static constexpr Field fields[] = {
        field<UsersPart<Command>, &UsersPart<Command>::known_by>("known_by")};
};

}  // namespace formats

/// The outcomes that were kept of a part, which may have been larger or smaller when it was done.
inline result<std::vector<SeatOutcome>> kept_outcomes(std::span<const UserId> rest,
                                                      std::string_view letters) {
    if (letters.empty() || letters.size() > rest.size()) {
        return Error{Errc::record_corrupt, "a kept answer", {}};
    }
    return outcomes_of(rest.first(letters.size()), letters);
}

template <class Command>
std::string digest_of(const Command& command) {
    formats::Writer known_by(formats::Audience::caller);
    formats::write_known_by(known_by, {&command, formats::Table<Command>::fields});
    return sha256_hex(std::move(known_by).take());
}

/// What is told of the pools is as of the last part.
template <class Answer>
void add(Written<Answer>& answer, Written<Answer> part) {
    auto& outcomes = answer.value.outcomes;
    if (!outcomes.empty()) {
        std::ranges::move(part.value.outcomes, std::back_inserter(outcomes));
        part.value.outcomes = std::move(outcomes);
    }
    answer.value = std::move(part.value);
    answer.revision = part.revision;
    answer.replayed = answer.replayed && part.replayed;
}

/// Calls `change_part(part, users, caller, scope)` until all users are served. Each of them has a
/// seat in so many pools.
template <class Command, class ChangePart>
result<Written<typename Command::Answer>> change_sorted(Core& core, const Command& command,
                                                        const Caller& caller, const Scope& scope,
                                                        Stream& stream, std::size_t pools,
                                                        const ChangePart& change_part) {
    Written<typename Command::Answer> answer;
    answer.replayed = true;
    UsersPart<Command> part{command, caller.idempotency_key ? digest_of(command) : "",
                            command.users};
    std::size_t size =
        command.mode == Mode::atomic
            ? command.users.size()
            : std::min(command.users.size(), part_size(core.store().limits(), pools));
    Parts parts(caller, stream, "users", command.users.size());
    std::vector<UserId> some;
    do {
        if (auto going = parts.begin(); !going) {
            return std::move(going).error();
        }
        const auto next = part.rest.first(std::min(size, part.rest.size()));
        const bool is_all = next.size() == command.users.size();
        some.assign(next.begin(), is_all ? next.begin() : next.end());
        auto done = change_part(part, is_all ? command.users : some, parts.caller(), scope);
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

/// The same for users in any order, perhaps named more than once, after who may not is refused.
template <class Command, class ChangePart>
result<Written<typename Command::Answer>> change_users(Core& core, const Command& command,
                                                       const Caller& caller, Stream& stream,
                                                       std::size_t pools,
                                                       const ChangePart& change_part) {
    const std::vector<UserId>& users = command.users;
    if (auto checked = check_users(users); !checked) {
        return std::move(checked).error();
    }
    const Scope scope{{}, command.tenant};
    if (auto allowed = authorize(caller.as, Command::action, scope); !allowed) {
        return std::move(allowed).error();
    }
    if (std::ranges::adjacent_find(users, std::greater_equal()) == users.end()) {
        return change_sorted(core, command, caller, scope, stream, pools, change_part);
    }
    Command sorted = command;
    sort_distinct(sorted.users);
    auto answer = change_sorted(core, sorted, caller, scope, stream, pools, change_part);
    if (answer) {
        answer.value().value.duplicates = users.size() - sorted.users.size();
    }
    return answer;
}

}  // namespace licet
