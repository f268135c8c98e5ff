// The views, asked as a person would ask them: with the sqlite3 program.

#include <licet/store/sqlite.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "support/temporary_folder.hpp"

using namespace licet;

namespace {

constexpr const char* tenant = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
constexpr const char* other_tenant = "11111111-2222-3333-4444-555555555555";

/// Rows as lines, columns joined by '|', NULL as nothing.
std::string ask(const std::string& path, const std::string& sql) {
    const std::string command = "sqlite3 -batch '" + path + "' \"" + sql + "\" 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string answer;
    std::array<char, 4096> piece{};
    while (const std::size_t size = fread(piece.data(), 1, piece.size(), pipe)) {
        answer.append(piece.data(), size);
    }
    CHECK(pclose(pipe) == 0);
    return answer;
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

Write pool(std::string_view of, std::string_view service_id, int number, int epoch) {
    return {"pool/" + std::string(of) + "/" + std::string(service_id),
            R"({"revision":1,"head":null,"value":{"tenant":)" + quoted(of) + R"(,"service_id":)" +
                quoted(service_id) + R"(,"number":)" + std::to_string(number) + R"(,"epoch":)" +
                std::to_string(epoch) +
                R"(,"holders":1,"contributions":[],"over_since":null,"changed_at":""}})"};
}

Write seat(std::string_view of, int pool_number, std::string_view user, int epoch,
           std::string_view usage_location = "null") {
    return {"seat/" + std::string(of) + "/" + std::to_string(pool_number) + "/" + std::string(user),
            R"({"since":"2026-02-01T00:00:00Z","sources":["direct",{"group":"g1"}],)"
            R"("usage_location":)" +
                std::string(usage_location) + R"(,"epoch":)" + std::to_string(epoch) + "}"};
}

/// A store in a file, with these records and some that are no JSON and none of the views'.
class Records {
public:
    explicit Records(std::vector<Write> writes) : path_(folder_.file("licet.db")) {
        for (const char* key : {"conformance/1/a", "offer", "offer0", "pool0", "seat/x", "event0",
                                "deal0", "idem/fabrikam/00", "meta/format"}) {
            writes.push_back({key, "not JSON"});
        }
        auto store = SqliteStore::open(path_);
        REQUIRE(store);
        store_ = std::move(store).value();
        REQUIRE(store_->commit({{}, std::move(writes)}));
    }

    std::string ask(const std::string& sql) const { return ::ask(path_, sql); }

private:
    TemporaryFolder folder_;
    std::string path_;
    std::unique_ptr<SqliteStore> store_;
};

constexpr const char* draft_f365 = R"({"publisher":"fabrikam","id":"f365","alias":"Fabrikam 365",
    "type":"dynamics365_dataverse_powerapps","plans":[
    {"id":"bronze","name":"Bronze \"first\"","visibility":"public","state":"live",
     "service_id":"fabrikam.f365.bronze","more_info_url":"https://fabrikam.example/bronze"},
    {"id":"silver","name":"Silber für alle","visibility":"private","state":"draft",
     "service_id":"fabrikam.f365.silver"}],
    "status":"publish_in_progress","phase":"certification","live_at":null})";

Write offer_f365() {
    return {
        "offer/fabrikam/f365",
        std::string(R"({"revision":7,"head":{"number":7,"at":"","hash":""},"value":{"draft":)") +
            draft_f365 + R"(,"live":{"publisher":"fabrikam","id":"f365","status":"live",
                "live_at":"2026-01-15T12:00:00Z","plans":[{"id":"bronze"}]},"due":null}})"};
}

Write offer_without_plans() {
    return {"offer/fabrikam/new-one",
            R"({"revision":1,"head":null,"value":{"draft":{"publisher":"fabrikam","id":"new-one",
            "alias":"New","type":"saas","plans":[],"status":"draft","phase":null,"live_at":null},
            "live":null,"due":null}})"};
}

Write deal() {
    return {"deal/fabrikam/d-1001",
            R"({"revision":3,"head":null,"value":{"publisher":"fabrikam","id":"d-1001",
            "kind":"isv_connect","offer":"f365","customer":{"company":"Contoso | Söhne",
            "country":"US","tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff"},
            "contract":{"type":"new","signed":"2026-01-10","start":"2026-02-01","end":"2027-01-31",
            "perpetual":false,"total_value":{"amount":"12000.00","currency":"USD"}},
            "state":"registered","customer_locked":true,"licenses":[
            {"plan":"bronze","service_id":"fabrikam.f365.bronze","quantity":30,
             "since":"2026-02-03T09:00:00Z","state":"active"},
            {"plan":"gold","service_id":"fabrikam.f365.gold","quantity":5,
             "since":"2026-03-01T00:00:00Z","state":"active"}]}})"};
}

Write draft_deal() {
    return {"deal/fabrikam/d-2",
            R"({"revision":1,"head":null,"value":{"publisher":"fabrikam","id":"d-2",
            "kind":"azure_ip_cosell","offer":null,"customer":{"company":"Tailspin"},
            "contract":{"perpetual":true},"state":"draft","licenses":[]}})"};
}

}  // namespace

TEST_CASE("licet_offers shows the draft's status and the live copy's") {
    const Records records({offer_f365(), offer_without_plans()});
    CHECK(records.ask("SELECT publisher, offer, alias, type, status, phase, live_status, live_at, "
                      "revision FROM licet_offers ORDER BY offer") ==
          "fabrikam|f365|Fabrikam 365|dynamics365_dataverse_powerapps|publish_in_progress|"
          "certification|live|2026-01-15T12:00:00Z|7\n"
          "fabrikam|new-one|New|saas|draft||||1\n");
}

