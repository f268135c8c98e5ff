// Every document, written and read again; and the documents that OPERATIONS shows.

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "formats/tables/catalog.hpp"
#include "formats/tables/checks.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/history.hpp"
#include "unit/catalog/samples.hpp"

using licet::Country;
using licet::Errc;
using licet::Findings;
using licet::Offer;
using licet::Path;
using licet::Plan;
using licet::ServiceId;
using licet::TenantId;
using licet::Timestamp;
using licet::UserId;
using licet::Written;
using licet::formats::Audience;
using licet::formats::Codec;
using licet::formats::decode;
using licet::formats::encode;
using licet::formats::Origin;
using licet::formats::Parsed;
using licet::formats::Reader;
using licet::samples::lines;

namespace {

const char* const contoso = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

TenantId tenant() { return TenantId::parse(contoso).value(); }
ServiceId bronze() { return ServiceId::parse("fabrikam.f365.bronze").value(); }
UserId user(const char* id) { return UserId::parse(id).value(); }
Timestamp at(const char* time) { return Timestamp::parse(time).value(); }
Country country(const char* code) { return Country::parse(code).value(); }

licet::Money dollars(const char* amount) {
    return {licet::Decimal::parse(amount).value(), licet::Currency::parse("USD").value()};
}

Plan bare_plan(const char* id) {
    Plan plan = licet::samples::sample_plan(id);
    plan.service_id = ServiceId::parse("fabrikam.f365." + std::string(id)).value();
    return plan;
}

Plan full_plan(const char* id) {
    Plan plan = bare_plan(id);
    plan.description = "Everything, \"really\"\n";
    plan.visibility = licet::Visibility::private_;
    plan.more_info_url = "https://fabrikam.example/bronze";
    plan.audience = {tenant(), TenantId::parse("northwind").value()};
    plan.pricing = licet::samples::monthly_pricing();
    plan.pricing->user_limits = {2, 500};
    plan.pricing->terms.push_back({licet::TermUnit::year, 3, dollars("99.90")});
    plan.pricing->free_trial = true;
    plan.state = licet::PlanState::stopped;
    return plan;
}

Offer full_offer() {
    Offer offer = licet::samples::article_offer();
    offer.type = licet::OfferType::saas;
    offer.setup.call_to_action = licet::CallToAction::free_trial;
    offer.listing = {"Fabrikam 365", "Field work", "Plans the work.", {"field", "work"}};
    offer.plans = {full_plan("bronze"), bare_plan("silver")};
    offer.ingestion = {
        {"https://schema.mp.microsoft.com/schema/product/2022-03-01-preview3", std::nullopt, {}},
        {"https://schema.mp.microsoft.com/schema/plan/2022-03-01-preview2",
         offer.plans[0].id,
         {{"displayRank", {"1"}}, {"identity", {R"({"more":[null,{"a":"b"}]})"}}}}};
    offer.status = licet::OfferStatus::attention_needed;
    offer.phase = licet::Phase::certification;
    offer.review_findings = {{"100.1", "the logo is missing"}, {"100.2", "and the name"}};
    offer.unpublished_changes = false;
    offer.live_at = at("2026-01-10T13:00:00.250Z");
    return offer;
}

licet::Deal full_deal() {
    licet::Deal deal;
    deal.publisher = licet::PublisherId::parse("fabrikam").value();
    deal.id = licet::DealId::parse("d-1001").value();
    deal.kind = licet::DealKind::azure_ip_cosell;
    deal.offer = licet::OfferId::parse("f365").value();
    deal.customer = {"Contoso", country("US"), tenant()};
    deal.contract = {licet::ContractType::renewal,
                     licet::Date::parse("2026-01-10").value(),
                     licet::Date::parse("2026-02-01").value(),
                     licet::Date::parse("2027-01-31").value(),
                     true,
                     dollars("12000.00"),
                     dollars("9000.00")};
    deal.consumption_on = licet::ConsumptionOn::partner_tenant;
    deal.contact = {"Ana", "Diaz", "ana@fabrikam.example", "+1 555"};
    deal.state = licet::DealState::registered;
    deal.customer_locked = true;
    deal.licenses = {{licet::PlanId::parse("bronze").value(), bronze(), 30,
                      at("2026-02-01T00:00:00Z"), licet::LineState::warning}};
    return deal;
}

licet::Invite full_invite() {
    return {std::string(64, 'a'),
            licet::PublisherId::parse("fabrikam").value(),
            licet::DealId::parse("d-1001").value(),
            tenant(),
            licet::InviteState::revoked,
            at("2026-01-10T09:00:00Z"),
            at("2026-02-09T09:00:00Z"),
            "https://licet.example/consent?token=x"};
}

licet::Relationship full_relationship() {
    return {licet::PublisherId::parse("fabrikam").value(), tenant(), at("2026-01-11T09:00:00Z"),
            "ben"};
}

licet::Pool full_pool() {
    return {tenant(),
            bronze(),
            3,
            2,
            12,
            {{licet::DealId::parse("d-1").value(), 30, at("2027-02-01T00:00:00Z")},
             {licet::DealId::parse("d-2").value(), 5, std::nullopt}},
            at("2026-03-01T00:00:00Z"),
            at("2026-03-02T00:00:00Z")};
}

licet::PoolSummary full_summary() {
    return {tenant(), bronze(), {30, 1, 2, 3}, 40, 5, 9, at("2026-03-01T00:00:00Z"), true};
}

licet::Seat full_seat() {
    licet::Seat seat;
    seat.user = user("adele");
    seat.service_id = bronze();
    seat.sources = {licet::SeatSource(), {licet::GroupId::parse("sales").value()}};
    seat.since = at("2026-02-02T10:00:00Z");
    seat.usage_location = country("DE");
    return seat;
}

licet::Finding finding() {
    return {Errc::plan_id_not_referencable, licet::Severity::warning, "/plans/0/id", "a message",
            "a hint"};
}

licet::Event full_event() {
    licet::Actor by;
    by.id = "ben";
    by.tenant = tenant();
    by.roles = {licet::Role::license_admin, licet::Role::user_admin};
    return {"pool/" + std::string(contoso) + "/fabrikam.f365.bronze",
            2,
            at("2026-02-02T10:00:00Z"),
            "c0ffee",
            "seats.assign",
            by,
            {R"({"before":{},"after":{"consumed":1}})"},
            std::string(64, 'b'),
            std::string(64, 'a')};
}

licet::PoolEffect full_effect() {
    return {bronze(), full_summary(), full_summary(), {user("adele")}, 101, {user("alex")}, 102};
}

/// Written and read again it is the same; compared as text too, since not all can be compared.
template <class T>
void check_round_trip(const T& value) {
    const std::string text = encode(value, Audience::store);
    CAPTURE(text);
    auto again = decode<T>(text);
    REQUIRE(again);
    CHECK(encode(again.value(), Audience::store) == text);
    if constexpr (requires { again.value() == value; }) {
        CHECK(again.value() == value);
    }
}

template <class T>
void check_answer(T answer) {
    Written<T> written{std::move(answer), 7, {finding(), finding()}, false};
    check_round_trip(written);
    CHECK(encode(written).find("replayed") == std::string::npos);
    written.replayed = true;
    check_round_trip(written);
    CHECK(decode<Written<T>>(encode(written)).value().replayed);
    CHECK(decode<Written<T>>(encode(written)).value().revision == 7);
}

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
    for (const auto& member : document.root().get_object()) {
        names.append(names.empty() ? "" : " ").append(member.key().data(), member.key().size());
    }
    return names;
}

}  // namespace

