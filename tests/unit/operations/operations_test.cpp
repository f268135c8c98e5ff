#include <licet/operations/operations.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "unit/operations/documents.hpp"
#include "unit/operations/good_calls.hpp"

using licet::Condition;
using licet::Errc;
using licet::OperationInfo;
using world::World;

namespace {

// OPERATIONS, as far as it goes today.
constexpr std::string_view contract[] = {
    "offers.check",
    "offers.create",
    "offers.apply",
    "offers.get",
    "offers.list",
    "offers.update",
    "offers.submit",
    "offers.cancel",
    "offers.go_live",
    "offers.pass_phase",
    "offers.buttons",
    "offers.report_findings",
    "offers.stop_distribution",
    "plans.create",
    "plans.update",
    "plans.delete",
    "plans.stop_selling",
    "plans.list",
    "ingestion.read",
    "ingestion.write",
    "plan_files.write",
    "plan_files.check",
    "plan_files.read",
    "deals.register",
    "deals.update",
    "deals.advance",
    "deals.get",
    "deals.list",
    "deals.set_customer",
    "invites.create",
    "invites.accept",
    "invites.decline",
    "invites.revoke",
    "invites.list",
    "relationships.list",
    "licenses.preview",
    "licenses.update",
    "licenses.cancel_change",
    "portal.steps",
    "seats.assign",
    "seats.unassign",
    "seats.move",
    "groups.assign",
    "groups.unassign",
    "groups.set_members",
    "groups.reprocess",
    "groups.get",
    "seats.list",
    "seats.export",
    "seats.import",
    "seats.of_user",
    "seats.touch",
    "reports.licenses",
    "reports.over_capacity",
    "reports.unused_seats",
    "pools.get",
    "pools.list",
    "check",
    "check_app",
    "check_many",
    "events.list",
    "events.verify",
    "clock.advance",
    "store.export",
    "store.import",
    "store.prune",
};

constexpr std::string_view own_of_the_host[] = {
    "check",          "check_app",    "check_many",       "clock.advance",
    "ingestion.read", "offers.check", "plan_files.check", "plan_files.read",
    "seats.touch",    "store.export", "store.import",     "store.prune"};

constexpr std::string_view queries[] = {"ingestion.write",
                                        "deals.get",
                                        "deals.list",
                                        "events.list",
                                        "events.verify",
                                        "groups.get",
                                        "invites.list",
                                        "licenses.preview",
                                        "offers.buttons",
                                        "offers.get",
                                        "offers.list",
                                        "plan_files.write",
                                        "plans.list",
                                        "pools.get",
                                        "pools.list",
                                        "portal.steps",
                                        "relationships.list",
                                        "reports.licenses",
                                        "reports.over_capacity",
                                        "reports.unused_seats",
                                        "seats.export",
                                        "seats.list",
                                        "seats.of_user"};

template <class Range>
bool contains(const Range& range, std::string_view name) {
    return std::ranges::find(range, name) != std::ranges::end(range);
}

licet::Error error_of(World& world, std::string_view operation, std::string_view arguments) {
    const auto answer = world.call(operation, arguments);
    REQUIRE_FALSE(answer);
    return answer.error();
}

}  // namespace

TEST_CASE("the operations are those of the contract, each once, in the order of their names") {
    const auto all = licet::operations();
    std::set<std::string_view> names;
    for (const OperationInfo& operation : all) {
        names.insert(operation.name);
    }
    CHECK(names == std::set<std::string_view>(std::begin(contract), std::end(contract)));
    CHECK(names.size() == all.size());
    CHECK(std::ranges::is_sorted(all, {}, &OperationInfo::name));
}

TEST_CASE("the host's own operations need nobody to ask, and queries change nothing") {
    for (const OperationInfo& operation : licet::operations()) {
        CAPTURE(operation.name);
        const bool host = contains(own_of_the_host, operation.name);
        CHECK(operation.needs_actor == !host);
        CHECK(operation.is_mutation == (!host && !contains(queries, operation.name)));
        CHECK_FALSE(operation.fields.empty());
    }
}

