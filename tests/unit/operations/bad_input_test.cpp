// Whatever is wrong with the arguments of an operation: findings at the place, and the store
// byte for byte as before.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "unit/operations/documents.hpp"
#include "unit/operations/good_calls.hpp"

using licet::Condition;
using licet::Errc;
using licet::Finding;
using licet::Severity;
using world::good_calls;
using world::GoodCall;
using world::World;

namespace json = boost::json;

namespace {

/// Arguments with one place broken: which and how.
struct Broken {
    std::string arguments;
    std::string pointer;
    std::string how;  // "missing", "unknown", or what stands there instead
};

/// Every way to break a document in one place.
class Breaker {
public:
    explicit Breaker(const std::string& arguments) : root_(json::parse(arguments)) {
        visit(root_, "");
    }

    const std::vector<Broken>& all() const noexcept { return all_; }

private:
    void note(const std::string& pointer, const std::string& how) {
        all_.push_back({json::serialize(root_), pointer, how});
    }

    void visit(json::value& here, const std::string& at) {
        for (const char* other : {"null", "true", "7", "2.5", "\"x\"", "[]", "{}"}) {
            const json::value replacement = json::parse(other);
            if (replacement.kind() != here.kind()) {
                const json::value good = std::exchange(here, replacement);
                note(at, other);
                here = good;
            }
        }
        if (json::array* array = here.if_array()) {
            for (std::size_t i = 0; i < array->size(); ++i) {
                visit((*array)[i], at + '/' + std::to_string(i));
            }
        } else if (json::object* object = here.if_object()) {
            visit_members(*object, at);
        }
    }

    void visit_members(json::object& object, const std::string& at) {
        const json::object good = object;
        object.emplace("zzz", 1);
        note(at + "/zzz", "unknown");
        object = good;
        for (const auto& member : good) {
            const std::string there = at + '/' + std::string(member.key());
            object.erase(member.key());
            note(there, "missing");
            object = good;
            visit(object.at(member.key()), there);
        }
    }

