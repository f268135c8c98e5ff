// The rules of the two plan files, on rows: below a header, one line each, columns 1, 2 and 3.

#include <doctest/doctest.h>

#include <array>

#include "catalog/plan_rows.hpp"
#include "unit/catalog/samples.hpp"

using licet::Cell;
using licet::Findings;
using licet::Offer;
using licet::PlanReports;
using licet::PlanRows;
using licet::Profile;
using licet::samples::article_offer;
using licet::samples::lines;
using licet::samples::long_text;

namespace {

using Definition = std::array<std::string_view, 3>;
using Mapping = std::array<std::string_view, 2>;

PlanRows rows(const std::vector<Definition>& definitions, const std::vector<Mapping>& mappings) {
    PlanRows all;
    for (const auto& [id, name, url] : definitions) {
        const std::size_t line = all.definitions.size() + 2;
        all.definitions.push_back({{id, line, 1}, {name, line, 2}, {url, line, 3}});
    }
    for (const auto& [id, app] : mappings) {
        const std::size_t line = all.mappings.size() + 2;
        all.mappings.push_back({{id, line, 1}, {app, line, 2}});
    }
    return all;
}

std::string found_in(const PlanRows& rows, Profile profile = Profile::create,
                     const Offer* offer = nullptr) {
    PlanReports reports;
    check_plan_rows(rows, profile, offer, reports);
    Findings findings;
    reports.definition.tell(findings);
    reports.mapping.tell(findings);
    return lines(findings.all());
}

/// Of one plan, mapped once.
std::string found_in_definition(std::string_view id, std::string_view name = "Bronze",
                                std::string_view url = "", Profile profile = Profile::create) {
    return found_in(rows({{id, name, url}}, {{id, "crf36_App"}}), profile);
}

constexpr std::string_view bronze = "fabrikam.f365.bronze";
constexpr std::string_view silver = "fabrikam.f365.silver";
constexpr std::string_view gold = "fabrikam.f365.gold";

/// What the article's offer, as it is stored, is written as.
PlanRows article_rows() {
    return rows({{bronze, "Fabrikam bronze", ""}, {silver, "Fabrikam silver", ""}},
                {{bronze, "crf36_bronze"}, {silver, "crf36_silver"}});
}

Offer stored_article() {
    Offer offer = article_offer();
    for (licet::Plan& plan : offer.plans) {
        plan.service_id = licet::ServiceId::of(offer.publisher, offer.id, plan.id);
    }
    return offer;
}

std::string against_article(const PlanRows& rows, const Offer& offer = stored_article()) {
    return found_in(rows, Profile::create, &offer);
}

}  // namespace

TEST_CASE("a plan is defined under a service id") {
    CHECK(found_in_definition("fabrikam.f365.bronze").empty());
    const auto both = [](const std::string& rule) {
        return rule + " /definition/2/1\n" + rule + " /mapping/2/1";
    };
    CHECK(found_in_definition("") == both("service_id_length"));
    CHECK(found_in_definition(std::string(301, 'x')) == both("service_id_length"));
    CHECK(found_in_definition(std::string(300, 'x')) == both("service_id_parts"));
    CHECK(found_in_definition("fabrikam.bronze") == both("service_id_parts"));
    CHECK(found_in_definition("Fabrikam Bronze.f365.x") == both("publisher_id_bad_character"));
    CHECK(found_in_definition("fabrikam.f3.bronze") == both("offer_id_length"));
    CHECK(found_in_definition("fabrikam.f365.bronze ") == both("plan_id_bad_character"));
}

TEST_CASE("capitals in a service id are a warning, and name the same plan") {
    CHECK(found_in(rows({{"Fabrikam.f365.bronze", "Bronze", ""}}, {{bronze, "crf36_App"}})) ==
          "id_not_lowercase /definition/2/1 (warning)");
    CHECK(found_in(rows({{bronze, "Bronze", ""}},
                        {{bronze, "crf36_App"}, {"fabrikam.f365.BRONZE", "crf36_Other"}})) ==
          "id_not_lowercase /mapping/3/1 (warning)");
}

TEST_CASE("publisher and offer are at most 40 characters together, told once an offer") {
    const std::string longest = "fabrikam." + std::string(31, 'o');
    const std::string longer = longest + 'o';
    CHECK(found_in_definition(longest + ".bronze").empty());
    const std::string first = longer + ".bronze";
    const std::string second = longer + ".silver";
    const PlanRows both =
        rows({{first, "B", ""}, {second, "S", ""}}, {{first, "crf36_A"}, {second, "crf36_A"}});
    CHECK(found_in(both) == "publisher_offer_length /definition/2/1");
    CHECK(found_in(both, Profile::import) == "publisher_offer_length /definition/2/1 (warning)");
}