TEST_CASE("licet_plans shows the plans of the drafts") {
    const Records records({offer_f365(), offer_without_plans()});
    CHECK(records.ask("SELECT publisher, offer, plan, name, visibility, state, service_id, "
                      "more_info_url FROM licet_plans ORDER BY plan") ==
          "fabrikam|f365|bronze|Bronze \"first\"|public|live|fabrikam.f365.bronze|"
          "https://fabrikam.example/bronze\n"
          "fabrikam|f365|silver|Silber für alle|private|draft|fabrikam.f365.silver|\n");
}

TEST_CASE("licet_deals shows one row a deal, licet_licenses one a line") {
    const Records records({deal(), draft_deal()});
    CHECK(records.ask("SELECT publisher, deal, kind, offer, company, tenant, state, start, "
                      "\\\"end\\\", total_value, currency, revision FROM licet_deals "
                      "ORDER BY deal") ==
          "fabrikam|d-1001|isv_connect|f365|Contoso | Söhne|6f9619ff-8b86-d011-b42d-00c04fc964ff|"
          "registered|2026-02-01|2027-01-31|12000.00|USD|3\n"
          "fabrikam|d-2|azure_ip_cosell||Tailspin||draft|||||1\n");
    CHECK(records.ask("SELECT * FROM licet_licenses ORDER BY plan") ==
          "fabrikam|d-1001|6f9619ff-8b86-d011-b42d-00c04fc964ff|bronze|fabrikam.f365.bronze|30|"
          "2026-02-03T09:00:00Z\n"
          "fabrikam|d-1001|6f9619ff-8b86-d011-b42d-00c04fc964ff|gold|fabrikam.f365.gold|5|"
          "2026-03-01T00:00:00Z\n");
}

TEST_CASE("licet_seats shows the seats of each pool's epoch, and of that pool alone") {
    const Records records({
        pool(tenant, "fabrikam.f365.bronze", 1, 2),
        pool(tenant, "fabrikam.f365.silver", 10, 1),
        pool(other_tenant, "fabrikam.f365.bronze", 1, 1),
        seat(tenant, 1, "ana@contoso.example", 2, R"("US")"),
        seat(tenant, 1, "gone", 1),
        seat(tenant, 10, "ben", 1),
        seat(tenant, 2, "no-pool", 1),
        seat(other_tenant, 1, "cy", 1),
    });
    const std::string sources = R"(["direct",{"group":"g1"}])";
    CHECK(records.ask("SELECT tenant, service_id, user, since, sources, usage_location "
                      "FROM licet_seats ORDER BY user") ==
          std::string(tenant) + "|fabrikam.f365.bronze|ana@contoso.example|2026-02-01T00:00:00Z|" +
              sources + "|US\n" + tenant + "|fabrikam.f365.silver|ben|2026-02-01T00:00:00Z|" +
              sources + "|\n" + other_tenant + "|fabrikam.f365.bronze|cy|2026-02-01T00:00:00Z|" +
              sources + "|\n");
}

TEST_CASE("licet_seats is right for any tenant and user that an id can be") {
    const Records records({
        pool("a", "p.o.x", 1, 1),
        pool("a.b", "p.o.x", 1, 1),
        pool("a-", "p.o.x", 11, 1),
        seat("a", 1, "1", 1),
        seat("a", 1, "@._-Z", 1),
        seat("a.b", 1, "1", 1),
        seat("a-", 11, "a", 1),
    });
    CHECK(records.ask("SELECT tenant, user FROM licet_seats ORDER BY tenant, user") ==
          "a|1\na|@._-Z\na-|a\na.b|1\n");
}

TEST_CASE("licet_events shows what happened, in the order of the streams") {
    const auto event = [](int number, const char* operation) {
        return Write{"event/fabrikam/offer/f365/0000000000000000000" + std::to_string(number),
                     R"({"stream":"offer/fabrikam/f365","number":)" + std::to_string(number) +
                         R"(,"at":"2026-01-01T00:00:00Z","command":"c1","operation":")" +
                         operation +
                         R"(","by":{"id":"ana","publisher":"fabrikam"},)"
                         R"("previous":"","digest":"","hash":"","details":{"after":{"n":1}}})"};
    };
    const Records records({event(2, "offers.update"), event(1, "offers.create")});
    CHECK(
        records.ask("SELECT stream, number, at, operation, \\\"by\\\", command, details "
                    "FROM licet_events ORDER BY stream, number") ==
        "offer/fabrikam/f365|1|2026-01-01T00:00:00Z|offers.create|ana|c1|{\"after\":{\"n\":1}}\n"
        "offer/fabrikam/f365|2|2026-01-01T00:00:00Z|offers.update|ana|c1|{\"after\":{\"n\":1}}\n");
}

TEST_CASE("every view of a store without such records is empty, whatever else is in it") {
    const Records records({});
    for (const char* view : {"licet_offers", "licet_plans", "licet_deals", "licet_licenses",
                             "licet_seats", "licet_events"}) {
        CAPTURE(view);
        CHECK(records.ask("SELECT * FROM " + std::string(view)).empty());
    }
}

TEST_CASE("no view walks through records of another kind") {
    const Records records({});
    for (const char* view : {"licet_offers", "licet_plans", "licet_deals", "licet_licenses",
                             "licet_seats", "licet_events"}) {
        CAPTURE(view);
        const std::string plan =
            records.ask("EXPLAIN QUERY PLAN SELECT * FROM " + std::string(view));
        CHECK(plan.find("SEARCH") != std::string::npos);
        CHECK(plan.find("SCAN licet") == std::string::npos);
        CHECK(plan.find("SCAN seat") == std::string::npos);
    }
}
