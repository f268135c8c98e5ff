#include "store/sqlite_writer.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "store/sqlite_schema.hpp"
#include "support/raw_sqlite.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;

namespace {

constexpr std::chrono::milliseconds no_waiting{0};

class Group {
public:
    Group() : path_(folder_.file("licet.db")) {
        auto connection = sqlite::Connection::open(path_, true, no_waiting);
        REQUIRE(connection);
        REQUIRE(sqlite::prepare_file(connection.value(), no_waiting));
        auto writer = sqlite::Writer::create(std::move(connection).value(), no_waiting);
        REQUIRE(writer);
        writer_ = std::move(writer).value();
    }

    std::vector<result<Stamp>> commit(const std::vector<Batch>& batches) {
        std::vector<PendingBatch> pending(batches.size());
        std::vector<PendingBatch*> group;
        for (std::size_t i = 0; i < batches.size(); ++i) {
            pending[i].batch = &batches[i];
            group.push_back(&pending[i]);
        }
        writer_->commit(group);
        std::vector<result<Stamp>> outcomes;
        for (PendingBatch& one : pending) {
            outcomes.push_back(one.outcome);
        }
        return outcomes;
    }

    const std::string& path() const { return path_; }
    const sqlite::Connection& connection() const { return writer_->connection(); }

private:
    TemporaryFolder folder_;
    std::string path_;
    std::unique_ptr<sqlite::Writer> writer_;
};

}  // namespace

TEST_CASE("the connection that writes waits for the disk at every commit") {
    const Group group;
    const auto mode = sqlite::Statement::prepare(group.connection(), "PRAGMA synchronous");
    REQUIRE(mode);
    sqlite::Run look(mode.value());
    REQUIRE(look.next());
    CHECK(look.number(0) == 2);
}

TEST_CASE("a batch of a group sees what those before it wrote") {
    Group group;
    const auto outcomes = group.commit({{{{"a", 0}}, {{"a", "1"}}},
                                        {{{"a", 0}}, {{"a", "2"}}},
                                        {{{"a", 1}}, {{"a", "3"}, {"b", "3"}}},
                                        {{{"b", 2}}, {{"b", std::nullopt}}},
                                        {{{"b", 0}}, {}}});
    REQUIRE(outcomes[0]);
    CHECK(outcomes[0].value() == 1);
    REQUIRE_FALSE(outcomes[1]);
    CHECK(outcomes[1].error().code == Errc::store_conflict);
    CHECK(outcomes[1].error().detail == "a");
    REQUIRE(outcomes[2]);
    CHECK(outcomes[2].value() == 2);
    REQUIRE(outcomes[3]);
    CHECK(outcomes[3].value() == 3);
    CHECK(outcomes[4]);
    const RawSqlite file(group.path());
    CHECK(file.ask("SELECT group_concat(key || value) FROM licet") == "a3");
}

TEST_CASE("a group that does not reach the file fails as a whole") {
    Group group;
    REQUIRE(group.commit({{{}, {{"a", "1"}}}})[0]);
    const RawSqlite other(group.path());
    other.run("BEGIN IMMEDIATE");
    for (const auto& outcome : group.commit({{{}, {{"a", "2"}}}, {{{"a", 7}}, {}}, {{}, {}}})) {
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().code == Errc::store_busy);
    }
    other.run("ROLLBACK");
    CHECK(other.ask("SELECT value FROM licet") == "1");
}

TEST_CASE("a group that cannot be written to its end leaves nothing behind, and the next one is") {
    Group group;
    const RawSqlite other(group.path());
    other.run(
        "CREATE TRIGGER no BEFORE INSERT ON licet WHEN new.key = 'bad' "
        "BEGIN SELECT RAISE(ABORT, 'no'); END");
    for (const auto& outcome :
         group.commit({{{}, {{"a", "1"}}}, {{}, {{"b", "1"}, {"bad", "1"}}}})) {
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().code == Errc::store_failed);
    }
    CHECK(group.commit({{{}, {{"c", "1"}}}})[0]);
    CHECK(other.ask("SELECT group_concat(key) FROM licet") == "c");
}

TEST_CASE("a group in which nothing is written uses no stamp") {
    Group group;
    REQUIRE(group.commit({{{}, {{"a", "1"}}}})[0]);
    group.commit({{{{"a", 7}}, {{"a", "2"}}}, {{{"a", 1}}, {}}});
    const auto outcomes = group.commit({{{}, {{"a", "2"}}}});
    REQUIRE(outcomes[0]);
    CHECK(outcomes[0].value() == 2);
}
