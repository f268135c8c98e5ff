#include <licet/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/raw_sqlite.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;

namespace {

std::unique_ptr<SqliteStore> open(const std::string& path, SqliteOptions options = {}) {
    auto store = SqliteStore::open(path, options);
    REQUIRE_MESSAGE(store, store.error().message());
    return std::move(store).value();
}

void check_refused(const std::string& path, Errc code) {
    const auto store = SqliteStore::open(path);
    REQUIRE_FALSE(store);
    CHECK(store.error().code == code);
}

std::optional<Value> get(Store& store, const std::string& key) {
    const auto values = store.read({key});
    REQUIRE(values);
    return values.value().at(0);
}

std::error_code failure(Store& store, const Batch& batch) {
    const auto written = store.commit(batch);
    REQUIRE_FALSE(written);
    return written.error().code;
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr SqliteOptions no_waiting{.timeout = std::chrono::milliseconds(0)};

}  // namespace

TEST_CASE("a file that is opened again holds all that was committed, under the same stamps") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    const auto first = open(path)->commit({{}, {{"a", "1"}, {"b", "2"}}});
    REQUIRE(first);

    const auto store = open(path);
    const auto a = get(*store, "a");
    REQUIRE(a);
    CHECK(a->text == "1");
    CHECK(a->stamp == first.value());
    const auto second = store->commit({{{"a", first.value()}}, {{"a", "3"}}});
    REQUIRE(second);
    CHECK(second.value() > first.value());
}

TEST_CASE("stamps go on growing after the file was closed, also those of deleted keys") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    const auto written = open(path)->commit({{}, {{"a", "1"}}});
    const auto deleted = open(path)->commit({{}, {{"a", std::nullopt}}});
    const auto again = open(path)->commit({{{"a", 0}}, {{"a", "1"}}});
    REQUIRE(written);
    REQUIRE(deleted);
    REQUIRE(again);
    CHECK(deleted.value() > written.value());
    CHECK(again.value() > deleted.value());
}

TEST_CASE("stamps grow whichever connection writes, and while one waits that is to be closed") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    const auto stores = std::array{open(path), open(path)};
    auto third = open(path);
    Stamp last = 0;
    const auto write = [&](Store& store) {
        const auto written = store.commit({{}, {{"a", std::to_string(last)}}});
        REQUIRE(written);
        CHECK(written.value() > last);
        last = written.value();
        CHECK(get(store, "a")->stamp == last);
    };
    // More than are reserved at once, by one and then in turn.
    for (int n = 0; n < 1500; ++n) {
        write(*stores[0]);
    }
    for (std::size_t n = 0; n < 20; ++n) {
        write(*stores[n % 2]);
        if (n == 10) {
            write(*third);
            third.reset();
        }
    }
    CHECK(failure(*stores[0], {{{"a", last + 1}}, {{"b", "1"}}}) == Errc::store_conflict);
    write(*stores[0]);
}

TEST_CASE("the file is in write-ahead mode, and closing it takes the log in") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    {
        const auto store = open(path);
        REQUIRE(store->commit({{}, {{"a", "1"}}}));
        CHECK(std::filesystem::exists(path + "-wal"));
    }
    CHECK_FALSE(std::filesystem::exists(path + "-wal"));
    CHECK(RawSqlite(path).ask("PRAGMA journal_mode") == "wal");
    CHECK(RawSqlite(path).ask("SELECT value FROM licet WHERE key = 'a'") == "1");
}

TEST_CASE("a file of a newer version is refused and left as it was") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    open(path);
    RawSqlite(path).run("PRAGMA user_version = 2");
    const std::string before = bytes_of(path);
    check_refused(path, Errc::store_format_newer);
    CHECK(bytes_of(path) == before);
}

TEST_CASE("another program's database is refused and left as it was") {
    const TemporaryFolder folder;
    const std::string path = folder.file("foreign.db");
    SUBCASE("with tables") { RawSqlite(path).run("CREATE TABLE songs(name TEXT)"); }
    SUBCASE("with a mark") { RawSqlite(path).run("PRAGMA application_id = 7"); }
    SUBCASE("with a version") { RawSqlite(path).run("PRAGMA user_version = 1"); }
    const std::string before = bytes_of(path);
    check_refused(path, Errc::store_corrupt);
    CHECK(bytes_of(path) == before);
}

TEST_CASE("a licet file without its tables is refused") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    open(path);
    SUBCASE("records") { RawSqlite(path).run("DROP TABLE licet"); }
    SUBCASE("stamps") { RawSqlite(path).run("DROP TABLE licet_stamp"); }
    SUBCASE("version") { RawSqlite(path).run("PRAGMA user_version = 0"); }
    check_refused(path, Errc::store_corrupt);
}