    json::value root_;
    std::vector<Broken> all_;
};

bool is_about(std::string_view pointer, std::string_view place) {
    const auto is_inside = [](std::string_view inner, std::string_view outer) {
        return inner.starts_with(outer) && inner[outer.size()] == '/';
    };
    return pointer == place || (pointer.size() > place.size() && is_inside(pointer, place)) ||
           (!pointer.empty() && place.size() > pointer.size() && is_inside(place, pointer));
}

bool has_error_about(const std::vector<Finding>& findings, std::string_view place) {
    return std::ranges::any_of(findings, [&](const Finding& finding) {
        return finding.severity == Severity::error && is_about(finding.pointer, place);
    });
}

/// "/plans/0/id" → "/plans/*/id".
std::string without_indexes(const std::string& pointer) {
    std::string pattern;
    for (const char c : pointer) {
        const bool in_index = !pattern.empty() && pattern.back() == '*';
        if (c < '0' || c > '9') {
            pattern += c;
        } else if (!in_index) {
            pattern += '*';
        }
    }
    return pattern;
}

// What a document can do without, wherever it is given.
constexpr std::string_view optional_anywhere[] = {
    "/idempotency_key",
    "/expected_revision",
    "/limit",
    "/after",
};
constexpr std::string_view optional_in_plans[] = {
    "/description",
    "/visibility",
    "/more_info_url",
    "/apps",
    "/audience",
    "/pricing",
    "/pricing/model",
    "/pricing/user_limits",
    "/pricing/terms/*/count",
    "/pricing/free_trial",
    "/service_id",
};
constexpr std::string_view optional_arguments[] = {
    "deals.list /offer",
    "deals.list /state",
    "deals.list /tenant",
    "deals.list /view",
    "deals.register /deal/consumption_on",
    "deals.register /deal/contact/phone",
    "deals.register /deal/contract/perpetual",
    "deals.register /deal/contract/type",
    "deals.register /deal/customer/country",
    "deals.register /deal/id",
    "deals.register /deal/kind",
    "deals.register /draft",
    "invites.create /deal",
    "licenses.preview /lines/*/remove",
    "offers.buttons /tenant",
    "offers.check /profile",
    "offers.create /offer/listing",
    "offers.create /offer/listing/description",
    "offers.create /offer/listing/keywords",
    "offers.create /offer/listing/name",
    "offers.create /offer/listing/summary",
    "offers.create /offer/plans",
    "offers.create /offer/setup",
    "offers.create /offer/setup/call_to_action",
    "offers.create /offer/setup/license_management",
    "offers.create /offer/setup/require_license_for_install",
    "offers.create /offer/setup/sell_through_microsoft",
    "offers.create /offer/technical",
    "offers.create /offer/technical/base_license_model",
    "offers.create /offer/technical/package_url",
    "offers.create /offer/type",
    "offers.create /profile",
    "offers.list /status",
    "seats.assign /mode",
    "seats.assign /usage_location",
    "seats.unassign /mode",
};
constexpr std::string_view nullable_arguments[] = {
    "deals.register /deal/customer/country",
    "seats.assign /usage_location",
};
// Null in changes takes away, so that the default is there again.
constexpr std::string_view removable_in_changes[] = {
    "deals.update /changes/contact/phone",
    "offers.update /changes/listing",
    "offers.update /changes/listing/description",
    "offers.update /changes/listing/keywords",
    "offers.update /changes/listing/name",
    "offers.update /changes/listing/summary",
    "offers.update /changes/setup",
    "offers.update /changes/setup/require_license_for_install",
    "offers.update /changes/technical",
    "offers.update /changes/technical/base_license_model",
    "offers.update /changes/technical/package_url",
    "plans.update /changes/apps",
    "plans.update /changes/audience",
    "plans.update /changes/description",
    "plans.update /changes/more_info_url",
};

/// Where two fields belong together, the rule may speak of the one that is still there.
struct Elsewhere {
    std::string_view operation;
    std::string_view pointer;
    Errc rule;
};
constexpr Elsewhere elsewhere[] = {
    {"clock.advance", "/to", Errc::missing_field},
    {"offers.create", "/offer/plans/*/visibility", Errc::plan_audience_excluded},
    {"offers.create", "/offer/setup", Errc::pricing_excluded},
    {"offers.create", "/offer/setup/sell_through_microsoft", Errc::pricing_excluded},
    {"plans.create", "/plan/visibility", Errc::plan_audience_excluded},
    {"plans.update", "/changes/visibility", Errc::plan_audience_excluded},
    {"deals.update", "/changes/contract", Errc::deal_frozen},
    {"deals.update", "/changes/contract/end", Errc::deal_frozen},
};

template <class Range>
bool lists(const Range& range, std::string_view entry) {
    return std::ranges::find(range, entry) != std::ranges::end(range);
}

bool is_optional_in_plan(std::string_view field) {
    for (const std::string_view place : {"offers.create /offer/plans/*", "plans.create /plan"}) {
        if (field.starts_with(place) && lists(optional_in_plans, field.substr(place.size()))) {
            return true;
        }
    }
    return false;
}

bool may_succeed(std::string_view operation, const Broken& broken) {
    const std::string pointer = without_indexes(broken.pointer);
    const std::string field = std::string(operation) + ' ' + pointer;
    if (broken.how == "null") {
        return pointer == "/after" || lists(nullable_arguments, field) ||
               lists(removable_in_changes, field);
    }
    return broken.how == "missing" &&
           (pointer.starts_with("/changes/") || lists(optional_anywhere, pointer) ||
            lists(optional_arguments, field) || is_optional_in_plan(field));
}

bool is_told_elsewhere(std::string_view operation, const Broken& broken,
                       const licet::Error& error) {
    const std::string pointer = without_indexes(broken.pointer);
    return (broken.how == "missing" || broken.how == "null") &&
           std::ranges::any_of(elsewhere, [&](const Elsewhere& row) {
               return row.operation == operation && row.pointer == pointer &&
                      error.code == row.rule;
           });
}

/// A world that is made anew whenever a call has changed it.
class Trial {
public:
    explicit Trial(const World& made) : made_(made), world_(made.again()), before_(world_.dump()) {}

    licet::result<std::string> call(std::string_view operation, std::string_view arguments) {
        auto answer = world_.call(operation, arguments);
        if (answer) {
            world_ = made_.again();
            before_ = world_.dump();
        } else {
            CHECK_MESSAGE(world_.dump() == before_, operation, " has changed something");
        }
        return answer;
    }

private:
    const World& made_;
    World world_;
    std::string before_;
};

/// The arguments of the nth good call of an operation with something else at a pointer.
class Good {
public:
    explicit Good(World& world) : calls_(good_calls(world)) {}

    const std::vector<GoodCall>& all() const noexcept { return calls_; }

    std::string with(std::string_view operation, std::string_view pointer,
                     const std::string& value) const {
        const auto call = std::ranges::find(calls_, operation, &GoodCall::operation);
        REQUIRE(call != calls_.end());
        return replaced(call->arguments, pointer, value);
    }

    static std::string replaced(const std::string& arguments, std::string_view pointer,
                                const std::string& value) {
        json::value document = json::parse(arguments);
        document.set_at_pointer({pointer.data(), pointer.size()}, json::parse(value));
        return json::serialize(document);
    }

private:
    std::vector<GoodCall> calls_;
};

std::string text(std::size_t size, char c = 'x') { return '"' + std::string(size, c) + '"'; }

/// A list of so many of these.
std::string list(std::size_t count, const std::string& element) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        all += (i == 0 ? "" : ",") + element;
    }
    return '[' + all + ']';
}

