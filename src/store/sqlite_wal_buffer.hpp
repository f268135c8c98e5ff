#pragma once

/// \file
/// What a connection appends to SQLite's log, handed to the system in one call where SQLite makes
/// two of every page. Others look into the log no further than what was synced, so nothing need
/// stand in the file before that.
///
///     SQLite ──► write, write, write … ──► sync
///                        │                  │
///                        ▼                  ▼
///                      bytes ───────► one write, sync ──► the log

#include <cstddef>
#include <memory>

#include <sqlite3.h>

#include "store/sqlite_connection.hpp"

namespace licet::sqlite {

/// Between SQLite and the log of one connection; without it, or when it has gone, SQLite writes by
/// itself. Used by one thread at a time, as the connection is. SQLite knows it as the functions of
/// that file.
class WalBuffer : private sqlite3_io_methods {
public:
    /// For a connection to a file that is prepared, which syncs at every commit.
    static result<std::unique_ptr<WalBuffer>> before_log_of(const Connection& connection);

    ~WalBuffer();

    WalBuffer(const WalBuffer&) = delete;
    WalBuffer& operator=(const WalBuffer&) = delete;

private:
    WalBuffer(sqlite3* database, sqlite3_file* log);

    static WalBuffer& of(sqlite3_file* log) noexcept;

    static int close(sqlite3_file* log);
    static int read(sqlite3_file* log, void* into, int size, sqlite3_int64 at);
    static int write(sqlite3_file* log, const void* from, int size, sqlite3_int64 at);
    static int truncate(sqlite3_file* log, sqlite3_int64 size);
    static int sync(sqlite3_file* log, int flags);
    static int size(sqlite3_file* log, sqlite3_int64* size);

    template <class Function, class... Arguments>
    int real(Function function, Arguments... arguments);
    int empty();
    static void forget(void* self) noexcept;

    sqlite3* database_;
    sqlite3_file* log_;  // null: closed, and the database with it
    const sqlite3_io_methods& real_;
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t count_ = 0;
    sqlite3_int64 begin_ = 0;  // where in the log they belong
};

}  // namespace licet::sqlite
