#include "store/postgres_connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

#include <boost/outcome/try.hpp>

namespace licet::postgres {
namespace {

std::string_view field(const PGresult* told, int which) noexcept {
    const char* text = PQresultErrorField(told, which);
    return text ? text : "";
}

/// Whether it was the store's own key, and not an index of somebody else's, that was there.
bool is_key(const PGresult* told) noexcept {
    return field(told, PG_DIAG_TABLE_NAME) == "licet" &&
           field(told, PG_DIAG_CONSTRAINT_NAME) == "licet_pkey";
}

Errc meaning_of(std::string_view sqlstate, const PGresult* told) noexcept {
    if (sqlstate == "40001" || sqlstate == "40P01") {  // serialization failure, deadlock
        return Errc::contended;
    }
    if (sqlstate == "LI001" || (sqlstate == "23505" && is_key(told))) {  // LI001: licet_commit's
        return Errc::store_conflict;
    }
    if (sqlstate == "57014" || sqlstate == "55P03") {  // statement timeout, lock timeout
        return Errc::store_busy;
    }
    if (sqlstate == "53100") {  // disk full
        return Errc::store_full;
    }
    if (sqlstate == "XX001" || sqlstate == "XX002") {  // damaged data, damaged index
        return Errc::store_corrupt;
    }
    return Errc::store_failed;
}

/// True once it may be read from or written to, or is closed; false after the deadline.
bool wait(int socket, short events, Deadline deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        const auto ms = std::clamp<std::int64_t>(left.count(), 0, 60'000);
        pollfd file{socket, events, 0};
        const int ready = ::poll(&file, 1, static_cast<int>(ms));
        if (ready > 0) {
            return true;
        }
        if ((ready == 0 && left.count() <= 0) || (ready < 0 && errno != EINTR)) {
            return false;
        }
    }
}

// A server warns during a commit when it is told to wait no longer for its standbys.
void note_warning(void* warned, const PGresult* notice) {
    if (field(notice, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING") {
        *static_cast<bool*>(warned) = true;
    }
}

}  // namespace

bool Rows::is_null(int row, int column) const noexcept {
    return PQgetisnull(rows_.get(), row, column) != 0;
}

std::string_view Rows::text(int row, int column) const noexcept {
    return {PQgetvalue(rows_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(rows_.get(), row, column))};
}

std::int64_t Rows::number(int row, int column) const noexcept {
    const std::string_view digits = text(row, column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::string one_line(std::string_view said) {
    std::string line;
    for (const char c : said) {
        if (c != '\n') {
            line += c == '\t' ? ' ' : c;
        } else if (!line.empty() && !line.ends_with("; ")) {
            line += "; ";
        }
    }
    while (line.ends_with(' ') || line.ends_with(';')) {
        line.pop_back();
    }
    return line;
}

Connection::Connection(PGconn* connection)
    : connection_(connection), warned_(std::make_unique<bool>(false)) {
    PQsetNoticeReceiver(connection, note_warning, warned_.get());
}

result<Connection> Connection::open(const std::string& uri, std::chrono::seconds connect_timeout) {
    const std::string timeout = std::to_string(connect_timeout.count());
    // The later of two wins: the URI, which is expanded, over what stands before it.
    static constexpr std::array<const char*, 6> names{
        "target_session_attrs",      "connect_timeout",
        "fallback_application_name", "dbname",
        "client_encoding",           nullptr};
    const std::array<const char*, 6> values{"read-write", timeout.c_str(), "licet",
                                            uri.c_str(),  "UTF8",          nullptr};
    Connection connection(PQconnectdbParams(names.data(), values.data(), 1));
    PGconn* const opened = connection.connection_.get();
    if (PQstatus(opened) != CONNECTION_OK || PQsetnonblocking(opened, 1) != 0) {
        return Error{Errc::store_failed, one_line(PQerrorMessage(opened)), {}};
    }
    return connection;
}

result<Rows> Connection::execute(const std::string& sql, Deadline deadline) {
    if (!is_quiet() || PQsendQuery(connection_.get(), sql.c_str()) == 0) {
        return end(Errc::store_failed, "the connection was closed");
    }
    return answer(deadline);
}

result<Rows> Connection::run(const char* statement, const Arguments& arguments, Deadline deadline) {
    std::vector<const char*> values;
    std::vector<int> sizes;
    for (const std::string& argument : arguments) {
        values.push_back(argument.empty() ? nullptr : argument.data());
        sizes.push_back(static_cast<int>(argument.size()));
    }
    const std::vector<int> in_binary(arguments.size(), 1);
    constexpr int rows_in_text = 0;
    if (!is_quiet() ||
        PQsendQueryPrepared(connection_.get(), statement, static_cast<int>(arguments.size()),
                            values.data(), sizes.data(), in_binary.data(), rows_in_text) == 0) {
        return end(Errc::store_failed, "the connection was closed");
    }
    return answer(deadline);
}

/// A server that has something to say unasked has closed the connection, or is not what it was:
/// found out before anything is sent, this leaves no doubt about what has happened.
bool Connection::is_quiet() {
    *warned_ = false;
    pollfd file{PQsocket(connection_.get()), POLLIN, 0};
    return ::poll(&file, 1, 0) == 0;
}

/// Sends all that is to be sent. Where it is false, the end of the request was not sent.
bool Connection::flush(Deadline deadline) {
    PGconn* const to = connection_.get();
    for (;;) {
        const int left = PQflush(to);
        if (left <= 0) {
            return left == 0;
        }
        // A server that is not read from while it refuses would not read on either.
        if (!wait(PQsocket(to), POLLIN | POLLOUT, deadline)) {
            return false;
        }
        if (PQconsumeInput(to) == 0) {
            return true;  // which sends too, perhaps all of it: the next result says why
        }
    }
}

bool Connection::await_answer(Deadline deadline) {
    PGconn* const from = connection_.get();
    while (PQisBusy(from) != 0) {
        if (!wait(PQsocket(from), POLLIN, deadline)) {
            return false;
        }
        if (PQconsumeInput(from) == 0) {
            return true;  // the next result says why
        }
    }
    return true;
}

/// A statement is done when the server is ready for the next: an error may come after its rows.
result<Rows> Connection::answer(Deadline deadline) {
    if (!flush(deadline)) {
        return end(Errc::store_failed, "the server did not take the request");
    }
    Rows rows;
    bool was_done = false;
    std::optional<Error> refused;
    while (!has_ended()) {
        if (!await_answer(deadline)) {
            return end(Errc::outcome_unknown, "no answer in time");
        }
        PGresult* const told = PQgetResult(connection_.get());
        if (!told) {
            break;
        }
        Rows next(told);
        const ExecStatusType status = PQresultStatus(told);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
            Error error = refusal(told, was_done);
            refused = refused ? std::move(refused) : std::move(error);
        } else {
            was_done = true;
            rows = std::move(next);
        }
    }
    if (refused) {
        return *std::move(refused);
    }
    return rows;
}

Error Connection::refusal(const PGresult* told, bool was_done) {
    const std::string_view sqlstate = field(told, PG_DIAG_SQLSTATE);
    if (sqlstate.empty()) {
        return end(Errc::outcome_unknown, one_line(PQresultErrorMessage(told)));
    }
    std::string said = one_line(field(told, PG_DIAG_MESSAGE_PRIMARY));
    // What stands between us and the server speaks of a lost connection so.
    const bool is_in_doubt = sqlstate.starts_with("08") || sqlstate == "40003";
    if (is_in_doubt) {
        return end(Errc::outcome_unknown, std::move(said));
    }
    if (field(told, PG_DIAG_SEVERITY_NONLOCALIZED) != "ERROR") {
        const bool was_stopped = sqlstate.starts_with("57P") && !was_done;  // before its commit
        return end(was_stopped ? Errc::store_failed : Errc::outcome_unknown, std::move(said));
    }
    if (sqlstate == "25006") {  // read only: the primary is another server now
        return end(Errc::store_failed, std::move(said));
    }
    return {meaning_of(sqlstate, told), std::move(said), {}};
}

/// PQfinish first sends what libpq still holds of a request: not on a socket that was shut down.
Error Connection::end(Errc code, std::string detail) {
    ::shutdown(PQsocket(connection_.get()), SHUT_RDWR);
    connection_.reset();
    return {code, std::move(detail), {}};
}

}  // namespace licet::postgres