TEST_CASE("offers and plans are read as they were written") {
    check_round_trip(full_plan("bronze"));
    check_round_trip(bare_plan("silver"));
    check_round_trip(full_offer());
    Offer bare;
    bare.publisher = full_offer().publisher;
    bare.id = full_offer().id;
    check_round_trip(bare);
    check_round_trip(licet::Publication{full_offer(), std::nullopt, std::nullopt});
    check_round_trip(licet::Publication{bare, full_offer(), at("2026-01-10T13:00:00Z")});
    check_round_trip(licet::ReviewFinding{"100.1", "the logo is missing"});
}

TEST_CASE("deals, invites and relationships are read as they were written") {
    check_round_trip(full_deal());
    licet::Deal bare;
    bare.publisher = licet::PublisherId::parse("fabrikam").value();
    bare.id = licet::DealId::parse("d-1").value();
    check_round_trip(bare);
    check_round_trip(full_invite());
    licet::Invite open = full_invite();
    open.deal.reset();
    open.tenant.reset();
    open.link.reset();
    check_round_trip(open);
    check_round_trip(full_relationship());
    check_round_trip(licet::LineChange{licet::PlanId::parse("bronze").value(), 30, false});
    check_round_trip(licet::LineChange{licet::PlanId::parse("bronze").value(), std::nullopt, true});
}

