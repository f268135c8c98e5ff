#pragma once

/// \file
/// The words of the catalog.

#include <licet/catalog/commands.hpp>

#include "enum_words.hpp"

namespace licet {

template <>
struct Words<Change> {
    static constexpr Word<Change> all[] = {
        {"added", Change::added},
        {"changed", Change::changed},
        {"removed", Change::removed},
    };
};
template <>
struct Words<Visibility> {
    static constexpr Word<Visibility> all[] = {
        {"public", Visibility::public_},
        {"private", Visibility::private_},
    };
};
template <>
struct Words<PlanState> {
    static constexpr Word<PlanState> all[] = {
        {"draft", PlanState::draft},
        {"live", PlanState::live},
        {"stopped", PlanState::stopped},
    };
};
template <>
struct Words<PricingModel> {
    static constexpr Word<PricingModel> all[] = {{"per_user", PricingModel::per_user}};
};
template <>
struct Words<TermUnit> {
    static constexpr Word<TermUnit> all[] = {
        {"month", TermUnit::month},
        {"year", TermUnit::year},
    };
};
template <>
struct Words<OfferType> {
    static constexpr Word<OfferType> all[] = {
        {"dynamics365_dataverse_powerapps", OfferType::dynamics365_dataverse_powerapps},
        {"power_bi_visual", OfferType::power_bi_visual},
        {"dynamics365_business_central", OfferType::dynamics365_business_central},
        {"saas", OfferType::saas},
    };
};
template <>
struct Words<CallToAction> {
    static constexpr Word<CallToAction> all[] = {
        {"free", CallToAction::free},
        {"free_trial", CallToAction::free_trial},
        {"contact_me", CallToAction::contact_me},
    };
};
template <>
struct Words<LicenseModel> {
    static constexpr Word<LicenseModel> all[] = {
        {"user", LicenseModel::user},
        {"resource", LicenseModel::resource},
    };
};
template <>
struct Words<OfferStatus> {
    static constexpr Word<OfferStatus> all[] = {
        {"draft", OfferStatus::draft},
        {"publish_in_progress", OfferStatus::publish_in_progress},
        {"attention_needed", OfferStatus::attention_needed},
        {"preview", OfferStatus::preview},
        {"live", OfferStatus::live},
        {"pending_stop_distribution", OfferStatus::pending_stop_distribution},
        {"not_available", OfferStatus::not_available},
    };
};
template <>
struct Words<Phase> {
    static constexpr Word<Phase> all[] = {
        {"automated_validation", Phase::automated_validation},
        {"certification", Phase::certification},
        {"preview_creation", Phase::preview_creation},
        {"publisher_signoff", Phase::publisher_signoff},
        {"publish", Phase::publish},
    };
};
template <>
struct Words<Button> {
    static constexpr Word<Button> all[] = {
        {"get_it_now", Button::get_it_now},
        {"contact_me", Button::contact_me},
        {"free_trial", Button::free_trial},
    };
};
template <>
struct Words<Viewer> {
    static constexpr Word<Viewer> all[] = {
        {"admin", Viewer::admin},
        {"user", Viewer::user},
    };
};

}  // namespace licet
