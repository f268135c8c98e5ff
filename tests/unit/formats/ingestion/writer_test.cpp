#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>

#include "unit/formats/ingestion/documents.hpp"

using licet::CallToAction;
using licet::Offer;
using licet::ingested::configure;
using licet::ingested::offer_in;
using licet::ingested::plan;
using licet::ingested::product;
using licet::ingested::read;
using licet::ingested::resource;
using licet::ingested::setup;
using licet::ingested::written;

namespace json = boost::json;

namespace {

/// A member of a written resource as JSON; nothing where there is none.
std::string at(const json::array& resources, std::size_t index, const char* member) {
    const json::value* found = resources.at(index).as_object().if_contains(member);
    return found ? json::serialize(*found) : std::string();
}

}  // namespace

TEST_CASE("an offer that came from no document is written with what it says") {
    CHECK(licet::formats::write_ingestion(licet::samples::article_offer()) ==
          R"({"$schema":"https://schema.mp.microsoft.com/schema/configure/2022-03-01-preview2",)"
          R"("resources":[{"$schema":)"
          R"("https://schema.mp.microsoft.com/schema/product/2022-03-01-preview3",)"
          R"("identity":{"externalId":"f365"},"alias":"Fabrikam 365",)"
          R"("type":"dynamics365ForCustomerEngagement"},{"$schema":)"
          R"("https://schema.mp.microsoft.com/schema/commercial-marketplace-setup/)"
          R"(2022-03-01-preview2","product":{"externalId":"f365"},"sellThroughMicrosoft":false,)"
          R"("useMicrosoftLicenseManagementService":true,"requireLicenseForInstall":true},)"
          R"({"$schema":"https://schema.mp.microsoft.com/schema/plan/2022-03-01-preview2",)"
          R"("product":{"externalId":"f365"},"identity":{"externalId":"bronze"},)"
          R"("alias":"Fabrikam bronze"},{"$schema":)"
          R"("https://schema.mp.microsoft.com/schema/plan/2022-03-01-preview2",)"
          R"("product":{"externalId":"f365"},"identity":{"externalId":"silver"},)"
          R"("alias":"Fabrikam silver"}]})");
}

TEST_CASE("a call to action is written as newer documents spell it") {
    for (const auto& [call, word] : {std::pair(CallToAction::free, R"("free")"),
                                     std::pair(CallToAction::free_trial, R"("freeTrial")"),
                                     std::pair(CallToAction::contact_me, R"("contactMe")")}) {
        Offer offer = licet::samples::article_offer();
        offer.setup = {};
        offer.setup.call_to_action = call;
        CHECK(at(written(offer), 1, "callToAction") == word);
    }
}

TEST_CASE("an offer of which nothing is chosen has no setup to write") {
    Offer offer = licet::samples::article_offer();
    offer.setup = {};
    offer.plans.clear();
    CHECK(written(offer).size() == 1);
}

TEST_CASE("the host, the version and whatever else was kept are written back") {
    const std::string old =
        R"({"$schema":"https://product-ingestion.azureedge.net/schema/product/2022-07-01",)"
        R"("id":"product/1","identity":{"externalID":"f365","more":[1]},"alias":"F",)"
        R"("type":"softwareAsAService","lifecycleState":"generallyAvailable"})";
    CHECK(json::serialize(written(offer_in(old))) ==
          R"([{"$schema":"https://product-ingestion.azureedge.net/schema/product/2022-07-01",)"
          R"("identity":{"externalId":"f365","more":[1]},"alias":"F",)"
          R"("type":"softwareAsAService","id":"product/1",)"
          R"("lifecycleState":"generallyAvailable"}])");
}

TEST_CASE("references are by durable id where it is known, else by external id") {
    const std::string listing =
        resource("plan-listing", R"("plan":{"resourceName":"p"},"product":{"resourceName":"me"})");
    const json::array by_external_id =
        written(read(configure({product(R"(,"resourceName":"me")"),
                                plan("bronze", R"(,"resourceName":"p")"), listing}))
                    .offers.at(0));
    CHECK(at(by_external_id, 1, "product") == R"({"externalId":"f365"})");
    CHECK(at(by_external_id, 2, "product") == R"({"externalId":"f365"})");
    CHECK(at(by_external_id, 2, "plan") == R"({"externalId":"bronze"})");
    const json::array by_id =
        written(read(configure({product(R"(,"resourceName":"me","id":"product/1")"),
                                plan("bronze", R"(,"resourceName":"p","id":"plan/1/2")"), listing}))
                    .offers.at(0));
    CHECK(at(by_id, 1, "product") == R"("product/1")");
    CHECK(at(by_id, 2, "product") == R"("product/1")");
    CHECK(at(by_id, 2, "plan") == R"("plan/1/2")");
}

TEST_CASE("what the offer says now wins over what was kept") {
    Offer offer = read(configure({product(),
                                  setup(R"("sellThroughMicrosoft":true,"callToAction":"contactMe",)"
                                        R"("useMicrosoftLicenseManagementService":false)"),
                                  plan("bronze")}))
                      .offers.at(0);
    offer.alias = "New alias";
    offer.plans[0].name = "New name";
    offer.ingestion[0].members["alias"] = {R"("kept")"};
    offer.ingestion[0].members["$schema"] = {R"("kept")"};
    offer.ingestion[0].members["identity"] = {R"({"externalId":"kept"})"};
    offer.setup = {false, false, std::nullopt, CallToAction::free};
    const json::array resources = written(offer);
    CHECK(at(resources, 0, "alias") == R"("New alias")");
    CHECK(json::serialize(resources[0]).find("kept") == std::string::npos);
    CHECK(at(resources, 1, "sellThroughMicrosoft") == "false");
    CHECK(at(resources, 1, "useMicrosoftLicenseManagementService") == "false");
    CHECK(at(resources, 1, "callToAction") == R"("free")");
    CHECK(at(resources, 2, "alias") == R"("New name")");
}

TEST_CASE("what an offer cannot have is written back as it was") {
    const json::array resources = written(
        read(configure({resource("product", R"("identity":{"externalId":"f365"},"alias":"F",)"
                                            R"("type":"azureContainer")"),
                        setup(R"("sellThroughMicrosoft":true,"callToAction":"contact-me",)"
                              R"("useMicrosoftLicenseManagementService":false)"),
                        resource("submission", R"("target":{"targetType":"live"})")}))
            .offers.at(0));
    CHECK(at(resources, 0, "type") == R"("azureContainer")");
    CHECK(at(resources, 1, "sellThroughMicrosoft") == "true");
    CHECK(at(resources, 1, "useMicrosoftLicenseManagementService") == "false");
    CHECK(at(resources, 1, "callToAction") == R"("contact-me")");
    CHECK(at(resources, 2, "target") == R"({"targetType":"live"})");
}
