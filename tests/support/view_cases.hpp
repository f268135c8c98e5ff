#pragma once

/// \file
/// Records as the engine writes them, and the rows that each view of them is to have, in whatever
/// database it stands.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

namespace licet::test {

struct ViewCase {
    const char* name;
    const char* view;
    std::vector<Write> records;
    std::vector<std::string> rows;  ///< In byte order; columns joined by '|', NULL as nothing.
};

inline constexpr const char* all_views[] = {"licet_offers",   "licet_plans", "licet_deals",
                                            "licet_licenses", "licet_seats", "licet_events"};

/// No JSON, and beside the records of every view.
inline std::vector<Write> records_of_no_view() {
    std::vector<Write> records;
    for (const char* key : {"conformance/1/a", "offer", "offer0", "pool0", "seat/x", "event0",
                            "deal0", "idem/fabrikam/00", "meta/format"}) {
        records.push_back({key, "not JSON"});
    }
    return records;
}

namespace views {

inline constexpr const char* tenant = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
inline constexpr const char* other_tenant = "11111111-2222-3333-4444-555555555555";

inline std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

inline Write pool(std::string_view of, std::string_view service_id, int number, int epoch) {
    return {"pool/" + std::string(of) + "/" + std::string(service_id),
            R"({"revision":1,"head":null,"value":{"tenant":)" + quoted(of) + R"(,"service_id":)" +
                quoted(service_id) + R"(,"number":)" + std::to_string(number) + R"(,"epoch":)" +
                std::to_string(epoch) +
                R"(,"holders":1,"contributions":[],"over_since":null,"changed_at":""}})"};
}

inline Write seat(std::string_view of, int pool_number, std::string_view user, int epoch,
                  std::string_view usage_location = "null") {
    return {"seat/" + std::string(of) + "/" + std::to_string(pool_number) + "/" + std::string(user),
            R"({"since":"2026-02-01T00:00:00Z","sources":["direct",{"group":"g1"}],)"
            R"("usage_location":)" +
                std::string(usage_location) + R"(,"epoch":)" + std::to_string(epoch) + "}"};
}

inline constexpr const char* draft_f365 =
    R"({"publisher":"fabrikam","id":"f365","alias":"Fabrikam 365",
    "type":"dynamics365_dataverse_powerapps","plans":[
    {"id":"bronze","name":"Bronze \"first\"","visibility":"public","state":"live",
     "service_id":"fabrikam.f365.bronze","more_info_url":"https://fabrikam.example/bronze"},
    {"id":"silver","name":"Silber für alle","visibility":"private","state":"draft",
     "service_id":"fabrikam.f365.silver"}],
    "status":"publish_in_progress","phase":"certification","live_at":null})";

inline Write offer_f365() {
    return {
        "offer/fabrikam/f365",
        std::string(R"({"revision":7,"head":{"number":7,"at":"","hash":""},"value":{"draft":)") +
            draft_f365 + R"(,"live":{"publisher":"fabrikam","id":"f365","status":"live",
                "live_at":"2026-01-15T12:00:00Z","plans":[{"id":"bronze"}]},"due":null}})"};
}

inline Write offer_without_plans() {
    return {"offer/fabrikam/new-one",
            R"({"revision":1,"head":null,"value":{"draft":{"publisher":"fabrikam","id":"new-one",
            "alias":"New","type":"saas","plans":[],"status":"draft","phase":null,"live_at":null},
            "live":null,"due":null}})"};
}

inline Write deal() {
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

inline Write draft_deal() {
    return {"deal/fabrikam/d-2",
            R"({"revision":1,"head":null,"value":{"publisher":"fabrikam","id":"d-2",
            "kind":"azure_ip_cosell","offer":null,"customer":{"company":"Tailspin"},
            "contract":{"perpetual":true},"state":"draft","licenses":[]}})"};
}

inline Write event(int number, const char* operation) {
    return {"event/fabrikam/offer/f365/0000000000000000000" + std::to_string(number),
            R"({"stream":"offer/fabrikam/f365","number":)" + std::to_string(number) +
                R"(,"at":"2026-01-01T00:00:00Z","command":"c1","operation":")" + operation +
                R"(","by":{"id":"ana","publisher":"fabrikam"},)"
                R"("previous":"","digest":"","hash":"","details":{"after":{"n":1}}})"};
}

inline std::string seat_row(std::string_view of, std::string_view service_id, std::string_view user,
                            std::string_view usage_location = "") {
    return std::string(of) + "|" + std::string(service_id) + "|" + std::string(user) +
           R"(|2026-02-01T00:00:00Z|["direct",{"group":"g1"}]|)" + std::string(usage_location);
}

}  // namespace views

