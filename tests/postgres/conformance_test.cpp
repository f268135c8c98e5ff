#include <licet/store/postgres.hpp>

#include "conformance/conformance_checks.hpp"
#include "postgres/server.hpp"

TEST_CASE("the store in a PostgreSQL database does all that a store must") {
    licet::test::Server& server = licet::test::shared_server();
    const auto store = licet::PostgresStore::open(server.uri(server.new_database()));
    REQUIRE_MESSAGE(store, store.error().message());
    check_conformance(*store.value());
}
