// What the schemas are is asked here; that calls keep to them, in tests/schema.

#include <licet/operations/operations.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

using boost::json::parse;
using boost::json::value;

namespace {

// The names that a JSON value refers to, anywhere in it.
void collect_references(const value& in, std::set<std::string>& names) {
    if (const auto* array = in.if_array()) {
        for (const value& element : *array) {
            collect_references(element, names);
        }
    }
    if (const auto* object = in.if_object()) {
        for (const auto& member : *object) {
            if (member.key() == "$ref") {
                const std::string target(member.value().as_string());
                REQUIRE(target.starts_with("#/$defs/"));
                names.insert(target.substr(8));
            }
            collect_references(member.value(), names);
        }
    }
}

std::set<std::string> defined_in(const value& document) {
    std::set<std::string> names;
    for (const auto& member : document.at("$defs").as_object()) {
        names.insert(member.key());
    }
    return names;
}

value operation(std::string_view name) {
    const value document = parse(licet::operations_document());
    for (const value& one : document.at("operations").as_array()) {
        if (one.at("name").as_string() == name) {
            return one;
        }
    }
    FAIL("no such operation: ", name);
    return {};
}

std::string roles_of(std::string_view name) { return serialize(operation(name).at("roles")); }

std::string required_of(std::string_view name, std::string_view side) {
    return serialize(operation(name).at(side).at("required"));
}

bool takes(std::string_view name, std::string_view argument) {
    return operation(name).at("arguments").at("properties").as_object().contains(argument);
}

}  // namespace

TEST_CASE("every operation is described, in the order of their names") {
    const value document = parse(licet::operations_document());
    CHECK(document.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    const auto all = licet::operations();
    const auto& described = document.at("operations").as_array();
    REQUIRE(described.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(described[i].at("name").as_string() == all[i].name);
        const auto kind = described[i].at("kind").as_string();
        CHECK((kind == "command") == all[i].is_mutation);
        CHECK((kind == "host") == !all[i].needs_actor);
        CHECK(described[i].at("roles").as_object().empty() == !all[i].needs_actor);
    }
}

TEST_CASE("all that is referred to is defined, and all that is defined is referred to") {
    std::vector<std::string> texts{licet::operations_document()};
    for (const std::string_view document : licet::documents()) {
        texts.push_back(licet::schema_of(document).value());
    }
    for (const std::string& text : texts) {
        const value document = parse(text);
        std::set<std::string> referred;
        collect_references(document, referred);
        CHECK(referred == defined_in(document));
    }
}

TEST_CASE("the roles of an operation are those of the table of access") {
    CHECK(roles_of("offers.create") == R"({"publisher":["global_admin","account_admin"]})");
    CHECK(roles_of("offers.pass_phase") == R"({"marketplace":["reviewer"]})");
    CHECK(roles_of("seats.assign") ==
          R"({"tenant":["global_admin","license_admin","user_admin"]})");
    CHECK(roles_of("check") == "{}");
}

TEST_CASE("who may read events depends on the stream, so that all who may read one are named") {
    const std::string all = R"({"publisher":["global_admin","account_admin","developer",)"
                            R"("referral_admin"],"tenant":["global_admin","billing_admin",)"
                            R"("license_admin","user_admin"]})";
    CHECK(roles_of("events.list") == all);
    CHECK(roles_of("events.verify") == all);
}

TEST_CASE("what makes a change safe to repeat is an argument of commands alone") {
    for (const char* argument : {"idempotency_key", "expected_revision"}) {
        CHECK(takes("plans.create", argument));
        CHECK_FALSE(takes("plans.list", argument));
        CHECK_FALSE(takes("check", argument));
    }
    CHECK(takes("plans.list", "as"));
    CHECK_FALSE(takes("check", "as"));
    CHECK(required_of("plans.create", "arguments") == R"(["publisher","offer","plan","as"])");
    CHECK(required_of("plans.create", "answer") == R"(["plan","revision","findings"])");
    CHECK(required_of("plans.list", "answer") == R"(["plans","revision"])");
}

TEST_CASE(
    "what changes an offer is described as a patch, and what is only checked may be anything") {
    CHECK(serialize(operation("offers.update").at("arguments").at("properties").at("changes")) ==
          R"({"$ref":"#/$defs/OfferPatch"})");
    CHECK(serialize(operation("offers.check").at("arguments").at("properties").at("offer")) ==
          "{}");
}

TEST_CASE("documents are known by their names, and no other") {
    const auto names = licet::documents();
    CHECK(std::ranges::is_sorted(names));
    for (const char* name : {"offer", "plan", "deal", "invite", "relationship", "pool", "seat",
                             "group", "event", "finding", "config"}) {
        CAPTURE(name);
        CHECK(std::ranges::find(names, name) != names.end());
    }
    for (const std::string_view name : names) {
        CHECK(parse(licet::schema_of(name).value()).at("title").as_string() == name);
    }
    for (const char* name : {"", "Offer", "offers", "OfferInput"}) {
        CHECK_FALSE(licet::schema_of(name));
    }
}
