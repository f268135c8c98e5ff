#include <map>
#include <string>

#include <boost/json.hpp>

#include "lint.hpp"

namespace cli {
namespace {

namespace json = boost::json;

constexpr std::string_view schema = "https://json.schemastore.org/sarif-2.1.0.json";

/// A path as a URI: absolute ones with their scheme.
std::string uri_of(std::string_view path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    constexpr std::string_view kept = "/-._~";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (is_alphanumeric || kept.find(c) != std::string_view::npos) {
            uri += c;
        } else {
            uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return uri;
}

json::object region_of(const Source& source, Span span) {
    const Place begin = source.place_of(span.begin);
    const Place end = source.place_of(span.end);
    return {{"startLine", begin.line},
            {"startColumn", begin.column},
            {"endLine", end.line},
            {"endColumn", end.column}};
}

/// The rules that were broken, each once and in the order in which they were met.
class Rules {
public:
    std::size_t index_of(licet::Errc rule) {
        const auto [place, is_new] = indices_.emplace(rule, described_.size());
        if (is_new) {
            described_.push_back(
                json::object{{"id", licet::name_of(rule)},
                             {"shortDescription", json::object{{"text", licet::text_of(rule)}}}});
        }
        return place->second;
    }
    json::array take() && { return std::move(described_); }

private:
    std::map<licet::Errc, std::size_t> indices_;
    json::array described_;
};

json::object result_of(const Source& source, const Diagnostic& diagnostic, Rules& rules) {
    const licet::Finding& finding = diagnostic.finding;
    const std::string hint = finding.hint.empty() ? "" : "; " + finding.hint;
    json::object location{
        {"physicalLocation",
         json::object{{"artifactLocation", json::object{{"uri", uri_of(source.name())}}},
                      {"region", region_of(source, diagnostic.span)}}}};
    if (!finding.pointer.empty()) {
        location["logicalLocations"] =
            json::array{json::object{{"fullyQualifiedName", finding.pointer}}};
    }
    return {{"ruleId", licet::name_of(finding.rule)},
            {"ruleIndex", rules.index_of(finding.rule)},
            {"level", word_of(finding.severity)},
            {"message", json::object{{"text", finding.message + hint}}},
            {"locations", json::array{std::move(location)}}};
}

}  // namespace

void write_sarif(Output& out, std::span<const Report> reports) {
    Rules rules;
    json::array results;
    for (const Report& report : reports) {
        for (const Diagnostic& diagnostic : report.diagnostics) {
            results.push_back(result_of(report.source, diagnostic, rules));
        }
    }
    const json::object driver{
        {"name", "licet"}, {"semanticVersion", LICET_VERSION}, {"rules", std::move(rules).take()}};
    const json::object run{{"tool", json::object{{"driver", driver}}},
                           {"columnKind", "unicodeCodePoints"},
                           {"results", std::move(results)}};
    const json::object log{{"$schema", schema}, {"version", "2.1.0"}, {"runs", json::array{run}}};
    out << json::serialize(log) << "\n";
}

}  // namespace cli
