#pragma once

/// \file
/// The one connection of a store that writes.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/group_commit.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_wal_buffer.hpp"

namespace licet::sqlite {

class Writer {
public:
    /// Of a file that is prepared.
    static result<std::unique_ptr<Writer>> create(Connection connection,
                                                  std::chrono::milliseconds timeout);

    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// All of the group in one transaction; each batch sees the writes of those before it and is
    /// judged for itself. Sets every outcome. One thread at a time.
    void commit(std::span<PendingBatch* const> group);

    const Connection& connection() const noexcept { return connection_; }

private:
    struct Statements {
        Statement begin;
        Statement commit;
        Statement reserved_stamp;
        Statement reserve_stamps;
        Statement stamp_of;
        Statement put;
        Statement put_new;
        Statement remove;
    };
    Writer(std::unique_ptr<WalBuffer> wal_buffer, Connection connection, Statements statements,
           std::chrono::milliseconds timeout);

    /// When it is judged that a key that is to be written is absent, as most are in a large
    /// batch: by the write itself, in one look at the table instead of two, or before.
    enum class Absence { by_the_write, before };
    /// Which expectations and writes of a batch are those of by_the_write; empty: none.
    struct ByWrite {
        std::vector<bool> expectations;
        std::vector<bool> writes;
    };
    static ByWrite judged_by_write(const Batch& batch);

    /// The file says up to which stamp they may have been given, so that its page is written once
    /// for many. What this connection has not given of those it reserved is lost where another one
    /// has reserved more, and with the connection.
    struct Stamps {
        Stamp last = 0;
        Stamp reserved = 0;
    };

    /// False, with nothing written, where a write found what should be absent.
    result<bool> commit_together(std::span<PendingBatch* const> group, Absence absence);
    result<Stamp> reserved_stamp();
    result<bool> holds(const Expectation& expectation);
    result<std::optional<std::string>> first_conflict(const Batch& batch, const ByWrite& by_write);
    result<bool> write(const Batch& batch, const ByWrite& by_write, Stamp stamp);
    result<void> commit_transaction();

    static int after_commit(void* self, sqlite3* db, const char* schema, int wal_pages);
    void keep_wal_short(int wal_pages);

    std::unique_ptr<WalBuffer> wal_buffer_;
    Connection connection_;
    Statements statements_;
    std::chrono::milliseconds timeout_;
    Stamps stamps_;
    int checkpoint_at_;
};

}  // namespace licet::sqlite
