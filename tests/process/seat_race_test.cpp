// More claims than licences, at once: by threads of one engine, by engines on one store, by
// processes.

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "process/fabrikam.hpp"
#include "process/places.hpp"
#include "process/processes.hpp"

using namespace licet;
using namespace licet::test;

namespace {

constexpr std::int64_t licenses = 100;
constexpr std::int64_t claims = 140;
constexpr std::int64_t claimants = 4;

/// Claims a seat for each of the users that are this claimant's; how many got one, or -1 where one
/// of them got neither a seat nor the answer that none is left.
std::int64_t claim(Engine& engine, std::int64_t claimant) {
    std::int64_t won = 0;
    for (std::int64_t number = claimant; number < claims; number += claimants) {
        const UserId user = UserId::parse("user-" + std::to_string(number)).value();
        const AssignSeats command{contoso(), bronze(), {user}, Mode::atomic, {}};
        auto answer = engine.seats().assign(command, customer());
        while (!answer && answer.error().code == Errc::contended) {
            answer = engine.seats().assign(command, customer());
        }
        if (!answer && answer.error().code != Errc::no_free_license) {
            return -1;
        }
        won += answer ? 1 : 0;
    }
    return won;
}

void check_all_given(Place& place) {
    const auto engine = open_engine(place.open());
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

/// Each claimant is a thread; so many engines share the store.
std::int64_t won_by_threads(Place& place, std::size_t engine_count) {
    std::vector<std::unique_ptr<Engine>> engines;
    while (engines.size() < engine_count) {
        engines.push_back(open_engine(place.open()));
    }
    std::atomic<std::int64_t> won{0};
    std::vector<std::thread> threads;
    for (std::int64_t claimant = 0; claimant < claimants; ++claimant) {
        Engine& engine = *engines[static_cast<std::size_t>(claimant) % engine_count];
        threads.emplace_back([&won, &engine, claimant] { won += claim(engine, claimant); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return won;
}

std::int64_t won_by_processes(Place& place) {
    std::vector<std::function<std::int64_t()>> works;
    for (std::int64_t claimant = 0; claimant < claimants; ++claimant) {
        works.emplace_back(
            [&place, claimant] { return claim(*open_engine(place.open()), claimant); });
    }
    std::int64_t won = 0;
    for (const auto& answer : at_once(works)) {
        REQUIRE(answer.has_value());
        won += *answer;
    }
    return won;
}

}  // namespace

TEST_CASE("of more claims than a hundred licences a hundred win, wherever they come from") {
    for (const PlaceKind& kind : place_kinds()) {
        CAPTURE(kind.name);
        for (const std::size_t engines : {std::size_t{1}, std::size_t{2}}) {
            CAPTURE(engines);
            const auto place = kind.make();
            sell_bronze(place->open(), licenses);
            CHECK(won_by_threads(*place, engines) == licenses);
            check_all_given(*place);
        }
        if (kind.is_for_processes) {
            const auto place = kind.make();
            sell_bronze(place->open(), licenses);
            CHECK(won_by_processes(*place) == licenses);
            check_all_given(*place);
        }
    }
}
