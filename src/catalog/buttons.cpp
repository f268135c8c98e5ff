#include <licet/catalog/buttons.hpp>

namespace licet {
namespace {

Button button_of(CallToAction call) noexcept {
    switch (call) {
        case CallToAction::free:
            return Button::get_it_now;
        case CallToAction::free_trial:
            return Button::free_trial;
        case CallToAction::contact_me:
            break;
    }
    return Button::contact_me;
}

}  // namespace

std::vector<Button> buttons_of(const Offer& offer, Viewer viewer, bool owns_license) {
    const Setup& setup = offer.setup;
    if (offer.status == OfferStatus::not_available) {
        return {};
    }
    if (!setup.manages_licenses()) {
        return setup.call_to_action ? std::vector{button_of(*setup.call_to_action)}
                                    : std::vector<Button>();
    }
    const bool license_first = setup.require_license_for_install.value_or(true);
    const bool installs = license_first ? owns_license : viewer == Viewer::admin;
    return installs ? std::vector{Button::get_it_now, Button::contact_me}
                    : std::vector{Button::contact_me};
}

}  // namespace licet
