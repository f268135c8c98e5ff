// The values at the limits of arguments, which are taken, and those past them, which are not.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/operations/trial.hpp"

using licet::Condition;
using licet::Errc;
using world::Good;
using world::has_error_about;
using world::Trial;
using world::World;

namespace {

std::string text(std::size_t size, char c = 'x') { return '"' + std::string(size, c) + '"'; }

/// A list of so many of these.
std::string list(std::size_t count, const std::string& element) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        all += (i == 0 ? "" : ",") + element;
    }
    return '[' + all + ']';
}

constexpr std::string_view lists_in_pages[] = {
    "offers.list",           "deals.list",           "invites.list",
    "relationships.list",    "seats.list",           "pools.list",
    "reports.over_capacity", "reports.unused_seats", "events.list"};

/// A value at a limit or past it; `none`: it is taken.
struct Limit {
    std::string_view operation;
    std::string_view pointer;
    std::string value;
    Errc rule;
};

void check_limits(Trial& trial, const Good& good, const std::vector<Limit>& limits) {
    for (const Limit& limit : limits) {
        const std::string shown = limit.value.substr(0, 60);
        CAPTURE(limit.operation);
        CAPTURE(limit.pointer);
        CAPTURE(shown);
        const auto answer =
            trial.call(limit.operation, good.with(limit.operation, limit.pointer, limit.value));
        if (limit.rule == Errc::none) {
            CHECK_MESSAGE(answer, world::why(answer));
            continue;
        }
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == limit.rule);
        if (condition_of(limit.rule) == Condition::invalid_argument) {
            CHECK(has_error_about(answer.error().findings, limit.pointer));
        }
    }
}

}  // namespace

