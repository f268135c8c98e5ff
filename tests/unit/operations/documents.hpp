#pragma once

/// \file
/// Arguments, and the documents in them, as text.

#include <string>
#include <string_view>

namespace world {

inline constexpr std::string_view contoso = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

// Callers, as the argument "as".
inline constexpr std::string_view ana =
    R"({"id":"ana","publisher":"fabrikam","roles":["account_admin"]})";
inline constexpr std::string_view ben =
    R"({"id":"ben","tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff","roles":["global_admin"]})";
inline constexpr std::string_view liv =
    R"({"id":"liv","tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff","roles":["license_admin"]})";
inline constexpr std::string_view nora =
    R"({"id":"nora","tenant":"0ec1a9bb-0c4f-4f0e-9d5b-0c2f3f3f0a01","roles":["billing_admin"]})";
inline constexpr std::string_view rex = R"({"id":"rex","roles":["reviewer"]})";

inline std::string with_actor(const std::string& own, std::string_view actor) {
    return "{" + own + (own.empty() ? "" : ",") + "\"as\":" + std::string(actor) + "}";
}

inline std::string quote(std::string_view text) { return '"' + std::string(text) + '"'; }

inline std::string plan(std::string_view id, std::string_view more = "") {
    return R"({"id":)" + quote(id) + R"(,"name":"Fabrikam )" + std::string(id) +
           R"(","description":"What it gives.","visibility":"public",)"
           R"("more_info_url":"https://www.fabrikam.com/plan","apps":["crf36_BronzeApp",)"
           R"("crf36_)" +
           std::string(id) + R"("])" + std::string(more) + "}";
}

inline std::string offer(std::string_view id, const std::string& setup, const std::string& plans) {
    return R"({"publisher":"fabrikam","id":)" + quote(id) +
           R"(,"alias":"Fabrikam 365","type":"dynamics365_dataverse_powerapps","setup":)" + setup +
           R"(,"listing":{"name":"Fabrikam 365","summary":"Field work","description":"Plans it.",)"
           R"("keywords":["field","service"]},"technical":{"base_license_model":"user",)"
           R"("package_url":"https://fabrikam.example/package.zip"},"plans":[)" +
           plans + "]}";
}

inline std::string licensed_offer(std::string_view id) {
    return offer(id,
                 R"({"sell_through_microsoft":false,"license_management":true,)"
                 R"("require_license_for_install":true})",
                 plan("bronze") + "," + plan("silver") + "," + plan("gold"));
}

inline std::string priced_offer(std::string_view id) {
    return offer(
        id, R"({"sell_through_microsoft":true,"license_management":true})",
        plan("bronze", R"(,"audience":["contoso"],"service_id":"fabrikam.sold.bronze",)"
                       R"("pricing":{"model":"per_user","user_limits":{"min":1,"max":500},)"
                       R"("markets":["US","DE"],"terms":[{"unit":"month","count":1,)"
                       R"("price":{"amount":"10.00","currency":"USD"}}],)"
                       R"("free_trial":true})"));
}

/// The offer, keeping something of the resource of its plan bronze.
inline std::string with_kept_plan(std::string offer) {
    offer.pop_back();
    return offer +
           R"(,"ingestion":[{"schema":"https://schema.mp.microsoft.com/schema/plan/2022-07-01",)"
           R"("plan":"bronze","members":{"displayRank":1}}]})";
}

/// A configure request of one product: its setup, a plan and a submission, with no durable ids.
inline std::string ingestion_document(std::string_view id) {
    const auto resource = [](std::string_view name) {
        return R"({"$schema":"https://schema.mp.microsoft.com/schema/)" + std::string(name) +
               R"(/2022-03-01-preview2")";
    };
    const std::string external_id = R"({"externalId":)" + quote(id) + "}";
    return resource("configure") + R"(,"resources":[)" + resource("product") +
           R"(,"resourceName":"mine","identity":)" + external_id +
           R"(,"alias":"Fabrikam","type":"dynamics365ForCustomerEngagement"},)" +
           resource("commercial-marketplace-setup") + R"(,"product":)" + external_id +
           R"(,"sellThroughMicrosoft":false,"useMicrosoftLicenseManagementService":true,)"
           R"("requireLicenseForInstall":true},)" +
           resource("plan") + R"(,"id":"plan/1/2","product":)" + external_id +
           R"(,"identity":{"externalId":"bronze"},"alias":"Bronze"},)" + resource("submission") +
           R"(,"product":)" + external_id + R"(,"target":{"targetType":"preview"}}]})";
}

inline std::string as_private(std::string text) {
    const std::string_view visible = "\"public\"";
    text.replace(text.find(visible), visible.size(), "\"private\"");
    return text;
}

inline std::string deal(std::string_view id, std::string_view tenant,
                        std::string_view consumption_on) {
    return R"({"publisher":"fabrikam","id":)" + quote(id) +
           R"(,"kind":"isv_connect","offer":"f365","customer":{"company":"Contoso",)"
           R"("country":"US","tenant":)" +
           std::string(tenant) +
           R"(},"contract":{"type":"new","signed":"2026-01-10","start":"2026-02-01",)"
           R"("end":"2027-01-31","perpetual":false,)"
           R"("total_value":{"amount":"12000.00","currency":"USD"},)"
           R"("solution_value":{"amount":"9000.00","currency":"USD"}},"consumption_on":)" +
           quote(consumption_on) +
           R"(,"contact":{"first_name":"Ana","last_name":"Diaz","email":"ana@fabrikam.example",)"
           R"("phone":"+1 555"}})";
}

/// An offer or a deal, or whatever fabrikam's has that id.
inline std::string of(std::string_view id) { return R"("publisher":"fabrikam","id":)" + quote(id); }
inline std::string tenant() { return R"("tenant":)" + quote(contoso); }

}  // namespace world