TEST_CASE("pools and seats are read as they were written") {
    check_round_trip(full_pool());
    licet::Pool without = full_pool();
    without.contributions.clear();
    without.over_since.reset();
    check_round_trip(without);
    check_round_trip(full_summary());
    check_round_trip(full_seat());
    check_round_trip(licet::SeatOutcome{user("adele"), licet::Outcome::assigned, std::nullopt});
    check_round_trip(
        licet::SeatOutcome{user("adele"), licet::Outcome::failed, Errc::no_free_license});
}

TEST_CASE("findings and events are read as they were written") {
    check_round_trip(finding());
    check_round_trip(full_event());
    check_round_trip(
        licet::PageOf<licet::Event>{{full_event(), full_event()}, "00000000000000000002"});
    check_round_trip(licet::PageOf<Offer>{{}, std::nullopt});
    check_round_trip(licet::VerifyAnswer{true, 3, std::nullopt});
    check_round_trip(licet::VerifyAnswer{false, 3, 4});
}

TEST_CASE("the answers of commands are read as they were written") {
    check_answer(licet::OfferAnswer{full_offer()});
    check_answer(licet::PlanAnswer{full_plan("bronze")});
    check_answer(licet::DealAnswer{full_deal()});
    check_answer(licet::InviteAnswer{full_invite()});
    check_answer(licet::RelationshipAnswer{full_relationship()});
    check_answer(licet::RelationshipAnswer{});
    check_answer(licet::LicensesAnswer{full_deal(), {full_effect()}});
    licet::PoolEffect fresh = full_effect();
    fresh.before.reset();
    check_answer(licet::LicensesAnswer{full_deal(), {fresh, full_effect()}});
    check_answer(licet::SeatsAnswer{{{user("adele"), licet::Outcome::already, std::nullopt}},
                                    full_summary()});
}

TEST_CASE("the answer of a check says the decision as a number and as a word") {
    CHECK(encode(licet::CheckAnswer{licet::Decision::in_grace, {bronze()}, std::nullopt}) ==
          R"({"licensed":true,"decision":2,"reason":"in_grace","by":["fabrikam.f365.bronze"],)"
          R"("show":null})");
    CHECK(encode(licet::CheckAnswer{
              licet::Decision::no_seat, {bronze()}, licet::PlanNotice{"Bronze", std::nullopt}}) ==
          R"({"licensed":false,"decision":0,"reason":"no_seat","by":["fabrikam.f365.bronze"],)"
          R"("show":{"display_name":"Bronze","more_info_url":null}})");
}

TEST_CASE("a seat's source is the word direct or a group") {
    const std::string seat =
        R"({"user":"adele","service_id":"fabrikam.f365.bronze","sources":["direct",)"
        R"({"group":"sales"}],"since":"2026-02-02T10:00:00Z","usage_location":null})";
    CHECK(encode(decode<licet::Seat>(seat).value()) == seat);
    for (const char* source : {"\"group\"", "{}", "{\"group\":1}", "null", "7"}) {
        std::string other = seat;
        other.replace(other.find("\"direct\""), 8, source);
        CHECK(decode<licet::Seat>(other).error().code == Errc::record_corrupt);
    }
}

// The shapes of OPERATIONS, as they stand there.

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
