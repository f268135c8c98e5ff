#include <algorithm>
#include <array>
#include <span>

#include "catalog/report.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

constexpr std::size_t description_max = 3000;
constexpr std::size_t audience_max = 20'000;
constexpr std::int64_t users_max = 1'000'000;
constexpr std::int64_t term_count_max = 1000;

void check_id(const Plan& plan, Siblings& siblings, Report& report, const Path& at) {
    if (plan.id.empty()) {
        report.error(Errc::plan_id_length, at, "0 characters", "give the plan an id");
        return;
    }
    if (!siblings.ids.insert(plan.id.str()).second) {
        report.error(Errc::plan_id_duplicate, at, quoted(plan.id.str()), "choose another id");
    }
    if (!is_referencable(plan.id)) {
        report.warning(Errc::plan_id_not_referencable, at, quoted(plan.id.str()),
                       "use 3 characters or more, starting with a letter or a digit");
    }
}

void check_name(const Plan& plan, Siblings& siblings, Report& report, const Path& at) {
    report.length(Errc::plan_name_length, plan.name, 1, plan_name_max, at,
                  "use 1 to 200 characters");
    if (!plan.name.empty() && !siblings.names.insert(plan.name).second) {
        report.error(Errc::plan_name_duplicate, at, quoted(plan.name), "choose another name");
    }
}

/// The apps of a plan that were met already, whatever their case: most plans open a handful.
class AppsSeen {
public:
    /// False where it was met before.
    bool insert(const std::string& app) {
        const auto few = std::span(few_).first(few_count_);
        if (std::ranges::any_of(few, [&](auto* other) { return is_same_app(*other, app); })) {
            return false;
        }
        if (few_count_ < few_max) {
            few_[few_count_++] = &app;
            return true;
        }
        return many_.insert(lowercase(app)).second;
    }

private:
    static constexpr std::size_t few_max = 8;

    static bool is_same_app(std::string_view a, std::string_view b) {
        const auto folded = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
        return a.size() == b.size() && std::ranges::equal(a, b, {}, folded, folded);
    }

    std::array<const std::string*, few_max> few_;  // so many of them as few_count_ says
    std::size_t few_count_ = 0;
    boost::unordered_flat_set<std::string> many_;  // beyond the few
};

void check_apps(const std::vector<std::string>& apps, const Offer& offer, Report& report,
                const Path& at) {
    if (apps.empty() && offer.setup.manages_licenses() &&
        offer.type == OfferType::dynamics365_dataverse_powerapps) {
        report.incomplete(Errc::plan_apps_missing, at, {}, "name the apps that it opens",
                          Severity::warning);
    }
    AppsSeen seen;
    for (std::size_t i = 0; i < apps.size(); ++i) {
        const std::string& app = apps[i];
        if (app.empty()) {
            report.error(Errc::app_name_empty, at / i, {}, "name the app or remove the entry");
        } else if (!seen.insert(app)) {
            report.error(Errc::app_duplicate, at / i, quoted(app), "name each app once");
        } else if (!text::has_customization_prefix(app)) {
            report.warning(Errc::app_name_display, at / i, quoted(app),
                           "use the app's unique name, like crf36_BronzeApp");
        }
    }
}

void check_audience(const Plan& plan, Report& report, const Path& at) {
    const auto& audience = plan.audience;
    const auto count = [&] { return std::to_string(audience.size()) + " tenants"; };
    if (plan.visibility == Visibility::public_ && !audience.empty()) {
        report.error(Errc::plan_audience_excluded, at, count(),
                     "make the plan private or remove the audience");
    }
    if (audience.size() > audience_max) {
        report.error(Errc::plan_audience_count, at, count(), "name at most 20000 tenants");
    }
    for (std::size_t i = 0; i < audience.size(); ++i) {
        if (audience[i].empty()) {
            report.error(Errc::tenant_id_length, at / i, "0 characters", "give the tenant's id");
        }
    }
}

void check_markets(const std::vector<Country>& markets, Report& report, const Path& at) {
    if (markets.empty()) {
        report.error(Errc::pricing_markets_missing, at, {}, "name a country where it is sold");
    }
    for (std::size_t i = 0; i < markets.size(); ++i) {
        if (markets[i].empty()) {
            report.error(Errc::country_syntax, at / i, quoted({}), "give a code like US");
        }
    }
}

void check_term(const Term& term, Report& report, const Path& at) {
    if (term.count < 1 || term.count > term_count_max) {
        report.error(Errc::number_out_of_range, at / "count", std::to_string(term.count),
                     "use 1 to 1000");
    }
    if (term.price.currency.empty()) {
        report.error(Errc::currency_syntax, at / "price" / "currency", quoted({}),
                     "give a code like USD");
    }
}

void check_pricing(const Pricing& pricing, Report& report, const Path& at) {
    const auto [min, max] = pricing.user_limits;
    if (min < 1 || min > max || max > users_max) {
        report.error(Errc::pricing_user_limits, at / "user_limits",
                     std::to_string(min) + " to " + std::to_string(max),
                     "use limits within 1 to 1000000");
    }
    check_markets(pricing.markets, report, at / "markets");
    if (pricing.terms.empty()) {
        report.error(Errc::pricing_terms_missing, at / "terms", {}, "add a billing term");
    }
    for (std::size_t i = 0; i < pricing.terms.size(); ++i) {
        check_term(pricing.terms[i], report, at / "terms" / i);
    }
}

}  // namespace

void check_plan(const Plan& plan, const Offer& offer, Siblings& siblings, Report& report,
                const Path& at) {
    const bool has_price = offer.setup.sold_through_microsoft();
    check_id(plan, siblings, report, at / "id");
    check_name(plan, siblings, report, at / "name");
    report.length(Errc::plan_description_length, plan.description, 0, description_max,
                  at / "description", "use at most 3000 characters");
    if (plan.more_info_url) {
        report.url(*plan.more_info_url, at / "more_info_url", "use an http or https address");
    }
    check_apps(plan.apps, offer, report, at / "apps");
    check_audience(plan, report, at / "audience");
    if (plan.pricing && !has_price) {
        report.error(Errc::pricing_excluded, at / "pricing", {},
                     "remove the pricing, or sell the offer through Microsoft");
    } else if (plan.pricing) {
        check_pricing(*plan.pricing, report, at / "pricing");
    } else if (has_price) {
        report.incomplete(Errc::pricing_missing, at / "pricing", {}, "give the plan a price");
    }
}

void check_service_id(const Plan& plan, const Offer& offer, Report& report, const Path& at) {
    if (plan.service_id.empty()) {
        return;
    }
    const ServiceId derived = ServiceId::of(offer.publisher, offer.id, plan.id);
    if (!derived.empty() && plan.service_id != derived) {
        report.error(Errc::service_id_mismatch, at, quoted(plan.service_id.str()),
                     "leave it out, it is " + derived.str());
    }
}

}  // namespace licet
