#include <licet/catalog/plan.hpp>

#include <doctest/doctest.h>

#include "unit/catalog/samples.hpp"

using licet::Offer;
using licet::Plan;
using licet::Pricing;
using licet::TenantId;
using licet::Visibility;
using licet::samples::form_of;
using licet::samples::long_text;

namespace {

std::string plan_form(Plan plan) {
    return form_of(licet::samples::article_offer(), std::move(plan));
}

std::string pricing_form(const Pricing& pricing) {
    Plan plan = licet::samples::sample_plan("gold");
    plan.pricing = pricing;
    return form_of(licet::samples::priced_offer(), plan);
}

Plan gold() { return licet::samples::sample_plan("gold"); }

std::vector<TenantId> tenants(std::size_t count) {
    return std::vector<TenantId>(count, TenantId::parse("contoso").value());
}

}  // namespace

TEST_CASE("a plan has an id") {
    Plan plan = gold();
    plan.id = {};
    CHECK(plan_form(plan) == "plan_id_length /plans/2/id");
}

TEST_CASE("a plan that cannot be referenced from outside earns a warning in both profiles") {
    for (const char* id : {"ab", "-abc", "_abc"}) {
        Offer offer = licet::samples::article_offer();
        offer.plans[1].id = licet::PlanId::parse(id).value();
        for (const auto profile : {licet::Profile::create, licet::Profile::import}) {
            CHECK(form_of(offer, profile) == "plan_id_not_referencable /plans/1/id (warning)");
        }
    }
    CHECK(plan_form(licet::samples::sample_plan("abc")).empty());
}

TEST_CASE("a plan's name is 1 to 200 characters long") {
    Plan plan = gold();
    for (const std::size_t length : {1U, 200U}) {
        plan.name = long_text(length);
        CHECK(plan_form(plan).empty());
    }
    for (const std::size_t length : {0U, 201U}) {
        plan.name = long_text(length);
        CHECK(plan_form(plan) == "plan_name_length /plans/2/name");
    }
}

TEST_CASE("a plan's description is at most 3000 characters long") {
    Plan plan = gold();
    plan.description = long_text(3000);
    CHECK(plan_form(plan).empty());
    plan.description = long_text(3001);
    CHECK(plan_form(plan) == "plan_description_length /plans/2/description");
}

TEST_CASE("a plan's more-info URL is http or https and at most 2048 bytes long") {
    const std::string site = "http://a/";
    Plan plan = gold();
    for (const std::string& url :
         {site, std::string("https://a"), site + std::string(2048 - site.size(), 'a')}) {
        plan.more_info_url = url;
        CHECK(plan_form(plan).empty());
    }
    plan.more_info_url = site + std::string(2049 - site.size(), 'a');
    CHECK(plan_form(plan) == "text_length /plans/2/more_info_url");
    for (const char* url : {"", "ftp://a", "www.fabrikam.example"}) {
        plan.more_info_url = url;
        CHECK(plan_form(plan) == "url_syntax /plans/2/more_info_url");
    }
}

TEST_CASE("a plan names each of its apps once, by its unique name") {
    Plan plan = gold();
    plan.apps = {};
    CHECK(plan_form(plan).empty());
    plan.apps = {"crf36_GoldApp", "crf36_SilverApp"};
    CHECK(plan_form(plan).empty());
    plan.apps = {"crf36_GoldApp", "", "CRF36_goldapp", "Gold App", "crf36_Gold App", "GoldApp"};
    CHECK(plan_form(plan) ==
          "app_name_empty /plans/2/apps/1\n"
          "app_duplicate /plans/2/apps/2\n"
          "app_name_display /plans/2/apps/3 (warning)\n"
          "app_name_display /plans/2/apps/4 (warning)\n"
          "app_name_display /plans/2/apps/5 (warning)");
}

