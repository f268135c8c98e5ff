#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "program.hpp"

using licet::test::Desk;
using licet::test::fabrikam_offer;
using licet::test::Ran;
using licet::test::with;

namespace json = boost::json;

namespace {

/// Lints one file with that text.
Ran lint(const std::string& text, const std::vector<std::string>& more = {}) {
    const Desk desk;
    desk.put("offer.json", text);
    std::vector<std::string> arguments{"lint", "offer.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return desk.licet(arguments);
}

}  // namespace

TEST_CASE("an offer without findings is clean and nothing is said") {
    const Ran ran = lint(fabrikam_offer());
    CHECK(ran.status == 0);
    CHECK(ran.out.empty());
    CHECK(ran.err.empty());
}

TEST_CASE("a finding is told as a compiler tells it, at the value in the text") {
    const Ran ran = lint(with(fabrikam_offer(), "\"https:", "\"http:"));
    CHECK(ran.status == 1);
    CHECK(
        ran.out ==
        R"(offer.json:13:20: error: package URL is not https: "http://fabrikam.example/package.zip" [package_url_not_https]
   13 |     "package_url": "http://fabrikam.example/package.zip"
      |                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      = use an https address
1 error, 0 warnings
)");
}

TEST_CASE("what real data breaks is a warning in the import profile, and no failure") {
    const Ran ran = lint(with(fabrikam_offer(), "\"https:", "\"http:"), {"--profile", "import"});
    CHECK(ran.status == 0);
    CHECK(ran.out.find("offer.json:13:20: warning: ") == 0);
    CHECK(ran.out.ends_with("\n0 errors, 1 warning\n"));
}

TEST_CASE("an unknown field is shown at its name, with the nearest known one") {
    const Ran ran = lint(with(fabrikam_offer(), "\"listing\"", "\"lisitng\""));
    CHECK(ran.out.find("offer.json:10:3: error: field is not known: \"lisitng\" [unknown_field]\n"
                       "   10 |   \"lisitng\": {\"name\": \"Fabrikam 365\"},\n"
                       "      |   ^~~~~~~~~\n"
                       "      = did you mean listing?\n") != std::string::npos);
}

TEST_CASE("a field that is given twice is shown where it is given again") {
    const Ran ran = lint(with(fabrikam_offer(), "\"alias\"", "\"id\": \"f365\",\n  \"alias\""));
    CHECK(ran.status == 1);
    CHECK(ran.out.find("offer.json:4:3: error: ") == 0);
    CHECK(ran.out.find("[json_duplicate_key]") != std::string::npos);
}

TEST_CASE("what is missing is shown where it should be") {
    const Ran ran = lint(with(fabrikam_offer(), "\"name\": \"Silver\", ", ""));
    CHECK(ran.out.find("offer.json:17:5: error: field is missing: name [missing_field]\n") == 0);
}

TEST_CASE("text that is no JSON is shown where it stops being that") {
    const Ran ran = lint("{\n  \"publisher\": \"fabrikam\",\n  \"id\": \n}\n");
    CHECK(ran.status == 1);
    CHECK(ran.out.find("offer.json:4:1: error: not JSON") == 0);
    CHECK(ran.out.find("[json_syntax]\n    4 | }\n      | ^\n") != std::string::npos);
    for (const char* text : {"", "{", "[", "{\"", "{\"a\"", "{\"a\":", "}", "{}}", "\"", "nul",
                             "{\"publisher\":\"\\ud800\"}", "\xFF\xFE", "{]", "{\"a\" 1}"}) {
        CAPTURE(text);
        const Ran broken = lint(text);
        CHECK(broken.status == 1);
        CHECK(broken.out.starts_with("offer.json:1:"));
    }
}

TEST_CASE("JSON nested too deep is a finding, however deep") {
    const Ran ran = lint(std::string(100'000, '['));
    CHECK(ran.status == 1);
    CHECK(ran.out.find("offer.json:1:32: error: ") == 0);
    CHECK(ran.out.find("[json_too_deep]") != std::string::npos);
}

TEST_CASE("columns count characters, and a byte-order mark is none") {
    const Ran ran = lint("\xEF\xBB\xBF" + with(fabrikam_offer(), "\"alias\": \"Fabrikam 365\",",
                                               "\"alias\": \"\xC3\x84\xE2\x82\xAC\", \"x\": 1,"));
    CHECK(ran.out.find("offer.json:4:18: error: field is not known: \"x\" [unknown_field]\n"
                       "    4 |   \"alias\": \"\xC3\x84\xE2\x82\xAC\", \"x\": 1,\n"
                       "      |                  ^~~\n") == 0);
}

TEST_CASE("of a long line only what is around the place is shown") {
    std::string offer = fabrikam_offer();
    std::erase(offer, '\n');
    const Ran ran = lint(with(offer, "crf36_SilverApp", "Silver App"));
    const std::size_t excerpt = ran.out.find("    1 | ");
    REQUIRE(excerpt != std::string::npos);
    CHECK(ran.out.find('\n', excerpt) - excerpt <= 8 + 100);
    CHECK(ran.out.find("\"Silver App\"]", excerpt) != std::string::npos);
}

TEST_CASE("what a file holds for the terminal to obey is not passed on") {
    const Ran ran = lint(with(fabrikam_offer(), "\"alias\"", "\"\x1b[31m\": 1,\"alias\""));
    CHECK(ran.status == 1);
    CHECK(ran.out.find('\x1b') == std::string::npos);
    CHECK(lint("\x1b[2J \xC2\x9B").out.find_first_of("\x1b\x9b") == std::string::npos);
}

TEST_CASE("several files are linted in one go, each under its name") {
    const Desk desk;
    desk.put("good.json", fabrikam_offer());
    desk.put("one.json", "1");
    desk.put("two.json", "{");
    const Ran ran = desk.licet({"lint", "two.json", "good.json", "one.json"});
    CHECK(ran.status == 1);
    CHECK(ran.out.find("two.json:1:2: error: ") == 0);
    CHECK(ran.out.find("\none.json:1:1: error: ") != std::string::npos);
    CHECK(ran.out.ends_with("\n2 errors, 0 warnings\n"));
}

TEST_CASE("an offer comes from standard input too") {
    const Ran ran = Desk().licet({"lint", "-"}, "{");
    CHECK(ran.status == 1);
    CHECK(ran.out.find("<stdin>:1:2: error: ") == 0);
}

TEST_CASE("a file that cannot be read is not a finding") {
    const Ran ran = Desk().licet({"lint", "none.json", "--format", "json"});
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err == "licet: error: none.json cannot be read\n");
    CHECK(Desk().licet({"lint", "."}).status == 2);
}

TEST_CASE("plan files come in pairs") {
    const Desk desk;
    desk.put("a.csv", "ServiceID,Display name,More info URL\n");
    const Ran ran = desk.licet({"lint", "a.csv"});
    CHECK(ran.status == 2);
    CHECK(ran.err.find("here are 1 and 0") != std::string::npos);
}

TEST_CASE("findings as JSON carry rule, pointer and place") {
    const Ran ran = lint(with(fabrikam_offer(), "\"https:", "\"http:"), {"--format", "json"});
    CHECK(ran.status == 1);
    CHECK(json::parse(ran.out) == json::parse(R"({"files":[{"file":"offer.json","findings":[
              {"rule":"package_url_not_https","severity":"error",
               "pointer":"/technical/package_url",
               "message":"package URL is not https: \"http://fabrikam.example/package.zip\"",
               "hint":"use an https address","line":13,"column":20}]}],
              "errors":1,"warnings":0})"));
}

