#include <licet/catalog/buttons.hpp>

#include <doctest/doctest.h>

#include "unit/catalog/samples.hpp"

using licet::Button;
using licet::buttons_of;
using licet::CallToAction;
using licet::Offer;
using licet::OfferStatus;
using licet::Setup;
using licet::Viewer;
using Buttons = std::vector<Button>;

namespace {

const Buttons none;
const Buttons contact_me = {Button::contact_me};
const Buttons both = {Button::get_it_now, Button::contact_me};

Offer offer_with(const Setup& setup) {
    Offer offer = licet::samples::article_offer();
    offer.setup = setup;
    offer.status = OfferStatus::live;
    return offer;
}

}  // namespace

TEST_CASE("where a license is required, those who own one get it now and all may ask for contact") {
    const Offer required = offer_with({false, true, true, std::nullopt});
    const Offer sold = offer_with({true, std::nullopt, std::nullopt, std::nullopt});
    for (const Offer& offer : {required, sold}) {
        for (const auto viewer : {Viewer::admin, Viewer::user}) {
            CHECK(buttons_of(offer, viewer, false) == contact_me);
            CHECK(buttons_of(offer, viewer, true) == both);
        }
    }
}

TEST_CASE("where no license is required, admins get it now and all may ask for contact") {
    const Offer offer = offer_with({false, true, false, std::nullopt});
    for (const bool owns_license : {false, true}) {
        CHECK(buttons_of(offer, Viewer::admin, owns_license) == both);
        CHECK(buttons_of(offer, Viewer::user, owns_license) == contact_me);
    }
}

TEST_CASE("without license management there is one button, by the call to action") {
    const std::pair<CallToAction, Button> rows[] = {
        {CallToAction::free, Button::get_it_now},
        {CallToAction::free_trial, Button::free_trial},
        {CallToAction::contact_me, Button::contact_me},
    };
    for (const auto& [call, button] : rows) {
        const Offer offer = offer_with({false, false, std::nullopt, call});
        for (const auto viewer : {Viewer::admin, Viewer::user}) {
            for (const bool owns_license : {false, true}) {
                CHECK(buttons_of(offer, viewer, owns_license) == Buttons{button});
            }
        }
    }
}

TEST_CASE("a draft whose call to action is not chosen has no button") {
    CHECK(buttons_of(offer_with({}), Viewer::admin, true) == none);
}

TEST_CASE("an offer that is not available has no button, one that is to stop still has them") {
    Offer offer = offer_with({false, true, true, std::nullopt});
    offer.status = OfferStatus::pending_stop_distribution;
    CHECK(buttons_of(offer, Viewer::admin, true) == both);
    offer.status = OfferStatus::not_available;
    CHECK(buttons_of(offer, Viewer::admin, true) == none);
    offer.setup = {false, false, std::nullopt, CallToAction::free};
    CHECK(buttons_of(offer, Viewer::admin, true) == none);
}