TEST_CASE("a plan that cannot be referenced from outside is a warning") {
    CHECK(found_in_definition("fabrikam.f365.ab") ==
          "plan_id_not_referencable /definition/2/1 (warning)");
    CHECK(found_in_definition("fabrikam.f365.-abc") ==
          "plan_id_not_referencable /definition/2/1 (warning)");
    CHECK(found_in_definition("fabrikam.f365.abc").empty());
}

TEST_CASE("a display name has 1 to 300 characters") {
    CHECK(found_in_definition(bronze, "") == "plan_file_name_length /definition/2/2");
    CHECK(found_in_definition(bronze, "B").empty());
    CHECK(found_in_definition(bronze, long_text(300)).empty());
    CHECK(found_in_definition(bronze, long_text(301)) == "plan_file_name_length /definition/2/2");
}

TEST_CASE("a display name of more than 200 characters is good in a file, and for no plan") {
    const auto found_in_names = [](std::string_view name) {
        licet::FileReport report("definition");
        check_plan_names(rows({{bronze, name, ""}}, {}), report);
        Findings findings;
        report.tell(findings);
        return lines(findings.all());
    };
    CHECK(found_in_names(long_text(200)).empty());
    CHECK(found_in_names(long_text(201)) == "plan_name_length /definition/2/2");
}

TEST_CASE("a more-info URL may be missing, or is one of the web of at most 2048 bytes") {
    const std::string longest = "https://a/" + std::string(2038, 'x');
    CHECK(found_in_definition(bronze, "B", "http://www.microsoft.com").empty());
    CHECK(found_in_definition(bronze, "B", longest).empty());
    CHECK(found_in_definition(bronze, "B", longest + 'x') == "text_length /definition/2/3");
    CHECK(found_in_definition(bronze, "B", "www.microsoft.com") == "url_syntax /definition/2/3");
}

TEST_CASE("a plan is defined once, and the names in an offer differ") {
    const PlanRows twice =
        rows({{bronze, "B", ""}, {"FABRIKAM.f365.bronze", "C", ""}}, {{bronze, "crf36_A"}});
    CHECK(found_in(twice) ==
          "id_not_lowercase /definition/3/1 (warning)\n"
          "plan_file_plan_duplicate /definition/3/1");
    const PlanRows named = rows({{bronze, "B", ""}, {silver, "B", ""}, {gold, "b", ""}},
                                {{bronze, "crf36_A"}, {silver, "crf36_A"}, {gold, "crf36_A"}});
    CHECK(found_in(named) == "plan_name_duplicate /definition/3/2");
    CHECK(found_in(named, Profile::import) == "plan_name_duplicate /definition/3/2");
}

TEST_CASE("all plans are of one publisher and offer, the first one's") {
    const PlanRows mixed =
        rows({{bronze, "B", ""}, {"contoso.f365.bronze", "B", ""}, {"fabrikam.f366.gold", "G", ""}},
             {{bronze, "crf36_A"},
              {"contoso.f365.bronze", "crf36_A"},
              {"fabrikam.f366.gold", "crf36_A"}});
    CHECK(found_in(mixed) ==
          "plan_file_other_offer /definition/3/1\n"
          "plan_file_other_offer /definition/4/1");
    CHECK(found_in(mixed, Profile::import) ==
          "plan_file_other_offer /definition/3/1 (warning)\n"
          "plan_file_other_offer /definition/4/1 (warning)");
}

TEST_CASE("an offer has at most 100 plans in the files too") {
    std::vector<std::string> ids;
    for (int n = 100; n < 201; ++n) {
        ids.push_back("fabrikam.f365.p" + std::to_string(n));
    }
    std::vector<Definition> definitions;
    std::vector<Mapping> mappings;
    for (const std::string& id : ids) {
        definitions.push_back({id, id, ""});
        mappings.push_back({id, "crf36_A"});
    }
    CHECK(found_in(rows(definitions, mappings)) == "plans_count /definition/102/1");
    definitions.pop_back();
    mappings.pop_back();
    CHECK(found_in(rows(definitions, mappings)).empty());
}

TEST_CASE("every mapped plan is defined and every defined one is mapped") {
    const PlanRows apart = rows({{bronze, "B", ""}}, {{silver, "crf36_A"}});
    CHECK(found_in(apart) ==
          "plan_file_plan_unmapped /definition/2/1\n"
          "plan_file_plan_undefined /mapping/2/1");
    CHECK(found_in(apart, Profile::import) ==
          "plan_file_plan_unmapped /definition/2/1 (warning)\n"
          "plan_file_plan_undefined /mapping/2/1");
}

