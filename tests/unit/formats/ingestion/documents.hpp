#pragma once

/// \file
/// Ingestion documents to test with, read and written.

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>

#include "formats/ingestion.hpp"
#include "formats/parse.hpp"
#include "unit/catalog/samples.hpp"

namespace licet::ingested {

/// `"$schema":"https://…/<resource>/2022-03-01-preview2"`
inline std::string schema(std::string_view resource) {
    return R"("$schema":"https://schema.mp.microsoft.com/schema/)" + std::string(resource) +
           R"(/2022-03-01-preview2")";
}

inline std::string resource(std::string_view name, std::string_view members) {
    return "{" + schema(name) + "," + std::string(members) + "}";
}

inline std::string product(std::string_view more = "") {
    return resource("product", R"("identity":{"externalId":"f365"},"alias":"Fabrikam 365",)"
                               R"("type":"dynamics365ForCustomerEngagement")" +
                                   std::string(more));
}

inline std::string plan(std::string_view id, std::string_view more = "") {
    return resource("plan", R"("identity":{"externalId":")" + std::string(id) +
                                R"("},"alias":"Fabrikam )" + std::string(id) + "\"" +
                                std::string(more));
}

inline std::string setup(std::string_view members) {
    return resource("commercial-marketplace-setup", members);
}

inline std::string configure(const std::vector<std::string>& resources) {
    std::string text = "{" + schema("configure") + R"(,"resources":)";
    char separator = '[';
    for (const std::string& one : resources) {
        text += std::exchange(separator, ',') + one;
    }
    return text + (resources.empty() ? "[]}" : "]}");
}

/// What reading it finds, and the offers where nothing is an error.
struct Outcome {
    std::string findings;
    std::vector<Offer> offers;
};

inline Outcome read(const std::string& document) {
    Findings findings;
    formats::Parsed parsed;
    REQUIRE(parsed.parse(document, findings));
    auto offers = formats::read_ingestion(parsed.root(), PublisherId::parse("fabrikam").value(),
                                          findings, Path());
    if (findings.has_errors()) {
        offers.clear();
    }
    return {samples::lines(findings.all()), std::move(offers)};
}

/// The only offer of a document in which all is known.
inline Offer offer_in(const std::string& document) {
    Outcome outcome = read(document);
    CHECK(outcome.findings.empty());
    REQUIRE(outcome.offers.size() == 1);
    return std::move(outcome.offers.front());
}

/// The resources of the document that the offer makes.
inline boost::json::array written(const Offer& offer) {
    Findings none;
    formats::Parsed parsed;
    REQUIRE(parsed.parse(formats::write_ingestion(offer), none));
    // A copy would live in the parsed text's memory.
    return boost::json::array(parsed.root().at("resources").as_array(), boost::json::storage_ptr());
}

}  // namespace licet::ingested
