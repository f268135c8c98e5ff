// The commands that need the plan_files operations.

#include <doctest/doctest.h>

#include "program.hpp"

using licet::test::Desk;
using licet::test::fabrikam_offer;
using licet::test::Ran;
using licet::test::with;

namespace {

const std::string definition =
    "ServiceID,Display name,More info URL\n"
    "fabrikam.f365.bronze,Bronze,https://fabrikam.example\n"
    "fabrikam.f365.silver,Silver,https://fabrikam.example\n";
const std::string mapping =
    "Service ID,Component name\n"
    "fabrikam.f365.bronze,crf36_BronzeApp\n"
    "fabrikam.f365.silver,crf36_bronzeapp\n"
    "fabrikam.f365.silver,crf36_SilverApp\n";

/// Fabrikam's offer with a page about each plan.
std::string linked_offer() {
    const std::string url = ", \"more_info_url\": \"https://fabrikam.example\"";
    return with(with(fabrikam_offer(), "\"Bronze\"", "\"Bronze\"" + url), "\"Silver\"",
                "\"Silver\"" + url);
}

}  // namespace

TEST_CASE("the plan files of an offer are written, and are clean beside it") {
    const Desk desk;
    desk.put("offer.json", linked_offer());
    const Ran ran = desk.licet({"plan-files", "offer.json", "-o", "solution/files"});
    CHECK(ran.status == 0);
    CHECK(ran.out == "solution/files/plan_definition.csv\nsolution/files/plan_mapping.csv\n");
    CHECK(desk.text_of("solution/files/plan_definition.csv") == definition);
    CHECK(desk.text_of("solution/files/plan_mapping.csv") == mapping);
    CHECK_FALSE(desk.has("solution/files/plan_mapping.csv.new"));
    CHECK(desk.licet({"lint", "offer.json", "solution/files/plan_mapping.csv",
                      "solution/files/plan_definition.csv"})
              .status == 0);
}

TEST_CASE("plan files are not written from an offer that cannot be read") {
    const Desk desk;
    desk.put("offer.json", with(fabrikam_offer(), "\"bronze\"", "\"bro nze\""));
    const Ran ran = desk.licet({"plan-files", "offer.json"});
    CHECK(ran.status == 1);
    CHECK(ran.err.find("offer.json:16:12: error: ") == 0);
    CHECK_FALSE(desk.has("plan_definition.csv"));
}

TEST_CASE("what is wrong with plan files is shown in the file in which it is") {
    const Desk desk;
    desk.put("d.csv", definition);
    desk.put("m.csv", with(mapping, "fabrikam.f365.silver", "fabrikam.f365.silber"));
    const Ran ran = desk.licet({"lint", "d.csv", "m.csv"});
    CHECK(ran.status == 1);
    CHECK(ran.out.find("m.csv:3:1: error: ") != std::string::npos);
    CHECK(ran.out.find("    3 | fabrikam.f365.silber,crf36_bronzeapp\n"
                       "      | ^~~~~~~~~~~~~~~~~~~~\n") != std::string::npos);
}

TEST_CASE("plan files that lack a plan of the offer beside them are not its own") {
    const Desk desk;
    desk.put("offer.json", with(linked_offer(), "\"plans\": [",
                                "\"plans\": [{\"id\": \"gold\", \"name\": \"Gold\", "
                                "\"apps\": [\"crf36_GoldApp\"]},"));
    desk.put("d.csv", definition);
    desk.put("m.csv", mapping);
    CHECK(desk.licet({"lint", "d.csv", "m.csv"}).status == 0);
    CHECK(desk.licet({"lint", "offer.json", "d.csv", "m.csv"}).status == 1);
}

TEST_CASE("a plan file that is not UTF-8 is shown where it is not, and shown harmlessly") {
    const Desk desk;
    desk.put("d.csv", definition);
    desk.put("m.csv", with(mapping, "crf36_SilverApp", "crf36_\xE9\x1b[2J"));
    const Ran ran = desk.licet({"lint", "d.csv", "m.csv"});
    CHECK(ran.status == 1);
    CHECK(ran.out.find("m.csv:4:22: error: ") != std::string::npos);
    CHECK(ran.out.find("[csv_bad_byte]") != std::string::npos);
    CHECK(ran.out.find('\x1b') == std::string::npos);
    CHECK(desk.licet({"lint", "d.csv", "m.csv", "--format", "sarif"}).status == 1);
}
