// Where a database is, and what must not be told of it.

#include <doctest/doctest.h>

#include <string>

#include "postgres/opened.hpp"
#include "support/fault_proxy.hpp"

using namespace licet;
using namespace licet::test;

namespace {

/// A user of the shared server with this password, which is a URI's as it stands.
void make_user() {
    static const bool once = [] {
        shared_server().ask("postgres", "CREATE ROLE ada LOGIN PASSWORD 'opensesame'");
        return true;
    }();
    CHECK(once);
}

std::string uri_of(const std::string& user_and_password, const std::string& rest) {
    return "postgresql://" + user_and_password +
           "@127.0.0.1:" + std::to_string(shared_server().port()) + rest;
}

/// What the refusal says, which does not have this in it.
std::string refused_without(const std::string& secret, const std::string& uri) {
    const auto store = PostgresStore::open(uri);
    REQUIRE_FALSE(store);
    CHECK(store.error().code != Errc::outcome_unknown);
    CHECK(store.error().message().find(secret) == std::string::npos);
    CHECK(store.error().findings.empty());
    return store.error().message();
}

}  // namespace

TEST_CASE("a wrong password is refused and not told") {
    make_user();
    const std::string said = refused_without("s3cret", uri_of("ada:s3cret", "/postgres"));
    CHECK(said.find("ada") != std::string::npos);
    refused_without("s3cret", uri_of("ada", "/postgres?password=s3cret"));
}

TEST_CASE("a password is not told where the URI is broken around it") {
    for (const std::string& uri : {
             uri_of("ada:s3cret@s3cret", "/postgres"),
             uri_of("ada:s3cret/s3cret", "/postgres"),
             uri_of("ada:s3cret%zz", "/postgres"),
             uri_of("ada:s3cret?", "/postgres?nonsense=1"),
             std::string("postgresql://ada:s3cret/postgres"),
             std::string("postgresql://ada:s3cret@[::1/postgres"),
             std::string("host=127.0.0.1 password=s3cret"),
             std::string("host=127.0.0.1 password='s3cret"),
             std::string("s3cret"),
             std::string("http://ada:s3cret@127.0.0.1/postgres"),
         }) {
        CAPTURE(uri);
        refused_without("s3cret", uri);
    }
}

TEST_CASE("what is no URI of PostgreSQL is refused by its rule") {
    for (const std::string& uri :
         {std::string(), std::string("postgresql:"), std::string("host=127.0.0.1"),
          std::string("http://127.0.0.1/x"), std::string("postgresql://127.0.0.1/x?nonsense=1"),
          std::string("postgresql://127.0.0.1/x\0y", 25),
          std::string("postgresql://a:b@c@127.0.0.1/x")}) {
        CAPTURE(uri);
        check_refused(uri, Errc::url_syntax);
    }
}

TEST_CASE("a password may be anything, written as URIs have it") {
    Server& server = shared_server();
    server.ask("postgres", "CREATE ROLE eve LOGIN PASSWORD 'p@ss/w:rd?#%'; ");
    const std::string database = server.new_database();
    server.ask(database, "ALTER DATABASE " + database + " OWNER TO eve");
    const auto store = open(uri_of("eve:p%40ss%2Fw%3Ard%3F%23%25", "/" + database));
    CHECK(store->commit({{}, {{"a", "1"}}}));
}

TEST_CASE("a user who may not make tables uses those that are there, and is told where none are") {
    make_user();
    Server& server = shared_server();
    const std::string database = server.new_database();
    check_refused(uri_of("ada:opensesame", "/" + database), Errc::store_failed);
    open(server.uri(database));
    server.ask(database,
               "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ada;"
               "GRANT INSERT, UPDATE, DELETE ON licet TO ada;"
               "GRANT USAGE ON SEQUENCE licet_stamp TO ada");
    const auto store = open(uri_of("ada:opensesame", "/" + database));
    REQUIRE(store->commit({{{"a", 0}}, {{"a", "1"}}}));
    CHECK(get(*store, "a")->text == "1");
}

TEST_CASE("of several hosts the first that takes writes is used") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    const int nobody = FaultProxy(server.port()).port();  // and closed again
    const std::string uri = "postgresql://postgres@127.0.0.1:" + std::to_string(nobody) +
                            ",127.0.0.1:" + std::to_string(server.port()) + "/" + database;
    CHECK(open(uri)->commit({{}, {{"a", "1"}}}));
}

TEST_CASE("a server that takes no writes is refused, unless the URI says that it may be one") {
    Server& server = shared_server();
    const std::string database = server.new_database();
    open(server.uri(database));
    server.ask(database, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
    check_refused(server.uri(database), Errc::store_failed);
    const auto reader = open(server.uri(database) + "?target_session_attrs=any");
    CHECK(reader->read({"a"}));
    CHECK(reader->commit({{}, {{"a", "1"}}}).error().code == Errc::store_failed);
}
