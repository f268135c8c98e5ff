#pragma once

/// \file
/// The words of ingestion documents, for reading them and for writing them.

#include <optional>
#include <string_view>

#include "formats/enums.hpp"

namespace licet::formats::ingestion {

inline constexpr Word<OfferType> types[] = {
    {"dynamics365ForCustomerEngagement", OfferType::dynamics365_dataverse_powerapps},
    {"powerBiVisual", OfferType::power_bi_visual},
    {"dynamics365BusinessCentral", OfferType::dynamics365_business_central},
    {"softwareAsAService", OfferType::saas},
};

/// The first spelling of each is written; the others are of older documents.
inline constexpr Word<CallToAction> calls_to_action[] = {
    {"free", CallToAction::free},
    {"freeTrial", CallToAction::free_trial},
    {"contactMe", CallToAction::contact_me},
    {"free-trial", CallToAction::free_trial},
    {"contact-me", CallToAction::contact_me},
};

/// A member of the setup resource, and where an offer has it.
struct Choice {
    std::string_view member;
    std::string_view pointer;
    std::optional<bool> Setup::*value;
};
inline constexpr Choice choices[] = {
    {"sellThroughMicrosoft", "/setup/sell_through_microsoft", &Setup::sell_through_microsoft},
    {"useMicrosoftLicenseManagementService", "/setup/license_management",
     &Setup::license_management},
    {"requireLicenseForInstall", "/setup/require_license_for_install",
     &Setup::require_license_for_install},
};
inline constexpr std::string_view call_to_action = "callToAction";

/// What a submission is for.
inline constexpr std::string_view targets[] = {"draft", "preview", "live"};

/// Both spellings stand in Microsoft's own pages; the first is written.
inline constexpr std::string_view external_id_names[] = {"externalId", "externalID"};

template <class E, std::size_t N>
std::optional<E> meaning_of(const Word<E> (&words)[N], std::string_view text) {
    for (const auto& [word, meaning] : words) {
        if (word == text) {
            return meaning;
        }
    }
    return std::nullopt;
}

template <class E, std::size_t N>
std::string_view word_of(const Word<E> (&words)[N], E meaning) {
    for (const auto& [word, known] : words) {
        if (known == meaning) {
            return word;
        }
    }
    return {};
}

}  // namespace licet::formats::ingestion