TEST_CASE("an operation that there is not is unknown, whatever its arguments") {
    World world;
    const std::string before = world.dump();
    for (const char* name : {"", "offers", "offers.", "offers.Create", "offers.create ", "a", "~",
                             "portal.step", "offers.creat", "offers.create\xC3"}) {
        CAPTURE(name);
        for (const char* arguments : {"{}", "", "[", "null"}) {
            const licet::Error error = error_of(world, name, arguments);
            CHECK(error.code == Errc::operation_unknown);
            CHECK(error.code == Condition::unsupported);
        }
    }
    CHECK(world.dump() == before);
}

TEST_CASE("every operation succeeds with good arguments, and only mutations write") {
    const World made;
    std::set<std::string_view> called;
    World first = made.again();
    const auto all = licet::operations();
    for (const world::GoodCall& call : world::good_calls(first)) {
        CAPTURE(call.operation);
        CAPTURE(call.arguments);
        World world = made.again();
        const std::string before = world.dump();
        const auto answer = world.call(call.operation, call.arguments);
        REQUIRE_MESSAGE(answer, world::why(answer));
        called.insert(call.operation);
        const auto info = std::ranges::find(all, call.operation, &OperationInfo::name);
        REQUIRE(info != all.end());
        const bool writes =
            info->is_mutation || call.operation == "seats.touch" || call.operation == "store.prune";
        CHECK((world.dump() != before) == writes);
        if (info->is_mutation) {
            CHECK(world::value_at(answer.value(), "/findings") == "[]");
            const std::string after = world.dump();
            const auto replayed = world.call(call.operation, call.arguments);
            REQUIRE_MESSAGE(replayed, world::why(replayed));
            CHECK(world::value_at(replayed.value(), "/replayed") == "true");
            CHECK(world::value_at(replayed.value(), "/revision") ==
                  world::value_at(answer.value(), "/revision"));
            CHECK(world.dump() == after);
        }
    }
    CHECK(called.size() == std::size(contract));
}

TEST_CASE("what takes long, or has a long text, goes by a stream, and nothing else") {
    constexpr std::string_view streamed[] = {"reports.licenses", "seats.assign",   "seats.export",
                                             "seats.import",     "seats.unassign", "store.export",
                                             "store.import"};
    World world;
    licet::Stream none;
    for (const OperationInfo& operation : licet::operations()) {
        CAPTURE(operation.name);
        CHECK(operation.is_streamed == contains(streamed, operation.name));
        const auto answer = licet::call_stream(world.engine(), operation.name, "{}", none);
        const bool is_refused = !answer && answer.error().code == Errc::operation_not_streamed;
        CHECK(is_refused == !operation.is_streamed);
    }
    const auto all = licet::operations();
    CHECK(std::ranges::find(all, "seats.import", &OperationInfo::name)->streamed_text == "csv");
    CHECK(std::ranges::find(all, "seats.assign", &OperationInfo::name)->streamed_text.empty());
}

TEST_CASE("an import's warnings, counts and outcomes stand in its answer, or on the stream") {
    World world;
    const std::string who = "{" + world::tenant() + R"(,"as":)" + std::string(world::liv);
    const std::string csv = R"("User,Service ID\ndiego,FABRIKAM.f365.bronze\nadele,x\n")";
    const std::string findings =
        R"("findings":[{"rule":"id_not_lowercase","severity":"warning","pointer":"/csv/2/7",)"
        R"("message":"id is not lowercase: \"FABRIKAM.f365.bronze\"",)"
        R"("hint":"write it in small letters"}]})";
    const std::string answer = world.must("seats.import", who + R"(,"csv":)" + csv + "}");
    CHECK(answer ==
          R"({"count":2,"assigned":1,"already":0,"failed":1,"outcomes":[)"
          R"({"line":2,"user":"diego","service_id":"fabrikam.f365.bronze","outcome":"assigned"},)"
          R"({"line":3,"user":"adele","service_id":"x","outcome":"failed",)"
          R"("error":"service_id_parts"}],"revision":0,)" +
              findings);
    licet::Stream none;
    const auto streamed =
        licet::call_stream(world.engine(), "seats.import", who + R"(,"csv":)" + csv + "}", none);
    REQUIRE_MESSAGE(streamed, world::why(streamed));
    CHECK(streamed.value() ==
          R"({"count":2,"assigned":0,"already":1,"failed":1,"revision":0,)" + findings);
    const licet::Error missing = error_of(world, "seats.import", who + "}");
    CHECK(missing.code == Errc::missing_field);
}

