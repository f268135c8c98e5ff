#include <doctest/doctest.h>

#include <array>
#include <optional>
#include <vector>

#include "unit/catalog/samples.hpp"

using licet::CallToAction;
using licet::Offer;
using licet::OfferType;
using licet::Setup;
using licet::samples::form_of;
using licet::samples::missing_in;

namespace {

constexpr std::array<std::optional<bool>, 3> flags = {std::nullopt, false, true};
constexpr std::array<std::optional<CallToAction>, 4> calls = {
    std::nullopt, CallToAction::free, CallToAction::free_trial, CallToAction::contact_me};

std::vector<Setup> all_setups() {
    std::vector<Setup> setups;
    for (const auto& sell : flags) {
        for (const auto& manage : flags) {
            for (const auto& require : flags) {
                for (const auto& call : calls) {
                    setups.push_back({sell, manage, require, call});
                }
            }
        }
    }
    return setups;
}

// The rows of DOMAIN §2, with every choice made.
std::vector<Setup> whole_setups() {
    return {{true, true, std::nullopt, std::nullopt},
            {false, true, true, std::nullopt},
            {false, true, false, std::nullopt},
            {false, false, std::nullopt, CallToAction::free},
            {false, false, std::nullopt, CallToAction::free_trial},
            {false, false, std::nullopt, CallToAction::contact_me}};
}

template <class T>
bool agrees(const std::optional<T>& given, const std::optional<T>& whole) {
    return !given || given == whole;
}

// What is chosen can still become one of the rows.
bool can_be_completed(const Setup& setup) {
    for (const Setup& whole : whole_setups()) {
        if (agrees(setup.sell_through_microsoft, whole.sell_through_microsoft) &&
            agrees(setup.license_management, whole.license_management) &&
            agrees(setup.require_license_for_install, whole.require_license_for_install) &&
            agrees(setup.call_to_action, whole.call_to_action)) {
            return true;
        }
    }
    return false;
}

// With what is absent taken for false, and licence management following a sale by Microsoft, it
// is one of the rows.
bool is_whole(Setup setup) {
    setup.sell_through_microsoft = setup.sell_through_microsoft.value_or(false);
    setup.license_management = setup.license_management.value_or(*setup.sell_through_microsoft);
    for (const Setup& whole : whole_setups()) {
        if (setup == whole) {
            return true;
        }
    }
    return false;
}

Offer offer_with(const Setup& setup) {
    Offer offer = licet::samples::article_offer();
    offer.setup = setup;
    return offer;
}

std::string setup_form(const Setup& setup) { return form_of(offer_with(setup)); }

std::string setup_missing(const Setup& setup) {
    Offer offer = offer_with(setup);
    for (licet::Plan& plan : offer.plans) {
        plan.pricing = licet::samples::monthly_pricing();
    }
    return missing_in(offer);
}

}  // namespace

TEST_CASE("a setup has an error of form exactly where no choice is left that completes it") {
    const auto setups = all_setups();
    REQUIRE(setups.size() == 3 * 3 * 3 * 4);
    for (std::size_t i = 0; i < setups.size(); ++i) {
        CAPTURE(i);
        CHECK(setup_form(setups[i]).empty() == can_be_completed(setups[i]));
    }
}

TEST_CASE("a setup without errors of form is complete exactly where all that matters is chosen") {
    const auto setups = all_setups();
    for (std::size_t i = 0; i < setups.size(); ++i) {
        CAPTURE(i);
        if (can_be_completed(setups[i])) {
            CHECK(setup_missing(setups[i]).empty() == is_whole(setups[i]));
        }
    }
}

TEST_CASE("each field that a setup excludes is named") {
    const auto none = std::nullopt;
    CHECK(setup_form({true, false, none, none}) ==
          "setup_license_management_forced /setup/license_management");
    CHECK(setup_form({true, true, false, CallToAction::free}) ==
          "setup_require_license_excluded /setup/require_license_for_install\n"
          "setup_call_to_action_excluded /setup/call_to_action");
    CHECK(setup_form({false, true, true, CallToAction::free}) ==
          "setup_call_to_action_excluded /setup/call_to_action");
    CHECK(setup_form({false, false, true, none}) ==
          "setup_require_license_excluded /setup/require_license_for_install");
    CHECK(setup_form({none, none, true, CallToAction::free}) ==
          "setup_require_license_excluded /setup/require_license_for_install");
}

TEST_CASE("each choice that a setup lacks is named") {
    const auto none = std::nullopt;
    CHECK(setup_missing({}) == "setup_missing /setup");
    CHECK(setup_missing({false, none, none, none}) == "setup_missing /setup");
    CHECK(setup_missing({none, none, true, none}) == "setup_missing /setup");
    CHECK(setup_missing({false, true, none, none}) ==
          "setup_require_license_missing /setup/require_license_for_install");
    CHECK(setup_missing({false, false, none, none}) ==
          "setup_call_to_action_missing /setup/call_to_action");
    CHECK(setup_missing({none, none, none, CallToAction::free}).empty());
}

TEST_CASE("licenses are managed where that is chosen or the offer is sold through Microsoft") {
    for (const Setup& setup : all_setups()) {
        const bool sold = setup.sell_through_microsoft == true;
        CHECK(setup.sold_through_microsoft() == sold);
        CHECK(setup.manages_licenses() == (sold || setup.license_management == true));
    }
}

TEST_CASE("other types of offer manage licenses only when sold through Microsoft") {
    for (const auto type :
         {OfferType::power_bi_visual, OfferType::dynamics365_business_central, OfferType::saas}) {
        Offer offer = offer_with({false, true, true, std::nullopt});
        offer.type = type;
        CHECK(form_of(offer) ==
              "setup_license_management_needs_microsoft /setup/license_management");
        offer.setup = {true, true, std::nullopt, std::nullopt};
        CHECK(form_of(offer).empty());
        offer.setup = {false, false, std::nullopt, CallToAction::free};
        CHECK(form_of(offer).empty());
    }
}
