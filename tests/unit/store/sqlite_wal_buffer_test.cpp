#include "store/sqlite_wal_buffer.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include "store/sqlite_schema.hpp"
#include "support/failing_disk.hpp"
#include "support/raw_sqlite.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;
using sqlite::Connection;
using sqlite::WalBuffer;

namespace {

constexpr std::int64_t plenty = std::int64_t{1} << 40U;

/// A connection that writes, with so many pages of cache.
class Book {
public:
    explicit Book(bool buffered = true, int pages = 2000) : path_(folder_.file("licet.db")) {
        constexpr std::chrono::milliseconds patience{0};
        auto opened = Connection::open(path_, true, patience);
        REQUIRE(opened);
        REQUIRE(sqlite::prepare_file(opened.value(), patience));
        if (buffered) {
            auto buffer = WalBuffer::before_log_of(opened.value());
            REQUIRE(buffer);
            buffer_ = std::move(buffer).value();
        }
        connection_ = std::make_unique<Connection>(std::move(opened).value());
        run("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = " +
            std::to_string(pages));
        run("CREATE TABLE entry(id INTEGER PRIMARY KEY, number, text)");
    }

    result<void> attempt(const std::string& sql) const { return connection_->execute(sql.c_str()); }
    void run(const std::string& sql) const {
        const auto done = attempt(sql);
        REQUIRE_MESSAGE(done, sql, ": ", done.error().message());
    }
    std::string ask(const std::string& sql) const {
        const auto statement = sqlite::Statement::prepare(*connection_, sql);
        REQUIRE(statement);
        sqlite::Run look(statement.value());
        REQUIRE(look.next());
        return std::string(look.text(0));
    }

    const std::string& path() const { return path_; }

    /// What would be found had the machine stopped now, or every process been killed.
    std::string after_a_stop(const std::string& sql) const {
        const TemporaryFolder other;
        for (const char* part : {"", "-wal"}) {
            std::filesystem::copy_file(path_ + part, other.file("copy") + part);
        }
        const RawSqlite copy(other.file("copy"));
        CHECK(copy.ask("PRAGMA integrity_check") == "ok");
        return copy.ask(sql);
    }

private:
    TemporaryFolder folder_;
    std::string path_;
    std::unique_ptr<WalBuffer> buffer_;
    std::unique_ptr<Connection> connection_;
};

// `count` rows, of which two fill a page.
std::string insert(int from, int count) {
    return "WITH RECURSIVE ids(id) AS (VALUES (" + std::to_string(from) +
           ") UNION ALL SELECT id + 1 FROM ids WHERE id < " + std::to_string(from + count - 1) +
           ") INSERT INTO entry SELECT id, id, hex(zeroblob(800)) FROM ids;";
}

constexpr const char* sums =
    "SELECT count(*) || ' ' || sum(number) || ' ' || sum(length(text)) "
    "FROM entry";

}  // namespace

TEST_CASE("what a commit appends to the log is written in one call") {
    const Book book;
    book.run(insert(1, 10));
    const FailingDisk disk(plenty, 0);
    book.run("BEGIN; UPDATE entry SET number = 7;" + insert(11, 10) + "COMMIT");
    CHECK(disk.writes() == 1);
}

TEST_CASE("what is committed is in the file before the commit returns") {
    const Book book;
    for (int i = 1; i < 200; i += 20) {
        book.run(insert(i, 20));
        CHECK(book.after_a_stop(sums) == book.ask(sums));
        CHECK(RawSqlite(book.path()).ask(sums) == book.ask(sums));
    }
}

