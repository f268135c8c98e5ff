// How late one process sees what another one did.

#include <doctest/doctest.h>

#include "process/fabrikam.hpp"
#include "process/places.hpp"
#include "process/processes.hpp"

using namespace licet;
using namespace licet::test;

namespace {

const UserId adele = UserId::parse("adele").value();

// What the process that looks has seen of Adele's seat.
constexpr std::int64_t at_first = 1;
constexpr std::int64_t at_once_after = 2;
constexpr std::int64_t just_before_the_limit = 4;
constexpr std::int64_t at_the_limit = 8;

struct Signals {
    Signal looked;
    Signal taken;
};

/// The moments at which she may use the plan, by an engine that looks again so late.
std::int64_t look(Place& place, Duration staleness_max, const Signals& signals) {
    const auto clock = std::make_shared<ManualClock>(in_the_contract());
    EngineOptions options;
    options.clock = clock;
    options.staleness_max = staleness_max;
    const auto engine = Engine::open(place.open(), options).value();
    const auto seen = [&](std::int64_t moment) {
        const auto decision =
            engine->seats().check(contoso().str(), bronze().str(), adele.str()).value();
        return is_licensed(decision) ? moment : 0;
    };
    std::int64_t moments = seen(at_first);
    signals.looked.give();
    if (!signals.taken.wait()) {
        return -1;
    }
    moments += seen(at_once_after);
    if (staleness_max > Duration(0)) {
        clock->advance(staleness_max - Duration(1));
        moments += seen(just_before_the_limit);
        clock->advance(Duration(1));
    }
    return moments + seen(at_the_limit);
}

/// Takes the seat away once the other process has looked.
std::int64_t take(Place& place, const Signals& signals) {
    const auto engine = open_engine(place.open());
    const bool looked = signals.looked.wait();
    const auto taken =
        engine->seats().unassign({contoso(), bronze(), {adele}, Mode::atomic}, customer());
    signals.taken.give();
    return looked && taken ? 1 : 0;
}

std::int64_t moments_seen(const PlaceKind& kind, Duration staleness_max) {
    const auto place = kind.make();
    sell_bronze(place->open(), 1);
    REQUIRE(open_engine(place->open())
                ->seats()
                .assign({contoso(), bronze(), {adele}, Mode::atomic, {}}, customer()));
    const Signals signals;
    const auto answers = at_once({[&] { return look(*place, staleness_max, signals); },
                                  [&] { return take(*place, signals); }});
    CHECK(answers[1] == 1);
    REQUIRE(answers[0].has_value());
    return *answers[0];
}

}  // namespace

TEST_CASE("a seat taken away in one process is refused in another when staleness_max has passed") {
    for (const PlaceKind& kind : place_kinds()) {
        if (!kind.is_for_processes) {
            continue;
        }
        CAPTURE(kind.name);
        CHECK(moments_seen(kind, Duration(0)) == at_first);
        for (const Duration staleness_max : {Duration(1), Duration(1'000), Duration(60'000)}) {
            CAPTURE(staleness_max.count());
            // Before that the old answer stands: what is refused is refused because time passed.
            CHECK(moments_seen(kind, staleness_max) ==
                  at_first + at_once_after + just_before_the_limit);
        }
    }
}
