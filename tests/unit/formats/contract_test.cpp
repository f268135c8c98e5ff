// The shapes of OPERATIONS, as they stand there.

#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "documents.hpp"

using namespace licet;
using namespace licet::documents;
using namespace licet::formats;
using licet::samples::lines;

namespace {

/// What a caller's document is found to be, and what it looks like when written again.
template <class T>
std::pair<std::string, std::string> as_caller(std::string_view text) {
    Findings findings;
    Parsed document;
    T value{};
    if (document.parse(text, findings)) {
        Reader reader(findings, Origin::caller);
        Codec<T>::read(document.root(), value, reader, Path());
    }
    return {lines(findings.all()), encode(value)};
}

/// The names of an object's members, in their order.
std::string members_of(std::string_view text) {
    Findings findings;
    Parsed document;
    REQUIRE(document.parse(text, findings));
    std::string names;
    for (const auto& member : document.root().children()) {
        names.append(names.empty() ? "" : " ").append(member.key());
    }
    return names;
}

}  // namespace

TEST_CASE("the contract's offer is read, and written as it stands there") {
    const std::string offer =
        R"({"publisher":"fabrikam","id":"f365","alias":"Fabrikam 365",)"
        R"("type":"dynamics365_dataverse_powerapps",)"
        R"("setup":{"sell_through_microsoft":false,"license_management":true,)"
        R"("require_license_for_install":true},)"
        R"("listing":{"name":"Fabrikam 365","summary":"Field work","description":"…",)"
        R"("keywords":["field"]},)"
        R"("technical":{"base_license_model":"user",)"
        R"("package_url":"https://fabrikam.example/package.zip"},)"
        R"("plans":[{"id":"bronze","name":"Bronze","description":"…","visibility":"public",)"
        R"("more_info_url":"https://fabrikam.example/bronze","apps":["crf36_BronzeApp"],)"
        R"("service_id":"fabrikam.f365.bronze","state":"draft"}],)"
        R"("status":"draft","phase":null,"review_findings":[],"unpublished_changes":true,)"
        R"("live_at":null})";
    const auto [found, written] = as_caller<Offer>(offer);
    CHECK(found ==
          "derived_field_ignored /plans/0/state (warning)\n"
          "derived_field_ignored /status (warning)\n"
          "derived_field_ignored /phase (warning)\n"
          "derived_field_ignored /review_findings (warning)\n"
          "derived_field_ignored /unpublished_changes (warning)\n"
          "derived_field_ignored /live_at (warning)");
    CHECK(written == offer);
    CHECK(encode(decode<Offer>(offer).value()) == offer);
}

TEST_CASE("the contract's pricing is read, and written as it stands there") {
    const std::string pricing =
        R"({"model":"per_user","user_limits":{"min":1,"max":1000000},"markets":["US"],)"
        R"("terms":[{"unit":"month","count":1,"price":{"amount":"10.00","currency":"USD"}}],)"
        R"("free_trial":false})";
    CHECK(as_caller<licet::Pricing>(pricing) == std::pair(std::string(), pricing));
    const std::string setup = R"({"call_to_action":"free_trial"})";
    CHECK(as_caller<licet::Setup>(setup) == std::pair(std::string(), setup));
}

TEST_CASE("the contract's deal is read, and written as it stands there") {
    const std::string given =
        R"({"publisher":"fabrikam","id":"d-1001","kind":"isv_connect","offer":"f365",)"
        R"("customer":{"company":"Contoso","country":"US",)"
        R"("tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff"},)"
        R"("contract":{"type":"new","signed":"2026-01-10","start":"2026-02-01",)"
        R"("end":"2027-01-31","perpetual":false,)"
        R"("total_value":{"amount":"12000.00","currency":"USD"},)"
        R"("solution_value":{"amount":"9000.00","currency":"USD"}},)"
        R"("consumption_on":"customer_tenant","contact":{"first_name":"Ana","last_name":"Diaz",)"
        R"("email":"ana@fabrikam.example","phone":""},)";
    const auto [found, written] = as_caller<licet::Deal>(
        given + R"("state":"submitted","customer_locked":false,)"
                R"("licenses":[{"plan":"bronze","service_id":"fabrikam.f365.bronze","quantity":30,)"
                R"("state":"active"}]})");
    CHECK(found ==
          "derived_field_ignored /state (warning)\n"
          "derived_field_ignored /customer_locked (warning)\n"
          "derived_field_ignored /licenses (warning)");
    CHECK(written == given + R"("state":"draft","customer_locked":false,"licenses":[]})");
    CHECK(members_of(encode(full_deal().licenses.at(0))) == "plan service_id quantity since state");
}

TEST_CASE("the contract's smaller shapes have their members in its order") {
    const std::string pool =
        R"({"tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff","service_id":"fabrikam.f365.bronze",)"
        R"("capacity":{"enabled":30,"warning":0,"suspended":0,"locked_out":0},"consumed":12,)"
        R"("available":18,"over_by":0)";
    const auto summary =
        decode<licet::PoolSummary>(pool + R"(,"over_since":null,"overdue":false})");
    REQUIRE(summary);
    CHECK(encode(summary.value()).starts_with(pool));
    CHECK(members_of(encode(full_seat())) == "user service_id sources since usage_location");
    CHECK(members_of(encode(full_invite())) ==
          "id publisher deal tenant state created_at expires_at link");
    CHECK(members_of(encode(full_relationship())) == "publisher tenant since accepted_by");
    CHECK(members_of(encode(full_event())) ==
          "stream number at command operation by details hash previous");
    CHECK(members_of(encode(finding())) == "rule severity pointer message hint");
    CHECK(members_of(encode(full_effect())).starts_with("service_id before after blocked_by"));
    CHECK(members_of(encode(licet::PageOf<Offer>{})) == "items next");
    CHECK(members_of(encode(licet::VerifyAnswer())) == "ok count broken_at");
    CHECK(members_of(encode(licet::OfferView{})) == "offer live revision");
    CHECK(members_of(encode(Written<licet::OfferAnswer>{})) == "offer revision findings");
}