TEST_CASE("a file that is no database is refused and left as it was") {
    const TemporaryFolder folder;
    const std::string path = folder.file("notes.txt");
    std::string content = "hello";
    SUBCASE("short") {}
    SUBCASE("long") { content = std::string(10'000, 'x'); }
    std::ofstream(path) << content;
    check_refused(path, Errc::store_corrupt);
    CHECK(bytes_of(path) == content);
}

TEST_CASE("an empty file becomes a licet file") {
    const TemporaryFolder folder;
    const std::string path = folder.file("empty.db");
    std::ofstream(path).flush();
    CHECK(open(path)->commit({{}, {{"a", "1"}}}));
}

TEST_CASE("what cannot be a file is refused") {
    const TemporaryFolder folder;
    check_refused("", Errc::store_failed);
    check_refused(":memory:", Errc::store_failed);
    check_refused(std::string("a\0b", 3), Errc::store_failed);
    check_refused(folder.file(""), Errc::store_failed);
    check_refused(folder.file("missing/licet.db"), Errc::store_failed);
    std::ofstream(folder.file("notes.txt")) << "hello";
    check_refused(folder.file("notes.txt/licet.db"), Errc::store_failed);
}

TEST_CASE("a name that looks like a URI is that of a file") {
    const TemporaryFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.file(""));
    const auto store = SqliteStore::open("file:licet.db?mode=memory");
    std::filesystem::current_path(before);
    REQUIRE(store);
    CHECK(std::filesystem::exists(folder.file("file:licet.db?mode=memory")));
    CHECK(store.value()->commit({{}, {{"a", "1"}}}));
    CHECK(get(*store.value(), "a"));
}

TEST_CASE("two stores on one file see each other's commits and conflict rightly") {
    const TemporaryFolder folder;
    const auto one = open(folder.file("licet.db"));
    const auto other = open(folder.file("licet.db"));
    const auto first = one->commit({{{"a", 0}}, {{"a", "1"}}});
    REQUIRE(first);
    const auto seen = get(*other, "a");
    REQUIRE(seen);
    CHECK(seen->stamp == first.value());

    const auto second = other->commit({{{"a", first.value()}}, {{"a", "2"}}});
    REQUIRE(second);
    CHECK(second.value() > first.value());
    const auto late = one->commit({{{"a", first.value()}}, {{"a", "3"}}});
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::store_conflict);
    CHECK(get(*one, "a")->text == "2");
}

TEST_CASE("a large batch that is refused at its end harms nothing that another store then writes") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    REQUIRE(open(path)->commit({{}, {{"z", "there"}}}));
    const auto one = open(path);
    const auto other = open(path);
    const std::string page(3'000, 'x');
    Batch large;  // more than the writer's cache holds, so that the log has some of it
    for (int i = 100'000; i < 103'900; ++i) {
        large.expectations.push_back({"a/" + std::to_string(i), 0});
        large.writes.push_back({"a/" + std::to_string(i), page});
    }
    large.expectations.push_back({"z", 0});
    large.writes.push_back({"z", "mine"});
    CHECK(failure(*one, large) == Errc::store_conflict);
    for (int i = 0; i < 800; ++i) {
        REQUIRE(other->commit({{}, {{"b/" + std::to_string(i), page + std::to_string(i)}}}));
    }
    REQUIRE(one->commit({{}, {{"c", "1"}}}));
    for (int i = 0; i < 800; ++i) {
        const auto value = get(*other, "b/" + std::to_string(i));
        REQUIRE(value);
        REQUIRE(value->text == page + std::to_string(i));
    }
    CHECK_FALSE(get(*one, "a/100000"));
    CHECK(RawSqlite(path).ask("PRAGMA integrity_check") == "ok");
}

TEST_CASE("a store whose file another program keeps locked is busy, and only for commits") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    const auto store = open(path, no_waiting);
    REQUIRE(store->commit({{}, {{"a", "1"}}}));

    const RawSqlite other(path);
    other.run("BEGIN IMMEDIATE");
    const auto busy = store->commit({{}, {{"a", "2"}}});
    REQUIRE_FALSE(busy);
    CHECK(busy.error().code == Errc::store_busy);
    CHECK(get(*store, "a")->text == "1");
    CHECK(SqliteStore::open(path, no_waiting));
    other.run("ROLLBACK");
    CHECK(store->commit({{}, {{"a", "3"}}}));
}

