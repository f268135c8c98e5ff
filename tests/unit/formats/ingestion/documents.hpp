#pragma once

/// \file
/// Ingestion documents to test with, read and written.

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/value.hpp>

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

/// Exactly, which Boost.JSON's own parser is not about fractions.
inline boost::json::value dom_of(const formats::Node& node) {
    using Kind = formats::Node::Kind;
    if (node.is_array()) {
        boost::json::array all;
        for (const formats::Node& child : node.children()) {
            all.push_back(dom_of(child));
        }
        return all;
    }
    if (node.is_object()) {
        boost::json::object all;
        for (const formats::Node& child : node.children()) {
            all.emplace(child.key(), dom_of(child));
        }
        return all;
    }
    return node.is_text()                 ? boost::json::value(node.text())
           : node.kind() == Kind::boolean ? boost::json::value(node.boolean())
           : node.kind() == Kind::int64   ? boost::json::value(node.int64())
           : node.kind() == Kind::uint64  ? boost::json::value(node.uint64())
           : node.kind() == Kind::real    ? boost::json::value(node.real())
                                          : boost::json::value();
}

/// The resources of the document that the offer makes.
inline boost::json::array written(const Offer& offer) {
    const std::string text = formats::write_ingestion(offer);
    Findings none;
    formats::Parsed parsed;
    REQUIRE(parsed.parse(text, none));
    return dom_of(*parsed.root().find("resources")).as_array();
}

}  // namespace licet::ingested
