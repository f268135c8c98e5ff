// What the program says of itself: help, the manual, completion, colours.

#include <doctest/doctest.h>

#include <licet/operations/operations.hpp>

#include "program.hpp"

using licet::test::Desk;
using licet::test::fabrikam_offer;
using licet::test::Ran;

namespace {

const std::vector<std::string> commands = {
    "lint",   "apply",  "plan-files", "matrix",     "call",       "run",  "events",
    "verify", "schema", "man",        "operations", "completion", "store"};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The dashed names in a help text.
std::vector<std::string> options_in(const std::string& help) {
    std::vector<std::string> names;
    for (std::size_t at = help.find("--"); at != std::string::npos; at = help.find("--", at + 2)) {
        const std::size_t end = help.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
        names.push_back(help.substr(at, end - at));
    }
    return names;
}

/// In the manual a dash is written so that it is one.
std::string in_roff(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        escaped += c == '-' ? "\\-" : std::string(1, c);
    }
    return escaped;
}

}  // namespace

TEST_CASE("each command has help with an example that begins with its name") {
    const Desk desk;
    for (const std::string& command : commands) {
        CAPTURE(command);
        const Ran ran = desk.licet({command, "--help"});
        CHECK(ran.status == 0);
        CHECK(contains(ran.out, "Example:\n"));
        CHECK(contains(ran.out.substr(ran.out.find("Example:")), "licet " + command));
    }
    CHECK(contains(desk.licet({"--help"}).out, "\nCommands:\n"));
    CHECK(desk.licet({"--version"}).out == "licet " LICET_VERSION "\n");
}

TEST_CASE("a command line that makes no sense could not run") {
    const Desk desk;
    for (const std::vector<std::string>& line : std::vector<std::vector<std::string>>{
             {},
             {"lnit"},
             {"lint"},
             {"lint", "a", "--profile", "strict"},
             {"lint", "a", "--format", "xml"},
             {"--color"},
             {"lint", "a", "--color"},
             {"apply", "a"},
             {"events", "x"},
             {"events", "x", "--store", "memory", "--limit", "-1"},
             {"completion", "tcsh"},
             {"store", "copy"},
             {"store", "move", "a", "b"},
             {"store", "copy", "a"},
             {"store", "export", "a", "b"}}) {
        CAPTURE(line.size());
        const Ran ran = desk.licet(line);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err.starts_with("licet: error: "));
    }
    CHECK(desk.licet({"lnit", "a"}).err ==
          "licet: error: no such command: lnit; licet --help lists them\n");
    CHECK(desk.licet({"apply", "a"}).err ==
          "licet: error: --store is required; licet apply --help tells more\n");
}

TEST_CASE("the manual names every command and every option of it") {
    const Desk desk;
    const std::string page = desk.licet({"man"}).out;
    for (const std::string& command : commands) {
        CAPTURE(command);
        const std::size_t begin = page.find("\n.SS " + in_roff(command) + "\n");
        REQUIRE(begin != std::string::npos);
        const std::string section = page.substr(begin, page.find("\n.S", begin + 4) - begin);
        for (const std::string& option : options_in(desk.licet({command, "--help"}).out)) {
            CAPTURE(option);
            CHECK(contains(section, in_roff(option)));
        }
    }
}

TEST_CASE("what completion offers is what there is") {
    const Desk desk;
    desk.put(
        "load.sh",
        "source <(\"$1\" completion bash)\n"
        "try() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _licet; echo \"${COMPREPLY[@]}\"; }\n"
        "try licet m\ntry licet lint --f\ntry licet lint --format s\n"
        "try licet call plans.\ntry licet schema of\ntry licet lint off\n");
    desk.put("offer.json", "");
    const Ran ran = desk.run({"bash", "load.sh", LICET_PROGRAM});
    CHECK(ran.err.empty());
    CHECK(ran.out ==
          "matrix man\n--format\nsarif\n"
          "plans.create plans.delete plans.list plans.stop_selling "
          "plans.update\noffer\noffer.json\n");
}

TEST_CASE("operations and documents are listed and described") {
    const Desk desk;
    const std::string listed = desk.licet({"operations"}).out;
    for (const auto& operation : licet::operations()) {
        CHECK(contains(listed, std::string(operation.name) + " "));
    }
    CHECK(desk.licet({"operations", "--format", "json"}).out ==
          licet::operations_document() + "\n");
    const std::string names = desk.licet({"schema"}).out;
    for (const std::string_view document : licet::documents()) {
        const std::string name(document);
        CHECK(contains("\n" + names, "\n" + name + "\n"));
        CHECK(desk.licet({"schema", name}).out == *licet::schema_of(name) + "\n");
    }
    CHECK(desk.licet({"schema", "none"}).status == 2);
}

TEST_CASE("colors are for terminals that want them") {
    const Desk desk;
    desk.put("offer.json", "{");
    const std::string lint = LICET_PROGRAM " lint offer.json";
    const auto on_terminal = [&](const std::vector<std::string>& environment) {
        return desk.run({"script", "-qec", lint, "/dev/null"}, "", environment).out;
    };
    CHECK(contains(on_terminal({}), "\x1b[1;31merror:\x1b[0m"));
    CHECK(contains(on_terminal({"NO_COLOR="}), "\x1b["));
    CHECK_FALSE(contains(on_terminal({"NO_COLOR=1"}), "\x1b["));
    CHECK_FALSE(contains(on_terminal({"TERM=dumb"}), "\x1b["));
    CHECK_FALSE(contains(desk.run({"bash", "-c", lint}).out, "\x1b["));
}
