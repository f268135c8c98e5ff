#include <licet/catalog/offer.hpp>

#include <algorithm>
#include <utility>

#include "catalog/report.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

constexpr std::size_t alias_max = 120;
constexpr std::size_t listing_name_max = 200;
constexpr std::size_t summary_max = 100;
constexpr std::size_t keywords_max = 3;

void check_ids(const Offer& offer, Profile profile, Report& report, const Path& at) {
    if (offer.publisher.empty()) {
        report.error(Errc::publisher_id_length, at / "publisher", "0 characters",
                     "give the publisher's id");
    }
    if (offer.id.empty()) {
        report.error(Errc::offer_id_length, at / "id", "0 characters", "give the offer an id");
    }
    if (!fits_together(offer.publisher, offer.id)) {
        const auto together = offer.publisher.str().size() + 1 + offer.id.str().size();
        report.strict(profile, Errc::publisher_offer_length, at / "id",
                      std::to_string(together) + " characters", "choose a shorter offer id");
    }
}

/// What the choices made so far say of how the offer is sold.
enum class Sale { open, by_microsoft, licensed, unlicensed };

Sale sale_of(const Setup& setup) noexcept {
    if (setup.sold_through_microsoft()) {
        return Sale::by_microsoft;
    }
    if (setup.license_management) {
        return *setup.license_management ? Sale::licensed : Sale::unlicensed;
    }
    return setup.call_to_action ? Sale::unlicensed : Sale::open;
}

void check_license_management(const Setup& setup, OfferType type, Report& report, const Path& at) {
    const Sale sale = sale_of(setup);
    if (sale == Sale::by_microsoft && setup.license_management == false) {
        report.error(Errc::setup_license_management_forced, at, "false",
                     "leave it out or set it to true");
    }
    if (sale == Sale::licensed && type != OfferType::dynamics365_dataverse_powerapps) {
        report.error(Errc::setup_license_management_needs_microsoft, at, "true",
                     "sell through Microsoft, or turn license management off");
    }
}

void check_require_license(const Setup& setup, Report& report, const Path& at) {
    const Sale sale = sale_of(setup);
    const auto& require = setup.require_license_for_install;
    if (require && (sale == Sale::by_microsoft || sale == Sale::unlicensed)) {
        report.error(Errc::setup_require_license_excluded, at, *require ? "true" : "false",
                     "remove it");
    }
    if (!require && sale == Sale::licensed) {
        report.incomplete(Errc::setup_require_license_missing, at, {},
                          "choose whether the app can be installed only with a license");
    }
}

void check_call_to_action(const Setup& setup, Report& report, const Path& at) {
    const Sale sale = sale_of(setup);
    if (setup.call_to_action && (sale == Sale::by_microsoft || sale == Sale::licensed)) {
        report.error(Errc::setup_call_to_action_excluded, at, {},
                     "remove it, or turn license management off");
    }
    if (!setup.call_to_action && sale == Sale::unlicensed) {
        report.incomplete(Errc::setup_call_to_action_missing, at, {},
                          "choose free, free_trial or contact_me");
    }
}

void check_setup(const Setup& setup, OfferType type, Report& report, const Path& at) {
    if (sale_of(setup) == Sale::open) {
        report.incomplete(Errc::setup_missing, at, {},
                          "choose sell_through_microsoft, license_management or call_to_action");
    }
    check_license_management(setup, type, report, at / "license_management");
    check_require_license(setup, report, at / "require_license_for_install");
    check_call_to_action(setup, report, at / "call_to_action");
}

void check_listing(const Listing& listing, Report& report, const Path& at) {
    if (listing.name.empty()) {
        report.incomplete(Errc::listing_missing, at / "name", {}, "name the offer");
    }
    report.length(Errc::listing_name_length, listing.name, 0, listing_name_max, at / "name",
                  "use 1 to 200 characters");
    report.length(Errc::listing_summary_length, listing.summary, 0, summary_max, at / "summary",
                  "use at most 100 characters");
    if (listing.keywords.size() > keywords_max) {
        report.error(Errc::listing_keywords_count, at / "keywords",
                     std::to_string(listing.keywords.size()) + " keywords",
                     "keep the 3 that matter most");
    }
}

