#include <boost/json.hpp>

#include "lint.hpp"

namespace cli {
namespace {

namespace json = boost::json;

std::string counted(std::size_t number, std::string_view what) {
    return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

json::object described(const Source& source, const Diagnostic& diagnostic) {
    const Place place = source.place_of(diagnostic.span.begin);
    const licet::Finding& finding = diagnostic.finding;
    return {{"rule", licet::name_of(finding.rule)},
            {"severity", word_of(finding.severity)},
            {"pointer", finding.pointer},
            {"message", finding.message},
            {"hint", finding.hint},
            {"line", place.line},
            {"column", place.column}};
}

}  // namespace

void write_text(Output& out, std::span<const Report> reports) {
    for (const Report& report : reports) {
        print(out, report);
    }
    const Count all = count(reports);
    if (all.errors + all.warnings > 0) {
        out << counted(all.errors, "error") << ", " << counted(all.warnings, "warning") << "\n";
    }
}

void write_json(Output& out, std::span<const Report> reports) {
    json::array files;
    for (const Report& report : reports) {
        json::array findings;
        for (const Diagnostic& diagnostic : report.diagnostics) {
            findings.push_back(described(report.source, diagnostic));
        }
        files.push_back(
            json::object{{"file", report.source.name()}, {"findings", std::move(findings)}});
    }
    const Count all = count(reports);
    const json::object document{
        {"files", std::move(files)}, {"errors", all.errors}, {"warnings", all.warnings}};
    out << json::serialize(document) << "\n";
}

}  // namespace cli
