// The store on three nodes of etcd.

#include <licet/store/etcd.hpp>

#include <doctest/doctest.h>

#include "cluster/cluster.hpp"
#include "cluster/failover.hpp"
#include "conformance/conformance_checks.hpp"

using namespace licet;
using namespace licet::test;

namespace {

std::vector<std::string> endpoints_of(const Cluster& cluster) {
    const std::string config = cluster.config();
    std::vector<std::string> endpoints;
    for (auto at = config.find("http://"); at != std::string::npos;
         at = config.find("http://", at + 1)) {
        endpoints.push_back(config.substr(at, config.find('"', at) - at));
    }
    return endpoints;
}

std::unique_ptr<EtcdStore> store_on(const Cluster& cluster) {
    return EtcdStore::open(endpoints_of(cluster)).value();
}

std::vector<Write> large_records(std::size_t count, std::size_t size) {
    std::vector<Write> writes;
    for (std::size_t i = 0; i < count; ++i) {
        writes.push_back({"large/" + std::to_string(100 + i), std::string(size, 'x')});
    }
    return writes;
}

}  // namespace

TEST_CASE("three nodes of etcd") {
    Cluster cluster("etcd.sh");

    SUBCASE("the store does all that a store must") { check_conformance(*store_on(cluster)); }

    SUBCASE("the store takes a batch of as many bytes as it says, and of no more") {
        const auto store = store_on(cluster);
        const std::size_t size = store->limits().batch_bytes;
        Batch batch;
        for (std::size_t i = 0; i < store->limits().writes_per_batch; ++i) {
            const std::string key = std::string(397, 'k') + std::to_string(100 + i);
            batch.expectations.push_back({key, 0});
            batch.writes.push_back({key, ""});
        }
        batch.writes[0].text->assign(size - size_of(batch), 'x');
        CHECK(size_of(batch) == size);
        batch.writes[0].text->push_back('x');
        CHECK(store->commit(batch).error().code == Errc::batch_too_large);
        batch.writes[0].text->pop_back();
        CHECK(store->commit(batch));
    }

    SUBCASE("what is too long for one answer is read and scanned in pieces") {
        const auto store = store_on(cluster);
        std::vector<std::string> keys;
        for (const Write& write : large_records(6, 1'200'000)) {
            REQUIRE(store->commit({{}, {write}}));
            keys.push_back(write.key);
        }
        const auto values = store->read(keys);
        REQUIRE(values);
        for (const auto& value : values.value()) {
            CHECK((value && value->text.size() == 1'200'000));
        }
        std::size_t seen = 0;
        for (std::optional<std::string> from = "large/"; from;) {
            const auto page = store->scan(*from, prefix_end("large/"), 1000);
            REQUIRE(page);
            seen += page.value().records.size();
            from = page.value().next;
        }
        CHECK(seen == 6);
    }

    SUBCASE("a read of more keys than a transaction takes is one view") {
        const auto store = store_on(cluster);
        const auto writes = large_records(128, 1);
        REQUIRE(store->commit({{}, writes}));
        std::vector<std::string> keys{"none"};
        for (const Write& write : writes) {
            keys.push_back(write.key);
        }
        const auto values = store->read(keys);
        REQUIRE(values);
        REQUIRE(values.value().size() == 129);
        CHECK_FALSE(values.value()[0]);
        CHECK(values.value()[128]);
    }

    SUBCASE("two stores with prefixes of their own do not see each other") {
        EtcdOptions other;
        other.prefix = "licet.other/";
        const auto mine = store_on(cluster);
        const auto theirs = EtcdStore::open(endpoints_of(cluster), other).value();
        REQUIRE(theirs->commit({{{"a", 0}}, {{"a", "theirs"}}}));
        REQUIRE(mine->commit({{{"a", 0}}, {{"a", "mine"}}}));
        CHECK(theirs->read({"a"}).value()[0]->text == "theirs");
        CHECK(mine->scan("", "", 9).value().records.size() == 1);
    }

    SUBCASE("leaders killed under load cost nothing that was acknowledged") {
        const Failover seen = fail_over(cluster, 3);
        CHECK(seen.differences == Differences());
        CHECK(seen.ledger.wrong == std::vector<std::string>());
    }
}
