#include "formats/differences.hpp"

#include <doctest/doctest.h>

#include "unit/catalog/samples.hpp"

using namespace licet::samples;

using licet::Change;
using licet::Difference;
using licet::Offer;

namespace {

/// One line a difference: "changed bronze /name "A" -> "B"".
std::string told(const Offer& before, const Offer& after) {
    std::string text;
    for (const Difference& difference : licet::formats::differences(&before, after)) {
        constexpr const char* words[] = {"added", "changed", "removed"};
        text += words[static_cast<std::size_t>(difference.change)];
        text += difference.plan ? " " + difference.plan->str() : "";
        text += difference.pointer.empty() ? "" : " " + difference.pointer;
        const bool is_whole = difference.pointer.empty();
        text += difference.before && !is_whole ? " " + difference.before->text : "";
        text += difference.after && !is_whole ? " -> " + difference.after->text : "";
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("equal offers have no differences") {
    CHECK(told(article_offer(), article_offer()).empty());
}

TEST_CASE("an offer that was not there is one difference, whole") {
    const auto all = licet::formats::differences(nullptr, article_offer());
    REQUIRE(all.size() == 1);
    CHECK(all[0].change == Change::added);
    CHECK_FALSE(all[0].plan);
    CHECK(all[0].pointer.empty());
    CHECK_FALSE(all[0].before);
    CHECK(all[0].after->text.find("\"silver\"") != std::string::npos);
}

TEST_CASE("fields are told one by one, in the order of the document, lists whole") {
    Offer after = article_offer();
    after.alias = "Other";
    after.setup.require_license_for_install.reset();
    after.setup.call_to_action = licet::CallToAction::free;
    after.listing.keywords = {"field"};
    CHECK(told(article_offer(), after) ==
          "changed /alias \"Fabrikam 365\" -> \"Other\"\n"
          "added /setup/call_to_action -> \"free\"\n"
          "removed /setup/require_license_for_install true\n"
          "changed /listing/keywords [] -> [\"field\"]\n");
}

TEST_CASE("fields of a plan name the plan, and plans come and go whole") {
    Offer after = article_offer();
    after.plans[0].name = "Bronze";
    after.plans[1] = sample_plan("gold");
    CHECK(told(article_offer(), after) ==
          "changed bronze /name \"Fabrikam bronze\" -> \"Bronze\"\n"
          "added gold\n"
          "removed silver\n");
}

TEST_CASE("another order of the plans that stay is a difference, a new plan between them none") {
    Offer before = article_offer();
    Offer after = before;
    after.plans.insert(after.plans.begin(), sample_plan("gold"));
    CHECK(told(before, after) == "added gold\n");
    std::swap(after.plans[1], after.plans[2]);
    CHECK(told(before, after) ==
          "added gold\n"
          "changed /plans [\"bronze\",\"silver\"] -> [\"silver\",\"bronze\"]\n");
}