inline std::vector<ViewCase> view_cases() {
    using namespace views;
    return {
        {"licet_offers shows the draft's status and the live copy's",
         "licet_offers",
         {offer_f365(), offer_without_plans()},
         {"fabrikam|f365|Fabrikam 365|dynamics365_dataverse_powerapps|publish_in_progress|"
          "certification|live|2026-01-15T12:00:00Z|7",
          "fabrikam|new-one|New|saas|draft||||1"}},
        {"licet_plans shows the plans of the drafts",
         "licet_plans",
         {offer_f365(), offer_without_plans()},
         {"fabrikam|f365|bronze|Bronze \"first\"|public|live|fabrikam.f365.bronze|"
          "https://fabrikam.example/bronze",
          "fabrikam|f365|silver|Silber für alle|private|draft|fabrikam.f365.silver|"}},
        {"licet_deals shows one row a deal",
         "licet_deals",
         {deal(), draft_deal()},
         {"fabrikam|d-1001|isv_connect|f365|Contoso | Söhne|6f9619ff-8b86-d011-b42d-00c04fc964ff|"
          "registered|2026-02-01|2027-01-31|12000.00|USD|3",
          "fabrikam|d-2|azure_ip_cosell||Tailspin||draft|||||1"}},
        {"licet_licenses shows one row a line",
         "licet_licenses",
         {deal(), draft_deal()},
         {"fabrikam|d-1001|6f9619ff-8b86-d011-b42d-00c04fc964ff|bronze|fabrikam.f365.bronze|30|"
          "2026-02-03T09:00:00Z",
          "fabrikam|d-1001|6f9619ff-8b86-d011-b42d-00c04fc964ff|gold|fabrikam.f365.gold|5|"
          "2026-03-01T00:00:00Z"}},
        {"licet_seats shows the seats of each pool's epoch, and of that pool alone",
         "licet_seats",
         {pool(tenant, "fabrikam.f365.bronze", 1, 2), pool(tenant, "fabrikam.f365.silver", 10, 1),
          pool(other_tenant, "fabrikam.f365.bronze", 1, 1),
          seat(tenant, 1, "ana@contoso.example", 2, R"("US")"), seat(tenant, 1, "gone", 1),
          seat(tenant, 10, "ben", 1), seat(tenant, 2, "no-pool", 1),
          seat(other_tenant, 1, "cy", 1)},
         {seat_row(other_tenant, "fabrikam.f365.bronze", "cy"),
          seat_row(tenant, "fabrikam.f365.bronze", "ana@contoso.example", "US"),
          seat_row(tenant, "fabrikam.f365.silver", "ben")}},
        {"licet_seats knows a direct seat of the first epoch that says neither",
         "licet_seats",
         {pool(tenant, "p.o.x", 1, 1),
          {"seat/" + std::string(tenant) + "/1/ana", R"({"since":"2026-02-01T00:00:00Z"})"}},
         {std::string(tenant) + R"(|p.o.x|ana|2026-02-01T00:00:00Z|["direct"]|)"}},
        {"licet_seats is right for any tenant and user that an id can be",
         "licet_seats",
         {pool("a", "p.o.x", 1, 1), pool("a.b", "p.o.x", 1, 1), pool("a-", "p.o.x", 11, 1),
          seat("a", 1, "1", 1), seat("a", 1, "@._-Z", 1), seat("a.b", 1, "1", 1),
          seat("a-", 11, "a", 1)},
         {seat_row("a-", "p.o.x", "a"), seat_row("a.b", "p.o.x", "1"), seat_row("a", "p.o.x", "1"),
          seat_row("a", "p.o.x", "@._-Z")}},
        {"licet_events shows what happened",
         "licet_events",
         {event(2, "offers.update"), event(1, "offers.create")},
         {"offer/fabrikam/f365|1|2026-01-01T00:00:00Z|offers.create|ana|c1|{\"after\":{\"n\":1}}",
          "offer/fabrikam/f365|2|2026-01-01T00:00:00Z|offers.update|ana|c1|{\"after\":{\"n\":1}}"}},
    };
}

/// The lines of a text, in byte order.
inline std::vector<std::string> sorted_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = text.find('\n', from);
        lines.push_back(text.substr(from, end - from));
        from = end == std::string::npos ? text.size() : end + 1;
    }
    std::ranges::sort(lines);
    return lines;
}

}  // namespace licet::test
