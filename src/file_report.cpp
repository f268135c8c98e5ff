#include "file_report.hpp"

#include <algorithm>
#include <tuple>

namespace licet {

void FileReport::error(Errc rule, const Cell& at, std::string_view detail, std::string_view hint) {
    add(rule, Severity::error, at, detail, hint);
}

void FileReport::warning(Errc rule, const Cell& at, std::string_view detail,
                         std::string_view hint) {
    add(rule, Severity::warning, at, detail, hint);
}

void FileReport::add(Errc rule, Severity severity, const Cell& at, std::string_view detail,
                     std::string_view hint) {
    if (met_[static_cast<std::size_t>(severity)]++ < told_max) {
        noted_.push_back(
            {rule, severity, at.line, at.column, std::string(detail), std::string(hint)});
    }
}

void FileReport::tell(Findings& findings) const {
    std::vector<Noted> sorted = noted_;
    std::ranges::stable_sort(
        sorted, {}, [](const Noted& finding) { return std::tie(finding.line, finding.column); });
    const Path root;
    const Path file = root / file_;
    for (const Noted& finding : sorted) {
        if (finding.line == 0) {
            findings.add(finding.rule, finding.severity, file, finding.detail, finding.hint);
        } else {
            findings.add(finding.rule, finding.severity, file / finding.line / finding.column,
                         finding.detail, finding.hint);
        }
    }
    const auto untold = [&](Severity severity, std::string_view kind) {
        if (met(severity) > told_max) {
            findings.add(Errc::findings_omitted, severity, file,
                         std::to_string(met(severity) - told_max).append(" more ").append(kind),
                         "correct those that are told, then check again");
        }
    };
    untold(Severity::error, "errors");
    untold(Severity::warning, "warnings");
}

}  // namespace licet
