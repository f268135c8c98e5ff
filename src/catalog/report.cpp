#include "catalog/report.hpp"

#include "quoted.hpp"

namespace licet {

Report::Report(Findings& findings, Extent extent) : findings_(findings), extent_(extent) {
    for (const Finding& finding : findings.all()) {
        if (finding.severity == Severity::error) {
            broken_.insert(finding.pointer);
        }
    }
}

bool Report::was_broken(std::string_view pointer) const {
    while (!broken_.contains(std::string(pointer))) {
        const auto parent = pointer.rfind('/');
        if (parent == std::string_view::npos) {
            return false;
        }
        pointer = pointer.substr(0, parent);
    }
    return true;
}

void Report::add(Extent of, Severity severity, Errc rule, const Path& at, std::string_view detail,
                 std::string_view hint) {
    if ((extent_ == of || extent_ == Extent::both) && (broken_.empty() || !was_broken(at.str()))) {
        findings_.add(rule, severity, at, detail, hint);
    }
}

void Report::error(Errc rule, const Path& at, std::string_view detail, std::string_view hint) {
    add(Extent::form, Severity::error, rule, at, detail, hint);
}

void Report::warning(Errc rule, const Path& at, std::string_view detail, std::string_view hint) {
    add(Extent::form, Severity::warning, rule, at, detail, hint);
}

void Report::strict(Profile profile, Errc rule, const Path& at, std::string_view detail,
                    std::string_view hint) {
    const bool lenient = profile == Profile::import;
    add(Extent::form, lenient ? Severity::warning : Severity::error, rule, at, detail, hint);
}

void Report::incomplete(Errc rule, const Path& at, std::string_view detail, std::string_view hint,
                        Severity severity) {
    add(Extent::completeness, severity, rule, at, detail, hint);
}

void Report::length(Errc rule, std::string_view text, std::size_t min, std::size_t max,
                    const Path& at, std::string_view hint) {
    if (text.size() >= 4 * min && text.size() <= max) {
        return;  // a character takes 1 to 4 bytes
    }
    const std::size_t count = text::characters(text);
    if (count < min || count > max) {
        error(rule, at, std::to_string(count) + " characters", hint);
    }
}

std::optional<text::Scheme> Report::url(std::string_view url, const Path& at,
                                        std::string_view hint) {
    if (url.size() > url_size_max) {
        error(Errc::text_length, at, std::to_string(url.size()) + " bytes", "use at most 2048");
        return std::nullopt;
    }
    const auto scheme = text::web_scheme(url);
    if (!scheme) {
        error(Errc::url_syntax, at, quoted(url), hint);
    }
    return scheme;
}

}  // namespace licet
