// Documents made at random: nothing of them is lost.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <random>
#include <set>
#include <string>

#include <boost/json/serialize.hpp>

#include "formats/tables/catalog.hpp"
#include "unit/formats/ingestion/documents.hpp"

namespace json = boost::json;

using licet::Offer;

namespace {

constexpr std::uint32_t default_seed = 20260401;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

/// Writes ingestion documents in every way in which they are read.
class Maker {
public:
    explicit Maker(std::uint32_t seed) : random_(seed) {}

    json::value document() {
        json::array resources;
        const std::size_t products = 1 + below(2);
        for (std::size_t i = 0; i < products; ++i) {
            is_sole_ = products == 1;
            add_product(resources, "offer" + std::to_string(i));
        }
        std::shuffle(resources.begin(), resources.end(), random_);
        return chance() ? json::value(std::move(resources))
                        : json::value{{"$schema", url("configure")},
                                      {"resources", std::move(resources)}};
    }

private:
    std::size_t below(std::size_t end) { return random_() % end; }
    bool chance() { return below(2) == 0; }

    std::string url(const std::string& resource) {
        const char* hosts[] = {"schema.mp.microsoft.com", "product-ingestion.azureedge.net"};
        return "https://" + std::string(hosts[below(2)]) + "/schema/" + resource +
               "/2022-03-01-preview" + std::to_string(below(9));
    }

    json::value any(int depth) {
        switch (below(depth > 0 ? 8 : 6)) {
            case 0:
                return nullptr;
            case 1:
                return chance();
            case 2:
                return static_cast<std::int64_t>(random_()) - 0x7FFF'FFFF;
            case 3:
                return static_cast<double>(random_()) / 3e5;
            case 4:
                return std::uint64_t{1} << 63U;
            case 5:
                return json::string("\xC3\xA9 \"\n\\" + std::to_string(below(1000)));
            case 6: {
                json::array list;
                for (std::size_t i = below(4); i > 0; --i) {
                    list.push_back(any(depth - 1));
                }
                return list;
            }
            default: {
                json::object object;
                add_unknown(object, depth - 1);
                return object;
            }
        }
    }

    void add_unknown(json::object& object, int depth = 3) {
        for (std::size_t i = below(4); i > 0; --i) {
            object.emplace("more/" + std::to_string(below(100)), any(depth));
        }
    }

    /// With what any resource may have.
    json::object resource(const std::string& name) {
        json::object made;
        made.emplace("$schema", url(name));
        add_unknown(made);
        if (chance()) {
            made.emplace("resourceName", name + std::to_string(serial_++));
        }
        if (chance()) {
            made.emplace("id", name + "/" + std::to_string(serial_++));
        }
        return made;
    }

    void identify(json::object& resource, const std::string& external_id) {
        const char* name = chance() ? "externalId" : "externalID";
        if (chance()) {
            resource.emplace(name, external_id);
            return;
        }
        json::object identity;
        identity.emplace(name, external_id);
        add_unknown(identity);
        resource.emplace("identity", std::move(identity));
    }

    /// One of the ways to refer to it that it allows.
    json::value reference(const json::object& resource, const std::string& external_id) {
        json::object named;
        if (chance() && resource.contains("id")) {
            return resource.at("id");
        }
        if (chance() && resource.contains("resourceName")) {
            named.emplace("resourceName", resource.at("resourceName"));
        } else {
            named.emplace(chance() ? "externalId" : "externalID", external_id);
        }
        return named;
    }

    void add_product(json::array& all, const std::string& id) {
        const char* types[] = {"dynamics365ForCustomerEngagement", "powerBiVisual",
                               "dynamics365BusinessCentral", "softwareAsAService", "coreVirtual"};
        json::object product = resource("product");
        identify(product, id);
        product.emplace("type", types[below(5)]);
        product.emplace("alias", "Alias " + std::to_string(below(100)));
        const auto add = [&](json::object made) {
            if (!is_sole_ || chance()) {
                made.emplace("product", reference(product, id));
            }
            all.push_back(std::move(made));
        };
        if (chance()) {
            add(setup());
        }
        for (std::size_t i = below(3); i > 0; --i) {
            add(submission());
        }
        for (std::size_t i = below(4); i > 0; --i) {
            const std::string plan_id = "plan" + std::to_string(i);
            json::object plan = resource("plan");
            identify(plan, plan_id);
            plan.emplace("alias", "Plan " + std::to_string(i));
            json::object listing = resource("plan-listing");
            listing.emplace("plan", reference(plan, plan_id));
            add(std::move(listing));
            add(std::move(plan));
        }
        all.push_back(std::move(product));
    }

    json::object setup() {
        const char* calls[] = {"free", "freeTrial", "free-trial", "contactMe", "contact-me", "x"};
        json::object made = resource("commercial-marketplace-setup");
        for (const char* choice : {"sellThroughMicrosoft", "useMicrosoftLicenseManagementService",
                                   "requireLicenseForInstall"}) {
            if (chance()) {
                made.emplace(choice, chance());
            }
        }
        if (chance()) {
            made.emplace("callToAction", calls[below(6)]);
        }
        return made;
    }

    json::object submission() {
        const char* targets[] = {"draft", "preview", "live"};
        json::object target;
        target.emplace("targetType", targets[below(3)]);
        json::object made = resource("submission");
        made.emplace("target", std::move(target));
        return made;
    }

    std::mt19937 random_;
    std::size_t serial_ = 0;
    bool is_sole_ = false;
};

/// The schema of every resource, and each of its members of which licet knows nothing.
std::multiset<std::string> unknown_in(const json::array& resources) {
    std::multiset<std::string> all;
    for (const json::value& resource : resources) {
        const json::object& members = resource.as_object();
        const std::string schema = json::serialize(members.at("$schema"));
        all.insert(schema);
        const auto add = [&](const json::object& object, const std::string& place) {
            for (const auto& member : object) {
                const std::string name(member.key());
                if (name.starts_with("more/") || name == "id" || name == "resourceName" ||
                    name == "target") {
                    all.insert(schema + place + name + json::serialize(member.value()));
                }
            }
        };
        add(members, "/");
        if (members.contains("identity")) {
            add(members.at("identity").as_object(), "/identity/");
        }
    }
    return all;
}

/// Through a store and back.
Offer stored(const Offer& offer) {
    using namespace licet::formats;
    return decode<Offer>(encode(offer, Audience::store)).value();
}

}  // namespace

TEST_CASE("documents read, stored, written and read again are the same offers with all they had") {
    constexpr int rounds = 500;
    CAPTURE(seed());
    Maker maker(seed());
    for (int round = 0; round < rounds; ++round) {
        const json::value document = maker.document();
        const std::string text = json::serialize(document);
        CAPTURE(text);
        const auto first = licet::ingested::read(text);
        REQUIRE_FALSE(first.offers.empty());
        json::array resources;
        for (const Offer& offer : first.offers) {
            licet::Findings form;
            check_form(offer, licet::Profile::import, form);
            REQUIRE_FALSE(form.has_errors());
            REQUIRE(stored(offer) == offer);
            const json::array written = licet::ingested::written(stored(offer));
            const auto again = licet::ingested::read(json::serialize(written));
            REQUIRE(again.offers.size() == 1);
            REQUIRE(again.offers[0] == offer);
            std::ranges::copy(written, std::back_inserter(resources));
        }
        const json::array& given =
            document.is_array() ? document.get_array() : document.at("resources").as_array();
        REQUIRE(unknown_in(resources) == unknown_in(given));
    }
}
