#include "store/sqlite_schema.hpp"

#include <thread>

#include <boost/outcome/try.hpp>

#include "store/sqlite_views.hpp"

namespace licet::sqlite {
namespace {

// The stamp stands before the value, so that looking at it alone never reads the pages that a
// long value flows over into. licet_stamp says up to which stamp they may have been given.
constexpr const char* tables = R"sql(
PRAGMA application_id = 0x6c696374;  -- "lict"
PRAGMA user_version = 1;
CREATE TABLE licet(
    key TEXT PRIMARY KEY,
    stamp INTEGER NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE licet_stamp(id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
INSERT INTO licet_stamp VALUES (1, 0);
)sql";

constexpr std::int64_t licet_mark = 0x6c696374;
constexpr std::int64_t format = 1;

enum class File { empty, licet };

result<File> look_at(const Connection& connection) {
    // One statement, so that all of it is from before or all from after another process's work.
    BOOST_OUTCOME_TRY(const auto marks, Statement::prepare(connection, R"sql(
        SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema),
               (SELECT count(*) FROM sqlite_schema WHERE name IN ('licet', 'licet_stamp'))
        FROM pragma_application_id, pragma_user_version)sql"));
    Run look(marks);
    BOOST_OUTCOME_TRY(look.next());
    const std::int64_t mark = look.number(0);
    const std::int64_t version = look.number(1);
    const std::int64_t objects = look.number(2);
    const std::int64_t ours = look.number(3);
    if (mark == 0 && version == 0 && objects == 0) {
        return File::empty;
    }
    if (mark == licet_mark && version > format) {
        return Error{Errc::store_format_newer, "format " + std::to_string(version), {}};
    }
    if (mark != licet_mark || version != format || ours != 2) {
        return Error{Errc::store_corrupt, "not a file of licet's", {}};
    }
    return File::licet;
}

result<void> make_tables(const Connection& connection) {
    BOOST_OUTCOME_TRY(connection.execute("BEGIN IMMEDIATE"));
    const RollBack unless_done(connection);
    BOOST_OUTCOME_TRY(const File file, look_at(connection));
    if (file == File::empty) {
        BOOST_OUTCOME_TRY(connection.execute(tables));
        BOOST_OUTCOME_TRY(connection.execute(views));
    }
    return connection.execute("COMMIT");
}

result<void> switch_to_wal(const Connection& connection) {
    BOOST_OUTCOME_TRY(const auto mode, Statement::prepare(connection, "PRAGMA journal_mode = WAL"));
    Run change(mode);
    BOOST_OUTCOME_TRY(change.next());
    if (change.text(0) != "wal") {
        return Error{Errc::store_failed, "no write-ahead log on this file system", {}};
    }
    return boost::outcome_v2::success();
}

}  // namespace

result<void> prepare_file(const Connection& connection, std::chrono::milliseconds timeout) {
    BOOST_OUTCOME_TRY(const File file, look_at(connection));
    if (file == File::empty) {
        BOOST_OUTCOME_TRY(make_tables(connection));
    }
    // SQLite does not wait by itself here for others who are opening the file.
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    auto switched = switch_to_wal(connection);
    while (!switched && switched.error().code == Errc::store_busy &&
           std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        switched = switch_to_wal(connection);
    }
    return switched;
}

}  // namespace licet::sqlite
