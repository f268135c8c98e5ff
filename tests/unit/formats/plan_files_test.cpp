#include "formats/plan_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

#include "unit/catalog/samples.hpp"

using licet::Errc;
using licet::Findings;
using licet::Offer;
using licet::Plan;
using licet::PlanFiles;
using licet::PlanId;
using licet::PlanReports;
using licet::PlanRows;
using licet::Profile;
using licet::ServiceId;
using licet::formats::read_plan_files;
using licet::formats::write_plan_files;
using licet::samples::lines;

namespace {

std::vector<licet::Finding> findings_of(const PlanFiles& files, Profile profile = Profile::create) {
    PlanReports reports;
    const PlanRows rows = read_plan_files(files, reports);
    check_plan_rows(rows, profile, nullptr, reports);
    Findings findings;
    reports.definition.tell(findings);
    reports.mapping.tell(findings);
    return findings.all();
}

std::string found_in(const PlanFiles& files, Profile profile = Profile::create) {
    return lines(findings_of(files, profile));
}

std::vector<Offer> offers_in(const PlanFiles& files) {
    PlanReports reports;
    const PlanRows rows = read_plan_files(files, reports);
    check_plan_rows(rows, Profile::import, nullptr, reports);
    CHECK_FALSE(reports.definition.has_errors());
    CHECK_FALSE(reports.mapping.has_errors());
    return offers_of(rows);
}

const PlanFiles fabrikam{
    "ServiceID,Display name,More info URL\n"
    "fabrikam.f365.bronze,Fabrikam Bronze Plan,https://www.fabrikam.com/bronze\n"
    "fabrikam.f365.silver,\"Silver, the \"\"better\"\" one\",\n",
    "Service ID,Component name\n"
    "fabrikam.f365.bronze,crf36_BronzeApp\n"
    "fabrikam.f365.silver,crf36_BronzeApp\n"
    "fabrikam.f365.silver,crf36_SilverApp\n"};

/// As Microsoft publishes them.
const PlanFiles published_sample{
    "ServiceID,Display name,More info URL\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.bronzeplan,"
    "Fabrikam Bronze Plan,http://www.microsoft.com\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.silverplan,"
    "Fabrikam Silver Plan,http://www.microsoft.com\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.goldplan,"
    "Fabrikam Gold Plan,http://www.microsoft.com\n",
    "Service ID,Component name\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.bronzeplan,crf36_BronzeApp\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.silverplan,crf36_BronzeApp\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.silverplan,crf36_SilverApp\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.goldplan,crf36_BronzeApp\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.goldplan,crf36_SilverApp\n"
    "test_isvconnect1599092224747.d365_isvconnect_prod_licensable.goldplan,crf36_GoldApp\n"};

PlanFiles with_definition(std::string definition) {
    return {std::move(definition), fabrikam.mapping};
}

std::string with_crlf(std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
        text.insert(at, 1, '\r');
    }
    return text;
}

constexpr std::uint32_t default_seed = 20260402;