std::vector<Finding> findings_of_check(const std::string& answer) {
    std::vector<Finding> findings;
    for (const json::value& found : json::parse(answer).at("findings").as_array()) {
        Finding finding;
        finding.pointer = "/offer" + std::string(found.at("pointer").as_string());
        finding.severity =
            found.at("severity").as_string() == "error" ? Severity::error : Severity::warning;
        findings.push_back(std::move(finding));
    }
    return findings;
}

constexpr std::string_view lists_in_pages[] = {"offers.list",        "deals.list", "invites.list",
                                               "relationships.list", "seats.list", "pools.list",
                                               "events.list"};

/// A value at a limit or past it; `none`: it is taken.
struct Limit {
    std::string_view operation;
    std::string_view pointer;
    std::string value;
    Errc rule;
};

void check_limits(Trial& trial, const Good& good, const std::vector<Limit>& limits) {
    for (const auto& [operation, pointer, value, rule] : limits) {
        const std::string shown = value.substr(0, 60);
        CAPTURE(operation);
        CAPTURE(pointer);
        CAPTURE(shown);
        const auto answer = trial.call(operation, good.with(operation, pointer, value));
        if (rule == Errc::none) {
            CHECK_MESSAGE(answer, answer.error().message());
            continue;
        }
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == rule);
        if (rule == Condition::invalid_argument) {
            CHECK(has_error_about(answer.error().findings, pointer));
        }
    }
}

}  // namespace

