#include <licet/catalog/ingestion.hpp>

#include <doctest/doctest.h>

#include <string>

#include <licet/catalog/publication.hpp>

#include "unit/catalog/samples.hpp"

using licet::IngestionSchema;
using licet::Json;
using licet::KeptResource;
using licet::nesting_of;
using licet::Offer;
using licet::PlanId;
using licet::ResourceKind;
using licet::samples::form_of;

namespace {

const std::string host = "https://schema.mp.microsoft.com/schema/";

KeptResource kept(const std::string& resource, const char* plan = nullptr) {
    KeptResource made{host + resource + "/2022-03-01-preview2", std::nullopt, {}};
    if (plan) {
        made.plan = PlanId::parse(plan).value();
    }
    return made;
}

Offer offer_with(std::vector<KeptResource> ingestion) {
    Offer offer = licet::samples::article_offer();
    offer.ingestion = std::move(ingestion);
    return offer;
}

Json nested(std::size_t depth) {
    return {std::string(depth, '[') + "\"]}\\\"[\"" + std::string(depth, ']')};
}

}  // namespace

TEST_CASE("a schema at either of Microsoft's two hosts says which resource in which version") {
    for (const std::string& known : {std::string("https://schema.mp.microsoft.com"),
                                     std::string("https://product-ingestion.azureedge.net")}) {
        const std::string url = known + "/schema/plan-listing/2022-03-01-preview5";
        const auto schema = IngestionSchema::parse(url);
        REQUIRE(schema);
        CHECK(schema->resource == "plan-listing");
        CHECK(schema->version == "2022-03-01-preview5");
    }
}

TEST_CASE("a schema at a host that only looks like Microsoft's is not one") {
    for (const char* url :
         {"https://schema.mp.microsoft.com.evil.example/schema/product/2022-07-01",
          "https://evil.example/https://schema.mp.microsoft.com/schema/product/2022-07-01",
          "https://schema.mp.microsoft.com@evil.example/schema/product/2022-07-01",
          "https://a.schema.mp.microsoft.com/schema/product/2022-07-01",
          "https://schema.mp.microsoft.co/schema/product/2022-07-01",
          "https://schema.mp.microsoft.com:443/schema/product/2022-07-01",
          "https://schema.mp.microsoft.com\\schema/product/2022-07-01",
          "https:///schema/product/2022-07-01", "http://schema.mp.microsoft.com/schema/product/1",
          "https://schema.mp.microsoft.com"}) {
        CAPTURE(url);
        CHECK_FALSE(IngestionSchema::parse(url));
    }
}

TEST_CASE("a schema has one resource and one version after its folder, and nothing more") {
    CHECK(IngestionSchema::parse(host + "product/1"));
    for (const char* path : {"", "product", "product/", "/1", "product/1/", "product/1/2",
                             "product/1?a", "product/1#a", "pro duct/1", "product/%31"}) {
        CAPTURE(path);
        CHECK_FALSE(IngestionSchema::parse(host + path));
    }
    CHECK_FALSE(IngestionSchema::parse("https://schema.mp.microsoft.com/product/1"));
}

TEST_CASE("four resources fit an offer and every other is another") {
    const auto kind_of = [](const char* resource) { return IngestionSchema{resource, "1"}.kind(); };
    CHECK(kind_of("product") == ResourceKind::product);
    CHECK(kind_of("commercial-marketplace-setup") == ResourceKind::setup);
    CHECK(kind_of("plan") == ResourceKind::plan);
    CHECK(kind_of("submission") == ResourceKind::submission);
    CHECK(kind_of("plan-listing") == ResourceKind::other);
    CHECK(kind_of("Product") == ResourceKind::other);
}

TEST_CASE("the depth of a value does not count what stands in its texts") {
    CHECK(nesting_of({"7"}) == 0);
    CHECK(nesting_of({R"("[{")"}) == 0);
    CHECK(nesting_of({R"([{"a":[1]},[2]])"}) == 3);
    CHECK(nesting_of(nested(5)) == 5);
}

TEST_CASE("an offer keeps one of its product, of its setup and of each plan, and any others") {
    CHECK(form_of(offer_with({kept("product"), kept("commercial-marketplace-setup"),
                              kept("plan", "bronze"), kept("plan", "silver"), kept("submission"),
                              kept("submission"), kept("plan-listing", "bronze"),
                              kept("plan-listing", "bronze")}))
              .empty());
    CHECK(form_of(offer_with({kept("product"), kept("product")})) ==
          "resource_duplicate /ingestion/1");
    CHECK(form_of(offer_with({kept("commercial-marketplace-setup"), kept("product"),
                              kept("commercial-marketplace-setup")})) ==
          "resource_duplicate /ingestion/2");
    CHECK(form_of(offer_with({kept("plan", "bronze"), kept("plan", "bronze")})) ==
          "resource_duplicate /ingestion/1");
}

TEST_CASE("a kept plan says which plan of the offer it is") {
    CHECK(form_of(offer_with({kept("plan")})) == "missing_field /ingestion/0/plan");
    CHECK(form_of(offer_with({kept("plan", "gold")})) == "kept_plan_unknown /ingestion/0/plan");
    CHECK(form_of(offer_with({kept("plan-listing", "gold")})) ==
          "kept_plan_unknown /ingestion/0/plan");
}

TEST_CASE("a kept resource has a schema of the product ingestion API") {
    KeptResource foreign = kept("product");
    foreign.schema = "https://schema.mp.microsoft.com.evil.example/schema/product/1";
    CHECK(form_of(offer_with({foreign})) == "schema_unknown /ingestion/0/schema");
}

TEST_CASE("a kept member is nested 16 deep at most") {
    KeptResource deep = kept("product");
    deep.members["a/b"] = nested(licet::kept_depth_max);
    CHECK(form_of(offer_with({deep})).empty());
    deep.members["a/b"] = nested(licet::kept_depth_max + 1);
    CHECK(form_of(offer_with({deep})) == "json_too_deep /ingestion/0/members/a~1b");
}

TEST_CASE("what is kept of a plan, and about it, goes when the plan is deleted") {
    licet::Findings findings;
    const auto made = licet::create_offer(
        offer_with({kept("product"), kept("plan", "bronze"), kept("plan", "silver"),
                    kept("plan-listing", "bronze"), kept("submission")}),
        licet::Profile::create, findings);
    REQUIRE(made);
    const auto now = licet::Timestamp::parse("2026-01-10T09:00:00Z").value();
    const auto after = licet::delete_plan(made.value(), PlanId::parse("bronze").value(), now);
    REQUIRE(after);
    CHECK(after.value().draft.ingestion ==
          std::vector{kept("product"), kept("plan", "silver"), kept("submission")});
}
