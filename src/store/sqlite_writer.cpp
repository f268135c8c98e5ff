#include "store/sqlite_writer.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <boost/outcome/try.hpp>

namespace licet::sqlite {
namespace {

constexpr Stamp stamps_at_once = 1000;
constexpr int checkpoint_pages = 4000;  // 16 MB: what is written over and over is taken in once
constexpr std::chrono::milliseconds checkpoint_patience{100};

// The keys that a batch expects to be absent. Who asks in their order finds the next one at once.
class AbsentKeys {
public:
    explicit AbsentKeys(const Batch& batch) {
        for (std::size_t i = 0; i < batch.expectations.size(); ++i) {
            if (batch.expectations[i].stamp == 0) {
                keys_.emplace_back(batch.expectations[i].key, i);
            }
        }
        // A large batch mostly is one long run in order, and a few more.
        const auto rest = std::ranges::is_sorted_until(keys_);
        std::ranges::sort(rest, keys_.end());
        std::ranges::inplace_merge(keys_, rest);
        next_ = keys_.begin();
    }

    /// The index of the expectation that this key is absent, if there is one.
    std::optional<std::size_t> find(std::string_view key) {
        if (next_ == keys_.end() || next_->first != key) {
            next_ = std::ranges::lower_bound(keys_, key, {}, &Keys::value_type::first);
        }
        if (next_ == keys_.end() || next_->first != key) {
            return std::nullopt;
        }
        return next_++->second;
    }

private:
    using Keys = std::vector<std::pair<std::string_view, std::size_t>>;

    Keys keys_;
    Keys::const_iterator next_;
};

}  // namespace

result<std::unique_ptr<Writer>> Writer::create(Connection connection,
                                               std::chrono::milliseconds timeout) {
    // A log that one great batch made long is cut down to 64 MiB when it is begun anew.
    BOOST_OUTCOME_TRY(
        connection.execute("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;"
                           "PRAGMA cache_size = -16384;"));  // up to 16 MiB: seats lie scattered
    const auto prepare = [&](std::string_view sql) { return Statement::prepare(connection, sql); };
    BOOST_OUTCOME_TRY(auto begin, prepare("BEGIN IMMEDIATE"));
    BOOST_OUTCOME_TRY(auto commit, prepare("COMMIT"));
    BOOST_OUTCOME_TRY(auto reserved_stamp, prepare("SELECT last FROM licet_stamp"));
    BOOST_OUTCOME_TRY(auto reserve_stamps, prepare("UPDATE licet_stamp SET last = ?1"));
    BOOST_OUTCOME_TRY(auto stamp_of, prepare("SELECT stamp FROM licet WHERE key = ?1"));
    BOOST_OUTCOME_TRY(auto put,
                      prepare("REPLACE INTO licet(key, stamp, value) VALUES (?1, ?2, ?3)"));
    BOOST_OUTCOME_TRY(
        auto put_new,
        prepare("INSERT OR IGNORE INTO licet(key, stamp, value) VALUES (?1, ?2, ?3)"));
    BOOST_OUTCOME_TRY(auto remove, prepare("DELETE FROM licet WHERE key = ?1"));
    BOOST_OUTCOME_TRY(auto wal_buffer, WalBuffer::before_log_of(connection));
    return std::unique_ptr<Writer>(new Writer(
        std::move(wal_buffer), std::move(connection),
        {std::move(begin), std::move(commit), std::move(reserved_stamp), std::move(reserve_stamps),
         std::move(stamp_of), std::move(put), std::move(put_new), std::move(remove)},
        timeout));
}

Writer::Writer(std::unique_ptr<WalBuffer> wal_buffer, Connection connection, Statements statements,
               std::chrono::milliseconds timeout)
    : wal_buffer_(std::move(wal_buffer)),
      connection_(std::move(connection)),
      statements_(std::move(statements)),
      timeout_(timeout),
      checkpoint_at_(checkpoint_pages) {
    sqlite3_wal_hook(connection_.handle(), after_commit, this);
}

void Writer::commit(std::span<PendingBatch* const> group) {
    auto committed = commit_together(group, Absence::by_the_write);
    if (committed && !committed.value()) {
        committed = commit_together(group, Absence::before);
    }
    if (!committed) {
        for (PendingBatch* pending : group) {
            pending->outcome = committed.error();
        }
    }
}

result<bool> Writer::commit_together(std::span<PendingBatch* const> group, Absence absence) {
    BOOST_OUTCOME_TRY(run(statements_.begin));
    const RollBack unless_done(connection_);
    BOOST_OUTCOME_TRY(const Stamp reserved, reserved_stamp());
    // Forgotten until it is known that the transaction is committed.
    Stamps stamps = std::exchange(stamps_, {});
    if (stamps.reserved != reserved) {
        stamps = {reserved, reserved};
    }
    // Told only once the transaction is committed, also if memory runs out before it is.
    std::vector<result<Stamp>> outcomes;
    outcomes.reserve(group.size());
    for (const PendingBatch* pending : group) {
        const ByWrite by_write =
            absence == Absence::by_the_write ? judged_by_write(*pending->batch) : ByWrite();
        BOOST_OUTCOME_TRY(auto conflict, first_conflict(*pending->batch, by_write));
        if (conflict) {
            outcomes.emplace_back(Error{Errc::store_conflict, std::move(*conflict), {}});
            continue;
        }
        if (!pending->batch->writes.empty()) {
            BOOST_OUTCOME_TRY(const bool written, write(*pending->batch, by_write, ++stamps.last));
            if (!written) {
                return false;
            }
        }
        outcomes.emplace_back(stamps.last);
    }
    if (stamps.last > reserved) {
        stamps.reserved = stamps.last + stamps_at_once;
        BOOST_OUTCOME_TRY(run(statements_.reserve_stamps, stamps.reserved));
    }
    BOOST_OUTCOME_TRY(commit_transaction());
    stamps_ = stamps;
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i]->outcome = std::move(outcomes[i]);
    }
    return true;
}

