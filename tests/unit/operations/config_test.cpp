// An engine as a JSON document asks for it.

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include <licet/operations/operations.hpp>

#include "support/temporary_folder.hpp"
#include "unit/operations/documents.hpp"
#include "unit/operations/world.hpp"

using licet::call;
using licet::Condition;
using licet::Engine;
using licet::Errc;
using licet::open_engine;

namespace {

/// The members beside a memory store.
std::string memory_with(const std::string& member) {
    return R"({"store":"memory",)" + member + "}";
}

std::unique_ptr<Engine> opened(const std::string& config) {
    auto engine = open_engine(config);
    REQUIRE_MESSAGE(engine, config);
    return std::move(engine).value();
}

/// "rule pointer" of each finding, one a line.
std::string refused(const std::string& config) {
    const auto engine = open_engine(config);
    if (engine) {
        return {};
    }
    CHECK(engine.error().code == Condition::invalid_argument);
    std::string told;
    for (const licet::Finding& finding : engine.error().findings) {
        told += told.empty() ? "" : "\n";
        told += licet::name_of(finding.rule) + (" " + finding.pointer);
    }
    return told;
}

std::string must(Engine& engine, std::string_view operation, const std::string& arguments) {
    auto answer = call(engine, operation, arguments);
    REQUIRE(answer);
    return std::move(answer).value();
}

std::string small_offer(std::string_view id) {
    return world::with_actor(
        R"("offer":{"publisher":"fabrikam","id":)" + world::quote(id) + R"(,"alias":"F"})",
        world::ana);
}

}  // namespace

TEST_CASE("a store is all that an engine needs to be told") {
    const auto engine = opened(R"({"store":"memory"})");
    CHECK(engine->policy() == licet::Policy());
    CHECK(call(*engine, "clock.advance", R"({"by_ms":1})").error().code == Errc::clock_not_manual);
    CHECK(refused("{}") == "missing_field /store");
    CHECK(refused(R"({"store":"mysql"})") == "unknown_word /store");
    CHECK(refused(R"({"store":null})") == "wrong_type /store");
}

TEST_CASE("a config that is no object, or no JSON, opens nothing") {
    CHECK(refused("") == "json_syntax ");
    CHECK(refused("null") == "wrong_type ");
    CHECK(refused(R"("memory")") == "wrong_type ");
    CHECK(refused(R"({"store":"memory","store":"memory"})") == "json_duplicate_key /store");
}

TEST_CASE("fields that are not known are errors, on every level") {
    CHECK(refused(memory_with(R"("cache":1)")) == "unknown_field /cache");
    CHECK(refused(memory_with(R"("clock":{"manual":"2026-01-01T00:00:00Z","zone":"UTC"})")) ==
          "unknown_field /clock/zone");
    CHECK(refused(memory_with(R"("ids":{"sequential":1,"prefix":"x"})")) ==
          "unknown_field /ids/prefix");
    CHECK(refused(memory_with(R"("policy":{"graces":30})")) == "unknown_field /policy/graces");
    CHECK(refused(memory_with(R"("policy":{"overage":{"percent":"1","of":2}})")) ==
          "unknown_field /policy/overage/of");
    CHECK(refused(memory_with(R"("faults":{"sede":1})")) == "unknown_field /faults/sede");
}

TEST_CASE("a field is of its type") {
    for (const char* field : {"clock", "ids", "staleness_max_ms", "exclusive", "timeout_ms",
                              "allow_async", "faults", "policy"}) {
        for (const char* value : {"null", "[]"}) {
            const std::string name(field);
            CHECK(refused(memory_with('"' + name + "\":" + value)) == "wrong_type /" + name);
        }
    }
    for (const char* field : {"path", "uri", "endpoints"}) {
        CHECK(refused(memory_with('"' + std::string(field) + "\":null"))
                  .starts_with("wrong_type /" + std::string(field)));
    }
}

TEST_CASE("an SQLite store has a file, and keeps what is in it") {
    const TemporaryFolder folder;
    CHECK(refused(R"({"store":"sqlite"})") == "missing_field /path");
    CHECK(refused(R"({"store":"sqlite","path":7})") == "wrong_type /path");
    CHECK(refused(R"({"store":"sqlite","path":""})") == "text_length /path");
    CHECK(refused(R"({"store":"sqlite","path":")" + std::string(4097, 'x') + "\"}") ==
          "text_length /path");
    CHECK(refused(memory_with(R"("path":"x.db")")) == "unknown_field /path");
    const std::string config =
        R"({"store":"sqlite","timeout_ms":1000,"path":")" + folder.file("licet.db") + "\"}";
    must(*opened(config), "offers.create", small_offer("f365"));
    CHECK(call(*opened(config), "offers.create", small_offer("f365")).error().code ==
          Errc::offer_exists);
    const auto nowhere =
        open_engine(R"({"store":"sqlite","path":")" + folder.file("no/folder.db") + "\"}");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == Condition::storage);
}

