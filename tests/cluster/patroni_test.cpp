// The store on three nodes of PostgreSQL under Patroni.

#include <doctest/doctest.h>

#include <licet/operations/operations.hpp>
#include <licet/store/postgres.hpp>

#include "cluster/cluster.hpp"
#include "cluster/failover.hpp"

using namespace licet;
using namespace licet::test;

TEST_CASE("primaries killed under load cost nothing where they replicate synchronously") {
    Cluster cluster("patroni.sh");
    // The last one has commits that it could replicate to nobody: what becomes of them is unknown.
    const Failover seen = fail_over(cluster, "hold");
    CHECK(seen.ledger.unsettled.empty());
    CHECK(seen.differences == Differences());
    CHECK(seen.ledger.wrong == std::vector<std::string>());
}

TEST_CASE("a primary that replicates asynchronously takes with it what it acknowledged last") {
    Cluster cluster("patroni.sh", {"REPLICATION=async"});
    std::string careless = cluster.config();
    const std::string consent = R"(,"allow_async":true)";
    REQUIRE(careless.find(consent) != std::string::npos);
    careless.erase(careless.find(consent), consent.size());
    const auto refused = licet::open_engine(careless);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::store_not_durable);

    const Failover seen = fail_over_behind(cluster);
    CHECK(seen.differences.lost_seats > 0);
}
