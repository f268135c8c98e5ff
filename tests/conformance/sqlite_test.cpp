#include <licet/store/sqlite.hpp>

#include "conformance/conformance_checks.hpp"
#include "support/temporary_folder.hpp"

TEST_CASE("the store in an SQLite file does all that a store must") {
    const TemporaryFolder folder;
    const auto store = licet::SqliteStore::open(folder.file("licet.db"));
    REQUIRE(store);
    check_conformance(*store.value());
}
