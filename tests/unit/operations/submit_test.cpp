// What submit refuses is what offers.check calls an error, whatever has been drafted.

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "unit/operations/documents.hpp"
#include "unit/operations/trial.hpp"

namespace json = boost::json;

using licet::Errc;
using world::ana;
using world::of;
using world::with_actor;
using world::World;

namespace {

constexpr std::uint32_t default_seed = 20260403;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

/// What may stand at a place instead of what is good; "" takes it away.
struct Variant {
    const char* pointer;
    std::vector<std::string> values;
};

std::string text(std::size_t size) { return '"' + std::string(size, 'x') + '"'; }

std::vector<Variant> variants() {
    const std::string price = R"({"amount":"10.00","currency":"USD"})";
    const std::string pricing =
        R"({"user_limits":{"min":1,"max":10},"markets":["US"],"terms":[{"unit":"month","count":1,"price":)" +
        price + "}]}";
    return {
        {"/id", {R"("an-offer-with-a-long-id-of-forty")", R"("UPPER")", R"("x")"}},
        {"/alias", {R"("")", text(120), text(121), ""}},
        {"/type", {R"("saas")", R"("power_bi_visual")", R"("other")"}},
        {"/setup",
         {"", "{}", R"({"sell_through_microsoft":true})",
          R"({"sell_through_microsoft":true,"license_management":false})",
          R"({"license_management":true})", R"({"license_management":false})",
          R"({"call_to_action":"free"})",
          R"({"license_management":true,"require_license_for_install":false,"call_to_action":"free"})",
          R"({"sell_through_microsoft":false,"license_management":false,"call_to_action":"free"})"}},
        {"/listing", {"", "{}", R"({"name":"F","summary":)" + text(101) + "}"}},
        {"/listing/name", {R"("")", text(200), text(201), ""}},
        {"/listing/keywords", {"[]", R"(["a","b","c","d"])"}},
        {"/technical", {"", "{}", R"({"base_license_model":"resource"})"}},
        {"/technical/package_url",
         {R"("http://fabrikam.example/a.zip")", R"("ftp://x")", R"("")", ""}},
        {"/plans", {"[]", ""}},
        {"/plans/0/id", {R"("silver")", R"("a")", R"("-ab")", R"("Bronze")"}},
        {"/plans/0/name", {R"("Fabrikam silver")", R"("")", text(201)}},
        {"/plans/0/visibility", {R"("private")"}},
        {"/plans/0/audience", {R"(["contoso"])"}},
        {"/plans/0/apps", {"[]", R"([""])", R"(["Bronze App"])", R"(["a_b","A_B"])"}},
        {"/plans/0/pricing", {pricing, R"({"markets":[],"terms":[]})"}},
        {"/plans/1/pricing", {pricing}},
        {"/plans/2/pricing", {pricing}},
        {"/plans/1/more_info_url", {R"("fabrikam.com")", ""}},
        {"/plans/1/service_id", {R"("fabrikam.x.y")"}},
        {"/plan_order",
         {R"(["bronze","silver"])", R"(["gold","bronze"])", R"(["tin"])", R"(["gold","gold"])"}},
    };
}

/// The article's offer with a few places changed, most of them wrongly.
class AnyDocument {
public:
    explicit AnyDocument(std::uint32_t seed) : random_(seed), variants_(variants()) {}

    std::string next() {
        json::value document = json::parse(world::licensed_offer("random"));
        for (std::size_t changes = below(6); changes > 0; --changes) {
            const Variant& variant = variants_[below(variants_.size())];
            change(document, variant.pointer, variant.values[below(variant.values.size())]);
        }
        return json::serialize(document);
    }

    std::size_t below(std::size_t bound) { return random_() % bound; }

private:
    static void change(json::value& document, std::string_view pointer, const std::string& value) {
        const auto last = pointer.rfind('/');
        boost::system::error_code none;
        json::value* parent = document.find_pointer({pointer.data(), last}, none);
        json::object* object = parent ? parent->if_object() : nullptr;
        const std::string name(pointer.substr(last + 1));
        if (object && value.empty()) {
            object->erase(name);
        } else if (object) {
            (*object)[name] = json::parse(value);
        }
    }

    std::mt19937 random_;
    std::vector<Variant> variants_;
};

/// Rule and place of each error, in the order in which they are told.
std::vector<std::string> errors_of(const std::vector<licet::Finding>& findings) {
    std::vector<std::string> errors;
    for (const licet::Finding& finding : findings) {
        if (finding.severity == licet::Severity::error) {
            errors.push_back(name_of(finding.rule) + (' ' + finding.pointer));
        }
    }
    return errors;
}

std::vector<std::string> errors_in(const std::string& checked) {
    std::vector<std::string> errors;
    const json::value document = json::parse(checked);
    for (const json::value& finding : document.at("findings").as_array()) {
        if (finding.at("severity").as_string() == "error") {
            errors.push_back(std::string(finding.at("rule").as_string()) + ' ' +
                             std::string(finding.at("pointer").as_string()));
        }
    }
    return errors;
}

/// The id of what was kept; "" where nothing was.
std::string keep(World& world, const std::string& document, const std::string& profile) {
    const auto created = world.call(
        "offers.create", with_actor(R"("profile":")" + profile + R"(","offer":)" + document, ana));
    return created ? world::value_at(created.value(), "/offer/id") : std::string();
}

}  // namespace

TEST_CASE("submit refuses of any draft what offers.check calls an error, and nothing else") {
    constexpr int rounds = 1500;
    CAPTURE(seed());
    AnyDocument any(seed());
    int refused_count = 0;
    int submitted_count = 0;
    const World made;
    for (int round = 0; round < rounds; ++round) {
        World world = made.again();
        const std::string document = any.next();
        CAPTURE(document);
        const std::string id = keep(world, document, any.below(2) == 0 ? "create" : "import");
        if (id.empty()) {
            continue;
        }
        const std::string draft =
            world::value_at(world.must("offers.get", with_actor(of(id), ana)), "/offer");
        const auto expected = errors_in(world.must("offers.check", R"({"offer":)" + draft + "}"));
        const auto submitted = world.call("offers.submit", with_actor(of(id), ana));
        CHECK((submitted ? std::vector<std::string>() : errors_of(submitted.error().findings)) ==
              expected);
        CHECK(submitted.has_value() == expected.empty());
        ++(submitted ? submitted_count : refused_count);
    }
    CHECK(refused_count > rounds / 20);
    CHECK(submitted_count > rounds / 20);
}

TEST_CASE("what offers.create refuses is an error for offers.check") {
    constexpr int rounds = 1500;
    CAPTURE(seed());
    AnyDocument any(seed());
    World world;
    int refused_count = 0;
    for (int round = 0; round < rounds; ++round) {
        const std::string document = any.next();
        CAPTURE(document);
        const auto created = world.call("offers.create", with_actor(R"("offer":)" + document, ana));
        if (!created && created.error().code != Errc::offer_exists) {
            ++refused_count;
            const auto told =
                errors_in(world.must("offers.check", R"({"offer":)" + document + "}"));
            for (const std::string& error : errors_of(created.error().findings)) {
                const std::string in_offer =
                    std::string(error).erase(error.find("/offer"), std::string("/offer").size());
                CAPTURE(in_offer);
                CHECK(std::ranges::find(told, in_offer) != told.end());
            }
        }
    }
    CHECK(refused_count > rounds / 20);
}
