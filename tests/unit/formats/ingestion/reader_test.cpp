#include <doctest/doctest.h>

#include <licet/catalog/offer.hpp>

#include "unit/formats/ingestion/documents.hpp"

using licet::CallToAction;
using licet::Offer;
using licet::OfferType;
using licet::Setup;
using licet::ingested::configure;
using licet::ingested::offer_in;
using licet::ingested::plan;
using licet::ingested::product;
using licet::ingested::read;
using licet::ingested::resource;
using licet::ingested::schema;
using licet::ingested::setup;

namespace {

std::string findings_in(const std::string& document) { return read(document).findings; }

Setup setup_in(const std::string& members) {
    return offer_in(configure({product(), setup(members)})).setup;
}

std::string product_of_type(std::string_view external_id, std::string_view type) {
    return resource("product", R"("identity":{"externalId":")" + std::string(external_id) +
                                   R"("},"alias":"F","type":")" + std::string(type) + "\"");
}

const std::string other = product_of_type("other", "softwareAsAService");

}  // namespace

TEST_CASE("a product with its setup and plans is an offer") {
    const std::string own = R"("product":{"externalId":"f365"})";
    const Offer offer =
        offer_in(configure({product(),
                            setup(own + R"(,"sellThroughMicrosoft":false,)"
                                        R"("useMicrosoftLicenseManagementService":true,)"
                                        R"("requireLicenseForInstall":false)"),
                            plan("bronze", "," + own), plan("silver")}));
    CHECK(offer.publisher.str() == "fabrikam");
    CHECK(offer.id.str() == "f365");
    CHECK(offer.alias == "Fabrikam 365");
    CHECK(offer.type == OfferType::dynamics365_dataverse_powerapps);
    CHECK(offer.setup == Setup{false, true, false, std::nullopt});
    REQUIRE(offer.plans.size() == 2);
    CHECK(offer.plans[0].id.str() == "bronze");
    CHECK(offer.plans[0].name == "Fabrikam bronze");
    CHECK(offer.plans[1].service_id.str() == "fabrikam.f365.silver");
}

TEST_CASE("resources come alone, in an array, in a request, in a tree or in a query's answer") {
    const std::string tree = "{" + schema("resource-tree") +
                             R"(,"root":"product/1","target":{"targetType":"draft"},)"
                             R"("resources":[)" +
                             product() + "]}";
    for (const std::string& document :
         {product(), "[" + product() + "]", configure({product()}), tree,
          R"({"resources":[)" + product() + "]}", R"({"value":[)" + product() + "]}"}) {
        CAPTURE(document);
        CHECK(offer_in(document).id.str() == "f365");
    }
}

TEST_CASE("the types of offers that licet knows are read by their names") {
    const auto type_of = [](std::string_view word) {
        return offer_in(product_of_type("f365", word)).type;
    };
    CHECK(type_of("dynamics365ForCustomerEngagement") ==
          OfferType::dynamics365_dataverse_powerapps);
    CHECK(type_of("powerBiVisual") == OfferType::power_bi_visual);
    CHECK(type_of("dynamics365BusinessCentral") == OfferType::dynamics365_business_central);
    CHECK(type_of("softwareAsAService") == OfferType::saas);
}

TEST_CASE("both spellings of a call to action are read") {
    for (const auto& [word, call] :
         {std::pair("free", CallToAction::free), std::pair("freeTrial", CallToAction::free_trial),
          std::pair("free-trial", CallToAction::free_trial),
          std::pair("contactMe", CallToAction::contact_me),
          std::pair("contact-me", CallToAction::contact_me)}) {
        CHECK(setup_in(R"("callToAction":")" + std::string(word) + "\"").call_to_action == call);
    }
}

TEST_CASE("every spelling of an external id is read, and in capitals with a warning") {
    const std::string rest = R"(,"alias":"F","type":"softwareAsAService")";
    for (const char* spelling :
         {R"("identity":{"externalId":"f365"})", R"("identity":{"externalID":"f365"})",
          R"("externalId":"f365")", R"("externalID":"f365")"}) {
        CAPTURE(spelling);
        CHECK(offer_in(resource("product", spelling + rest)).id.str() == "f365");
    }
    const auto capitals = read(resource("product", R"("identity":{"externalId":"F365"})" + rest));
    CHECK(capitals.findings == "id_not_lowercase /identity/externalId (warning)");
    CHECK(capitals.offers.at(0).id.str() == "f365");
}

