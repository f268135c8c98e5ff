#include <licet/error.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <system_error>

using licet::Condition;
using licet::Errc;
using licet::Error;
using licet::Findings;
using licet::Path;

namespace {

struct Row {
    Errc code;
    std::string name;
    Condition condition;
    std::string message;
};

const Row rows[] = {
#define LICET_RULE(name, condition, message) {Errc::name, #name, Condition::condition, message},
#include <licet/rules.inc>
#undef LICET_RULE
};

}  // namespace

TEST_CASE("every rule is known by a name of its own, both ways") {
    std::set<std::string> names;
    for (const auto& row : rows) {
        CAPTURE(row.name);
        CHECK(licet::name_of(row.code) == row.name);
        CHECK(licet::errc_from(row.name) == row.code);
        CHECK(names.insert(row.name).second);
    }
}

TEST_CASE("every rule says what was wrong in one line of lower case without a period") {
    for (const auto& row : rows) {
        CAPTURE(row.name);
        CHECK(licet::text_of(row.code) == row.message);
        CHECK_FALSE(row.message.empty());
        CHECK(row.message.find('\n') == std::string::npos);
        CHECK_FALSE(row.message.ends_with('.'));
    }
}

TEST_CASE("every rule is of one condition and compares with no other") {
    for (const auto& row : rows) {
        CAPTURE(row.name);
        CHECK(licet::condition_of(row.code) == row.condition);
        const std::error_code code = row.code;
        for (int number = 1; number <= 11; ++number) {
            CAPTURE(number);
            const auto condition = static_cast<Condition>(number);
            CHECK((code == condition) == (row.condition == condition));
        }
    }
}

TEST_CASE("what is no rule's name names no rule") {
    for (const char* name : {"", "none", "offer_id", "Offer_id_length", "offer_id_length "}) {
        CAPTURE(name);
        CHECK_FALSE(licet::errc_from(name));
    }
}

TEST_CASE("a number that is no rule's is an internal error") {
    for (const int number : {-1, 0, 1'000'000}) {
        CAPTURE(number);
        const std::error_code code(number, licet::errc_category());
        CHECK(code == Condition::internal);
        CHECK(code.message() == "no error");
    }
}

TEST_CASE("a code answers both what happened and what kind of failure it is") {
    const std::error_code code = Errc::offer_id_length;
    CHECK(code == Errc::offer_id_length);
    CHECK(code != Errc::offer_id_bad_start);
    CHECK(code == Condition::invalid_argument);
    CHECK(code.category().name() == std::string("licet"));
}

TEST_CASE("every condition has a text of its own, and what is no condition says so") {
    std::set<std::string> texts;
    for (int number = 1; number <= 11; ++number) {
        const std::error_condition condition = static_cast<Condition>(number);
        CHECK(condition.category().name() == std::string("licet.condition"));
        CHECK(texts.insert(condition.message()).second);
    }
    CHECK(texts.count("unknown condition") == 0);
    CHECK(licet::condition_category().message(12) == "unknown condition");
}

TEST_CASE("a code of another domain passes through untouched") {
    const Error error{std::make_error_code(std::errc::io_error), "offers.db", {}};
    CHECK(error.code == std::errc::io_error);
    CHECK(error.code != Condition::storage);
}

TEST_CASE("a message is one line that ends with the detail") {
    CHECK(Error{Errc::offer_id_length, {}, {}}.message() ==
          "offer id is not 3 to 50 characters long");
    CHECK(Error{Errc::offer_id_length, "2 characters", {}}.message() ==
          "offer id is not 3 to 50 characters long: 2 characters");
}

TEST_CASE("the error of several findings has the first error's code and place, and all findings") {
    Findings findings;
    const Path root;
    const Path offer = root / "offer";
    findings.warning(Errc::id_not_lowercase, offer);
    findings.error(Errc::alias_length, offer / "alias");
    findings.error(Errc::setup_missing, offer / "setup");

    const Error error = error_of(findings);
    CHECK(error.code == Errc::alias_length);
    CHECK(error.detail == "at /offer/alias");
    CHECK(error.findings == findings.all());
}

TEST_CASE("the error of a finding about the whole document names no place") {
    Findings findings;
    findings.error(Errc::json_syntax, Path());
    CHECK(error_of(findings).code == Errc::json_syntax);
    CHECK(error_of(findings).detail.empty());
}

TEST_CASE("findings without an error make an internal one") {
    Findings findings;
    findings.warning(Errc::id_not_lowercase, Path());
    CHECK(error_of(findings).code == Errc::internal);
    CHECK(error_of(findings).findings.size() == 1);
}

TEST_CASE("asking a failure for its value throws its code") {
    const licet::result<int> failed = Error{Errc::deal_state, "closed", {}};
    try {
        static_cast<void>(failed.value());
        FAIL("nothing was thrown");
    } catch (const std::system_error& thrown) {
        CHECK(thrown.code() == Errc::deal_state);
    }
}
