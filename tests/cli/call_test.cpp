// Long texts that a call takes from a file and puts into one.

#include <doctest/doctest.h>

#include "program.hpp"

using licet::test::Desk;
using licet::test::Ran;

namespace {

const std::string tenant = R"({"tenant":"6f9619ff-8b86-d011-b42d-00c04fc964ff"})";
const std::string megan = "0000001c-0000-4000-8000-00000000001c,fabrikam.f365.bronze\n";
const std::string import = "User,Service ID\n" + megan + "?\n";
const std::string outcomes =
    "Line,User,Service ID,Outcome,Error\n"
    "2,0000001c-0000-4000-8000-00000000001c,fabrikam.f365.bronze,assigned,\n"
    "3,,,failed,seats_file_row_length\n";

/// With the seats of the journey in store.db.
struct Seated : Desk {
    Seated() { REQUIRE(Desk::licet({"run", LICET_SCENARIO, "--store", "store.db"}).status == 0); }

    Ran call(const std::string& operation, const std::vector<std::string>& more,
             const std::string& input = "") const {
        std::vector<std::string> line{"call",
                                      operation,
                                      tenant,
                                      "--store",
                                      "store.db",
                                      "--as",
                                      "tenant:6f9619ff-8b86-d011-b42d-00c04fc964ff"};
        line.insert(line.end(), more.begin(), more.end());
        return licet(line, input);
    }
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("seats are imported from a file, and what came of each line goes to another") {
    const Seated desk;
    desk.put("seats.csv", import);
    const Ran ran = desk.call("seats.import", {"--input", "seats.csv", "--output", "outcomes.csv"});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, R"({"count":2,"assigned":1,"already":0,"failed":1,)"));
    CHECK(desk.text_of("outcomes.csv") == outcomes);
    CHECK(contains(desk.call("seats.export", {}).out, megan.substr(0, megan.size() - 1)));
}

TEST_CASE("the two ends may be the program's own") {
    const Seated desk;
    const Ran ran = desk.call("seats.import", {"--input", "-", "--output", "-"}, import);
    CHECK(ran.status == 0);
    CHECK(ran.out == outcomes);
    CHECK(contains(ran.err, R"("assigned":1)"));
    const Ran counted = desk.call("seats.import", {"--input", "-"}, import);
    CHECK(contains(counted.out, R"({"count":2,"assigned":0,"already":1,"failed":1,)"));
}

TEST_CASE("what is exported to a file is imported from it") {
    const Seated desk;
    const Ran ran = desk.call("seats.export", {"--output", "seats.csv"});
    CHECK(ran.status == 0);
    CHECK(contains(ran.out, R"({"count":)"));
    CHECK(desk.text_of("seats.csv").starts_with("User,Service ID\n"));
    CHECK(contains(desk.call("seats.import", {"--input", "seats.csv"}).out, R"("assigned":0,)"));
}

TEST_CASE("a long text that its file cannot take is told") {
    const Seated desk;
    for (const char* operation : {"seats.export", "store.export"}) {
        CAPTURE(operation);
        const Ran ran =
            desk.licet({"call", operation, operation[1] == 'e' ? tenant : std::string("{}"),
                        "--store", "store.db", "--as",
                        "tenant:6f9619ff-8b86-d011-b42d-00c04fc964ff", "--output", "/dev/full"});
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == "licet: error: /dev/full cannot be written\n");
    }
}

TEST_CASE("a text that cannot be had, or that an operation has not got, is told") {
    const Seated desk;
    CHECK(desk.call("seats.import", {"--input", "none.csv"}).status == 2);
    CHECK(desk.call("seats.import", {"--output", "no/folder/x.csv"}).status == 2);
    CHECK(contains(desk.call("pools.list", {"--output", "x"}).err, "[operation_not_streamed]"));
    CHECK(desk.licet({"call", "seats.import", "-", "--input", "-"}).status == 2);
    const Ran headless = desk.call("seats.import", {"--input", "-"}, megan);
    CHECK(headless.status == 1);
    CHECK(contains(headless.err, "[seats_file_header]"));
}
