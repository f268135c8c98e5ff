#pragma once

/// \file
/// SQLite's C interface as values: a connection, its statements, and one run of a statement.
/// Each is used by one thread at a time.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <sqlite3.h>

#include <licet/error.hpp>

namespace licet::sqlite {

/// What SQLite's result code means to whoever uses a store.
Error failure(sqlite3* db, int code);

class Connection {
public:
    /// Opens the file of that name, whatever the name looks like; makes it only with `create`.
    static result<Connection> open(const std::string& path, bool create,
                                   std::chrono::milliseconds timeout);

    /// One or more statements that answer nothing of interest.
    result<void> execute(const char* sql) const;

    void set_timeout(std::chrono::milliseconds timeout) const;

    /// The file's absolute name.
    std::string path() const;

    sqlite3* handle() const noexcept { return db_.get(); }

private:
    struct Close {
        void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
    };
    explicit Connection(sqlite3* db) noexcept : db_(db) {}

    std::unique_ptr<sqlite3, Close> db_;
};

/// Ends a transaction that was begun and not committed.
class RollBack {
public:
    explicit RollBack(const Connection& connection) noexcept : connection_(connection) {}
    ~RollBack();

    RollBack(const RollBack&) = delete;
    RollBack& operator=(const RollBack&) = delete;

private:
    const Connection& connection_;
};

class Statement {
public:
    static result<Statement> prepare(const Connection& connection, std::string_view sql);

    sqlite3_stmt* handle() const noexcept { return statement_.get(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    explicit Statement(sqlite3_stmt* statement) noexcept : statement_(statement) {}

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One run of a statement, with these arguments for its parameters. Texts are not copied: they
/// and the statement outlive the run.
class Run {
public:
    template <class... Arguments>
    explicit Run(const Statement& statement, const Arguments&... arguments) noexcept
        : statement_(statement.handle()) {
        int index = 0;
        (bind(++index, arguments), ...);
    }
    ~Run() { sqlite3_reset(statement_); }

    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    /// To the next row; false where there is none.
    result<bool> next();

    /// Of the row at hand, until the next one.
    std::string_view text(int column) const noexcept;
    std::int64_t number(int column) const noexcept;

private:
    template <class Argument>
    void bind(int index, const Argument& argument) noexcept {
        if (bound_ != SQLITE_OK) {
            return;
        }
        if constexpr (std::is_integral_v<Argument>) {
            bound_ = sqlite3_bind_int64(statement_, index, static_cast<sqlite3_int64>(argument));
        } else {
            const std::string_view text = argument;
            // Without data it would be bound as NULL.
            bound_ = sqlite3_bind_text64(statement_, index, text.data() ? text.data() : "",
                                         text.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
    }

    sqlite3_stmt* statement_;
    int bound_ = SQLITE_OK;
};

/// Runs a statement to its end and looks at none of its rows.
template <class... Arguments>
result<void> run(const Statement& statement, const Arguments&... arguments) {
    Run once(statement, arguments...);
    if (auto row = once.next(); !row) {
        return std::move(row).error();
    }
    return boost::outcome_v2::success();
}

}  // namespace licet::sqlite
