#include <doctest/doctest.h>

#include "program.hpp"

using licet::test::Desk;
using licet::test::fabrikam_offer;
using licet::test::Ran;
using licet::test::with;

namespace {

Ran apply_file(const Desk& desk, const std::string& offer,
               const std::vector<std::string>& more = {}) {
    desk.put("offer.json", offer);
    std::vector<std::string> arguments{"apply",    "offer.json", "--store",
                                       "store.db", "--as",       "publisher:fabrikam"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return desk.licet(arguments);
}

Ran call(const Desk& desk, const std::string& operation, const std::string& as) {
    return desk.licet({"call", operation, R"({"publisher":"fabrikam","id":"f365"})", "--store",
                       "store.db", "--as", as});
}

/// In the store: the offer submitted, passed and live at once.
void publish(const Desk& desk) {
    const std::string store =
        R"({"store":"sqlite","path":"store.db","policy":{"go_live_delay_ms":0}})";
    for (const char* operation : {"offers.submit", "offers.pass_phase", "offers.pass_phase",
                                  "offers.pass_phase", "offers.go_live"}) {
        const bool is_review = std::string(operation) == "offers.pass_phase";
        const Ran ran =
            desk.licet({"call", operation, R"({"publisher":"fabrikam","id":"f365"})", "--store",
                        store, "--as", is_review ? "reviewer" : "publisher:fabrikam"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
    }
}

}  // namespace

TEST_CASE("an offer that is not there is made, and a second time nothing is done") {
    const Desk desk;
    const Ran made = apply_file(desk, fabrikam_offer());
    CHECK(made.status == 0);
    CHECK(made.err.empty());
    CHECK(made.out ==
          "fabrikam.f365:\n"
          "  + offer \"Fabrikam 365\"\n"
          "  + plan bronze \"Bronze\", fabrikam.f365.bronze\n"
          "  + plan silver \"Silver\", fabrikam.f365.silver\n"
          "applied, revision 1\n");
    const Ran again = apply_file(desk, fabrikam_offer());
    CHECK(again.status == 0);
    CHECK(again.out == "fabrikam.f365: nothing to do\n");
    CHECK(call(desk, "offers.get", "publisher:fabrikam").out.find("\"revision\":1") !=
          std::string::npos);
}

TEST_CASE("fields and plans that are added, changed and removed are shown and made so at once") {
    const Desk desk;
    REQUIRE(apply_file(desk, fabrikam_offer()).status == 0);
    std::string offer = with(fabrikam_offer(), "\"Silver\"", "\"Silver plus\"");
    offer =
        with(offer, "{\"id\": \"bronze\", \"name\": \"Bronze\", \"apps\": [\"crf36_BronzeApp\"]}",
             "{\"id\": \"gold\", \"name\": \"Gold\", \"more_info_url\": \"https://f.example\"}");
    offer = with(offer, "\n    \"base_license_model\": \"user\",", "");
    const Ran ran = apply_file(desk, offer);
    CHECK(ran.status == 0);
    CHECK(ran.out ==
          "fabrikam.f365:\n"
          "  - technical/base_license_model: \"user\"\n"
          "  + plan gold \"Gold\", fabrikam.f365.gold\n"
          "  ~ plan silver name: \"Silver\" -> \"Silver plus\"\n"
          "  - plan bronze \"Bronze\", fabrikam.f365.bronze\n"
          "applied, revision 2\n");
    CHECK(apply_file(desk, offer).out == "fabrikam.f365: nothing to do\n");
}

TEST_CASE("a dry run shows the differences and leaves all as it is") {
    const Desk desk;
    CHECK(apply_file(desk, fabrikam_offer(), {"--dry-run"}).status == 0);
    CHECK_FALSE(desk.has("store.db"));
    REQUIRE(apply_file(desk, fabrikam_offer()).status == 0);
    const std::string changed = with(fabrikam_offer(), "\"Silver\"", "\"Silver plus\"");
    const std::string shown =
        "fabrikam.f365:\n  ~ plan silver name: \"Silver\" -> \"Silver plus\"\n";
    CHECK(apply_file(desk, changed, {"--dry-run"}).out == shown);
    CHECK(apply_file(desk, changed, {"--dry-run"}).out == shown);
    CHECK(apply_file(desk, changed).out == shown + "applied, revision 2\n");
}

TEST_CASE(
    "what cannot change is refused where it stands, with the reason, and nothing is written") {
    const Desk desk;
    REQUIRE(apply_file(desk, fabrikam_offer()).status == 0);
    const std::string changed =
        with(with(fabrikam_offer(), "\"alias\": \"Fabrikam 365\"", "\"alias\": \"Other\""),
             "\"Silver\"", "\"Silver plus\"");
    const Ran ran = apply_file(desk, changed);
    CHECK(ran.status == 1);
    CHECK(ran.out ==
          "fabrikam.f365:\n"
          "  ~ alias: \"Fabrikam 365\" -> \"Other\"\n"
          "  ~ plan silver name: \"Silver\" -> \"Silver plus\"\n"
          "refused; nothing was written\n");
    CHECK(ran.err ==
          "offer.json:4:12: error: alias cannot change after create: \"Other\" "
          "[alias_frozen]\n"
          "    4 |   \"alias\": \"Other\",\n"
          "      |            ^~~~~~~\n"
          "      = keep it as it was\n");
    CHECK(apply_file(desk, changed, {"--dry-run"}).status == 1);
    CHECK(apply_file(desk, fabrikam_offer()).out == "fabrikam.f365: nothing to do\n");
}

TEST_CASE("a published plan cannot be left out, and a public one not be hidden") {
    const Desk desk;
    REQUIRE(apply_file(desk, fabrikam_offer()).status == 0);
    publish(desk);
    CHECK(apply_file(desk, fabrikam_offer()).out == "fabrikam.f365: nothing to do\n");
    std::string offer = with(fabrikam_offer(), "\"id\": \"silver\"", "\"id\": \"gold\"");
    offer = with(offer, "\"Bronze\",", "\"Bronze\", \"visibility\": \"private\",");
    const Ran ran = apply_file(desk, offer);
    CHECK(ran.status == 1);
    CHECK(ran.err.find("offer.json:16:54: error: ") != std::string::npos);
    CHECK(ran.err.find("[plan_visibility_frozen]") != std::string::npos);
    CHECK(ran.err.find("offer.json:15:12: error: ") != std::string::npos);
    CHECK(ran.err.find("[plan_published]") != std::string::npos);
}

TEST_CASE("while an offer is published it may be applied as it is, and not changed") {
    const Desk desk;
    REQUIRE(apply_file(desk, fabrikam_offer()).status == 0);
    REQUIRE(call(desk, "offers.submit", "publisher:fabrikam").status == 0);
    CHECK(apply_file(desk, fabrikam_offer()).status == 0);
    const Ran ran = apply_file(desk, with(fabrikam_offer(), "\"Silver\"", "\"Silver plus\""));
    CHECK(ran.status == 1);
    CHECK(ran.err.find("offer.json:1:1: error: ") == 0);
    CHECK(ran.err.find("[offer_draft_closed]") != std::string::npos);
}

TEST_CASE("a document that cannot be read is refused as lint shows it") {
    const Desk desk;
    const Ran broken = apply_file(desk, "{\"publisher\": }");
    CHECK(broken.status == 1);
    CHECK(broken.err.find("offer.json:1:15: error: not JSON") == 0);
    const Ran smuggled = apply_file(desk, R"({},"dry_run":false,"as":{})");
    CHECK(smuggled.status == 1);
    CHECK(smuggled.err.find("offer.json:1:3: error: not JSON") == 0);
    const Ran unknown = apply_file(desk, with(fabrikam_offer(), "\"apps\"", "\"app\""));
    CHECK(unknown.status == 1);
    CHECK(unknown.err.find("offer.json:16:40: error: field is not known: \"app\"") == 0);
}

TEST_CASE("another publisher's offer is not theirs to apply") {
    const Desk desk;
    desk.put("offer.json", fabrikam_offer());
    const Ran ran =
        desk.licet({"apply", "offer.json", "--store", "store.db", "--as", "publisher:contoso"});
    CHECK(ran.status == 1);
    CHECK(ran.err.find("[other_publisher]") != std::string::npos);
}
