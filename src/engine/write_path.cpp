#include "engine/write_path.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "formats/tables/common.hpp"
#include "sha256.hpp"

namespace licet {
namespace {

constexpr std::size_t attempts_max = 64;
constexpr std::size_t alone_every = 8;
constexpr std::size_t jobs_together_max = 256;
constexpr std::size_t records_together_max = 4096;

}  // namespace

result<Settled> WritePath::execute(Job job) {
    if (const auto& key = job.caller.idempotency_key) {
        if (key->empty() || key->size() > 128) {
            return Error{Errc::idempotency_key_length, std::to_string(key->size()), {}};
        }
        job.idempotent_key = keys::idempotent(job.scope, *key);
        job.arguments_digest = sha256_hex(std::string(job.operation) + '\n' + job.arguments());
    }
    Task task{std::move(job)};
    lanes_.run(task.job.home, task, [this](Group waiting) { return serve(waiting); });
    return std::move(task.outcome);
}

std::size_t WritePath::serve(Group waiting) {
    const auto stays_alone = [](const Task* task) { return task->alone || !task->open.empty(); };
    const auto together = std::ranges::find_if(waiting, stays_alone) - waiting.begin();
    const std::size_t most = store_.limits().on_own_thread ? 1 : jobs_together_max;
    Group group =
        waiting.first(std::clamp<std::size_t>(static_cast<std::size_t>(together), 1, most));
    for (std::size_t count = 0; count < attempts_max; ++count) {
        if (count != 0) {
            wait_a_little(count);
        }
        switch (go(group, count)) {
            case Next::told:
                return group.size();
            case Next::again:
                break;
            case Next::apart:
                std::ranges::for_each(group, [](Task* task) { task->alone = true; });
                group = group.first(1);
        }
    }
    for (Task* task : group) {
        task->outcome = conclude(Error{Errc::contended, task->job.home, {}}, task->open);
    }
    return group.size();
}

// Who has lost often goes alone, so that nobody in this process is kept out by the others.
WritePath::Next WritePath::go(Group& group, std::size_t count) {
    if (count % alone_every == alone_every - 1) {
        const auto alone = turnstile_.enter_alone();
        return attempt(group);
    }
    const auto among_others = turnstile_.enter();
    return attempt(group);
}

WritePath::Next WritePath::attempt(Group& group) {
    if (may_presume(group)) {
        const Next next = attempt_on(PendingWrites::Basis::presumed, group);
        if (next != Next::again || !group.front()->open.empty()) {
            return next;
        }
        cache_.trust(group.front()->job.home, false);
    }
    return attempt_on(PendingWrites::Basis::store, group);
}

bool WritePath::may_presume(Group group) const {
    const auto may = [](const Task* task) { return task->job.looks_for_new && task->open.empty(); };
    const auto home = cache_.newest(group.front()->job.home);
    return home.record && home.is_trusted && std::ranges::all_of(group, may);
}

// The group is shortened to those that fit into one batch.
WritePath::Next WritePath::attempt_on(PendingWrites::Basis basis, Group& group) {
    PendingWrites pending(store_, &cache_, basis);
    auto turns = decide_in_turn(group, pending);
    if (basis == PendingWrites::Basis::presumed &&
        !(turns && std::ranges::all_of(turns.value(), &Turn::writes))) {
        return Next::again;
    }
    if (!turns && group.size() > 1) {
        return Next::apart;
    }
    Task& first = *group.front();
    if (!turns) {
        first.outcome = conclude(std::move(turns).error(), first.open);
        return Next::told;
    }
    // Asked when all is read: what lands later than this makes the commit fail.
    if (!first.open.empty()) {
        const auto is_settled = settle_by_landed(first);
        if (!is_settled) {
            first.outcome = conclude(is_settled.error(), first.open);
        }
        if (!is_settled || is_settled.value()) {
            return Next::told;
        }
    }
    return pending.writes_nothing() ? tell_if_it_holds(group, pending, turns.value())
                                    : commit(group, pending, turns.value());
}

std::vector<std::string> WritePath::keys_of(Group group) {
    std::vector<std::string> keys;
    keys.reserve(group.front()->job.keys.size() + 2 * group.size());
    for (const Task* task : group) {
        const Job& job = task->job;
        if (!job.idempotent_key.empty()) {
            keys.push_back(job.idempotent_key);
        }
        keys.insert(keys.end(), job.keys.begin(), job.keys.end());
    }
    return keys;
}

result<std::vector<WritePath::Turn>> WritePath::decide_in_turn(Group& group,
                                                               PendingWrites& pending) {
    BOOST_OUTCOME_TRYV(pending.fetch(keys_of(group)));
    const std::size_t limit = store_.limits().writes_per_batch;
    const std::size_t room =
        limit == 0 ? records_together_max : std::min(limit, records_together_max);
    const Timestamp now = clock_.now();
    std::vector<Turn> turns;
    turns.reserve(group.size());
    std::size_t records = 0;
    for (const Task* task : group) {
        Unit unit(pending, commands_.next(), task->job.operation, task->job.caller, now);
        Turn turn = take_turn(task->job, unit);
        if (group.size() > 1) {
            records += unit.records();
            if (!turns.empty() && records > room) {
                group = group.first(turns.size());
                break;
            }
        }
        std::move(unit).join();
        turns.push_back(std::move(turn));
    }
    return turns;
}

WritePath::Turn WritePath::take_turn(const Job& job, Unit& unit) {
    auto answer = decide(job, unit);
    if (answer && !unit.changes().empty()) {
        if (auto fits = check_limits(unit); !fits) {
            answer = std::move(fits).error();
        }
    }
    if (!answer || unit.changes().empty()) {
        unit.withdraw();
        return {std::move(answer), std::nullopt};
    }
    Attempt made{answer.value().decision, unit.take_command(), unit.take_first_event(),
                 unit.take_news(), unit.forgets_apps()};
    return {std::move(answer), std::move(made)};
}

result<Settled> WritePath::decide(const Job& job, Unit& unit) {
    if (!job.idempotent_key.empty()) {
        BOOST_OUTCOME_TRY(auto kept, unit.find<KeptAnswer>(job.idempotent_key));
        if (kept && kept->arguments != job.arguments_digest) {
            return Error{Errc::idempotency_key_reused, "by " + kept->operation, {}};
        }
        if (kept) {
            return Settled{0, std::move(kept->answer)};
        }
    }
    BOOST_OUTCOME_TRY(const std::size_t decision, job.decide(unit));
    if (!unit.is_about_something()) {
        return Error{Errc::internal, std::string(job.operation) + " is about no record", {}};
    }
    if (!job.idempotent_key.empty()) {
        unit.put(job.idempotent_key,
                 formats::encode(KeptAnswer{
                     std::string(job.operation), job.arguments_digest, unit.now(), {job.keep()}}));
    }
    return Settled{decision, std::nullopt};
}

result<void> WritePath::check_limits(const Unit& unit) const {
    const Limits limits = store_.limits();
    const auto too_large = [](std::size_t size, std::size_t limit) {
        return limit != 0 && size > limit;
    };
    if (limits.writes_per_batch != 0 && unit.records() > limits.writes_per_batch) {
        return Error{Errc::batch_too_large,
                     std::to_string(unit.records()) + " records, at most " +
                         std::to_string(limits.writes_per_batch),
                     {}};
    }
    for (const auto& [write, decoded] : unit.changes()) {
        if (too_large(write.key.size(), limits.key_bytes) ||
            (write.text && too_large(write.text->size(), limits.value_bytes))) {
            return Error{Errc::batch_too_large, write.key, {}};
        }
    }
    return boost::outcome_v2::success();
}

// Several reads are not one view: what writes nothing counts only where all of it still holds.
WritePath::Next WritePath::tell_if_it_holds(Group group, PendingWrites& pending,
                                            std::vector<Turn>& turns) {
    if (pending.reads() > 1) {
        const auto holds = pending.still_holds();
        if (holds && !holds.value()) {
            return Next::again;
        }
        if (!holds && group.size() > 1) {
            return Next::apart;
        }
        if (!holds) {
            turns.front().answer = holds.error();
        }
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i]->outcome = conclude(std::move(turns[i].answer), group[i]->open);
    }
    return Next::told;
}

