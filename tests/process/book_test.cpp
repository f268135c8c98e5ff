// A large book, carried by the command line in front of someone who waits.

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include <licet/store/sqlite.hpp>

#include "cli/program.hpp"
#include "postgres/server.hpp"
#include "process/fabrikam.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;
using namespace licet::test;

namespace {

constexpr std::int64_t million = 1'000'000;

void write_book(const std::string& path) {
    sell_bronze(SqliteStore::open(path).value(), million);
    std::vector<UserId> users;
    users.reserve(million);
    for (std::int64_t i = 0; i < million; ++i) {
        users.push_back(UserId::parse("user-" + std::to_string(i)).value());
    }
    const auto engine = open_engine(SqliteStore::open(path).value());
    REQUIRE(engine->seats().assign({contoso(), bronze(), std::move(users), Mode::atomic, {}},
                                   customer()));
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a book of 1 M seats is copied from SQLite into PostgreSQL, with a bar on a terminal" *
          doctest::skip(!std::getenv("LICET_POSTGRES_BIN"))) {
    const TemporaryFolder folder;
    const std::string book = folder.file("book.db");
    write_book(book);
    Server& server = shared_server();
    const std::string database = server.new_database();
    const std::string uri = server.uri(database);

    const Desk desk;
    const std::string copy = LICET_PROGRAM " store copy '" + book + "' '" + uri + "'";
    const std::string shown = desk.run({"script", "-qec", copy, "/dev/null"}).out;
    CHECK(contains(shown, "\r\x1b[K[#"));
    CHECK(contains(shown, " records copied"));
    const std::string last = shown.substr(shown.rfind("\x1b[K") + 3);
    CAPTURE(last);
    CHECK(server.ask(database, "SELECT count(*) FROM licet_seats") == std::to_string(million));

    const Ran again = desk.licet({"store", "copy", book, uri});
    CHECK(again.status == 0);
    CHECK(again.err.empty());
    const std::string count = server.ask(database, "SELECT count(*) FROM licet");
    CHECK(last.starts_with(count + " records, " + count + " written, hash "));
    CHECK(again.out ==
          count + " records, 0 written, hash " + last.substr(last.rfind(' ') + 1, 64) + "\n");
}