TEST_CASE("a list is answered in pages of 1 to 1000") {
    const World made;
    World first = made.again();
    Trial trial(made);
    const Good good(first);
    for (const std::string_view operation : lists_in_pages) {
        check_limits(trial, good,
                     {{operation, "/limit", "0", Errc::number_out_of_range},
                      {operation, "/limit", "1", Errc::none},
                      {operation, "/limit", "1000", Errc::none},
                      {operation, "/limit", "1e3", Errc::none},
                      {operation, "/limit", "1001", Errc::number_out_of_range},
                      {operation, "/limit", "-1", Errc::number_out_of_range},
                      {operation, "/limit", "1e19", Errc::number_out_of_range},
                      {operation, "/after", text(0), Errc::none},
                      {operation, "/after", text(100'000, '~'), Errc::none},
                      {operation, "/after", R"("/\u0000\u00ff")", Errc::none}});
    }
}

TEST_CASE("every mutation takes a key of 1 to 128 bytes and a revision") {
    const World made;
    World first = made.again();
    Trial trial(made);
    const Good good(first);
    for (const licet::OperationInfo& operation : licet::operations()) {
        if (!operation.is_mutation) {
            continue;
        }
        check_limits(
            trial, good,
            {{operation.name, "/idempotency_key", text(0), Errc::text_length},
             {operation.name, "/idempotency_key", text(1), Errc::none},
             {operation.name, "/idempotency_key", text(128), Errc::none},
             {operation.name, "/idempotency_key", text(129), Errc::text_length},
             {operation.name, "/idempotency_key", R"("\u0000/\u00e9")", Errc::none},
             {operation.name, "/expected_revision", "-1", Errc::number_out_of_range},
             {operation.name, "/expected_revision", "99", Errc::revision_differs},
             {operation.name, "/expected_revision", "18446744073709551615", Errc::revision_differs},
             {operation.name, "/expected_revision", "18446744073709551616",
              Errc::number_out_of_range}});
    }
}

TEST_CASE("whoever calls has an id of 1 to 128 bytes") {
    const World made;
    World first = made.again();
    Trial trial(made);
    const Good good(first);
    for (const licet::OperationInfo& operation : licet::operations()) {
        if (operation.needs_actor) {
            check_limits(trial, good,
                         {{operation.name, "/as/id", text(0), Errc::text_length},
                          {operation.name, "/as/id", text(1), Errc::none},
                          {operation.name, "/as/id", text(128), Errc::none},
                          {operation.name, "/as/id", text(129), Errc::text_length},
                          {operation.name, "/as/roles", "[]", Errc::role_missing},
                          {operation.name, "/as/roles", R"(["admin"])", Errc::unknown_word}});
        }
    }
}

TEST_CASE("ids, tokens and names of streams keep to their lengths") {
    const World made;
    World first = made.again();
    Trial trial(made);
    const std::string part(50, 'x');
    const std::string bronze = R"("fabrikam.f365.bronze")";
    const auto stream = [](std::size_t size) {
        const std::string start = "offer/fabrikam/";
        return '"' + start + std::string(size - start.size(), 'x') + '"';
    };
    check_limits(trial, Good(first),
                 {{"offers.get", "/publisher", text(50), Errc::other_publisher},
                  {"offers.get", "/publisher", text(51), Errc::publisher_id_length},
                  {"offers.get", "/id", text(2), Errc::offer_id_length},
                  {"offers.get", "/id", text(3), Errc::offer_not_found},
                  {"offers.get", "/id", text(50), Errc::offer_not_found},
                  {"offers.get", "/id", text(51), Errc::offer_id_length},
                  {"plans.delete", "/id", text(0), Errc::plan_id_length},
                  {"plans.delete", "/id", text(1), Errc::plan_not_found},
                  {"plans.delete", "/id", text(50), Errc::plan_not_found},
                  {"plans.delete", "/id", text(51), Errc::plan_id_length},
                  {"deals.get", "/id", text(0), Errc::deal_id_length},
                  {"deals.get", "/id", text(64), Errc::deal_not_found},
                  {"deals.get", "/id", text(65), Errc::deal_id_length},
                  {"deals.register", "/deal/id", text(64), Errc::none},
                  {"deals.register", "/deal/id", text(65), Errc::deal_id_length},
                  {"pools.get", "/tenant", text(64), Errc::other_tenant},
                  {"pools.get", "/tenant", text(65), Errc::tenant_id_length},
                  {"pools.get", "/service_id", '"' + part + '.' + part + '.' + part + '"',
                   Errc::pool_not_found},
                  {"pools.get", "/service_id", '"' + part + '.' + part + '.' + part + "x\"",
                   Errc::plan_id_length},
                  {"pools.get", "/service_id", text(301), Errc::service_id_length},
                  {"seats.of_user", "/user", text(64), Errc::none},
                  {"seats.of_user", "/user", text(65), Errc::user_id_length},
                  {"check_app", "/app", text(0), Errc::text_length},
                  {"check_app", "/app", text(300), Errc::none},
                  {"check_app", "/app", text(301), Errc::text_length},
                  {"check_many", "/users", list(0, text(9)), Errc::none},
                  {"check_many", "/users", list(1000, text(9)), Errc::none},
                  {"check_many", "/users", list(1001, text(9)), Errc::list_length},
                  {"check_many", "/service_ids", list(0, bronze), Errc::list_length},
                  {"check_many", "/service_ids", list(20, bronze), Errc::none},
                  {"check_many", "/service_ids", list(21, bronze), Errc::list_length},
                  {"invites.accept", "/token", text(0), Errc::text_length},
                  {"invites.accept", "/token", text(200), Errc::invite_not_found},
                  {"invites.accept", "/token", text(201), Errc::text_length},
                  {"invites.decline", "/token", text(200), Errc::invite_not_found},
                  {"invites.decline", "/token", text(201), Errc::text_length},
                  {"invites.revoke", "/id", text(0), Errc::text_length},
                  {"invites.revoke", "/id", text(64), Errc::invite_not_found},
                  {"invites.revoke", "/id", text(65), Errc::text_length},
                  {"events.list", "/stream", stream(400), Errc::none},
                  {"events.list", "/stream", stream(401), Errc::text_length},
                  {"events.verify", "/stream", stream(400), Errc::none},
                  {"events.verify", "/stream", stream(401), Errc::text_length}});
}

TEST_CASE("offers and plans keep to their limits") {
    const World made;
    World first = made.again();
    Trial trial(made);
    const auto url = [](std::size_t size) {
        return "\"https://" + std::string(size - 8, 'x') + '"';
    };
    const std::string pricing = "/offer/plans/0/pricing";
    const std::string finding = R"({"policy":"1","message":"m"})";
    check_limits(
        trial, Good(first),
        {{"offers.create", "/offer/alias", text(0), Errc::alias_length},
         {"offers.create", "/offer/alias", text(120), Errc::none},
         {"offers.create", "/offer/alias", text(121), Errc::alias_length},
         {"offers.create", "/offer/listing/name", text(200), Errc::none},
         {"offers.create", "/offer/listing/name", text(201), Errc::listing_name_length},
         {"offers.create", "/offer/listing/summary", text(100), Errc::none},
         {"offers.create", "/offer/listing/summary", text(101), Errc::listing_summary_length},
         {"offers.create", "/offer/listing/keywords", list(3, text(9)), Errc::none},
         {"offers.create", "/offer/listing/keywords", list(4, text(9)),
          Errc::listing_keywords_count},
         {"offers.create", "/offer/technical/package_url", url(2048), Errc::none},
         {"offers.create", "/offer/technical/package_url", url(2049), Errc::text_length},
         {"offers.create", pricing + "/user_limits/min", "0", Errc::pricing_user_limits},
         {"offers.create", pricing + "/user_limits/max", "1000000", Errc::none},
         {"offers.create", pricing + "/user_limits/max", "1000001", Errc::pricing_user_limits},
         {"offers.create", pricing + "/terms/0/count", "0", Errc::number_out_of_range},
         {"offers.create", pricing + "/terms/0/count", "1000", Errc::none},
         {"offers.create", pricing + "/terms/0/count", "1001", Errc::number_out_of_range},
         {"offers.create", pricing + "/markets", "[]", Errc::pricing_markets_missing},
         {"offers.create", pricing + "/terms", "[]", Errc::pricing_terms_missing},
         {"offers.report_findings", "/review_findings", "[]", Errc::list_length},
         {"offers.report_findings", "/review_findings", list(1000, finding), Errc::none},
         {"offers.report_findings", "/review_findings", list(1001, finding), Errc::list_length},
         {"offers.report_findings", "/review_findings/0/policy", text(200), Errc::none},
         {"offers.report_findings", "/review_findings/0/policy", text(201), Errc::text_length},
         {"offers.report_findings", "/review_findings/0/message", text(3000), Errc::none},
         {"offers.report_findings", "/review_findings/0/message", text(3001), Errc::text_length},
         {"plans.create", "/plan/id", text(51), Errc::plan_id_length},
         {"plans.create", "/plan/name", text(0), Errc::plan_name_length},
         {"plans.create", "/plan/name", text(200), Errc::none},
         {"plans.create", "/plan/name", text(201), Errc::plan_name_length},
         {"plans.create", "/plan/description", text(3000), Errc::none},
         {"plans.create", "/plan/description", text(3001), Errc::plan_description_length},
         {"plans.create", "/plan/more_info_url", url(2048), Errc::none},
         {"plans.create", "/plan/more_info_url", url(2049), Errc::text_length},
         {"plans.update", "/changes/name", text(200), Errc::none},
         {"plans.update", "/changes/name", text(201), Errc::plan_name_length},
         {"plans.update", "/changes/id", text(9), Errc::field_not_changeable},
         {"offers.update", "/changes/plans", "[]", Errc::field_not_changeable},
         {"offers.update", "/changes/status", text(4), Errc::field_not_changeable}});
}

TEST_CASE("deals, licences and seats keep to their limits") {
    const World made;
    World first = made.again();
    Trial trial(made);
    std::vector<Limit> limits{
        {"deals.register", "/deal/customer/company", text(200), Errc::none},
        {"deals.register", "/deal/customer/company", text(201), Errc::customer_company_length},
        {"deals.register", "/deal/contact/phone", text(200), Errc::none},
        {"deals.register", "/deal/contact/phone", text(201), Errc::text_length},
        {"deals.register", "/deal/contract/solution_value/amount", "\"12000.0\"", Errc::none},
        {"deals.register", "/deal/contract/solution_value/amount", "\"12000.01\"",
         Errc::contract_solution_value},
        {"deals.register", "/deal/contract/solution_value/currency", "\"EUR\"",
         Errc::contract_currency},
        {"deals.update", "/changes/id", text(3), Errc::field_not_changeable},
        {"deals.update", "/changes/licenses", "[]", Errc::field_not_changeable},
        {"seats.assign", "/users", "[]", Errc::users_missing},
        {"seats.move", "/users", "[]", Errc::users_missing},
        {"seats.touch", "/uses", "[]", Errc::list_length},
        {"seats.touch", "/uses", list(10'000, R"({"user":"adele"})"), Errc::none},
        {"seats.touch", "/uses", list(10'001, R"({"user":"adele"})"), Errc::list_length},
        {"licenses.update", "/effective", "\"2026-03-01T09:00:00Z\"",
         Errc::license_change_not_later},
        {"licenses.update", "/effective", "\"2026-03-01T09:00:00.001Z\"", Errc::none},
        {"licenses.update", "/effective", "\"2026-06-01\"", Errc::timestamp_syntax},
        {"groups.get", "/group", text(64), Errc::group_not_found},
        {"groups.get", "/group", text(65), Errc::group_id_length},
        {"groups.assign", "/service_ids", "[]", Errc::service_ids_missing},
        {"groups.assign", "/members", "[]", Errc::none},
        {"groups.unassign", "/service_ids", "[]", Errc::service_ids_missing},
        {"groups.set_members", "/members", "[]", Errc::none},
        {"seats.unassign", "/users", "[]", Errc::users_missing},
        {"seats.assign", "/users", list(2, text(64)), Errc::none},
        {"seats.assign", "/users", list(2, text(65)), Errc::user_id_length},
        {"seats.assign", "/usage_location", "\"de\"", Errc::country_syntax},
        {"seats.assign", "/users", list(1'000'000, text(1)), Errc::none},
        {"seats.assign", "/users", list(1'000'001, text(1)), Errc::list_length},
        {"seats.unassign", "/users", list(1'000'001, text(1)), Errc::list_length},
        {"seats.import", "/csv", text(0), Errc::seats_file_header},
        {"seats.import", "/usage_location", "\"de\"", Errc::country_syntax},
        {"clock.advance", "/by_ms", "0", Errc::none},
        {"clock.advance", "/by_ms", "-1", Errc::clock_backwards},
        {"clock.advance", "/by_ms", "9223372036854775807", Errc::none}};
    for (const char* operation : {"licenses.preview", "licenses.update", "portal.steps"}) {
        limits.push_back({operation, "/lines", "[]", Errc::license_lines_missing});
        limits.push_back({operation, "/lines/0/plan", text(50), Errc::license_plan_unknown});
        limits.push_back({operation, "/lines/0/plan", text(51), Errc::plan_id_length});
        limits.push_back({operation, "/lines/0/remove", "true", Errc::license_line_empty});
        limits.push_back({operation, "/lines/1/plan", "\"bronze\"", Errc::license_plan_duplicate});
        for (const char* taken : {"1", "1000000", "30.0", "3e1"}) {
            limits.push_back({operation, "/lines/0/quantity", taken, Errc::none});
        }
        for (const char* refused : {"0", "-1", "1000001", "9223372036854775807"}) {
            limits.push_back({operation, "/lines/0/quantity", refused, Errc::license_quantity});
        }
        limits.push_back({operation, "/lines/0/quantity", "2.5", Errc::not_an_integer});
        limits.push_back({operation, "/lines/0/quantity", "\"7\"", Errc::wrong_type});
        limits.push_back({operation, "/lines/0/quantity", "1e19", Errc::number_out_of_range});
    }
    check_limits(trial, Good(first), limits);
}
