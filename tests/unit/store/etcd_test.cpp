// How the store reads what etcd answers, from a server that answers as a script says.

#include <licet/store/etcd.hpp>

#include <doctest/doctest.h>

#include "support/scripted_server.hpp"

using namespace licet;

namespace {

std::unique_ptr<EtcdStore> store_at(const ScriptedServer& server) {
    return EtcdStore::open({"http://" + server.address()}).value();
}

constexpr const char* full = R"({"message":"etcdserver: mvcc: database space exceeded","code":8})";

std::string txn(const std::string& rest) { return R"({"header":{"revision":"7"})" + rest + "}"; }

}  // namespace

TEST_CASE("an etcd store needs endpoints that are addresses, and a prefix") {
    CHECK(EtcdStore::open({}).error().code == Errc::url_syntax);
    const auto bad = EtcdStore::open({"http://a:secret@etcd:2379", "http://a:secret@etcd:x"});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code == Errc::url_syntax);
    CHECK(bad.error().detail == "endpoint 1");
    CHECK(EtcdStore::open({"http://etcd"}));
    for (const std::string& prefix : {std::string(), std::string("a b"), std::string(201, 'p')}) {
        EtcdOptions options;
        options.prefix = prefix;
        CHECK(EtcdStore::open({"http://etcd"}, options).error().code == Errc::store_key);
    }
}

TEST_CASE("a batch that filled etcd is told from one that it refused") {
    const Batch batch{{{"a", 0}}, {{"a", "1"}}};
    SUBCASE("what was expected still holds: it was refused") {
        const ScriptedServer server(
            {{.status = 429, .body = full}, {.body = txn(R"(,"succeeded":true)")}});
        CHECK(store_at(server)->commit(batch).error().code == Errc::store_full);
        REQUIRE(server.requests().size() == 2);
        CHECK(server.requests()[1].find(R"("success":[])") != std::string::npos);
    }
    SUBCASE("what was expected no longer holds") {
        const ScriptedServer server({{.status = 429, .body = full}, {.body = txn("")}});
        CHECK(store_at(server)->commit(batch).error().code == Errc::outcome_unknown);
    }
    SUBCASE("nothing was expected that would show it") {
        const ScriptedServer server({{.status = 429, .body = full}});
        const Batch blind{{{"b", 3}, {"c", 0}}, {{"a", "1"}, {"c", std::nullopt}}};
        CHECK(store_at(server)->commit(blind).error().code == Errc::outcome_unknown);
        CHECK(server.requests().size() == 1);
    }
}

TEST_CASE("an answer to a commit that makes no sense leaves unknown what became of it") {
    const ScriptedServer server({{.body = "{}"}, {.body = "{}"}});
    const auto store = store_at(server);
    CHECK(store->commit({{}, {{"a", "1"}}}).error().code == Errc::outcome_unknown);
    CHECK(store->commit({{{"a", 0}}, {}}).error().code == Errc::store_reply);
}

TEST_CASE("it takes what etcd takes of its own accord: 128 operations, and 1.5 MiB with a value") {
    const ScriptedServer server({});
    const Limits limits = store_at(server)->limits();
    CHECK(limits.writes_per_batch == 128);
    CHECK(limits.value_bytes == 1'572'864 - 2'048);  // beside its key and what is around both
    CHECK(limits.key_bytes == key_size_max);
}

TEST_CASE("a conflict in which nothing differs makes no sense") {
    const ScriptedServer server(
        {{.body = txn("")}, {.body = txn(R"(,"responses":[{"response_range":{}}])")}});
    const auto store = store_at(server);
    const Batch batch{{{"a", 0}}, {{"a", "1"}}};
    CHECK(store->commit(batch).error().code == Errc::store_reply);
    CHECK(store->commit(batch).error().code == Errc::store_reply);
}

TEST_CASE("a read that is answered for fewer keys than it has makes no sense") {
    const ScriptedServer server({{.body = txn(R"(,"responses":[{"response_range":{}}])")}});
    CHECK(store_at(server)->read({"a", "b"}).error().code == Errc::store_reply);
}

TEST_CASE("what was compacted under a read is read anew, a few times") {
    const Step compacted{.status = 400,
                         .body = R"({"message":"required revision has been compacted","code":11})"};
    const Step empty{.body = txn(R"(,"responses":[{"response_range":{}}])")};
    const ScriptedServer once({compacted, empty});
    CHECK(store_at(once)->read({"a"}));
    const ScriptedServer always(std::vector(9, compacted));
    CHECK(store_at(always)->read({"a"}).error().code == Errc::contended);
    CHECK(always.requests().size() == 4);
}