TEST_CASE("a transaction that outgrows the page cache finds what it wrote, and nobody else does") {
    const Book book(true, 10);
    const RawSqlite other(book.path());
    book.run("BEGIN;" + insert(1, 500));
    book.run("UPDATE entry SET number = number + 1 WHERE id % 7 = 0");
    book.run("DELETE FROM entry WHERE id % 11 = 0");
    CHECK(book.ask("SELECT count(*) FROM entry") == "455");
    CHECK(other.ask("SELECT count(*) FROM entry") == "0");
    CHECK(book.after_a_stop("SELECT count(*) FROM entry") == "0");
    book.run("COMMIT");
    CHECK(other.ask(sums) == book.ask(sums));
    CHECK(book.after_a_stop(sums) == book.ask(sums));
}

TEST_CASE(
    "a commit for which there was no room is never found in the log, neither whole nor half") {
    const Book book(true, 10);
    book.run(insert(1, 10));
    const std::string before = book.ask(sums);
    for (std::int64_t room = 0; room < 300'000; room += 7'000) {
        CAPTURE(room);
        {
            const FailingDisk disk(room, ENOSPC);
            const auto done = book.attempt("BEGIN;" + insert(11, 200) + "COMMIT");
            REQUIRE_FALSE(done);
            CHECK(done.error().code == Errc::store_full);
            book.attempt("ROLLBACK").has_value();  // SQLite may have done it itself
        }
        CHECK(book.ask(sums) == before);
        CHECK(book.after_a_stop(sums) == before);
        // What was left of it does not come after the next either.
        book.run("UPDATE entry SET text = text WHERE id = 1");
        CHECK(book.after_a_stop(sums) == before);
    }
}

TEST_CASE("what was rolled back never comes over what somebody else has committed since") {
    const auto roll_back = [](const Book& book) { book.run("ROLLBACK"); };
    const auto fail = [](const Book& book) {
        CHECK_FALSE(book.attempt("INSERT OR ROLLBACK INTO entry SELECT * FROM entry"));
    };
    for (const auto& end : {std::function<void(const Book&)>(roll_back), {fail}}) {
        const Book book(true, 10);
        book.run(insert(1, 10));
        book.run("PRAGMA wal_checkpoint(TRUNCATE)");  // so that nothing is read from the log
        book.run("BEGIN;" + insert(1'000, 500));      // more than the cache holds
        end(book);

        RawSqlite other(book.path());
        for (int i = 0; i < 300; ++i) {
            other.run(insert(11 + i, 1));
        }
        const std::string expected = other.ask(sums);
        CHECK(book.ask(sums) == expected);
        book.run("UPDATE entry SET number = number WHERE id = 1");
        CHECK(book.ask(sums) == expected);
        CHECK(RawSqlite(book.path()).ask(sums) == expected);
        CHECK(book.after_a_stop(sums) == expected);
    }
}

TEST_CASE("random transactions leave what they leave without it") {
    const unsigned seed = std::random_device()();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
    const Book buffered(true, 10);
    const Book plain(false, 10);
    const auto both = [&](const std::string& sql) {
        buffered.run(sql);
        plain.run(sql);
    };
    int next = 1;
    for (int i = 0; i < 60; ++i) {
        both("BEGIN");
        for (int steps = below(6); steps >= 0; --steps) {
            switch (below(5)) {
                case 0:
                case 1: {
                    const int count = 1 + below(120);
                    both(insert(next, count));
                    next += count;
                    break;
                }
                case 2:
                    both("UPDATE entry SET number = number * 3 % 1001 WHERE id % 5 = " +
                         std::to_string(below(5)));
                    break;
                case 3:
                    both("DELETE FROM entry WHERE id % 9 = " + std::to_string(below(9)));
                    break;
                default:
                    both("SAVEPOINT s; " + insert(next, 60) + "ROLLBACK TO s; RELEASE s");
            }
        }
        both(below(3) == 0 ? "ROLLBACK" : "COMMIT");
        if (below(8) == 0) {
            both("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        REQUIRE(buffered.ask(sums) == plain.ask(sums));
        // Not with what was committed: SQLite 3.40 itself may lose a transaction that went back to
        // a savepoint, which licet never does.
        REQUIRE(buffered.after_a_stop(sums) == plain.after_a_stop(sums));
    }
}
