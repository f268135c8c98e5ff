// What befalls a connection: every answer is right, or says that it is not known.

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>

#include "postgres/opened.hpp"
#include "store/postgres_batch.hpp"
#include "support/fault_proxy.hpp"

using namespace licet;
using namespace licet::test;

namespace {

using Patience = std::chrono::milliseconds;

constexpr Patience patient = std::chrono::seconds(10);  // on a busy machine too
constexpr Patience impatient{150};                      // where it is to wait in vain

/// A store behind a proxy, with a connection made, and one that sees what is there.
class Behind {
public:
    explicit Behind(Patience patience = patient) : Behind(shared_server(), patience) {}
    explicit Behind(Server& server, Patience patience = patient)
        : Behind(server, server.new_database(), patience) {}

    Behind(Server& server, const std::string& database, Patience patience)
        : proxy(server.port()), witness(open(server.uri(database))) {
        stamp = witness->commit({{}, {{"a/x/1", "old"}}}).value();
        store = open(server.uri(database, proxy.port()), {.timeout = patience});
        CHECK(get(*store, "a/x/1")->text == "old");
    }

    result<Stamp> write(const std::string& text) {
        return store->commit({{{"a/x/1", stamp}}, {{"a/x/1", text}}});
    }
    std::string seen() const { return get(*witness, "a/x/1")->text; }

    FaultProxy proxy;
    std::unique_ptr<Store> witness;
    std::unique_ptr<Store> store;
    Stamp stamp = 0;
};

Patience patience_for(Fault fault) { return is_silent(fault) ? impatient : patient; }

}  // namespace

TEST_CASE("a commit that something befalls is done, or is not, or is unknown, and says so") {
    for (const Fault fault : all_faults) {
        CAPTURE(fault);
        Behind behind(patience_for(fault));
        behind.proxy.strike(fault);
        std::atomic<bool> has_returned = false;
        std::jthread helper([&] {
            behind.proxy.wait_for_strike();
            if (fault == Fault::delay) {
                CHECK(behind.seen() == "new");
                CHECK_FALSE(has_returned);
            }
            behind.proxy.let_go();
        });
        const auto written = behind.write("new");
        has_returned = true;
        helper.join();
        const bool arrived = fault != Fault::cut_before_request && fault != Fault::silence;
        if (fault == Fault::delay) {
            REQUIRE(written);
            CHECK(written.value() == get(*behind.witness, "a/x/1")->stamp);
        } else {
            REQUIRE_FALSE(written);
            CHECK(written.error().code == Errc::outcome_unknown);
        }
        CHECK(behind.seen() == (arrived ? "new" : "old"));
        CHECK(get(*behind.store, "a/x/1")->text == behind.seen());
    }
}

TEST_CASE("a read or a scan that something befalls is right all the same, or fails cleanly") {
    for (const Fault fault : all_faults) {
        CAPTURE(fault);
        for (const bool scans : {false, true}) {
            CAPTURE(scans);
            Behind behind(patience_for(fault));
            behind.proxy.strike(fault);
            std::jthread helper([&] {
                behind.proxy.wait_for_strike();
                CHECK(behind.seen() == "old");  // for as long as it is delayed
                behind.proxy.let_go();
            });
            std::string text;
            Errc code = Errc::internal;
            if (scans) {
                const auto page = behind.store->scan("a/", "a0", 10);
                text = page ? page.value().records.at(0).text : "";
                code = page ? code : static_cast<Errc>(page.error().code.value());
            } else {
                const auto values = behind.store->read({"a/x/1", "b"});
                text = values ? values.value().at(0)->text : "";
                code = values ? code : static_cast<Errc>(values.error().code.value());
            }
            helper.join();
            CHECK((text == "old") == !is_silent(fault));
            CHECK((is_silent(fault) ? code == Errc::store_failed : code == Errc::internal));
            CHECK(get(*behind.store, "a/x/1")->text == "old");
        }
    }
}

TEST_CASE("a commit that the server did not take in time is not written by what still arrives") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    Behind behind(server, database, Patience{400});
    server.ask(database, R"sql(
        CREATE FUNCTION shorten() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN  -- what is long would take its time
            new.value := left(new.value, 1);
            RETURN new;
        END
        $$;
        CREATE TRIGGER shorten BEFORE INSERT ON licet FOR EACH ROW EXECUTE FUNCTION shorten())sql");
    const auto connections = [&] {
        return server.ask(database,
                          "SELECT count(*) FROM pg_stat_activity WHERE datname = "
                          "current_database() AND application_name = 'licet'");
    };
    // One is wanted of which nearly all is under way when time is up. How much networks hold is
    // found out by halves.
    std::size_t fits = std::size_t{1} << 20U;
    std::size_t too_much = std::size_t{8} << 20U;
    while (too_much - fits > 100'000) {
        const std::size_t size = fits + (too_much - fits) / 2;
        CAPTURE(size);
        const std::string key = "a/x/" + std::to_string(size);
        CHECK(get(*behind.store, "a/x/1"));  // so that there is a connection
        behind.proxy.strike(Fault::stall);
        const auto late = behind.store->commit({{{key, 0}}, {{key, std::string(size, 'x')}}});
        REQUIRE_FALSE(late);
        behind.proxy.let_go();
        while (connections() != "1") {  // the witness's
        }
        const bool is_unknown = late.error().code == Errc::outcome_unknown;
        CHECK((is_unknown || late.error().code == Errc::store_failed));
        CHECK((is_unknown || !get(*behind.witness, key)));
        (is_unknown ? fits : too_much) = size;
    }
}

TEST_CASE("a read whose time is up is not tried once more on another connection") {
    Behind behind(impatient);
    behind.proxy.strike(Fault::silence);
    const int before = behind.proxy.round_trips();
    CHECK(behind.store->read({"a/x/1"}).error().code == Errc::store_failed);
    CHECK(behind.proxy.round_trips() == before + 1);
}