TEST_CASE("an app that is named twice is found among few and among many") {
    for (const std::size_t others : {1U, 7U, 8U, 9U, 100U}) {
        CAPTURE(others);
        Plan plan = gold();
        plan.apps = {"crf36_App"};
        for (std::size_t i = 0; i < others; ++i) {
            plan.apps.push_back("crf36_Other" + std::to_string(i));
        }
        CHECK(plan_form(plan).empty());
        plan.apps.push_back("CRF36_app");
        plan.apps.push_back("crf36_other0");
        plan.apps.push_back("CRF36_other" + std::to_string(others - 1));
        const std::string at = "app_duplicate /plans/2/apps/";
        CHECK(plan_form(plan) == at + std::to_string(others + 1) + "\n" + at +
                                     std::to_string(others + 2) + "\n" + at +
                                     std::to_string(others + 3));
    }
}

TEST_CASE("only a private plan has an audience, of at most 20000 tenants") {
    Plan plan = gold();
    plan.audience = tenants(1);
    CHECK(plan_form(plan) == "plan_audience_excluded /plans/2/audience");
    plan.visibility = Visibility::private_;
    CHECK(plan_form(plan).empty());
    plan.audience = tenants(20'000);
    CHECK(plan_form(plan).empty());
    plan.audience = tenants(20'001);
    CHECK(plan_form(plan) == "plan_audience_count /plans/2/audience");
    plan.audience = {TenantId::parse("contoso").value(), TenantId()};
    CHECK(plan_form(plan) == "tenant_id_length /plans/2/audience/1");
    plan.audience = {};
    CHECK(plan_form(plan).empty());
}

TEST_CASE("a plan carries a price only when the offer is sold through Microsoft") {
    Plan plan = gold();
    plan.pricing = licet::samples::monthly_pricing();
    CHECK(plan_form(plan) == "pricing_excluded /plans/2/pricing");
    CHECK(pricing_form(licet::samples::monthly_pricing()).empty());
}

TEST_CASE("user limits are within 1 to 1000000, the lower one first") {
    Pricing pricing = licet::samples::monthly_pricing();
    for (const licet::UserLimits& limits :
         {licet::UserLimits{1, 1'000'000}, {1, 1}, {1'000'000, 1'000'000}, {7, 8}}) {
        pricing.user_limits = limits;
        CHECK(pricing_form(pricing).empty());
    }
    for (const licet::UserLimits& limits :
         {licet::UserLimits{0, 10}, {1, 1'000'001}, {8, 7}, {-1, 1}, {0, 0}}) {
        pricing.user_limits = limits;
        CHECK(pricing_form(pricing) == "pricing_user_limits /plans/2/pricing/user_limits");
    }
}

TEST_CASE("a price names its markets and its billing terms") {
    Pricing pricing = licet::samples::monthly_pricing();
    pricing.markets = {};
    pricing.terms = {};
    CHECK(pricing_form(pricing) ==
          "pricing_markets_missing /plans/2/pricing/markets\n"
          "pricing_terms_missing /plans/2/pricing/terms");
    pricing = licet::samples::monthly_pricing();
    pricing.markets.emplace_back();
    pricing.terms.push_back(pricing.terms[0]);
    pricing.terms[1].count = 0;
    pricing.terms[1].price.currency = {};
    CHECK(pricing_form(pricing) ==
          "country_syntax /plans/2/pricing/markets/1\n"
          "number_out_of_range /plans/2/pricing/terms/1/count\n"
          "currency_syntax /plans/2/pricing/terms/1/price/currency");
}

TEST_CASE("a billing term is of 1 to 1000 months or years") {
    Pricing pricing = licet::samples::monthly_pricing();
    for (const auto& [count, is_allowed] :
         {std::pair<std::int64_t, bool>{0, false}, {1, true}, {1000, true}, {1001, false}}) {
        pricing.terms[0].count = count;
        CHECK(pricing_form(pricing) ==
              (is_allowed ? "" : "number_out_of_range /plans/2/pricing/terms/0/count"));
    }
}