std::uint32_t seed() {
    const char* given = std::getenv("LICET_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : default_seed;
}

/// Offers that differ in all that plan files tell.
class AnyOffer {
public:
    explicit AnyOffer(std::uint32_t seed) : random_(seed) {}

    Offer next() {
        Offer offer = licet::samples::article_offer();
        offer.plans.clear();
        for (std::size_t i = 0; i < 1 + below(5); ++i) {
            offer.plans.push_back(plan(offer, i));
        }
        return offer;
    }

private:
    Plan plan(const Offer& offer, std::size_t number) {
        Plan plan;
        plan.id = PlanId::parse("plan-" + std::to_string(number)).value();
        plan.name = std::to_string(number) + text();
        if (below(3) > 0) {
            plan.more_info_url = "https://fabrikam.example/?a,b=" + std::to_string(below(100));
        }
        for (std::size_t i = 0; i < below(4); ++i) {
            plan.apps.push_back("crf36_" + std::to_string(i) + text());
        }
        plan.service_id = ServiceId::of(offer.publisher, offer.id, plan.id);
        return plan;
    }

    std::string text() {
        constexpr std::string_view palette[] = {"a", "B", ",", "\"", "\n", "\r", " ", "\xC3\xA9"};
        std::string all;
        for (std::size_t length = below(8); length > 0; --length) {
            all += palette[below(std::size(palette))];
        }
        return all;
    }

    std::size_t below(std::size_t bound) { return random_() % bound; }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("plan files are written to the byte") {
    Offer offer = licet::samples::article_offer();
    offer.plans[0].name = "Fabrikam Bronze Plan";
    offer.plans[0].more_info_url = "https://www.fabrikam.com/bronze";
    offer.plans[0].apps = {"crf36_BronzeApp"};
    offer.plans[1].name = "Silver, the \"better\" one";
    offer.plans[1].apps = {"crf36_BronzeApp", "crf36_SilverApp"};
    for (Plan& plan : offer.plans) {
        plan.service_id = ServiceId::of(offer.publisher, offer.id, plan.id);
    }
    CHECK(write_plan_files(offer) == fabrikam);
    offer.plans.clear();
    CHECK(write_plan_files(offer) ==
          PlanFiles{"ServiceID,Display name,More info URL\n", "Service ID,Component name\n"});
}

TEST_CASE("real files are read: a byte-order mark, CRLF, other spelling, blank lines at the end") {
    PlanFiles real{"\xEF\xBB\xBF" + with_crlf(fabrikam.definition) + "\r\n\r\n",
                   "\xEF\xBB\xBF" + with_crlf(fabrikam.mapping)};
    real.definition.replace(real.definition.find("ServiceID,D"), 11, "SERVICE id , d");
    real.mapping.replace(real.mapping.find("Service ID"), 10, "serviceid");
    CHECK(found_in(real).empty());
    CHECK(write_plan_files(offers_in(real).at(0)) == fabrikam);
}

TEST_CASE("a column that is wrong, swapped or missing is told, and its rows are not judged") {
    const auto header = [](const std::string& columns) {
        return found_in(with_definition(columns + "\nx,,y\nz,,\n"));
    };
    CHECK(header("ServiceID,Name,More info URL") == "plan_file_column /definition/1/11");
    CHECK(header("Display name,ServiceID,More info URL") ==
          "plan_file_column /definition/1/1\n"
          "plan_file_column /definition/1/14");
    CHECK(found_in(with_definition("ServiceID,Display name\nx,y\n")) ==
          "plan_file_column_missing /definition/1/11");
    CHECK(found_in(with_definition("")) ==
          "plan_file_column_missing /definition/1/1\n"
          "plan_file_column_missing /definition/1/1\n"
          "plan_file_column_missing /definition/1/1");
    CHECK(found_in({fabrikam.mapping, fabrikam.definition}) ==
          "plan_file_column /definition/1/12\n"
          "plan_file_column_missing /definition/1/12\n"
          "plan_file_column /mapping/1/11\n"
          "plan_file_column_extra /mapping/1/24 (warning)");
}

TEST_CASE("columns after those of a plan file are a warning and are not used") {
    const PlanFiles files{
        "ServiceID,Display name,More info URL,Owner,\n"
        "fabrikam.f365.bronze,Bronze,,Ana,\n",
        "Service ID,Component name\nfabrikam.f365.bronze,crf36_BronzeApp\n"};
    CHECK(found_in(files) ==
          "plan_file_column_extra /definition/1/38 (warning)\n"
          "plan_file_column_extra /definition/1/44 (warning)");
    CHECK(offers_in(files).at(0).plans.at(0).name == "Bronze");
}

TEST_CASE("a row has as many fields as there are columns") {
    const auto row = [](const std::string& text) {
        return found_in({"ServiceID,Display name,More info URL\n" + text + "\n",
                         "Service ID,Component name\nfabrikam.f365.bronze,crf36_BronzeApp\n"});
    };
    CHECK(row("fabrikam.f365.bronze,Bronze,").empty());
    CHECK(row("fabrikam.f365.bronze,Bronze") == "plan_file_row_length /definition/2/1");
    CHECK(row("fabrikam.f365.bronze,Bronze, best,") == "plan_file_row_length /definition/2/1");
    CHECK(row("\nfabrikam.f365.bronze,Bronze,") == "plan_file_row_length /definition/2/1");
}

TEST_CASE("a row that is no CSV is told, and all others are judged") {
    CHECK(found_in(with_definition("ServiceID,Display name,More info URL\n"
                                   "fabrikam.f365.bronze,Bron\"ze,\n"
                                   "fabrikam.f365.silver,,ftp://a\n")) ==
          "csv_quote_misplaced /definition/2/26\n"
          "plan_file_name_length /definition/3/22\n"
          "url_syntax /definition/3/23");
}

TEST_CASE("Microsoft's published sample passes on import but for the length of its ids") {
    CHECK(found_in(published_sample, Profile::import) ==
          "publisher_offer_length /definition/2/1 (warning)");
    CHECK(found_in(published_sample) == "publisher_offer_length /definition/2/1");
    const auto offers = offers_in(published_sample);
    REQUIRE(offers.size() == 1);
    CHECK(offers[0].plans.at(2).apps.size() == 3);
    CHECK(write_plan_files(offers[0]) == published_sample);
}

TEST_CASE("what was written of an offer is read as its plans and apps, and written so again") {
    CAPTURE(seed());
    AnyOffer any(seed());
    for (int round = 0; round < 500; ++round) {
        const Offer offer = any.next();
        const PlanFiles files = write_plan_files(offer);
        CAPTURE(files.definition);
        CAPTURE(files.mapping);
        const auto read = offers_in(files);
        REQUIRE(read.size() == 1);
        CHECK(read[0].publisher == offer.publisher);
        CHECK(read[0].id == offer.id);
        CHECK(read[0].plans == offer.plans);
        CHECK(write_plan_files(read[0]) == files);
    }
}

TEST_CASE("of 100000 bad rows as many are told as fit an answer") {
    PlanFiles files{"ServiceID,Display name,More info URL\n", "Service ID,Component name\n"};
    for (int row = 0; row < 100'000; ++row) {
        const std::string number = std::to_string(row);
        files.definition += "FABRIKAM.f365.p" + number + ",,no-url\n";
        files.mapping += "fabrikam.other.p" + number + ",Some App\n";
    }
    const auto findings = findings_of(files);
    CHECK(findings.size() == 4 * 101);
    CHECK(std::ranges::count(findings, Errc::findings_omitted, &licet::Finding::rule) == 4);
}