TEST_CASE("a product is named by its durable id, its external id or its name in the request") {
    const std::string first = product(R"(,"id":"product/1","resourceName":"mine")");
    for (const char* reference : {R"("product/1")", R"({"externalId":"f365"})",
                                  R"({"externalID":"F365"})", R"({"resourceName":"mine"})"}) {
        CAPTURE(reference);
        const auto outcome = read(
            configure({plan("bronze", R"(,"product":)" + std::string(reference)), other, first}));
        CHECK(outcome.findings.empty());
        REQUIRE(outcome.offers.size() == 2);
        CHECK(outcome.offers[0].plans.empty());
        CHECK(outcome.offers[1].plans.size() == 1);
    }
}

TEST_CASE("a resource of a product that is not there is refused, but for a tree's") {
    const std::string of_another = plan("bronze", R"(,"product":"product/2")");
    CHECK(findings_in(configure({product(R"(,"id":"product/1")"), of_another})) ==
          "product_unknown /resources/1/product");
    const std::string tree =
        "{" + schema("resource-tree") + R"(,"resources":[)" + product() + "," + of_another + "]}";
    CHECK(findings_in(tree) == "product_unknown /resources/1/product (warning)");
    CHECK(read(tree).offers.at(0).plans.size() == 1);
}

TEST_CASE("beside several products a resource must say which is its own") {
    CHECK(findings_in(configure({product(), other, plan("bronze")})) ==
          "missing_field /resources/2/product");
}

TEST_CASE("a document without a product is refused") {
    CHECK(findings_in(configure({})) == "product_missing ");
    CHECK(findings_in("[]") == "product_missing ");
    CHECK(findings_in(configure({plan("bronze")})) == "product_missing ");
    CHECK(findings_in(plan("bronze")) == "product_missing ");
}

TEST_CASE("a resource says which schema it has, and one of Microsoft's") {
    const std::string evil = R"({"$schema":"https://schema.mp.microsoft.com.evil.example/schema/)";
    CHECK(findings_in(R"({"alias":"F"})") == "missing_field /$schema");
    CHECK(findings_in(R"({"$schema":7})") == "wrong_type /$schema");
    CHECK(findings_in(evil + R"(product/1"})") == "schema_unknown /$schema");
    CHECK(findings_in(configure({product(), "{}", evil + R"(plan/1"})"})) ==
          "missing_field /resources/1/$schema\nschema_unknown /resources/2/$schema");
}

TEST_CASE("a list of resources may say which schema it has, and one of Microsoft's") {
    CHECK(findings_in(R"({"$schema":"https://evil.example/schema/configure/1","resources":[)" +
                      product() + "]}") == "schema_unknown /$schema");
    CHECK(findings_in(R"({"$schema":7,"resources":[)" + product() + "]}") == "wrong_type /$schema");
    CHECK(findings_in("{" + schema("configure") + "}") == "missing_field /resources");
    CHECK(findings_in("{" + schema("resource-tree") + "}") == "missing_field /resources");
}

TEST_CASE("what belongs to the document and to no offer is told, since it is not kept") {
    CHECK(findings_in(R"({"@nextLink":"more","value":[)" + product() + "]}") ==
          "unknown_field /@nextLink (warning)");
}

TEST_CASE("a resource that licet does not know is kept with a warning") {
    const auto outcome = read(configure(
        {product(), resource("plan-listing", R"("plan":{"externalId":"bronze"},"title":"B")"),
         plan("bronze")}));
    CHECK(outcome.findings == "resource_unknown /resources/1/$schema (warning)");
    const auto& kept = outcome.offers.at(0).ingestion;
    REQUIRE(kept.size() == 3);
    CHECK(kept[2].plan == licet::PlanId::parse("bronze").value());
    CHECK(kept[2].members.size() == 1);
}

TEST_CASE("no product, no setup of a product and no plan of it stands twice in a document") {
    CHECK(findings_in(configure({product(), product()})) == "resource_duplicate /resources/1");
    CHECK(findings_in(configure({plan("bronze"), product(), plan("silver"), plan("BRONZE")})) ==
          "id_not_lowercase /resources/3/identity/externalId (warning)\n"
          "resource_duplicate /resources/3");
    CHECK(findings_in(configure(
              {product(), setup(R"("callToAction":"free")"), setup(R"("callToAction":"free")")})) ==
          "resource_duplicate /resources/2");
    const std::string preview = resource("submission", R"("target":{"targetType":"preview"})");
    CHECK(findings_in(configure({product(), preview, preview})).empty());
}

TEST_CASE("a value of the wrong type is told where it stands") {
    CHECK(findings_in("7") == "wrong_type ");
    CHECK(findings_in("[7]") == "wrong_type /0");
    CHECK(findings_in(R"({"resources":{}})") == "wrong_type /resources");
    CHECK(findings_in(resource("product", R"("identity":[],"alias":1,"type":true,"id":{})")) ==
          "wrong_type /id\nwrong_type /identity\nwrong_type /type\nwrong_type /alias");
    CHECK(findings_in(resource("product", R"("identity":{"externalId":7},"resourceName":7)")) ==
          "wrong_type /resourceName\nwrong_type /identity/externalId\n"
          "missing_field /type\nmissing_field /alias");
    CHECK(findings_in(configure({product(), plan("bronze", R"(,"product":7)"),
                                 setup(R"("sellThroughMicrosoft":"yes","callToAction":7)")})) ==
          "wrong_type /resources/1/product\n"
          "wrong_type /resources/2/sellThroughMicrosoft\n"
          "wrong_type /resources/2/callToAction");
}

TEST_CASE("an external id that is missing, or that no offer or plan can have, is told") {
    CHECK(findings_in(resource("product", R"("alias":"F","type":"softwareAsAService")")) ==
          "missing_field /identity/externalId");
    CHECK(findings_in(product_of_type("f 365", "softwareAsAService")) ==
          "offer_id_bad_character /identity/externalId");
    CHECK(findings_in(configure({product(), plan("bron.ze")})) ==
          "plan_id_bad_character /resources/1/identity/externalId");
}

TEST_CASE("a submission is for draft, preview or live, and is kept") {
    const auto submission = [](const std::string& members) {
        return configure({product(), resource("submission", members)});
    };
    for (const std::string word : {"draft", "preview", "live"}) {
        const std::string target = R"({"targetType":")" + word + "\"}";
        const Offer offer = offer_in(submission(R"("target":)" + target));
        CHECK(offer.ingestion.at(1).members.at("target").text == target);
    }
    CHECK(findings_in(submission(R"("target":{"targetType":"Live"})")) ==
          "unknown_word /resources/1/target/targetType (warning)");
    CHECK(findings_in(submission(R"("id":"submission/1")")) == "missing_field /resources/1/target");
    CHECK(findings_in(submission(R"("target":{})")) ==
          "missing_field /resources/1/target/targetType");
    CHECK(findings_in(submission(R"("target":"live")")) == "wrong_type /resources/1/target");
    CHECK(findings_in(submission(R"("target":{"targetType":1})")) ==
          "wrong_type /resources/1/target/targetType");
}

