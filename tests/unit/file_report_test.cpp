#include "file_report.hpp"

#include <doctest/doctest.h>

#include <string>

using licet::Cell;
using licet::Errc;
using licet::FileReport;
using licet::Finding;
using licet::Findings;
using licet::Severity;

namespace {

std::vector<Finding> told(const FileReport& report) {
    Findings findings;
    report.tell(findings);
    return findings.all();
}

void note(FileReport& report, Severity severity, std::size_t times) {
    for (std::size_t line = 1; line <= times; ++line) {
        report.add(Errc::url_syntax, severity, {{}, line, 1}, {}, {});
    }
}

}  // namespace

TEST_CASE("what is wrong with a file is told by line and column, the whole file first") {
    FileReport report("mapping");
    report.error(Errc::url_syntax, {{}, 10, 2}, "a", "b");
    report.warning(Errc::url_syntax, {{}, 2, 11}, {}, {});
    report.error(Errc::app_name_empty, {{}, 2, 3}, {}, {});
    report.error(Errc::csv_line_end, {{}, 2, 3}, {}, {});
    report.error(Errc::text_length, Cell(), {}, {});
    const auto all = told(report);
    REQUIRE(all.size() == 5);
    CHECK(all[0].pointer == "/mapping");
    CHECK(all[1].rule == Errc::app_name_empty);
    CHECK(all[1].pointer == "/mapping/2/3");
    CHECK(all[2].rule == Errc::csv_line_end);
    CHECK(all[3].pointer == "/mapping/2/11");
    CHECK(all[3].severity == Severity::warning);
    CHECK(all[4].pointer == "/mapping/10/2");
    CHECK(all[4].message.ends_with(": a"));
    CHECK(all[4].hint == "b");
}

TEST_CASE("of a file 100 errors and 100 warnings are told, and then that there are more") {
    FileReport full("definition");
    note(full, Severity::error, 100);
    note(full, Severity::warning, 100);
    CHECK(told(full).size() == 200);

    for (const Severity severity : {Severity::error, Severity::warning}) {
        FileReport more("definition");
        note(more, severity, 101);
        const auto all = told(more);
        REQUIRE(all.size() == 101);
        CHECK(all.back().rule == Errc::findings_omitted);
        CHECK(all.back().severity == severity);
        CHECK(all.back().pointer == "/definition");
    }
}

TEST_CASE("an error after any number of warnings is told") {
    FileReport report("definition");
    CHECK_FALSE(report.has_errors());
    note(report, Severity::warning, 1000);
    CHECK_FALSE(report.has_errors());
    report.error(Errc::csv_line_end, {{}, 2000, 1}, {}, {});
    CHECK(report.has_errors());
    const auto all = told(report);
    REQUIRE(all.size() == 102);
    CHECK(all[100].rule == Errc::csv_line_end);
}