TEST_CASE("what befalls the making of a connection is no harm to the call that needs it") {
    for (const Fault fault :
         {Fault::cut_before_request, Fault::cut_before_answer, Fault::cut_in_answer}) {
        CAPTURE(fault);
        for (int after = 0;; ++after) {
            CAPTURE(after);
            Behind behind;
            behind.proxy.cut_all();
            behind.proxy.strike(fault, after);
            const auto written = behind.write("new");
            const bool struck = behind.proxy.has_struck();
            if (written || written.error().code != Errc::outcome_unknown) {
                CHECK(behind.seen() == (written ? "new" : "old"));
            }
            CHECK(get(*behind.store, "a/x/1")->text == behind.seen());
            if (!struck) {
                CHECK(written);
                CHECK(after > 3);
                break;
            }
        }
    }
}

TEST_CASE("connections that were closed while nobody used them are replaced, and nothing is lost") {
    Behind behind;
    behind.proxy.cut_all();
    CHECK(behind.write("new"));
    CHECK(behind.seen() == "new");
    behind.proxy.cut_all();
    CHECK(get(*behind.store, "a/x/1")->text == "new");
}

TEST_CASE("a server that is started again under an open store is found by its next call") {
    Server server;
    Behind behind(server);
    for (const bool crashes : {false, true}) {
        CAPTURE(crashes);
        crashes ? server.crash() : server.stop();
        const auto down = behind.write("new");
        REQUIRE_FALSE(down);
        CHECK(down.error().code == Errc::store_failed);
        CHECK(behind.store->read({"a/x/1"}).error().code == Errc::store_failed);
        server.start();
        const auto written = behind.write("new");
        REQUIRE(written);
        behind.stamp = written.value();
        CHECK(get(*behind.store, "a/x/1")->text == "new");
    }
    CHECK(behind.seen() == "new");
}

TEST_CASE("a server that is started again between two calls of a store is no harm to the second") {
    Server server;
    Behind behind(server);
    server.stop();
    server.start();
    const auto written = behind.write("new");
    CHECK_MESSAGE(written, written.error().message());
    CHECK(behind.seen() == "new");
}

namespace {

/// Somebody who holds the turn of the shard x, on a connection of their own.
class Holder {
public:
    explicit Holder(const std::string& uri) : session_(uri) {
        session_.ask("BEGIN");
        take("x");
    }

    void take(std::string_view shard) {
        session_.ask("SELECT pg_advisory_xact_lock(x'6c696365'::int, " +
                     std::to_string(postgres::turn_of(shard)) + ")");
    }

    void let_go() { session_.ask("ROLLBACK"); }

    /// Waits until a commit waits, and asks this of its row in pg_stat_activity.
    void once_one_waits(const std::string& asked) {
        const std::string sql = "SELECT pg_stat_clear_snapshot(); SELECT count(" + asked +
                                ") FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                                "AND datname = current_database()";
        while (session_.ask(sql) == "0") {
        }
    }

    Session& session() { return session_; }

private:
    Session session_;
};

}  // namespace

TEST_CASE("a commit that has to wait too long for its turn is not written") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    Behind behind(server, database, impatient);
    Holder holder(server.uri(database));
    const auto late = behind.write("new");
    REQUIRE_FALSE(late);
    CHECK(late.error().code == Errc::store_busy);
    CHECK(get(*behind.store, "a/x/1")->text == "old");
    holder.let_go();
    CHECK(behind.seen() == "old");
    CHECK(behind.write("new"));
}

TEST_CASE("a commit whose connection the server ended before it was done is done by another") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    Behind behind(server, database, patient);
    Holder holder(server.uri(database));
    std::jthread helper([&] {
        holder.once_one_waits("pg_terminate_backend(pid)");
        holder.let_go();
    });
    CHECK(behind.write("new"));
    CHECK(behind.seen() == "new");
}

TEST_CASE("a commit that a deadlock with strangers ends is tried again") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    // Who waits looks for a deadlock once: long enough for the other to make one by then.
    server.ask(database, "ALTER DATABASE " + database + " SET deadlock_timeout = '1s'");
    const auto store = open(server.uri(database));
    REQUIRE(store->commit({{}, {{"a/w/1", "1"}, {"a/x/1", "1"}}}));
    Holder holder(server.uri(database));
    holder.session().ask("SET deadlock_timeout = '1h'");  // it is the commit that is to give in
    std::jthread helper([&] {
        holder.once_one_waits("pid");
        holder.take("w");
        holder.let_go();
    });
    CHECK(store->commit({{}, {{"a/w/1", "2"}, {"a/x/1", "2"}}}));
    CHECK(get(*store, "a/x/1")->text == "2");
}

TEST_CASE("a commit that the server cannot serialize is tried again, but not for ever") {
    constexpr int tries = 8;
    Server& server = shared_server();
    const std::string database = server.new_database();
    const auto store = open(server.uri(database));
    server.ask(database, R"sql(
        CREATE SEQUENCE tries;
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF nextval('tries') < new.value::bigint THEN
                RAISE SQLSTATE '40001';
            END IF;
            RETURN new;
        END
        $$;
        CREATE TRIGGER refuse BEFORE INSERT ON licet FOR EACH ROW EXECUTE FUNCTION refuse())sql");
    CHECK(store->commit({{{"a", 0}}, {{"a", std::to_string(tries)}}}));
    server.ask(database, "SELECT setval('tries', 1, false)");
    const auto refused = store->commit({{{"b", 0}}, {{"b", std::to_string(tries + 1)}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::store_busy);
    CHECK_FALSE(get(*store, "b"));
}
