// What befalls a file: a full disk, a failing one, damage, processes that come at once or die.

#include <licet/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "support/failing_disk.hpp"
#include "support/raw_sqlite.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;

namespace {

std::unique_ptr<SqliteStore> open(const std::string& path) {
    auto store = SqliteStore::open(path);
    REQUIRE_MESSAGE(store, store.error().message());
    return std::move(store).value();
}

/// 40 records, a page each; or so long that they flow over into the log before the commit.
Batch many(std::size_t size) {
    Batch batch;
    for (int i = 0; i < 40; ++i) {
        batch.writes.push_back({"many/" + std::to_string(i), std::string(size, 'x')});
    }
    return batch;
}

std::size_t count(Store& store) {
    const auto page = store.scan("many/", "many0", 100);
    REQUIRE(page);
    return page.value().records.size();
}

/// Runs `work` in a process of its own.
template <class Work>
pid_t start(const Work& work) {
    const pid_t child = fork();
    if (child == 0) {
        _exit(work() ? 0 : 1);
    }
    REQUIRE(child > 0);
    return child;
}

bool succeeded(pid_t child) {
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Makes "sum" a sign longer, however many others do the same.
bool append_sign(Store& store) {
    for (;;) {
        const auto values = store.read({"sum"});
        if (!values) {
            return false;
        }
        const auto& sum = values.value()[0];
        const auto stamp = store.commit(
            {{{"sum", sum ? sum->stamp : 0}}, {{"sum", (sum ? sum->text : std::string()) + "+"}}});
        if (stamp || stamp.error().code != Errc::store_conflict) {
            return stamp.has_value();
        }
    }
}

}  // namespace

TEST_CASE("a batch for which the disk has no room is not written at all, and later it is") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    auto store = open(path);
    REQUIRE(store->commit({{}, {{"a", "1"}}}));
    std::size_t size = 3000;
    SUBCASE("short values") {}
    SUBCASE("values longer than the page cache") { size = 600'000; }

    for (std::int64_t room = 0; room < 120'000; room += 5'700) {
        CAPTURE(room);
        {
            const FailingDisk disk(room, ENOSPC);
            const auto stamp = store->commit(many(size));
            REQUIRE_FALSE(stamp);
            CHECK(stamp.error().code == Errc::store_full);
        }
        CHECK(count(*store) == 0);
    }
    REQUIRE(store->commit(many(size)));
    CHECK(count(*store) == 40);
    store.reset();
    CHECK(RawSqlite(path).ask("PRAGMA integrity_check") == "ok");
    CHECK(count(*open(path)) == 40);
}

TEST_CASE("a commit that the disk fails has an unknown outcome; a batch before it has not") {
    const TemporaryFolder folder;
    const auto store = open(folder.file("licet.db"));
    REQUIRE(store->commit({{}, {{"a", "1"}}}));
    const auto failing = [&](std::size_t size) {
        const FailingDisk disk(0, EIO);
        const auto stamp = store->commit(many(size));
        REQUIRE_FALSE(stamp);
        return stamp.error().code;
    };
    CHECK(failing(10) == Errc::outcome_unknown);
    CHECK(failing(600'000) == Errc::store_failed);
    CHECK(count(*store) == 0);
    CHECK(store->commit(many(10)));
    CHECK(count(*store) == 40);
}

TEST_CASE("damage inside a file is told as such") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    REQUIRE(open(path)->commit(many(3000)));
    const int root =
        std::stoi(RawSqlite(path).ask("SELECT rootpage FROM sqlite_schema WHERE name = 'licet'"));
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(std::streamoff{root - 1} * 4096);
        file << std::string(4096, '\xff');
    }
    const auto store = open(path);
    const auto page = store->scan("", "", 1000);
    REQUIRE_FALSE(page);
    CHECK(page.error().code == Errc::store_corrupt);
    const auto stamp = store->commit(many(10));
    REQUIRE_FALSE(stamp);
    CHECK(stamp.error().code == Errc::store_corrupt);
}

TEST_CASE("several processes may open a file at once that is not there yet, and count together") {
    constexpr int processes = 8;
    constexpr int each = 3;
    for (int round = 0; round < 10; ++round) {
        const TemporaryFolder folder;
        const std::string path = folder.file("licet.db");
        std::array<int, 2> gate{};
        REQUIRE(pipe(gate.data()) == 0);
        std::vector<pid_t> children;
        for (int i = 0; i < processes; ++i) {
            children.push_back(start([&] {
                char nothing = 0;
                close(gate[1]);
                if (read(gate[0], &nothing, 1) != 0) {
                    return false;
                }
                const auto store = SqliteStore::open(path);
                bool all = store.has_value();
                for (int n = 0; all && n < each; ++n) {
                    all = append_sign(*store.value());
                }
                return all;
            }));
        }
        close(gate[0]);
        close(gate[1]);  // all are let go at once
        for (const pid_t child : children) {
            CHECK(succeeded(child));
        }
        const auto values = open(path)->read({"sum"});
        REQUIRE(values);
        REQUIRE(values.value()[0]);
        CHECK(values.value()[0]->text == std::string(std::size_t{processes * each}, '+'));
    }
}

TEST_CASE("a process that is killed while it writes leaves a good file with all it was told of") {
    const TemporaryFolder folder;
    const std::string path = folder.file("licet.db");
    open(path);
    for (int acknowledged = 1; acknowledged <= 20; ++acknowledged) {
        std::array<int, 2> told{};
        REQUIRE(pipe(told.data()) == 0);
        const pid_t writer = start([&] {
            const auto store = SqliteStore::open(path);
            for (int i = 1; store; ++i) {
                const std::string text = std::to_string(i);
                if (!store.value()->commit({{}, {{"a", text}, {"z", text}}}) ||
                    write(told[1], "+", 1) != 1) {
                    break;
                }
            }
            return false;
        });
        close(told[1]);
        for (int i = 0; i < acknowledged; ++i) {
            char sign = 0;
            REQUIRE(read(told[0], &sign, 1) == 1);
        }
        kill(writer, SIGKILL);
        CHECK_FALSE(succeeded(writer));
        close(told[0]);

        const auto store = open(path);
        const auto pair = store->read({"a", "z"});
        REQUIRE(pair);
        REQUIRE(pair.value()[0]);
        REQUIRE(pair.value()[1]);
        CHECK(pair.value()[0]->text == pair.value()[1]->text);
        CHECK(std::stoi(pair.value()[0]->text) >= acknowledged);
        CHECK(store->commit({{}, {{"b", "1"}}}));
    }
    CHECK(RawSqlite(path).ask("PRAGMA integrity_check") == "ok");
}