// An attempt is open from before the commit until its outcome is known.
WritePath::Next WritePath::commit(Group group, PendingWrites& pending, std::vector<Turn>& turns) {
    const Job& first = group.front()->job;
    const bool was_foreseeable = first.looks_for_new && pending.was_foreseeable(first.home);
    const auto batch = std::make_shared<Batch>(pending.batch());
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (turns[i].attempt) {
            turns[i].attempt->batch = batch;
            group[i]->open.push_back(*std::move(turns[i].attempt));
        }
    }
    const auto written = store_.commit(*batch);
    if (!written && written.error().code == Errc::outcome_unknown) {
        batch->writes.clear();
        return group.size() == 1 ? Next::again : Next::apart;
    }
    if (!written) {
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (turns[i].attempt) {
                group[i]->open.pop_back();
            }
        }
        Error error = written.error();
        if (error.code == Errc::store_conflict) {
            if (!is_beyond_its_head(error.detail, *batch)) {
                return Next::again;
            }
            error = {
                Errc::record_corrupt, "an event beyond its stream's head, " + error.detail, {}};
        }
        if (group.size() > 1) {
            return Next::apart;
        }
        group.front()->outcome = conclude(std::move(error), group.front()->open);
        return Next::told;
    }
    pending.remember(*batch, written.value());
    if (was_foreseeable) {
        cache_.trust(first.home, true);
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (turns[i].attempt) {
            finish(group[i]->open.back());
        }
        group[i]->outcome = std::move(turns[i].answer);
    }
    return Next::told;
}

