#include "store/sqlite_connection.hpp"

#include <algorithm>
#include <limits>

namespace licet::sqlite {
namespace {

Errc meaning_of(int code) noexcept {
    if (code == SQLITE_IOERR_SHMSIZE) {
        return Errc::store_full;  // no room for what the processes share
    }
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:  // too many others at once, tried for ten seconds
            return Errc::store_busy;
        case SQLITE_FULL:
            return Errc::store_full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Errc::store_corrupt;
        case SQLITE_TOOBIG:
            return Errc::store_value;
        case SQLITE_NOMEM:
            return Errc::out_of_memory;
        default:
            return Errc::store_failed;
    }
}

/// A name that SQLite takes for that of a file: neither a URI nor one of its own.
std::string plain_name(const std::string& path) {
    return path.starts_with("file:") || path.starts_with(':') ? "./" + path : path;
}

}  // namespace

Error failure(sqlite3* db, int code) {
    const char* said = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    return {meaning_of(code), said, {}};
}

result<Connection> Connection::open(const std::string& path, bool create,
                                    std::chrono::milliseconds timeout) {
    if (path.empty() || path == ":memory:" || path.find('\0') != std::string::npos) {
        return Error{Errc::store_failed, "not the name of a file", {}};
    }
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(plain_name(path).c_str(), &db, flags, nullptr);
    Connection connection(db);  // to be closed also where it could not be opened
    if (code != SQLITE_OK) {
        return failure(db, code);
    }
    sqlite3_extended_result_codes(db, 1);
    connection.set_timeout(timeout);
    return connection;
}

result<void> Connection::execute(const char* sql) const {
    const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return failure(db_.get(), code);
    }
    return boost::outcome_v2::success();
}

void Connection::set_timeout(std::chrono::milliseconds timeout) const {
    constexpr std::int64_t longest = std::numeric_limits<int>::max();
    const auto ms = std::clamp<std::int64_t>(timeout.count(), 0, longest);
    sqlite3_busy_timeout(db_.get(), static_cast<int>(ms));
}

std::string Connection::path() const { return sqlite3_db_filename(db_.get(), "main"); }

RollBack::~RollBack() {
    if (sqlite3_get_autocommit(connection_.handle()) == 0) {
        sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

result<Statement> Statement::prepare(const Connection& connection, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        return failure(connection.handle(), code);
    }
    return Statement(statement);
}

result<bool> Run::next() {
    const int code = bound_ == SQLITE_OK ? sqlite3_step(statement_) : bound_;
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return failure(sqlite3_db_handle(statement_), code);
}

std::string_view Run::text(int column) const noexcept {
    // As a blob: asked for as text, SQLite may have to allocate for the NUL at its end.
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
                 : std::string_view();
}

std::int64_t Run::number(int column) const noexcept {
    return sqlite3_column_int64(statement_, column);
}

}  // namespace licet::sqlite
