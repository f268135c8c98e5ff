#pragma once

/// \file
/// libpq as values: a connection, the arguments of a statement, its rows.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <libpq-fe.h>

#include <licet/error.hpp>

#include "store/postgres_arguments.hpp"

namespace licet::postgres {

using Deadline = std::chrono::steady_clock::time_point;

/// What a statement answered.
class Rows {
public:
    Rows() noexcept = default;
    explicit Rows(PGresult* rows) noexcept : rows_(rows) {}

    int size() const noexcept { return PQntuples(rows_.get()); }
    bool is_null(int row, int column) const noexcept;
    std::string_view text(int row, int column) const noexcept;
    /// 0 where there is none.
    std::int64_t number(int row, int column) const noexcept;

private:
    struct Clear {
        void operator()(PGresult* rows) const noexcept { PQclear(rows); }
    };
    std::unique_ptr<PGresult, Clear> rows_;
};

/// A connection that ended is of no more use. One thread at a time.
class Connection {
public:
    /// `connect_timeout` is for each host, where the URI does not say.
    static result<Connection> open(const std::string& uri, std::chrono::seconds connect_timeout);

    /// These fail
    /// - with `outcome_unknown` where all was sent and the connection ended without an answer,
    /// - with `store_conflict` where a row or a batch was refused for what is there,
    /// - with `contended` where the server says that it may work the next time,
    /// - and otherwise where nothing has happened.
    result<Rows> execute(const std::string& sql, Deadline deadline);
    result<Rows> run(const char* statement, const Arguments& arguments, Deadline deadline);

    /// Whether the last failure, if there was one, ended it.
    bool has_ended() const noexcept { return !connection_; }

    /// A warning came with the last answer.
    bool was_warned() const noexcept { return *warned_; }

private:
    struct Finish {
        void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
    };
    explicit Connection(PGconn* connection);

    bool is_quiet();
    bool flush(Deadline deadline);
    bool await_answer(Deadline deadline);
    result<Rows> answer(Deadline deadline);
    Error refusal(const PGresult* told, bool was_done);
    Error end(Errc code, std::string detail);

    std::unique_ptr<PGconn, Finish> connection_;
    std::unique_ptr<bool> warned_;  // libpq holds its address
};

/// libpq's words in one line.
std::string one_line(std::string_view said);

}  // namespace licet::postgres