// True where this is an event that is there although the record that names its stream's head, and
// all else that was read, is as it was: trying again would not help. The event is asked for first:
// who writes one changes the record with it.
bool WritePath::is_beyond_its_head(const std::string& key, const Batch& batch) {
    if (!keys::is_event(key)) {
        return false;
    }
    std::vector<Expectation> others;
    std::ranges::copy_if(batch.expectations, std::back_inserter(others),
                         [](const Expectation& one) { return !keys::is_event(one.key); });
    const auto is_absent = all_hold(store_, {{key, 0}});
    const auto others_hold = all_hold(store_, others);
    return is_absent && !is_absent.value() && others_hold && others_hold.value();
}

// True where an earlier attempt has happened after all.
result<bool> WritePath::settle_by_landed(Task& task) {
    BOOST_OUTCOME_TRY(const Attempt* early, landed(task.open));
    if (!early) {
        return false;
    }
    task.outcome = finish(*early);
    return true;
}

// What may be said while the outcome of attempts is not known: the verdict, if none of them has
// landed and none can any more.
result<Settled> WritePath::conclude(result<Settled> verdict, const std::vector<Attempt>& open) {
    if (open.empty()) {
        return verdict;
    }
    const auto late = may_still_land(open);
    if (late && !late.value()) {
        const auto done = landed(open);
        if (done && done.value()) {
            return finish(*done.value());
        }
        // Of one that only keeps an answer nothing but the answer shows that it has landed.
        const bool shows = std::ranges::none_of(
            open, [](const Attempt& made) { return made.first_event.empty(); });
        if (done && (verdict || shows)) {
            return verdict;
        }
    }
    return Error{Errc::outcome_unknown, verdict ? std::string() : verdict.error().message(), {}};
}

// The attempt whose event stands in the store, if one does.
result<const WritePath::Attempt*> WritePath::landed(const std::vector<Attempt>& open) {
    std::vector<std::string> events;
    for (const Attempt& made : open) {
        if (!made.first_event.empty()) {  // one that only keeps an answer may simply be repeated
            events.push_back(made.first_event);
        }
    }
    if (events.empty()) {
        return nullptr;
    }
    BOOST_OUTCOME_TRY(const auto found, store_.read(events));
    for (const auto& value : found) {
        if (!value) {
            continue;
        }
        BOOST_OUTCOME_TRY(const Event event, parse_event(value->text));
        const auto made = std::ranges::find(open, event.command, &Attempt::command);
        if (made != open.end()) {
            return &*made;
        }
    }
    return nullptr;
}

// True where what one of them expects still holds, so that it could yet be written.
result<bool> WritePath::may_still_land(const std::vector<Attempt>& open) {
    for (const Attempt& made : open) {
        BOOST_OUTCOME_TRY(const bool holds, all_hold(store_, made.batch->expectations));
        if (holds) {
            return true;
        }
    }
    return false;
}

Settled WritePath::finish(const Attempt& attempt) noexcept {
    for (const PoolNews& news : attempt.news) {
        index_.apply(news);
    }
    if (attempt.forgets_apps) {
        index_.forget_apps();
    }
    return {attempt.decision, std::nullopt};
}

void WritePath::wait_a_little(std::size_t count) {
    std::array<std::byte, 2> bytes{};
    if (!random_.fill(bytes)) {
        return;
    }
    const auto chance =
        std::to_integer<std::uint64_t>(bytes[0]) * 256 + std::to_integer<std::uint64_t>(bytes[1]);
    const std::uint64_t longest_us = std::uint64_t{200} << std::min<std::size_t>(count, 7);
    std::this_thread::sleep_for(std::chrono::microseconds(longest_us * chance / 65'536));
}

}  // namespace licet