TEST_CASE("a word that licet does not know is kept with a warning") {
    const auto outcome = read(configure(
        {product_of_type("f365", "azureContainer"), setup(R"("callToAction":"testDrive")")}));
    CHECK(outcome.findings ==
          "unknown_word /resources/0/type (warning)\n"
          "unknown_word /resources/1/callToAction (warning)");
    const Offer& offer = outcome.offers.at(0);
    CHECK(offer.ingestion.at(0).members.at("type").text == R"("azureContainer")");
    CHECK(offer.ingestion.at(1).members.at("callToAction").text == R"("testDrive")");
    CHECK_FALSE(offer.setup.call_to_action);
}

TEST_CASE("a choice that an offer cannot have beside the others is kept with a warning") {
    // The first two are as Microsoft's own sample of a product sold through it has them.
    const auto sold = read(configure(
        {product(),
         setup(R"("sellThroughMicrosoft":true,"useMicrosoftLicenseManagementService":false,)"
               R"("requireLicenseForInstall":true,"callToAction":"free")")}));
    CHECK(sold.findings ==
          "setup_license_management_forced "
          "/resources/1/useMicrosoftLicenseManagementService (warning)\n"
          "setup_require_license_excluded /resources/1/requireLicenseForInstall (warning)\n"
          "setup_call_to_action_excluded /resources/1/callToAction (warning)");
    CHECK(sold.offers.at(0).setup == Setup{true, std::nullopt, std::nullopt, std::nullopt});
    CHECK(sold.offers.at(0).ingestion.at(1).members.size() == 3);
}

TEST_CASE("null stands where nothing was chosen") {
    CHECK(setup_in(R"("sellThroughMicrosoft":null,"callToAction":null,"product":null)") == Setup());
}

TEST_CASE("a member nested deeper than an offer can keep is told") {
    const auto nested = [](std::size_t depth) {
        return product(R"(,"more":)" + std::string(depth, '[') + std::string(depth, ']'));
    };
    CHECK(findings_in(nested(licet::kept_depth_max)).empty());
    CHECK(findings_in(nested(licet::kept_depth_max + 1)) == "json_too_deep /more");
}
