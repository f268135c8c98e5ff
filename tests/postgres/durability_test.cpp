// What is refused because it would not keep what it has acknowledged.

#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "postgres/opened.hpp"

using namespace licet;
using namespace licet::test;

namespace {

constexpr PostgresOptions allowed{.allow_async = true};

/// As a standby does that is away for a while.
void leave_slot(Server& server) {
    server.ask("postgres", "SELECT pg_create_physical_replication_slot('standby_1')");
}

}  // namespace

TEST_CASE("a server that does not wait for its disk is refused unless that is allowed") {
    for (const char* setting : {"fsync=off", "synchronous_commit=off"}) {
        CAPTURE(setting);
        Server server({setting});
        check_refused(server.uri("postgres"), Errc::store_not_durable);
        CHECK(open(server.uri("postgres"), allowed)->commit({{}, {{"a", "1"}}}));
    }
}

TEST_CASE("a user whose commits do not wait is refused, whoever else's do") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    open(server.uri(database));
    server.ask(database, "ALTER DATABASE " + database + " SET synchronous_commit = off");
    check_refused(server.uri(database), Errc::store_not_durable);
    server.ask(database, "ALTER DATABASE " + database + " SET synchronous_commit = local");
    CHECK(open(server.uri(database)));
}

TEST_CASE("a server that others replicate from and that waits for none is refused") {
    Server server;
    const std::string uri = server.uri("postgres");
    open(uri);
    leave_slot(server);
    check_refused(uri, Errc::store_not_durable);
    CHECK(open(uri, allowed)->commit({{}, {{"a", "1"}}}));

    server.ask("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'standby_1'");
    server.ask("postgres", "ALTER SYSTEM SET synchronous_commit = 'local'");
    server.stop();
    server.start();
    check_refused(uri, Errc::store_not_durable);
}

namespace {

/// A server that waits for a standby that there is not. Its database is made before that.
class Waiting {
public:
    Waiting() {
        REQUIRE(open(server.uri("postgres"))->commit({{}, {{"there", "1"}}}));
        server.ask("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        server.stop();
        server.start();
    }

    std::string uri() const { return server.uri("postgres"); }

    /// Tells the commit that waits to wait no longer, once there is one.
    void give_up() {
        while (server.ask("postgres",
                          "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity "
                          "WHERE wait_event = 'SyncRep'") == "0") {
        }
    }

    Server server;
};

}  // namespace

TEST_CASE("a commit whose standbys do not answer is unknown, and stands once it is let go") {
    Waiting waiting;
    const auto store = open(waiting.uri(), {.timeout = std::chrono::milliseconds(200)});
    const auto stamp = store->commit({{{"a", 0}}, {{"a", "1"}}});
    REQUIRE_FALSE(stamp);
    CHECK(stamp.error().code == Errc::outcome_unknown);
    waiting.give_up();
    while (!get(*store, "a")) {
    }
    CHECK(get(*store, "a")->text == "1");
}

TEST_CASE(
    "a conflict waits for nobody, whether it is found before anything is written or by that") {
    Waiting waiting;
    const auto store = open(waiting.uri(), {.timeout = std::chrono::seconds(10)});
    const auto stamp = get(*store, "there")->stamp;
    for (int i = 0; i < 33; ++i) {  // a sequence writes now and then
        CHECK(store->commit({{{"there", stamp + 1}}, {{"there", "2"}}}).error().code ==
              Errc::store_conflict);
        CHECK(
            store->commit({{{"b", 0}, {"there", 0}}, {{"b", "2"}, {"there", "2"}}}).error().code ==
            Errc::store_conflict);
    }
}

TEST_CASE("a commit that was told not to wait for its standbys is unknown unless that is allowed") {
    Waiting waiting;
    for (const char* said : {"", "?options=-cclient_min_messages%3Derror"}) {
        CAPTURE(said);
        for (const bool is_allowed : {false, true}) {
            CAPTURE(is_allowed);
            const auto store = open(waiting.uri() + said, {.allow_async = is_allowed});
            std::jthread helper([&] { waiting.give_up(); });
            const auto stamp = store->commit({{}, {{"a", "1"}}});
            CHECK(stamp.has_value() == is_allowed);
            CHECK((stamp || stamp.error().code == Errc::outcome_unknown));
            CHECK(get(*store, "a"));
        }
    }
}