TEST_CASE("a store of servers is unsupported where it is left out of the build, else asks them") {
#ifdef LICET_ETCD
    constexpr Errc etcd = Errc::store_failed;
#else
    constexpr Errc etcd = Errc::unsupported_here;
#endif
#ifdef LICET_POSTGRES
    constexpr Errc postgresql = Errc::store_failed;
#else
    constexpr Errc postgresql = Errc::unsupported_here;
#endif
    const auto code = [](const char* config) { return open_engine(config).error().code; };
    CHECK(code(R"({"store":"etcd","endpoints":["http://127.0.0.1:1"],"timeout_ms":1,)"
               R"("prefix":"p/","tls":{"ca_file":"ca.pem"}})") == etcd);
    CHECK(code(R"({"store":"postgresql","uri":"postgresql://127.0.0.1:1/licet",)"
               R"("allow_async":true,"timeout_ms":1})") == postgresql);
}

TEST_CASE("an etcd store has endpoints, and nothing else has any") {
    CHECK(refused(R"({"store":"etcd"})") == "missing_field /endpoints");
    CHECK(refused(R"({"store":"etcd","endpoints":[]})") == "missing_field /endpoints");
    CHECK(refused(R"({"store":"etcd","endpoints":["http://x"],"prefix":""})") ==
          "text_length /prefix");
    CHECK(refused(R"({"store":"etcd","endpoints":["http://x"],"prefix":")" + std::string(201, 'p') +
                  "\"}") == "text_length /prefix");
    CHECK(refused(R"({"store":"etcd","endpoints":["http://x"],"tls":{"ca":"x"}})") ==
          "unknown_field /tls/ca");
    CHECK(refused(memory_with(R"("prefix":"p/")")) == "unknown_field /prefix");
    CHECK(refused(memory_with(R"("tls":{})")) == "unknown_field /tls");
    CHECK(refused(memory_with(R"("endpoints":["http://localhost"])")) ==
          "unknown_field /endpoints");
}

TEST_CASE("a PostgreSQL store has a URI, and nothing else has one") {
    CHECK(refused(R"({"store":"postgresql"})") == "missing_field /uri");
    CHECK(refused(R"({"store":"postgresql","uri":7})") == "wrong_type /uri");
    CHECK(refused(memory_with(R"("uri":"postgresql://localhost")")) == "unknown_field /uri");
    CHECK(refused(memory_with(R"("allow_async":true)")) == "unknown_field /allow_async");
}

TEST_CASE("a manual clock stands where it is put and moves when told") {
    const auto engine = opened(memory_with(R"("clock":{"manual":"2026-01-01T00:00:00Z"})"));
    CHECK(must(*engine, "clock.advance", R"({"by_ms":0})") == R"({"now":"2026-01-01T00:00:00Z"})");
    CHECK(must(*engine, "clock.advance", R"({"to":"2026-01-02T00:00:00Z"})") ==
          R"({"now":"2026-01-02T00:00:00Z"})");
    CHECK(refused(memory_with(R"("clock":{})")) == "missing_field /clock/manual");
    CHECK(refused(memory_with(R"("clock":{"manual":"2026-01-01"})")) ==
          "timestamp_syntax /clock/manual");
}

TEST_CASE("sequential ids begin where they are told to") {
    const std::string deal =
        world::with_actor(R"("draft":true,"deal":{"publisher":"fabrikam"})", world::ana);
    const auto id_made_by = [&](const std::string& ids) {
        const auto engine = opened(memory_with(R"("ids":)" + ids));
        return world::value_at(must(*engine, "deals.register", deal), "/deal/id");
    };
    CHECK(id_made_by(R"({"sequential":1})") == "deal-1");
    CHECK(id_made_by(R"({"sequential":41})") == "deal-41");
    CHECK(refused(memory_with(R"("ids":{})")) == "missing_field /ids/sequential");
    CHECK(refused(memory_with(R"("ids":{"sequential":-1})")) ==
          "number_out_of_range /ids/sequential");
}

TEST_CASE("waiting and staleness are spans of time that are not negative") {
    CHECK(refused(memory_with(R"("staleness_max_ms":0,"exclusive":true)")).empty());
    CHECK(refused(memory_with(R"("staleness_max_ms":-1)")) ==
          "number_out_of_range /staleness_max_ms");
    CHECK(refused(memory_with(R"("staleness_max_ms":0.5)")) == "not_an_integer /staleness_max_ms");
    CHECK(refused(memory_with(R"("timeout_ms":0)")).empty());
    CHECK(refused(memory_with(R"("timeout_ms":3600000)")).empty());
    CHECK(refused(memory_with(R"("timeout_ms":3600001)")) == "number_out_of_range /timeout_ms");
    CHECK(refused(memory_with(R"("timeout_ms":-1)")) == "number_out_of_range /timeout_ms");
}

TEST_CASE("a policy is a preset's name or what differs from the defaults") {
    CHECK(opened(memory_with(R"("policy":"microsoft365")"))->policy() ==
          licet::Policy::microsoft365());
    CHECK(refused(memory_with(R"("policy":"office")")) == "unknown_word /policy");
    CHECK(opened(memory_with(R"("policy":{})"))->policy() == licet::Policy());

    const auto engine = opened(memory_with(
        R"("policy":{"overage":{"percent":"12.5"},"lowering":"unassign_newest",)"
        R"("require_usage_location":true,"alias_immutable":false,"go_live_delay_ms":0,)"
        R"("invite_ttl_days":7,"grace_days":0,"suspended_days":1,"over_assigned_days":2,)"
        R"("quantity_max":500,"invite_link_base":"https://fabrikam.example/join",)"
        R"("usd_rates":{"EUR":"1.10"}})"));
    licet::Policy expected;
    expected.overage = {licet::Overage::Kind::percent, licet::Decimal::parse("12.5").value()};
    expected.lowering = licet::Lowering::unassign_newest;
    expected.require_usage_location = true;
    expected.alias_immutable = false;
    expected.go_live_delay = licet::Duration(0);
    expected.invite_ttl_days = 7;
    expected.grace_days = 0;
    expected.suspended_days = 1;
    expected.over_assigned_days = 2;
    expected.quantity_max = 500;
    expected.invite_link_base = "https://fabrikam.example/join";
    expected.usd_rates = {{"EUR", licet::Decimal::parse("1.10").value()}};
    CHECK(engine->policy() == expected);
}

TEST_CASE("a policy keeps to its limits") {
    const auto policy = [](const std::string& member) {
        return refused(memory_with(R"("policy":{)" + member + "}"));
    };
    for (const char* name :
         {"invite_ttl_days", "grace_days", "suspended_days", "over_assigned_days"}) {
        const std::string field = '"' + std::string(name) + "\":";
        const std::string found = "number_out_of_range /policy/" + std::string(name);
        CHECK(policy(field + "0").empty());
        CHECK(policy(field + "36500").empty());
        CHECK(policy(field + "-1") == found);
        CHECK(policy(field + "36501") == found);
    }
    CHECK(policy(R"("quantity_max":1)").empty());
    CHECK(policy(R"("quantity_max":1000000)").empty());
    CHECK(policy(R"("quantity_max":0)") == "number_out_of_range /policy/quantity_max");
    CHECK(policy(R"("quantity_max":1000001)") == "number_out_of_range /policy/quantity_max");
    CHECK(policy(R"("go_live_delay_ms":-1)") == "number_out_of_range /policy/go_live_delay_ms");
    CHECK(policy(R"("invite_link_base":"")") == "text_length /policy/invite_link_base");
    CHECK(policy(R"("overage":"none")").empty());
    CHECK(policy(R"("overage":"always")").empty());
    CHECK(policy(R"("overage":"percent")") == "unknown_word /policy/overage");
    CHECK(policy(R"("overage":12.5)") == "wrong_type /policy/overage");
    CHECK(policy(R"("overage":{"percent":12.5})") == "wrong_type /policy/overage/percent");
    CHECK(policy(R"("overage":{"percent":"-1"})") == "decimal_syntax /policy/overage/percent");
    CHECK(policy(R"("overage":{})") == "missing_field /policy/overage/percent");
    CHECK(policy(R"("lowering":"drop")") == "unknown_word /policy/lowering");
    CHECK(policy(R"("usd_rates":{"euro":"1"})") == "currency_syntax /policy/usd_rates/euro");
    CHECK(policy(R"("usd_rates":{"EUR":1.1})") == "wrong_type /policy/usd_rates/EUR");
}

TEST_CASE("faults come on demand, in a memory store only") {
    for (const char* name :
         {"read_fails", "commit_fails", "conflicts", "unknown_lost", "unknown_done"}) {
        const std::string field = R"("faults":{"seed":1,")" + std::string(name) + "\":";
        const std::string found = "number_out_of_range /faults/" + std::string(name);
        CHECK(refused(memory_with(field + "0}")).empty());
        CHECK(refused(memory_with(field + "-1}")) == found);
        CHECK(refused(memory_with(field + "1001}")) == found);
    }
    const TemporaryFolder folder;
    CHECK(refused(R"({"store":"sqlite","faults":{},"path":")" + folder.file("f.db") + "\"}") ==
          "unknown_field /faults");
    const auto broken = open_engine(memory_with(R"("faults":{"read_fails":1000})"));
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == Errc::store_failed);
    const auto engine = opened(memory_with(
        R"("faults":{"seed":3,"conflicts":200,"unknown_lost":100,"unknown_done":100})"));
    for (int i = 100; i < 120; ++i) {
        must(*engine, "offers.create", small_offer("offer-" + std::to_string(i)));
    }
}