void check_license_model(const Offer& offer, Report& report, const Path& at) {
    const auto& model = offer.technical.base_license_model;
    if (!offer.setup.manages_licenses() || model == LicenseModel::user) {
        return;
    }
    if (model) {
        report.incomplete(Errc::technical_license_model, at, "resource", "set it to user");
    } else {
        report.incomplete(Errc::technical_missing, at, {}, "set it to user");
    }
}

void check_package_url(const Technical& technical, Profile profile, Report& report,
                       const Path& at) {
    if (!technical.package_url) {
        report.incomplete(Errc::package_url_missing, at, {}, "say where the package is");
        return;
    }
    const std::string& url = *technical.package_url;
    if (report.url(url, at, "use an https address") == text::Scheme::http) {
        report.strict(profile, Errc::package_url_not_https, at, quoted(url),
                      "use an https address");
    }
}

void check_plan_counts(const Offer& offer, Report& report, const Path& at) {
    const auto& plans = offer.plans;
    const auto hidden = static_cast<std::size_t>(
        std::ranges::count(plans, Visibility::private_, &Plan::visibility));
    if (plans.size() > plans_max) {
        report.error(Errc::plans_count, at, std::to_string(plans.size()) + " plans",
                     "keep at most 100");
    }
    if (hidden > private_plans_max) {
        report.error(Errc::private_plans_count, at, std::to_string(hidden) + " private plans",
                     "keep at most 45 private");
    }
    const auto stopped = [](const Plan& plan) { return plan.state == PlanState::stopped; };
    if (offer.setup.manages_licenses() && std::ranges::all_of(plans, stopped)) {
        report.incomplete(Errc::plans_missing, at, {}, "add a plan");
    }
}

void check_plans(const Offer& offer, Report& report, const Path& at) {
    check_plan_counts(offer, report, at);
    Siblings siblings;
    siblings.ids.reserve(offer.plans.size());
    siblings.names.reserve(offer.plans.size());
    for (std::size_t i = 0; i < offer.plans.size(); ++i) {
        const Plan& plan = offer.plans[i];
        check_plan(plan, offer, siblings, report, at / i);
        check_service_id(plan, offer, report, at / i / "service_id");
    }
}

void check(const Offer& offer, Profile profile, Report report, const Path& at) {
    check_ids(offer, profile, report, at);
    report.length(Errc::alias_length, offer.alias, 1, alias_max, at / "alias",
                  "use 1 to 120 characters");
    check_setup(offer.setup, offer.type, report, at / "setup");
    check_listing(offer.listing, report, at / "listing");
    check_license_model(offer, report, at / "technical" / "base_license_model");
    check_package_url(offer.technical, profile, report, at / "technical" / "package_url");
    check_plans(offer, report, at / "plans");
    check_kept(offer, report, at / "ingestion");
    check_plan_order(offer, report, at / "plan_order");
}

}  // namespace

const Plan* Offer::find(const PlanId& plan) const noexcept {
    const auto found = std::ranges::find(plans, plan, &Plan::id);
    return found == plans.end() ? nullptr : &*found;
}

Plan* Offer::find(const PlanId& plan) noexcept {
    return const_cast<Plan*>(std::as_const(*this).find(plan));
}

void check_form(const Offer& offer, Profile profile, Findings& findings, const Path& at) {
    check(offer, profile, Report(findings, Extent::form), at);
}

void check_complete(const Offer& offer, Findings& findings, const Path& at) {
    check(offer, Profile::create, Report(findings, Extent::completeness), at);
}

void check_publishable(const Offer& offer, Profile profile, Findings& findings, const Path& at) {
    check(offer, profile, Report(findings, Extent::both), at);
}

Profile profile_of(const Offer& offer) {
    Findings strict;
    check_form(offer, Profile::create, strict);
    return strict.has_errors() ? Profile::import : Profile::create;
}

}  // namespace licet