result<Stamp> Writer::reserved_stamp() {
    Run look(statements_.reserved_stamp);
    BOOST_OUTCOME_TRY(const bool found, look.next());
    if (!found) {
        return Error{Errc::store_corrupt, "no last stamp", {}};
    }
    return static_cast<Stamp>(look.number(0));
}

Writer::ByWrite Writer::judged_by_write(const Batch& batch) {
    ByWrite by_write{std::vector<bool>(batch.expectations.size()),
                     std::vector<bool>(batch.writes.size())};
    AbsentKeys absent(batch);
    for (std::size_t i = 0; i < batch.writes.size(); ++i) {
        if (const auto expectation = absent.find(batch.writes[i].key);
            expectation && batch.writes[i].text) {
            by_write.expectations[*expectation] = true;
            by_write.writes[i] = true;
        }
    }
    return by_write;
}

result<bool> Writer::holds(const Expectation& expectation) {
    Run look(statements_.stamp_of, expectation.key);
    BOOST_OUTCOME_TRY(const bool found, look.next());
    return (found ? static_cast<Stamp>(look.number(0)) : 0) == expectation.stamp;
}

result<std::optional<std::string>> Writer::first_conflict(const Batch& batch,
                                                          const ByWrite& by_write) {
    const auto is_by_write = [&](std::size_t i) {
        return !by_write.expectations.empty() && by_write.expectations[i];
    };
    const auto first = [&](std::size_t end, auto is_wanted) -> result<std::size_t> {
        for (std::size_t i = 0; i < end; ++i) {
            if (is_wanted(i)) {
                BOOST_OUTCOME_TRY(const bool fine, holds(batch.expectations[i]));
                if (!fine) {
                    return i;
                }
            }
        }
        return end;
    };
    const std::size_t count = batch.expectations.size();
    BOOST_OUTCOME_TRY(const std::size_t found, first(count, std::not_fn(is_by_write)));
    if (found == count) {
        return std::nullopt;
    }
    // Told is the first of all, and no write comes to judge those that were left to it.
    BOOST_OUTCOME_TRY(const std::size_t before, first(found, is_by_write));
    return std::optional(batch.expectations[before].key);
}

result<bool> Writer::write(const Batch& batch, const ByWrite& by_write, Stamp stamp) {
    for (std::size_t i = 0; i < batch.writes.size(); ++i) {
        const Write& write = batch.writes[i];
        if (!write.text) {
            BOOST_OUTCOME_TRY(run(statements_.remove, write.key));
        } else if (by_write.writes.empty() || !by_write.writes[i]) {
            BOOST_OUTCOME_TRY(run(statements_.put, write.key, stamp, *write.text));
        } else {
            BOOST_OUTCOME_TRY(run(statements_.put_new, write.key, stamp, *write.text));
            if (sqlite3_changes(connection_.handle()) == 0) {
                return false;
            }
        }
    }
    return true;
}

result<void> Writer::commit_transaction() {
    auto committed = run(statements_.commit);
    if (!committed && committed.error().code != Errc::store_full &&
        committed.error().code != Errc::store_busy) {
        // The end of the transaction may stand in the log, and a later recovery would find it.
        committed.error().code = Errc::outcome_unknown;
    }
    return committed;
}

int Writer::after_commit(void* self, sqlite3* /*db*/, const char* /*schema*/, int wal_pages) {
    static_cast<Writer*>(self)->keep_wal_short(wal_pages);
    return SQLITE_OK;
}

/// SQLite's own checkpoints never wait, so that readers that overlap without end would let the
/// log grow without end. Ours wait, a moment, for the readers of the old log; where one stands
/// in the way for longer, the next try is as many pages later.
void Writer::keep_wal_short(int wal_pages) {
    checkpoint_at_ = std::min(checkpoint_at_, wal_pages + checkpoint_pages);
    if (wal_pages < checkpoint_at_) {
        return;
    }
    checkpoint_at_ = wal_pages + checkpoint_pages;
    connection_.set_timeout(std::min(timeout_, checkpoint_patience));
    sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr,
                              nullptr);
    connection_.set_timeout(timeout_);
}

}  // namespace licet::sqlite