TEST_CASE("an assignment and a move tell how often users were named again") {
    World world;
    const std::string answer =
        world.must("seats.assign", "{" + world::tenant() +
                                       R"(,"service_id":"fabrikam.f365.bronze",)"
                                       R"("users":["diego","adele","diego"],"as":)" +
                                       std::string(world::liv) + "}");
    CHECK(world::value_at(answer, "/duplicates") == "1");
    CHECK(world::value_at(answer, "/outcomes/1/user") == "diego");
    const std::string moved = world.must(
        "seats.move", "{" + world::tenant() +
                          R"(,"from":"fabrikam.f365.bronze","to":"fabrikam.f365.silver",)"
                          R"("users":["diego","diego","diego"],"as":)" +
                          std::string(world::liv) + "}");
    CHECK(world::value_at(moved, "/duplicates") == "2");
}

TEST_CASE("what is wrong with the arguments is told before who may ask") {
    World world;
    const licet::Error error =
        error_of(world, "offers.get", R"({"publisher":7,"id":"f365","as":{"id":"x","roles":[]}})");
    CHECK(error.code == Errc::wrong_type);
    REQUIRE(error.findings.size() == 1);
    CHECK(error.findings[0].pointer == "/publisher");
}

TEST_CASE("all that is wrong with a document and with its rules is told at once") {
    World world;
    const licet::Error error = error_of(
        world, "deals.register",
        R"({"deal":{"publisher":"fabrikam","id":"d 1","contract":{"signed":"2026-02-30"}}})");
    std::set<std::string> places;
    for (const licet::Finding& finding : error.findings) {
        places.insert(finding.pointer);
    }
    for (const char* place : {"/deal/id", "/deal/contract/signed", "/deal/contract/start",
                              "/deal/offer", "/deal/customer/company", "/as"}) {
        CHECK_MESSAGE(places.contains(place), place);
    }
}

TEST_CASE("findings outside an answer are written as inside one") {
    CHECK(licet::findings_json({}) == "[]");
    const licet::Finding finding{Errc::plan_id_length, licet::Severity::warning, "/plans/0/id",
                                 "the \"id\"", ""};
    CHECK(licet::findings_json({&finding, 1}) ==
          R"([{"rule":"plan_id_length","severity":"warning","pointer":"/plans/0/id",)"
          R"("message":"the \"id\"","hint":""}])");
}

TEST_CASE("what many users may is told as a check tells it, and beside whom an id is none") {
    World world;
    CHECK(world.must("check_many", "{" + world::tenant() +
                                       R"(,"users":["adele","no one"],)"
                                       R"("service_ids":["fabrikam.f365.bronze"]})") ==
          R"({"users":[{"user":"adele","decisions":[)"
          R"({"licensed":true,"decision":1,"reason":"licensed"}]},)"
          R"({"user":"no one","error":"user_id_bad_character","decisions":[)"
          R"({"licensed":false,"decision":6,"reason":"bad_user_id"}]}]})");
}

TEST_CASE("warnings of reading stand in a mutation's answer at the places of its arguments") {
    World world;
    const std::string answer =
        world.must("plans.create",
                   R"({"publisher":"fabrikam","offer":"f365","as":)" + std::string(world::ana) +
                       R"(,"plan":{"id":"tin","name":"Tin","state":"live","apps":["Tin App"]}})");
    CHECK(world::value_at(answer, "/findings/0/rule") == "derived_field_ignored");
    CHECK(world::value_at(answer, "/findings/0/pointer") == "/plan/state");
    CHECK(world::value_at(answer, "/findings/1/rule") == "app_name_display");
    CHECK(world::value_at(answer, "/findings/1/pointer") == "/plan/apps/0");
    CHECK(world::value_at(answer, "/plan/state") == "draft");
}
