#include "formats/document_order.hpp"

#include <doctest/doctest.h>

#include <string>

#include "formats/parse.hpp"

using licet::Errc;
using licet::Finding;
using licet::Findings;
using licet::Severity;
using licet::formats::in_document_order;
using licet::formats::Parsed;

namespace {

std::string ordered(const std::vector<std::string>& pointers, const char* document) {
    std::vector<Finding> findings;
    for (const std::string& pointer : pointers) {
        findings.push_back({Errc::wrong_type, Severity::error, pointer, {}, {}});
    }
    Findings none;
    Parsed parsed;
    REQUIRE(parsed.parse(document, none));
    std::string all;
    for (const Finding& finding : in_document_order(findings, parsed.root())) {
        all += finding.pointer + ' ';
    }
    return all;
}

}  // namespace

TEST_CASE("findings stand in the order of the document as it was given, not of the alphabet") {
    CHECK(ordered({"/a", "/b/10", "/b/9", "/b", ""}, R"({"b":[0,1,2,3,4,5,6,7,8,9,10],"a":1})") ==
          " /b /b/9 /b/10 /a ");
    CHECK(ordered({"/x/y/1/z", "/x/y/0/z"}, R"({"x":{"y":[{"z":1},{"z":2}]}})") ==
          "/x/y/0/z /x/y/1/z ");
}

TEST_CASE("what is missing comes after all that its object has") {
    CHECK(ordered({"/p/m", "/q", "/p/z", "/n", "/p"}, R"({"p":{"z":1},"q":2})") ==
          "/p /p/z /p/m /q /n ");
}

TEST_CASE("escaped names, places that cannot be, and equal ones keep their order") {
    CHECK(ordered({"/c", "/a~1b~0", "/~1"}, R"({"a/b~":1,"/":2,"c":3})") == "/a~1b~0 /~1 /c ");
    CHECK(ordered({"/a/b/c", "/a/x", "/a/99", "/a/0"}, R"({"a":[1]})") ==
          "/a/0 /a/b/c /a/x /a/99 ");
    CHECK(ordered({"/b", "/a"}, "null") == "/b /a ");
}
