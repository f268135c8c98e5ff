// Whatever is wrong with the arguments of an operation: findings at the place, and the store
// byte for byte as before.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "formats/tables/common.hpp"
#include "unit/operations/trial.hpp"

using licet::Condition;
using licet::Errc;
using licet::Finding;
using licet::Severity;
using world::good_calls;
using world::GoodCall;
using world::has_error_about;
using world::Trial;
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
    "check /why",
    "check_app /why",
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
    "ingestion.read /document/$schema",
    "ingestion.read /document/resources/*/id",
    "ingestion.read /document/resources/*/product",
    "ingestion.read /document/resources/*/requireLicenseForInstall",
    "ingestion.read /document/resources/*/resourceName",
    "ingestion.read /document/resources/*/sellThroughMicrosoft",
    "ingestion.read /document/resources/*/useMicrosoftLicenseManagementService",
    "ingestion.read /publisher",
    "invites.create /deal",
    "offers.buttons /tenant",
    "offers.check /profile",
    "offers.apply /offer/ingestion",
    "offers.apply /offer/ingestion/*/members",
    "offers.apply /offer/listing",
    "offers.apply /offer/listing/description",
    "offers.apply /offer/listing/keywords",
    "offers.apply /offer/listing/name",
    "offers.apply /offer/listing/summary",
    "offers.apply /offer/plans",
    "offers.apply /offer/setup",
    "offers.apply /offer/setup/call_to_action",
    "offers.apply /offer/setup/license_management",
    "offers.apply /offer/setup/require_license_for_install",
    "offers.apply /offer/setup/sell_through_microsoft",
    "offers.apply /offer/technical",
    "offers.apply /offer/technical/base_license_model",
    "offers.apply /offer/technical/package_url",
    "offers.apply /offer/type",
    "offers.apply /profile",
    "offers.apply /dry_run",
    "offers.create /offer/ingestion",
    "offers.create /offer/ingestion/*/members",
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
    "groups.assign /members",
    "groups.unassign /members",
    "plan_files.check /profile",
    "seats.assign /mode",
    "seats.assign /usage_location",
    "seats.move /mode",
    "seats.move /usage_location",
    "seats.unassign /mode",
};
constexpr std::string_view nullable_arguments[] = {
    "deals.register /deal/customer/country",
    "ingestion.read /document/resources/*/product",
    "ingestion.read /document/resources/*/requireLicenseForInstall",
    "ingestion.read /document/resources/*/sellThroughMicrosoft",
    "ingestion.read /document/resources/*/useMicrosoftLicenseManagementService",
    "seats.assign /usage_location",
    "seats.move /usage_location",
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
    {"offers.create", "/offer/plans", Errc::kept_plan_unknown},
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
    for (const std::string_view place :
         {"offers.apply /offer/plans/*", "offers.create /offer/plans/*", "plans.create /plan"}) {
        if (field.starts_with(place) && lists(optional_in_plans, field.substr(place.size()))) {
            return true;
        }
    }
    return false;
}

/// What licet knows nothing of and keeps as it is.
bool is_kept(std::string_view operation, const Broken& broken, std::string_view pointer) {
    return pointer.starts_with("/offer/ingestion/*/members/") ||
           (operation == "ingestion.read" && pointer.starts_with("/document/") &&
            broken.how == "unknown");
}

bool may_succeed(std::string_view operation, const Broken& broken) {
    const std::string pointer = without_indexes(broken.pointer);
    if (is_kept(operation, broken, pointer)) {
        return true;
    }
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

std::vector<Finding> findings_of_check(const std::string& answer) {
    std::vector<Finding> findings;
    const json::value document = json::parse(answer);
    for (const json::value& found : document.at("findings").as_array()) {
        Finding finding;
        finding.pointer = "/offer" + std::string(found.at("pointer").as_string());
        finding.severity =
            found.at("severity").as_string() == "error" ? Severity::error : Severity::warning;
        findings.push_back(std::move(finding));
    }
    return findings;
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

TEST_CASE("arguments that are no JSON are told as such by every operation") {
    const World made;
    Trial trial(made);
    const std::string bomb = R"({"as":)" + std::string(100'000, '[');
    for (const licet::OperationInfo& operation : licet::operations()) {
        CAPTURE(operation.name);
        for (const auto& [arguments, rule] : {std::pair<std::string, Errc>("{", Errc::json_syntax),
                                              {" ", Errc::json_syntax},
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
