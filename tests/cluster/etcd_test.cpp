// The store on three nodes of etcd.

#include <licet/store/etcd.hpp>

#include <doctest/doctest.h>

#include <licet/operations/operations.hpp>

#include "cluster/cluster.hpp"
#include "cluster/failover.hpp"
#include "conformance/conformance_checks.hpp"
#include "store/etcd_client.hpp"

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

std::string with_authority(std::string config, const std::string& file) {
    const auto begin = config.find("ca_file") + 10;
    return config.replace(begin, config.find('"', begin) - begin, file);
}

std::string without_certificate(std::string config) {
    const auto begin = config.find(R"(,"cert_file")");
    return config.erase(begin, config.find('}', begin) - begin);
}

std::vector<Write> large_records(std::size_t count, std::size_t size) {
    std::vector<Write> writes;
    for (std::size_t i = 0; i < count; ++i) {
        writes.push_back({"large/" + std::to_string(100 + i), std::string(size, 'x')});
    }
    return writes;
}

}  // namespace

TEST_CASE("the store on three nodes of etcd does all that a store must") {
    const Cluster cluster("etcd.sh");
    check_conformance(*store_on(cluster));
}

TEST_CASE("etcd takes the longest value with the longest key, and no batch of more than 1.5 MiB") {
    const Cluster cluster("etcd.sh");
    EtcdOptions options;
    options.prefix = std::string(200, 'p');
    const auto store = EtcdStore::open(endpoints_of(cluster), options).value();
    const std::string key(400, 'k');
    const std::string text(store->limits().value_bytes, 'x');
    CHECK(store->commit({{{key, 0}}, {{key, text}}}));
    const auto refused = store->commit({{}, {{"a", text}, {"b", std::string(2048, 'x')}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::batch_too_large);
    CHECK_FALSE(store->read({"a"}).value()[0]);
}

TEST_CASE("what is too long for one answer of etcd is read and scanned in pieces") {
    const Cluster cluster("etcd.sh");
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

TEST_CASE("a read of more keys than one transaction of etcd takes answers them all") {
    const Cluster cluster("etcd.sh");
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

TEST_CASE("stores with prefixes of their own share an etcd and do not see each other") {
    const Cluster cluster("etcd.sh");
    EtcdOptions other;
    other.prefix = "licet.other/";
    const auto mine = store_on(cluster);
    const auto theirs = EtcdStore::open(endpoints_of(cluster), other).value();
    REQUIRE(theirs->commit({{{"a", 0}}, {{"a", "theirs"}}}));
    REQUIRE(mine->commit({{{"a", 0}}, {{"a", "mine"}}}));
    CHECK(theirs->read({"a"}).value()[0]->text == "theirs");
    CHECK(mine->scan("", "", 9).value().records.size() == 1);
}

TEST_CASE("an etcd without room says so, has written nothing, and gives back what it has") {
    const Cluster cluster("etcd.sh", {"ETCD_QUOTA_BACKEND_BYTES=16777216"});
    const auto store = store_on(cluster);
    std::vector<std::string> kept;
    std::string refused;
    for (const Write& write : large_records(32, 1'000'000)) {
        const auto stamp = store->commit({{{write.key, 0}}, {write}});
        // etcd says that it is full of the batch that fills it, too, and has written that one.
        const bool has_filled = !stamp && stamp.error().code == Errc::outcome_unknown;
        if (!stamp && !has_filled) {
            CHECK(stamp.error().code == Errc::store_full);
            refused = write.key;
            break;
        }
        kept.push_back(write.key);
    }
    REQUIRE_FALSE(refused.empty());
    CHECK_FALSE(store->read({refused}).value()[0]);
    const auto values = store->read(kept);
    REQUIRE(values);
    for (const auto& value : values.value()) {
        CHECK(value);
    }
    CHECK(store->commit({{}, {{kept[0], std::nullopt}}}));
}

TEST_CASE("an etcd that knows its users takes the right one") {
    const Cluster cluster("etcd.sh");
    const std::string endpoint = endpoints_of(cluster)[0];
    etcd::Client open({etcd::endpoint_of(endpoint).value()}, std::chrono::seconds(20), {});
    for (const auto& [path, body] :
         {std::pair{"/v3/auth/user/add", R"({"name":"root","password":"right one"})"},
          {"/v3/auth/role/add", R"({"name":"root"})"},
          {"/v3/auth/user/grant", R"({"user":"root","role":"root"})"},
          {"/v3/auth/enable", "{}"}}) {
        REQUIRE(open.ask(path, body, etcd::Again::harmful));
    }
    const auto commit_as = [&](const std::string& user) {
        const auto store = EtcdStore::open({"http://" + user + endpoint.substr(7)}).value();
        const auto stamp = store->commit({{}, {{"a", "1"}}});
        return stamp ? std::error_code() : stamp.error().code;
    };
    CHECK(commit_as("root:right%20one@") == std::error_code());
    CHECK(commit_as("root:wrong@") == Errc::store_failed);
    CHECK(commit_as("") == Errc::store_failed);
}

TEST_CASE("an etcd behind TLS is used by who trusts its authority and has a certificate of it") {
    const Cluster cluster("etcd.sh", {"TLS=yes"});
    const auto store = open_store(cluster.config()).value();
    const auto stamp = store->commit({{{"a", 0}}, {{"a", "1"}}});
    REQUIRE_MESSAGE(stamp, stamp.error().message());

    const TemporaryFolder folder;
    const std::string stranger = folder.file("stranger.pem");
    REQUIRE(Program({"/usr/bin/openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj",
                     "/CN=authority", "-keyout", folder.file("key"), "-out", stranger})
                .succeeded());
    const auto overwrite = [](const std::string& config) {
        const auto done = open_store(config).value()->commit({{}, {{"a", "2"}}});
        return done ? std::error_code() : done.error().code;
    };
    const std::string right = cluster.config(R"("timeout_ms":500)");
    CHECK(overwrite(with_authority(right, stranger)) == Errc::store_failed);
    CHECK(overwrite(with_authority(right, folder.file("none"))) == Errc::store_failed);
    // A server refuses who has none after the handshake, when the request may be on its way.
    const std::error_code refused = overwrite(without_certificate(right));
    CHECK((refused == Errc::store_failed || refused == Errc::outcome_unknown));
    CHECK(store->read({"a"}).value()[0]->text == "1");
    CHECK(overwrite(right) == std::error_code());
}

TEST_CASE("leaders of etcd killed under load cost nothing that was acknowledged") {
    Cluster cluster("etcd.sh");
    const Failover seen = fail_over(cluster);
    CHECK(seen.ledger.unsettled.empty());
    CHECK(seen.differences == Differences());
    CHECK(seen.ledger.wrong == std::vector<std::string>());
}