TEST_CASE("findings as SARIF name each rule once and stand in regions of the file") {
    const Desk desk;
    desk.put("my offer.json",
             with(with(fabrikam_offer(), "\"bronze\"", "\"Bronze\""), "\"silver\"", "\"Silver\""));
    const Ran ran = desk.licet({"lint", "my offer.json", "--format", "sarif"});
    CHECK(ran.status == 1);
    const json::value log = json::parse(ran.out);
    CHECK(log.at("version") == "2.1.0");
    const json::value& run = log.at_pointer("/runs/0");
    CHECK(run.at("columnKind") == "unicodeCodePoints");
    CHECK(run.at_pointer("/tool/driver/name") == "licet");
    const json::array& rules = run.at_pointer("/tool/driver/rules").as_array();
    REQUIRE(rules.size() == 1);
    CHECK(rules[0].at("id") == "plan_id_bad_character");
    const json::array& results = run.at("results").as_array();
    REQUIRE(results.size() == 2);
    CHECK(results[1].at("ruleId") == "plan_id_bad_character");
    CHECK(results[1].at("ruleIndex") == 0);
    CHECK(results[1].at("level") == "error");
    CHECK(results[1].at_pointer("/locations/0/physicalLocation") ==
          json::parse(R"({"artifactLocation":{"uri":"my%20offer.json"},
              "region":{"startLine":17,"startColumn":12,"endLine":17,"endColumn":20}})"));
    CHECK(results[1].at_pointer("/locations/0/logicalLocations/0/fullyQualifiedName") ==
          "/plans/1/id");
}

TEST_CASE("the three formats tell the same findings") {
    const std::string text = with(with(fabrikam_offer(), "\"https:", "\"ftp:"), "Silver\"", "\"");
    const Ran as_text = lint(text);
    const json::value as_json = json::parse(lint(text, {"--format", "json"}).out);
    const json::value as_sarif = json::parse(lint(text, {"--format", "sarif"}).out);
    const json::array& findings = as_json.at_pointer("/files/0/findings").as_array();
    const json::array& results = as_sarif.at_pointer("/runs/0/results").as_array();
    REQUIRE(findings.size() == results.size());
    CHECK(findings.size() > 1);
    for (std::size_t i = 0; i < findings.size(); ++i) {
        CHECK(findings[i].at("rule") == results[i].at("ruleId"));
        const std::string line = "offer.json:" + json::serialize(findings[i].at("line")) + ":" +
                                 json::serialize(findings[i].at("column")) + ": ";
        CHECK(as_text.out.find(line) != std::string::npos);
    }
}

TEST_CASE("a line of a megabyte with ten thousand findings is no matter of minutes") {
    std::string offer = "{";
    for (int i = 0; i < 10'000; ++i) {
        offer += "\"" + std::string(90, 'x') + std::to_string(i) + "\":0,";
    }
    offer += "\"id\":0}";
    const Ran ran = lint(offer, {"--format", "json"});
    CHECK(ran.status == 1);
    CHECK(json::parse(ran.out).at("errors").as_int64() > 10'000);
}
