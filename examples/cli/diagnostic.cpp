#include "diagnostic.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/array.hpp>

#include "locate.hpp"

namespace cli {
namespace {

using licet::Errc;
using licet::Finding;
using licet::Severity;

constexpr std::size_t excerpt_max = 100;  // characters of a line
constexpr std::size_t margin = 40;        // of them before the place

bool is_about_key(Errc rule) {
    return rule == Errc::unknown_field || rule == Errc::json_duplicate_key ||
           rule == Errc::derived_field_ignored || rule == Errc::field_not_changeable;
}

bool is_about_text(Errc rule) { return rule == Errc::json_syntax || rule == Errc::json_too_deep; }

std::string text_at(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains({name.data(), name.size()});
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// What a terminal would obey instead of showing becomes a blank.
std::string harmless(std::string_view text) {
    std::string shown(text);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto c = static_cast<unsigned char>(shown[i]);
        const bool is_c1 =
            c == 0xC2 && i + 1 < shown.size() && static_cast<unsigned char>(shown[i + 1]) < 0xA0;
        if (c < 0x20 || c == 0x7F) {
            shown[i] = ' ';
        } else if (is_c1) {
            shown.replace(i, 2, " ");
        }
    }
    return shown;
}

/// A line around a place, with a mark under it.
void print_excerpt(Output& out, const Source& source, Span span) {
    const Place place = source.place_of(span.begin);
    const auto [begin, end] = source.excerpt(span.begin, margin, excerpt_max);
    const std::size_t first = source.place_of(begin).column;
    const std::size_t marked = source.place_of(std::min(span.end, end)).column;
    const std::string number = std::to_string(place.line);
    const std::string gutter(std::max<std::size_t>(number.size(), 5), ' ');
    out << gutter.substr(number.size()) << number << " | "
        << harmless(source.text().substr(begin, end - begin)) << "\n";
    out << gutter << " | " << std::string(place.column - first, ' ');
    const std::size_t width = marked > place.column ? marked - place.column : 1;
    out.paint(Style::added, "^" + std::string(width - 1, '~'));
    out << "\n";
}

void print_head(Output& out, const Finding& finding) {
    out.paint(finding.severity == Severity::error ? Style::error : Style::warning,
              std::string(word_of(finding.severity)) + ":");
    out << " " << finding.message << " [" << licet::name_of(finding.rule) << "]\n";
}

}  // namespace

Count count(std::span<const Report> reports) {
    Count all;
    for (const Report& report : reports) {
        for (const Diagnostic& diagnostic : report.diagnostics) {
            ++(diagnostic.finding.severity == Severity::error ? all.errors : all.warnings);
        }
    }
    return all;
}

Report in_json(const Source& source, std::vector<Finding> findings, std::string_view prefix) {
    std::vector<Target> targets;
    for (Finding& finding : findings) {
        if (finding.pointer.starts_with(prefix)) {
            finding.pointer.erase(0, prefix.size());
        }
        targets.push_back({finding.pointer, is_about_key(finding.rule)});
    }
    const std::vector<Span> spans = locate(source.text(), targets);
    Report report{source, {}};
    for (std::size_t i = 0; i < findings.size(); ++i) {
        Span span = spans[i];
        if (is_about_text(findings[i].rule)) {
            const auto error = syntax_error(source.text());
            span = error ? Span{error->offset, error->offset} : span;
        }
        report.diagnostics.push_back({std::move(findings[i]), span});
    }
    return report;
}

std::vector<Finding> findings_of(const boost::json::object& answer) {
    std::vector<Finding> findings;
    const auto* array = answer.if_contains("findings");
    if (!array || !array->is_array()) {
        return findings;
    }
    for (const auto& element : array->get_array()) {
        const auto& object = element.as_object();
        const bool is_error = text_at(object, "severity") == word_of(Severity::error);
        findings.push_back({licet::errc_from(text_at(object, "rule")).value_or(Errc::internal),
                            is_error ? Severity::error : Severity::warning,
                            text_at(object, "pointer"), text_at(object, "message"),
                            text_at(object, "hint")});
    }
    return findings;
}

std::string_view word_of(Severity severity) {
    return severity == Severity::error ? "error" : "warning";
}

void print(Output& out, const Report& report) {
    for (const auto& [finding, span] : report.diagnostics) {
        const Place place = report.source.place_of(span.begin);
        out.paint(Style::strong, report.source.name() + ":" + std::to_string(place.line) + ":" +
                                     std::to_string(place.column) + ":");
        out << " ";
        print_head(out, finding);
        print_excerpt(out, report.source, span);
        if (!finding.hint.empty()) {
            out << "      = " << finding.hint << "\n";
        }
    }
}

int print_failure(Terminal& terminal, const licet::Error& error, const Source& source,
                  std::string_view prefix) {
    if (error.findings.empty()) {
        return print_failure(terminal, error);
    }
    print(terminal.err, in_json(source, error.findings, prefix));
    return refused;
}

int print_failure(Terminal& terminal, const licet::Error& error) {
    std::string text = error.message();
    if (error.code.category() == licet::errc_category()) {
        text += std::string(" [") + licet::name_of(static_cast<Errc>(error.code.value())) + "]";
    }
    print_error(terminal, text);
    for (const Finding& finding : error.findings) {
        terminal.err << "  " << finding.pointer << ": " << finding.message
                     << (finding.hint.empty() ? "" : ", " + finding.hint) << "\n";
    }
    using licet::Condition;
    const bool is_ours = error.code == Condition::storage || error.code == Condition::internal ||
                         error.code == Condition::unsupported ||
                         error.code == Condition::contention;
    return is_ours ? could_not_run : refused;
}

void print_error(Terminal& terminal, std::string_view text) {
    terminal.err << "licet: ";
    terminal.err.paint(Style::error, "error:");
    terminal.err << " " << text << "\n";
}

}  // namespace cli
