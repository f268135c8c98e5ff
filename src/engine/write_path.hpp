#pragma once

/// \file
/// The one way every write takes: read, decide, commit, tell the index; again on a conflict.
///
/// Jobs of one home queue. Whoever leads takes those that wait, decides each in turn on what the
/// store has and those before it will have changed, and commits them together: one batch that
/// expects everything any of them looked at, so that, once it is written, each answer is true of
/// the moment of its turn, a failure too.
///
///     waiting ──► decided in turn ──► committed: all are told
///        ▲              ▲    │
///        │              └────┤ conflict: all are decided anew
///        └───────────────────┤ those that do not fit in beside the others: the next group's
///                            └ anything else: each of them alone from now on
///
/// What goes wrong with several aboard may be the fault of one, so each is settled for itself. Of
/// a commit of unknown outcome each keeps an attempt, by which it knows whether it has happened.
///
/// Jobs that mostly look for what is not there yet are first decided without asking the store: on
/// the home as this process left it and nothing else. Where they all come to write, the commit
/// tells whether that was right, for it expects what was presumed. Anything else is no answer, and
/// they are decided on what the store has; the home is then left to the store until it would have
/// been right again.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/clock.hpp>
#include <licet/random.hpp>

#include "engine/command_ids.hpp"
#include "engine/index.hpp"
#include "engine/lanes.hpp"
#include "engine/turnstile.hpp"
#include "engine/unit.hpp"

namespace licet {

/// A command as the write path sees it.
struct Job {
    std::string_view operation;
    const Caller& caller;
    const Scope& scope;                    ///< Whose idempotency keys these are.
    const std::string& home;               ///< The record that writers of this process queue for.
    const std::vector<std::string>& keys;  ///< What the command reads, as far as known beforehand.
    std::function<std::string()> arguments;            ///< What the command is known by.
    std::function<result<std::size_t>(Unit&)> decide;  ///< Gives the decision's number.
    std::function<std::string()> keep;  ///< The answer of the newest decision, as it is kept.
    bool looks_for_new = false;         ///< What it reads, but for its home, is mostly not there.
    std::string idempotent_key{};       ///< Where that is; "" where the caller gave no key.
    std::string arguments_digest{};
};

/// How a job ended: as its nth decision had it, or as it was answered long ago.
struct Settled {
    std::size_t decision = 0;
    std::optional<Json> kept;
};

class WritePath {
public:
    /// All must outlive it. `seed` is random.
    WritePath(Store& store, const Clock& clock, RandomSource& random, Index& index,
              const CommandIds::Seed& seed) noexcept
        : store_(store), clock_(clock), random_(random), index_(index), commands_(seed) {}

    /// `decide` and `keep` may be called by another thread, while this one waits, unless the store
    /// is to be called on the own one.
    result<Settled> execute(Job job);

    /// Fails with `batch_too_large` where the store does not take at once what a unit rests on and
    /// writes.
    result<void> check_limits(const Unit& unit) const;

    /// How many jobs of a home wait or are on their way.
    std::size_t waiting(const std::string& home) const { return lanes_.waiting(home); }

private:
    /// What one job of a commit would have done.
    struct Attempt {
        std::size_t decision = 0;
        std::string command;
        std::string first_event;  ///< "" where it only keeps an answer.
        std::vector<PoolNews> news;
        bool forgets_apps = false;
        std::shared_ptr<Batch> batch{};  ///< In which it was committed.
    };

    struct Task {
        Job job;
        result<Settled> outcome = Settled{};
        std::vector<Attempt> open{};  ///< Their outcome is not known.
        bool alone = false;
    };
    using Group = std::span<Task* const>;

    /// What a job came to in its turn.
    struct Turn {
        result<Settled> answer;
        std::optional<Attempt> attempt;  ///< Absent: it writes nothing.

        bool writes() const noexcept { return attempt.has_value(); }
    };

    enum class Next { told, again, apart };

    std::size_t serve(Group waiting);
    Next go(Group& group, std::size_t count);
    Next attempt(Group& group);
    Next attempt_on(PendingWrites::Basis basis, Group& group);
    bool may_presume(Group group) const;
    static std::vector<std::string> keys_of(Group group);
    result<std::vector<Turn>> decide_in_turn(Group& group, PendingWrites& pending);
    Turn take_turn(const Job& job, Unit& unit);
    result<Settled> decide(const Job& job, Unit& unit);
    Next tell_if_it_holds(Group group, PendingWrites& pending, std::vector<Turn>& turns);
    Next commit(Group group, PendingWrites& pending, std::vector<Turn>& turns);
    bool is_beyond_its_head(const std::string& key, const Batch& batch);

    result<bool> settle_by_landed(Task& task);
    result<Settled> conclude(result<Settled> verdict, const std::vector<Attempt>& open);
    result<const Attempt*> landed(const std::vector<Attempt>& open);
    result<bool> may_still_land(const std::vector<Attempt>& open);
    Settled finish(const Attempt& attempt) noexcept;
    void wait_a_little(std::size_t count);

    Store& store_;
    const Clock& clock_;
    RandomSource& random_;
    Index& index_;
    CommandIds commands_;
    RecordCache cache_;
    Lanes<Task> lanes_;
    Turnstile turnstile_;
};

}  // namespace licet