TEST_CASE("nothing is missing in a file of which rows were left out") {
    PlanRows apart = rows({{bronze, "B", ""}}, {{silver, "crf36_A"}});
    apart.mappings_whole = false;
    CHECK(found_in(apart) == "plan_file_plan_undefined /mapping/2/1");
    apart.definitions_whole = false;
    CHECK(found_in(apart).empty());
    CHECK(against_article(apart).empty());
}

TEST_CASE("an app is mapped to a plan once, compared ignoring case, and to any number of plans") {
    const std::vector<Definition> two = {{bronze, "B", ""}, {silver, "S", ""}};
    CHECK(found_in(rows(two, {{bronze, "crf36_A"}, {silver, "crf36_A"}, {silver, "crf36_AB"}}))
              .empty());
    CHECK(found_in(rows(two, {{bronze, "crf36_A"},
                              {silver, "crf36_A"},
                              {bronze, "CRF36_a"},
                              {bronze, "crf36_A"}})) ==
          "plan_file_app_duplicate /mapping/4/2\n"
          "plan_file_app_duplicate /mapping/5/2");
}

TEST_CASE("an app has a name, and one without a prefix or with a space looks like a display name") {
    const std::vector<Definition> one = {{bronze, "B", ""}};
    CHECK(found_in(rows(one, {{bronze, ""}, {bronze, ""}})) ==
          "app_name_empty /mapping/2/2\n"
          "app_name_empty /mapping/3/2");
    CHECK(
        found_in(rows(one, {{bronze, "crf36_Bronze"}, {bronze, "Bronze"}, {bronze, "c_B App"}})) ==
        "app_name_display /mapping/3/2 (warning)\n"
        "app_name_display /mapping/4/2 (warning)");
}

TEST_CASE("the files of an offer define its plans and no other") {
    CHECK(against_article(article_rows()).empty());
    PlanRows less = article_rows();
    less.definitions.pop_back();
    less.mappings.pop_back();
    CHECK(against_article(less) == "plan_file_plan_missing /definition");
    Offer unlicensed = stored_article();
    unlicensed.setup = {false, false, {}, licet::CallToAction::free};
    CHECK(against_article(less, unlicensed).empty());
    Offer smaller = stored_article();
    smaller.plans.pop_back();
    CHECK(against_article(article_rows(), smaller) == "plan_file_plan_unknown /definition/3/1");
}

TEST_CASE("the files of an offer are not those of another") {
    Offer other = stored_article();
    other.id = licet::OfferId::parse("f366").value();
    other.plans.clear();
    CHECK(against_article(article_rows(), other) ==
          "plan_file_other_offer /definition/2/1\n"
          "plan_file_other_offer /definition/3/1");
}

TEST_CASE("a plan that opens other apps in the files than in the offer is a warning") {
    for (const std::vector<std::string>& apps :
         {std::vector<std::string>{}, {"crf36_other"}, {"crf36_bronze", "crf36_other"}}) {
        Offer offer = stored_article();
        offer.plans[0].apps = apps;
        CHECK(against_article(article_rows(), offer) ==
              "plan_file_apps_differ /definition/2/1 (warning)");
    }
    Offer same = stored_article();
    same.plans[0].apps = {"CRF36_Bronze"};
    CHECK(against_article(article_rows(), same).empty());
}

TEST_CASE("rows describe offers in order of definition, with their apps in order of mapping") {
    const PlanRows mixed = rows({{gold, "G", "https://a"},
                                 {"contoso.crm.one", "One", ""},
                                 {"Fabrikam.f365.bronze", "B", ""}},
                                {{bronze, "crf36_Z"},
                                 {gold, "crf36_B"},
                                 {bronze, "crf36_A"},
                                 {"contoso.crm.one", "new_One"}});
    const std::vector<Offer> offers = offers_of(mixed);
    REQUIRE(offers.size() == 2);
    CHECK(offers[0].publisher.str() == "fabrikam");
    CHECK(offers[0].id.str() == "f365");
    CHECK(offers[0].alias == "f365");
    CHECK(offers[0].setup.manages_licenses());
    REQUIRE(offers[0].plans.size() == 2);
    CHECK(offers[0].plans[0].id.str() == "gold");
    CHECK(offers[0].plans[0].more_info_url == "https://a");
    CHECK(offers[0].plans[1].service_id.str() == bronze);
    CHECK(offers[0].plans[1].apps == std::vector<std::string>{"crf36_Z", "crf36_A"});
    CHECK_FALSE(offers[0].plans[1].more_info_url);
    CHECK(offers[1].id.str() == "crm");
}
