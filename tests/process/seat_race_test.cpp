#include <doctest/doctest.h>

#include <string>

#include "process/fabrikam.hpp"
#include "process/processes.hpp"
#include "support/temporary_folder.hpp"

using namespace licet;
using namespace licet::test;

namespace {

constexpr std::int64_t licenses = 100;

/// Gives seats to one new user after another until no licence is left; how many got one.
std::int64_t assign_until_empty(const std::string& path, const std::string& prefix) {
    const auto engine = open_engine(path);
    for (std::int64_t given = 0; given <= licenses; ++given) {
        const UserId user = UserId::parse(prefix + std::to_string(given)).value();
        const auto answer =
            engine->seats().assign({contoso(), bronze(), {user}, Mode::atomic, {}}, customer());
        if (!answer) {
            return answer.error().code == Errc::no_free_license ? given : -1;
        }
    }
    return -1;
}

}  // namespace

TEST_CASE("two processes that empty one pool of 100 give exactly 100 seats") {
    const TemporaryFolder folder;
    const std::string path = folder.file("race.db");
    sell_bronze(path, licenses);

    const auto given = at_once({[&] { return assign_until_empty(path, "ada-"); },
                                [&] { return assign_until_empty(path, "bob-"); }});
    REQUIRE(given[0].has_value());
    REQUIRE(given[1].has_value());
    CHECK(*given[0] >= 0);
    CHECK(*given[1] >= 0);
    CHECK(*given[0] + *given[1] == licenses);

    const auto engine = open_engine(path);
    CHECK(engine->seats().get_pool({contoso(), bronze()}, customer()).value().pool.consumed ==
          licenses);
    const auto seats =
        engine->seats().list_seats({contoso(), bronze(), {.limit = 1000, .after = {}}}, customer());
    CHECK(seats.value().items.size() == licenses);
    const auto verified =
        engine->history().verify({"pool/" + contoso().str() + "/" + bronze().str()}, customer());
    CHECK(verified.value().ok);
    CHECK(verified.value().count == licenses + 1);
}
