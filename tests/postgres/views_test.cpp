// The views, asked as a person would ask them: with psql.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <string>

#include "postgres/opened.hpp"
#include "support/view_cases.hpp"

using namespace licet;
using namespace licet::test;

namespace {

/// Rows as lines, columns joined by '|', NULL as nothing.
std::string ask(const std::string& uri, const std::string& sql) {
    const std::string command = "psql -XAt '" + uri + "' -c \"" + sql + "\" 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe);
    std::string answer;
    std::array<char, 4096> piece{};
    while (const std::size_t size = fread(piece.data(), 1, piece.size(), pipe)) {
        answer.append(piece.data(), size);
    }
    CHECK(pclose(pipe) == 0);
    return answer;
}

/// A new database with these records and those of no view.
std::string uri_of(std::vector<Write> records) {
    std::ranges::move(records_of_no_view(), std::back_inserter(records));
    const std::string uri = fresh_uri();
    REQUIRE(open(uri)->commit({{}, std::move(records)}));
    return uri;
}

}  // namespace

TEST_CASE("every view of a PostgreSQL database shows the records as they are") {
    for (const ViewCase& one : view_cases()) {
        CAPTURE(one.name);
        const std::string uri = uri_of(one.records);
        CHECK(sorted_lines(ask(uri, "SELECT * FROM " + std::string(one.view))) == one.rows);
    }
}

TEST_CASE("every view of a database without such records is empty, whatever else is in it") {
    const std::string uri = uri_of({});
    for (const char* view : all_views) {
        CAPTURE(view);
        CHECK(ask(uri, "SELECT * FROM " + std::string(view)).empty());
    }
}

TEST_CASE("a report may choose and join as it likes") {
    using namespace views;
    const std::string uri = uri_of({deal(), pool(tenant, "fabrikam.f365.bronze", 1, 1),
                                    seat(tenant, 1, "ana", 1), seat(tenant, 1, "ben", 1)});
    CHECK(ask(uri,
              "SELECT l.quantity - count(s) FROM licet_licenses l JOIN licet_seats s "
              "USING (tenant, service_id) WHERE s.since > '2026' GROUP BY l.quantity") == "28\n");
}