TEST_CASE("opening waits for another program that keeps the file out of write-ahead mode") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    open(path);
    for (int round = 0; round < 10; ++round) {
        const RawSqlite other(path);
        other.run("PRAGMA journal_mode = DELETE");
        other.run("BEGIN IMMEDIATE");
        const auto busy = SqliteStore::open(path, no_waiting);
        REQUIRE_FALSE(busy);
        CHECK(busy.error().code == Errc::store_busy);

        std::latch opening(2);
        bool opened = false;
        std::jthread waiting([&] {
            opening.arrive_and_wait();
            opened = SqliteStore::open(path).has_value();
        });
        opening.arrive_and_wait();
        for (int i = 0; i < 2000; ++i) {  // so that the other thread meets the lock, most times
            other.ask("SELECT count(*) FROM licet");
        }
        other.run("ROLLBACK");
        waiting.join();
        CHECK(opened);
    }
}

TEST_CASE("a change of the schema by another program breaks nothing") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    const auto store = open(path);
    REQUIRE(store->commit({{}, {{"a", "1"}}}));
    REQUIRE(get(*store, "a"));
    RawSqlite(path).run("CREATE TABLE notes(text); CREATE INDEX by_stamp ON licet(stamp)");
    CHECK(get(*store, "a"));
    CHECK(store->scan("", "", 1));
    CHECK(store->commit({{}, {{"a", "2"}}}));
    RawSqlite(path).run("DROP INDEX by_stamp; VACUUM");
    CHECK(get(*store, "a")->text == "2");
    CHECK(store->commit({{}, {{"a", "3"}}}));
}

TEST_CASE("batches that 8 threads commit at once are each judged alone") {
    constexpr std::size_t threads = 8;
    constexpr std::size_t rounds = 12;
    const TemporaryFolder folder;
    const auto store = open(folder.file("licet.db"));
    std::array<std::size_t, threads> won{};
    std::array<std::size_t, threads> failed{};
    {
        std::vector<std::jthread> running;
        for (std::size_t self = 0; self < threads; ++self) {
            running.emplace_back([&, self] {
                for (std::size_t i = 0; i < rounds; ++i) {
                    const std::string own = "own/" + std::to_string(self * rounds + i);
                    const std::string prize = "prize/" + std::to_string(i);
                    failed[self] += store->commit({{{own, 0}}, {{own, "1"}}}) ? 0U : 1U;
                    won[self] += store->commit({{{prize, 0}}, {{prize, own}}}) ? 1U : 0U;
                }
            });
        }
    }
    CHECK(std::ranges::count(failed, 0U) == threads);
    std::size_t all_won = 0;
    for (const std::size_t count : won) {
        all_won += count;
    }
    CHECK(all_won == rounds);
    const auto page = store->scan("own/", "own0", 1000);
    REQUIRE(page);
    CHECK(page.value().records.size() == threads * rounds);
}

TEST_CASE("more threads may read at once than there are connections") {
    constexpr std::size_t threads = 24;
    const TemporaryFolder folder;
    const auto store = open(folder.file("licet.db"));
    REQUIRE(store->commit({{}, {{"a", "1"}, {"b", "2"}}}));
    std::array<bool, threads> right{};
    {
        std::vector<std::jthread> running;
        for (std::size_t self = 0; self < threads; ++self) {
            running.emplace_back([&, self] {
                bool all = true;
                for (int i = 0; i < 50; ++i) {
                    const auto values = store->read({"a", "b"});
                    const auto page = store->scan("a", "", 2);
                    all = all && values && values.value()[1] && page &&
                          page.value().records.size() == 2;
                }
                right[self] = all;
            });
        }
    }
    CHECK(std::ranges::all_of(right, [](bool all) { return all; }));
}

TEST_CASE("the log does not grow without end, also after a reader stood in its way") {
    constexpr std::uintmax_t page = 4096 + 24;
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    const auto store = open(path, no_waiting);
    const auto write_pages = [&](int count) {
        const std::string text(std::size_t{100} * 4096, 'x');
        for (int i = 0; i < count; i += 100) {
            REQUIRE(store->commit({{}, {{"a", text}}}));
        }
    };
    write_pages(12'000);
    CHECK(std::filesystem::file_size(path + "-wal") < 4800 * page);
    {
        const RawSqlite reader(path);
        reader.run("BEGIN");
        CHECK(reader.ask("SELECT count(*) FROM licet") == "1");
        write_pages(8000);
        CHECK(std::filesystem::file_size(path + "-wal") > 8000 * page);
    }
    const auto longest = std::filesystem::file_size(path + "-wal") + 4800 * page;
    write_pages(24'000);
    CHECK(std::filesystem::file_size(path + "-wal") < longest);
}
