#pragma once

/// \file
/// Fabrikam's deal with Contoso, and how tests say what was found in one.

#include <string>

#include <licet/deals/deal.hpp>

namespace samples {

inline licet::PlanId plan(std::string_view id) { return licet::PlanId::parse(id).value(); }
inline licet::TenantId tenant(std::string_view id) { return licet::TenantId::parse(id).value(); }
inline licet::Date date(std::string_view day) { return licet::Date::parse(day).value(); }
inline licet::Timestamp at(std::string_view time) { return licet::Timestamp::parse(time).value(); }

inline licet::Money money(std::string_view amount, std::string_view currency = "USD") {
    return {licet::Decimal::parse(amount).value(), licet::Currency::parse(currency).value()};
}

inline licet::Deal deal(licet::DealState state = licet::DealState::submitted) {
    licet::Deal deal;
    deal.publisher = licet::PublisherId::parse("fabrikam").value();
    deal.id = licet::DealId::parse("d-1001").value();
    deal.offer = licet::OfferId::parse("f365").value();
    deal.customer = {"Contoso", licet::Country::parse("US").value(), tenant("contoso")};
    deal.contract.signed_ = date("2026-01-10");
    deal.contract.start = date("2026-02-01");
    deal.contract.end = date("2027-01-31");
    deal.contract.total_value = money("12000.00");
    deal.contract.solution_value = money("9000.00");
    deal.contact = {"Ana", "Diaz", "ana@fabrikam.example", ""};
    deal.state = state;
    return deal;
}

inline licet::LicenseLine line(std::string_view id, std::int64_t quantity) {
    const auto service_id = licet::ServiceId::parse("fabrikam.f365." + std::string(id)).value();
    return {plan(id), service_id, quantity, at("2026-02-01T00:00:00Z"), licet::LineState::active};
}

/// A registered deal after its first licences.
inline licet::Deal locked_deal() {
    licet::Deal locked = deal(licet::DealState::registered);
    locked.customer_locked = true;
    locked.licenses = {line("bronze", 30)};
    return locked;
}

/// "<rule> <pointer>" for each finding, one a line; warnings have a '?' before them.
inline std::string told(const std::vector<licet::Finding>& findings) {
    std::string text;
    for (const licet::Finding& finding : findings) {
        text += finding.severity == licet::Severity::warning ? "?" : "";
        text += licet::name_of(finding.rule);
        text += ' ' + finding.pointer + '\n';
    }
    return text;
}

}  // namespace samples
