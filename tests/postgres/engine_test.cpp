// Engines over PostgreSQL: what a call costs in round trips, and what becomes of every operation
// and of a move when something befalls one of its requests.

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <licet/engine/engine.hpp>

#include "postgres/opened.hpp"
#include "support/faulty_calls.hpp"
#include "support/faulty_moves.hpp"
#include "unit/operations/documents.hpp"

using namespace licet;
using namespace licet::test;
using ::world::World;

namespace {

/// A database of the shared server.
Site new_site() {
    return {shared_server().port(),
            [database = shared_server().new_database()](int port, Patience patience) {
                return open(shared_server().uri(database, port), {.timeout = patience});
            }};
}

}  // namespace

TEST_CASE("an assign costs a round trip, two after one that found seats there, and a check none") {
    World made;
    Behind behind(new_site());
    fill(behind.witness(), made.records());
    const auto engine = engine_on(behind.open(patient), made);
    const auto trips_of = [&](std::string_view operation, const std::string& arguments) {
        const int before = behind.proxy.round_trips();
        const auto answer = licet::call(*engine, operation, arguments);
        CHECK_MESSAGE(answer, ::world::why(answer));
        return behind.proxy.round_trips() - before;
    };
    const auto assign = [](const std::string& user) {
        return ::world::with_actor(::world::tenant() +
                                       R"(,"service_id":"fabrikam.f365.bronze",)"
                                       R"("users":[")" +
                                       user + R"("])",
                                   ::world::liv);
    };
    const std::string check =
        "{" + ::world::tenant() + R"(,"service_id":"fabrikam.f365.bronze","user":"adele"})";
    trips_of("seats.assign", assign("first"));  // which also learns the pool's number
    trips_of("check", check);
    CHECK(trips_of("seats.assign", assign("second")) == 1);
    // A commit in vain, the question which key it was, and a read.
    CHECK(trips_of("seats.assign", assign("second")) == 3);
    CHECK(trips_of("seats.assign", assign("third")) == 2);
    CHECK(trips_of("seats.assign", assign("fourth")) == 1);
    CHECK(trips_of("check", check) == 0);
}

TEST_CASE("whatever befalls a request of whatever operation, it is done once or it says so") {
    check_every_call(12, new_site);
}

TEST_CASE("a book in a file is imported wherever it was cut, goes on there, and comes back") {
    check_imports(1'200, new_site());
}

TEST_CASE("an export that PostgreSQL breaks off goes on behind the last line that came") {
    check_exports(1'200, new_site());
}

TEST_CASE("two engines on one database that give seats at once give as many as there are") {
    constexpr int free = 4;  // of Contoso's six of bronze
    World made;
    const std::string database = shared_server().new_database();
    fill(*open(shared_server().uri(database)), made.records());
    std::atomic<int> given = 0;
    std::atomic<int> refused = 0;
    {
        std::vector<std::unique_ptr<Engine>> engines;
        std::vector<std::jthread> threads;
        for (int side = 0; side < 2; ++side) {
            engines.push_back(engine_on(open(shared_server().uri(database)), made));
        }
        for (int claim = 0; claim < 2 * free; ++claim) {
            threads.emplace_back([&, claim] {
                const auto answer =
                    licet::call(*engines[static_cast<std::size_t>(claim % 2)], "seats.assign",
                                ::world::with_actor(::world::tenant() +
                                                        R"(,"service_id":"fabrikam.f365.bronze",)"
                                                        R"("users":["claim-)" +
                                                        std::to_string(claim) + R"("])",
                                                    ::world::liv));
                given += answer ? 1 : 0;
                refused += !answer && answer.error().code == Errc::no_free_license ? 1 : 0;
            });
        }
    }
    CHECK(given == free);
    CHECK(refused == free);
}
