// What befalls a connection: every answer is right, or says that it is not known.

#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "postgres/fault_proxy.hpp"
#include "postgres/opened.hpp"
#include "store/postgres_batch.hpp"

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

bool is_silent(Fault fault) {
    return fault == Fault::silence || fault == Fault::silence_for_answers;
}

Patience patience_for(Fault fault) { return is_silent(fault) ? impatient : patient; }

}  // namespace

TEST_CASE("a commit that something befalls is done, or is not, or is unknown, and says so") {
    for (const Fault fault : all_faults) {
        CAPTURE(fault);
        Behind behind(patience_for(fault));
        behind.proxy.strike(fault);
        std::jthread helper([&] {
            behind.proxy.wait_for_strike();
            behind.proxy.let_go();
        });
        const auto written = behind.write("new");
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
            CHECK((text == "old") == !is_silent(fault));
            CHECK((is_silent(fault) ? code == Errc::store_failed : code == Errc::internal));
            CHECK(get(*behind.store, "a/x/1")->text == "old");
        }
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
