#include <licet/finding.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using licet::Errc;
using licet::Findings;
using licet::Path;
using licet::Severity;

TEST_CASE("the whole document is the empty pointer") { CHECK(Path().str().empty()); }

TEST_CASE("a path is written as its names and indexes from the root") {
    const Path root;
    const Path plans = root / "plans";
    const Path plan = plans / 3;
    CHECK((plan / "name").str() == "/plans/3/name");
    CHECK((root / 0).str() == "/0");
}

TEST_CASE("a path writes the escapes of RFC 6901") {
    const Path root;
    CHECK((root / "a/b").str() == "/a~1b");
    CHECK((root / "m~n").str() == "/m~0n");
    CHECK((root / "~1").str() == "/~01");
    CHECK((root / "/~").str() == "/~1~0");
    CHECK((root / "").str() == "/");
    CHECK((root / " \"\\%").str() == "/ \"\\%");
}

TEST_CASE("a name made of digits is written like an index") {
    const Path root;
    CHECK((root / "7").str() == (root / 7).str());
}

TEST_CASE("findings stay in the order in which they are met") {
    Findings findings;
    CHECK(findings.empty());
    const Path root;
    findings.warning(Errc::id_not_lowercase, root / "id", "Fabrikam", "write it in lowercase");
    findings.error(Errc::alias_length, root / "alias");

    REQUIRE(findings.all().size() == 2);
    CHECK_FALSE(findings.empty());
    CHECK(findings.all()[0] == licet::Finding{Errc::id_not_lowercase, Severity::warning, "/id",
                                              "id is not lowercase: Fabrikam",
                                              "write it in lowercase"});
    CHECK(findings.all()[1] == licet::Finding{Errc::alias_length, Severity::error, "/alias",
                                              "alias is not 1 to 120 characters long", ""});
}

TEST_CASE("warnings alone are no errors") {
    Findings findings;
    CHECK_FALSE(findings.has_errors());
    findings.add(Errc::id_not_lowercase, Severity::warning, Path());
    CHECK_FALSE(findings.has_errors());
    findings.add(Errc::alias_length, Severity::error, Path());
    CHECK(findings.has_errors());
}

TEST_CASE("a place is broken by an error at it, not by one above, below or beside it") {
    const Path root;
    const Path setup = root / "setup";
    Findings findings;
    CHECK_FALSE(findings.broken(setup));
    findings.error(Errc::wrong_type, setup);

    CHECK(findings.broken(setup));
    CHECK_FALSE(findings.broken(root));
    CHECK_FALSE(findings.broken(setup / "call_to_action"));
    CHECK_FALSE(findings.broken(root / "setups"));
}

TEST_CASE("a warning breaks no place") {
    const Path root;
    Findings findings;
    findings.warning(Errc::unknown_field, root / "setup");
    CHECK_FALSE(findings.broken(root / "setup"));
    findings.error(Errc::wrong_type, root / "alias");
    CHECK_FALSE(findings.broken(root / "setup"));
}

TEST_CASE("a finding made elsewhere counts like one made here") {
    const Path root;
    Findings findings;
    findings.add({Errc::unknown_field, Severity::warning, "/setup", "field is not known", ""});
    CHECK_FALSE(findings.has_errors());
    findings.add({Errc::wrong_type, Severity::error, "/setup", "value has the wrong type", ""});
    CHECK(findings.has_errors());
    CHECK(findings.broken(root / "setup"));
    CHECK(findings.all().size() == 2);
}

TEST_CASE("findings can be taken as a list") {
    Findings findings;
    findings.error(Errc::alias_length, Path());
    const auto list = std::move(findings).take();
    REQUIRE(list.size() == 1);
    CHECK(list[0].rule == Errc::alias_length);
}
