#include "cluster/failover.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include <licet/operations/operations.hpp>

#include "process/fabrikam.hpp"

namespace licet::test {
namespace {

constexpr std::size_t enough = 100;  // acknowledgements, to say that it works

std::unique_ptr<Engine> open(const Cluster& cluster, const std::string& members) {
    auto engine = licet::open_engine(cluster.config(members));
    REQUIRE_MESSAGE(engine, engine.error().message());
    return std::move(engine).value();
}

std::unique_ptr<Engine> open_for_seats(const Cluster& cluster) {
    return open(cluster, R"("clock":{"manual":"2026-03-01T09:00:00Z"})");
}

void sell_plans(const Cluster& cluster) {
    const auto engine = open(cluster, R"("clock":{"manual":"2026-02-01T09:00:00Z"},)"
                                      R"("policy":{"go_live_delay_ms":0})");
    sell(*engine, {{bronze().plan(), 1'000'000, false}, {silver().plan(), 50, false}});
}

Failover end(const Cluster& cluster, Load& load) {
    Failover seen{load.stop(), {}};
    seen.differences = differences(*open_for_seats(cluster), seen.ledger);
    std::cout << seen.ledger.acknowledged << " acknowledged, " << seen.ledger.failed << " failed, "
              << seen.ledger.unknown << " unknown for a while, " << seen.ledger.unsettled.size()
              << " for ever; longest gap " << seen.ledger.longest_gap.count() << " ms; "
              << seen.differences.lost_seats << " seats lost\n";
    return seen;
}

}  // namespace

Failover fail_over(Cluster& cluster, const std::string& before_last) {
    const char* kills_wanted = std::getenv("LICET_KILLS");
    const int kills = kills_wanted ? std::stoi(kills_wanted) : 3;
    sell_plans(cluster);
    const auto engine = open_for_seats(cluster);
    Load load(*engine, {bronze(), silver()});
    for (int kill = 0; kill < kills; ++kill) {
        REQUIRE(load.await_acknowledged(enough));
        if (kill == kills - 1 && !before_last.empty()) {
            cluster.obey(before_last);
        }
        cluster.obey("kill_leader");
        REQUIRE(load.await_acknowledged(enough));
        cluster.obey("revive");
    }
    REQUIRE(load.await_acknowledged(enough));
    return end(cluster, load);
}

Failover fail_over_behind(Cluster& cluster) {
    sell_plans(cluster);
    const auto engine = open_for_seats(cluster);
    Load load(*engine, {bronze(), silver()});
    REQUIRE(load.await_acknowledged(enough));
    cluster.obey("hold");
    REQUIRE(load.await_acknowledged(enough));
    cluster.obey("kill_leader");
    REQUIRE(load.await_acknowledged(enough));
    return end(cluster, load);
}

}  // namespace licet::test