TEST_CASE(
    "whatever is missing, null, of another type or not known in the arguments is told there") {
    const World made;
    World first = made.again();
    Trial trial(made);
    for (const GoodCall& call : good_calls(first)) {
        const Breaker breaker(call.arguments);
        for (const Broken& broken : breaker.all()) {
            CAPTURE(call.operation);
            CAPTURE(broken.pointer);
            CAPTURE(broken.how);
            const auto answer = trial.call(call.operation, broken.arguments);
            if (call.operation == "offers.check" && broken.pointer.starts_with("/offer") &&
                answer) {
                CHECK((broken.how == "missing" ||
                       has_error_about(findings_of_check(answer.value()), broken.pointer)));
            } else if (answer) {
                CHECK(may_succeed(call.operation, broken));
            } else if (!is_told_elsewhere(call.operation, broken, answer.error())) {
                CHECK_FALSE(may_succeed(call.operation, broken));
                CHECK(answer.error().code == Condition::invalid_argument);
                CHECK(has_error_about(answer.error().findings, broken.pointer));
            }
        }
    }
}

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
         {"plans.create", "/plan/id", text(50), Errc::service_id_mismatch},
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
        {"deals.register", "/deal/contract/total_value/amount", "\"9000.00\"", Errc::none},
        {"deals.register", "/deal/contract/total_value/amount", "\"8999.99\"",
         Errc::contract_solution_value},
        {"deals.register", "/deal/contract/total_value/currency", "\"EUR\"",
         Errc::contract_currency},
        {"deals.update", "/changes/id", text(3), Errc::field_not_changeable},
        {"deals.update", "/changes/licenses", "[]", Errc::field_not_changeable},
        {"seats.assign", "/users", "[]", Errc::users_missing},
        {"seats.unassign", "/users", "[]", Errc::users_missing},
        {"seats.assign", "/users", list(2, text(64)), Errc::none},
        {"seats.assign", "/users", list(2, text(65)), Errc::user_id_length},
        {"seats.assign", "/usage_location", "\"de\"", Errc::country_syntax},
        {"clock.advance", "/by_ms", "0", Errc::none},
        {"clock.advance", "/by_ms", "-1", Errc::clock_backwards},
        {"clock.advance", "/by_ms", "9223372036854775807", Errc::none}};
    for (const char* operation : {"licenses.preview", "licenses.update"}) {
        limits.push_back({operation, "/lines", "[]", Errc::license_lines_missing});
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

TEST_CASE("arguments that are no JSON are told as such by every operation") {
    const World made;
    Trial trial(made);
    const std::string bomb = R"({"as":)" + std::string(100'000, '[');
    for (const licet::OperationInfo& operation : licet::operations()) {
        CAPTURE(operation.name);
        for (const auto& [arguments, rule] : {std::pair<std::string, Errc>("", Errc::json_syntax),
                                              {"{", Errc::json_syntax},
                                              {"{} x", Errc::json_syntax},
                                              {"{\"as\":\"\xFF\"}", Errc::json_syntax},
                                              {"null", Errc::wrong_type},
                                              {"[]", Errc::wrong_type},
                                              {R"({"as":1,"as":2})", Errc::json_duplicate_key},
                                              {R"({"limit":1e400})", Errc::number_out_of_range},
                                              {bomb, Errc::json_too_deep}}) {
            const auto answer = trial.call(operation.name, arguments);
            REQUIRE_FALSE(answer);
            CHECK(answer.error().code == rule);
            CHECK_FALSE(answer.error().findings.empty());
        }
    }
}

namespace {

/// What a caller of this kind is told by DOMAIN §6.
Errc refusal(licet::Action action, std::string_view party, licet::Role role) {
    using licet::Side;
    const auto roles = licet::roles_of(action);
    const bool plays = std::ranges::find(roles, role) != roles.end();
    const bool is_nobody = party.empty();
    switch (licet::side_of(action)) {
        case Side::host:
            return Errc::none;
        case Side::marketplace:
            return plays && is_nobody ? Errc::none : Errc::role_missing;
        case Side::publisher:
            if (is_nobody || party != R"("publisher":"fabrikam")") {
                return is_nobody ? Errc::actor_missing : Errc::other_publisher;
            }
            return plays ? Errc::none : Errc::role_missing;
        case Side::customer:
            break;
    }
    // Whoever answers an invite acts for their own tenant; this one is for anybody.
    const bool is_tenant = party == world::tenant() || (action == licet::Action::answer_invites &&
                                                        party.starts_with("\"tenant\""));
    if (is_nobody || !is_tenant) {
        return is_nobody ? Errc::actor_missing : Errc::other_tenant;
    }
    return plays ? Errc::none : Errc::role_missing;
}

}  // namespace

TEST_CASE("an operation is done for those whose roles allow it and changes nothing for others") {
    const World made;
    World first = made.again();
    Trial trial(made);
    constexpr std::pair<licet::Role, const char*> roles[] = {
        {licet::Role::global_admin, "global_admin"},
        {licet::Role::account_admin, "account_admin"},
        {licet::Role::referral_admin, "referral_admin"},
        {licet::Role::developer, "developer"},
        {licet::Role::billing_admin, "billing_admin"},
        {licet::Role::license_admin, "license_admin"},
        {licet::Role::user_admin, "user_admin"},
        {licet::Role::reviewer, "reviewer"},
    };
    for (const GoodCall& call : good_calls(first)) {
        if (call.action == licet::Action::host) {
            continue;
        }
        for (const std::string& party :
             {std::string(R"("publisher":"fabrikam")"), std::string(R"("publisher":"other")"),
              world::tenant(), std::string(R"("tenant":"other")"), std::string()}) {
            for (const auto& [role, word] : roles) {
                CAPTURE(call.operation);
                CAPTURE(party);
                CAPTURE(word);
                const std::string actor = R"({"id":"someone",)" + party +
                                          (party.empty() ? "" : ",") + R"("roles":[")" + word +
                                          "\"]}";
                const auto answer =
                    trial.call(call.operation, Good::replaced(call.arguments, "/as", actor));
                const Errc expected = refusal(call.action, party, role);
                CHECK(answer.has_value() == (expected == Errc::none));
                if (!answer) {
                    CHECK(answer.error().code == expected);
                }
            }
        }
    }
}

namespace {

constexpr std::uint32_t default_seed = 20260301;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

/// Damages texts at random, a little at a time.
class Damage {
public:
    explicit Damage(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }

    void apply(std::string& text) {
        static constexpr std::string_view palette("{}[]\":,\\-+.eE0179ntfu/~ \x00\x7F\x80\xFF", 28);
        const std::size_t at = below(text.size());
        switch (below(5)) {
            case 0:
                text[at] =
                    static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
                break;
            case 1:
                text[at] = palette[below(palette.size())];
                break;
            case 2:
                text.insert(at, 1, palette[below(palette.size())]);
                break;
            case 3:
                text.erase(at, 1 + below(8));
                break;
            default:
                text.insert(at, text.substr(below(text.size()), 1 + below(40)));
        }
    }

private:
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("arguments damaged at random never do harm") {
    constexpr int rounds = 6000;
    CAPTURE(seed());
    Damage damage(seed());
    const World made;
    World first = made.again();
    Trial trial(made);
    const auto calls = good_calls(first);
    for (int round = 0; round < rounds; ++round) {
        const GoodCall& call = calls[damage.below(calls.size())];
        std::string arguments = call.arguments;
        for (std::size_t i = 0; i <= damage.below(3) && !arguments.empty(); ++i) {
            damage.apply(arguments);
        }
        CAPTURE(call.operation);
        CAPTURE(arguments);
        const auto answer = trial.call(call.operation, arguments);
        if (answer) {
            CHECK(json::parse(answer.value()).is_object());
        } else {
            CHECK(answer.error().code != Condition::internal);
            CHECK(answer.error().code != Condition::storage);
            CHECK(answer.error().code != Condition::contention);
        }
    }
}
