#pragma once

/// \file
/// One of each document, with something in every field.

#include <optional>
#include <string>

#include <licet/history.hpp>

#include "formats/tables/catalog.hpp"
#include "formats/tables/checks.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/history.hpp"
#include "unit/catalog/samples.hpp"

namespace licet::documents {

inline constexpr const char* contoso = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

inline TenantId tenant() { return TenantId::parse(contoso).value(); }
inline ServiceId bronze() { return ServiceId::parse("fabrikam.f365.bronze").value(); }
inline UserId user(const char* id) { return UserId::parse(id).value(); }
inline Timestamp at(const char* time) { return Timestamp::parse(time).value(); }
inline Country country(const char* code) { return Country::parse(code).value(); }

inline Money dollars(const char* amount) {
    return {Decimal::parse(amount).value(), Currency::parse("USD").value()};
}

inline Plan bare_plan(const char* id) {
    Plan plan = samples::sample_plan(id);
    plan.service_id = ServiceId::parse("fabrikam.f365." + std::string(id)).value();
    return plan;
}

inline Plan full_plan(const char* id) {
    Plan plan = bare_plan(id);
    plan.description = "Everything, \"really\"\n";
    plan.visibility = Visibility::private_;
    plan.more_info_url = "https://fabrikam.example/bronze";
    plan.audience = {tenant(), TenantId::parse("northwind").value()};
    plan.pricing = samples::monthly_pricing();
    plan.pricing->user_limits = {2, 500};
    plan.pricing->terms.push_back({TermUnit::year, 3, dollars("99.90")});
    plan.pricing->free_trial = true;
    plan.state = PlanState::stopped;
    return plan;
}

inline Offer full_offer() {
    Offer offer = samples::article_offer();
    offer.type = OfferType::saas;
    offer.setup.call_to_action = CallToAction::free_trial;
    offer.listing = {"Fabrikam 365", "Field work", "Plans the work.", {"field", "work"}};
    offer.plans = {full_plan("bronze"), bare_plan("silver")};
    offer.ingestion = {
        {"https://schema.mp.microsoft.com/schema/product/2022-03-01-preview3", std::nullopt, {}},
        {"https://schema.mp.microsoft.com/schema/plan/2022-03-01-preview2",
         offer.plans[0].id,
         {{"displayRank", {"1"}}, {"identity", {R"({"more":[null,{"a":"b"}]})"}}}}};
    offer.status = OfferStatus::attention_needed;
    offer.phase = Phase::certification;
    offer.review_findings = {{"100.1", "the logo is missing"}, {"100.2", "and the name"}};
    offer.unpublished_changes = false;
    offer.live_at = at("2026-01-10T13:00:00.250Z");
    return offer;
}

inline Deal full_deal() {
    Deal deal;
    deal.publisher = PublisherId::parse("fabrikam").value();
    deal.id = DealId::parse("d-1001").value();
    deal.kind = DealKind::azure_ip_cosell;
    deal.offer = OfferId::parse("f365").value();
    deal.customer = {"Contoso", country("US"), tenant()};
    deal.contract = {ContractType::renewal,
                     Date::parse("2026-01-10").value(),
                     Date::parse("2026-02-01").value(),
                     Date::parse("2027-01-31").value(),
                     true,
                     dollars("12000.00"),
                     dollars("9000.00")};
    deal.consumption_on = ConsumptionOn::partner_tenant;
    deal.contact = {"Ana", "Diaz", "ana@fabrikam.example", "+1 555"};
    deal.state = DealState::registered;
    deal.customer_locked = true;
    deal.licenses = {{PlanId::parse("bronze").value(), bronze(), 30, at("2026-02-01T00:00:00Z"),
                      LineState::warning}};
    return deal;
}

inline Invite full_invite() {
    return {std::string(64, 'a'),
            PublisherId::parse("fabrikam").value(),
            DealId::parse("d-1001").value(),
            tenant(),
            InviteState::revoked,
            at("2026-01-10T09:00:00Z"),
            at("2026-02-09T09:00:00Z"),
            "https://licet.example/consent?token=x"};
}

inline Relationship full_relationship() {
    return {PublisherId::parse("fabrikam").value(), tenant(), at("2026-01-11T09:00:00Z"), "ben"};
}

inline Pool full_pool() {
    return {tenant(),
            bronze(),
            3,
            2,
            12,
            {{DealId::parse("d-1").value(), 30, at("2027-02-01T00:00:00Z")},
             {DealId::parse("d-2").value(), 5, std::nullopt}},
            at("2026-03-01T00:00:00Z"),
            at("2026-03-02T00:00:00Z")};
}

inline PoolSummary full_summary() {
    return {tenant(), bronze(), {30, 1, 2, 3}, 40, 5, 9, at("2026-03-01T00:00:00Z"), true};
}

inline Seat full_seat() {
    Seat seat;
    seat.user = user("adele");
    seat.service_id = bronze();
    seat.sources = {SeatSource(), {GroupId::parse("sales").value()}};
    seat.since = at("2026-02-02T10:00:00Z");
    seat.usage_location = country("DE");
    return seat;
}

inline Finding finding() {
    return {Errc::plan_id_not_referencable, Severity::warning, "/plans/0/id", "a message",
            "a hint"};
}

inline Event full_event() {
    Actor by;
    by.id = "ben";
    by.tenant = tenant();
    by.roles = {Role::license_admin, Role::user_admin};
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

inline PoolEffect full_effect() {
    return {bronze(), full_summary(), full_summary(), {user("adele")}, 101, {user("alex")}, 102};
}

}  // namespace licet::documents
