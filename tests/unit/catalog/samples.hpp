#pragma once

/// \file
/// Offers and plans to test with, and findings as text.

#include <string>
#include <string_view>
#include <utility>

#include <licet/catalog/offer.hpp>

namespace licet::samples {

inline Plan sample_plan(std::string_view id) {
    Plan plan;
    plan.id = PlanId::parse(id).value();
    plan.name = "Fabrikam " + std::string(id);
    plan.apps = {"crf36_" + std::string(id)};
    return plan;
}

inline Pricing monthly_pricing() {
    Pricing pricing;
    pricing.markets = {Country::parse("US").value()};
    pricing.terms = {
        {TermUnit::month, 1, {Decimal::parse("10.00").value(), Currency::parse("USD").value()}}};
    return pricing;
}

/// The article's offer: everything that submit asks for, two plans.
inline Offer article_offer() {
    Offer offer;
    offer.publisher = PublisherId::parse("fabrikam").value();
    offer.id = OfferId::parse("f365").value();
    offer.alias = "Fabrikam 365";
    offer.setup.sell_through_microsoft = false;
    offer.setup.license_management = true;
    offer.setup.require_license_for_install = true;
    offer.listing.name = "Fabrikam 365";
    offer.technical.base_license_model = LicenseModel::user;
    offer.technical.package_url = "https://fabrikam.example/package.zip";
    offer.plans = {sample_plan("bronze"), sample_plan("silver")};
    return offer;
}

/// The same, sold through Microsoft.
inline Offer priced_offer() {
    Offer priced = article_offer();
    priced.setup = {};
    priced.setup.sell_through_microsoft = true;
    for (Plan& plan : priced.plans) {
        plan.pricing = monthly_pricing();
    }
    return priced;
}

/// One line a finding: the rule, the pointer, and "(warning)" where it is one.
inline std::string lines(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += text.empty() ? "" : "\n";
        text += name_of(finding.rule) + (" " + finding.pointer);
        text += finding.severity == Severity::warning ? " (warning)" : "";
    }
    return text;
}

inline std::string form_of(const Offer& offer, Profile profile = Profile::create) {
    Findings findings;
    check_form(offer, profile, findings);
    return lines(findings.all());
}

inline std::string missing_in(const Offer& offer) {
    Findings findings;
    check_complete(offer, findings);
    return lines(findings.all());
}

/// What is wrong with the form of a plan that is the third of the offer.
inline std::string form_of(Offer offer, Plan plan) {
    offer.plans.resize(2);
    offer.plans.push_back(std::move(plan));
    return form_of(offer);
}

/// So many characters, each of two bytes.
inline std::string long_text(std::size_t characters) {
    std::string text;
    for (std::size_t i = 0; i < characters; ++i) {
        text += "\xC3\xA9";
    }
    return text;
}

}  // namespace licet::samples
