#include <licet/finding.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include <licet/error.hpp>

namespace licet {
namespace {

void append_escaped(std::string& out, std::string_view name) {
    if (std::ranges::none_of(name, [](char c) { return c == '~' || c == '/'; })) {
        out += name;
        return;
    }
    for (const char c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
}

}  // namespace

std::string Path::str() const {
    std::string text;
    append_to(text);
    return text;
}

void Path::append_to(std::string& text) const {
    if (!parent_) {
        return;
    }
    parent_->append_to(text);
    text += '/';
    if (name_.data()) {
        append_escaped(text, name_);
    } else {
        std::array<char, 20> digits;
        text.append(digits.data(),
                    std::to_chars(digits.data(), digits.data() + digits.size(), index_).ptr);
    }
}

void Findings::error(Errc rule, const Path& at, std::string_view detail, std::string_view hint) {
    add(rule, Severity::error, at, detail, hint);
}

void Findings::warning(Errc rule, const Path& at, std::string_view detail, std::string_view hint) {
    add(rule, Severity::warning, at, detail, hint);
}

void Findings::add(Errc rule, Severity severity, const Path& at, std::string_view detail,
                   std::string_view hint) {
    const std::string_view broken_rule = text_of(rule);
    std::string message;
    message.reserve(broken_rule.size() + 2 + detail.size());
    message.append(broken_rule);
    if (!detail.empty()) {
        message.append(": ").append(detail);
    }
    add({rule, severity, at.str(), std::move(message), std::string(hint)});
}

void Findings::add(Finding finding) {
    if (finding.severity == Severity::error) {
        broken_.insert(finding.pointer);
    }
    all_.push_back(std::move(finding));
}

bool Findings::broken(const Path& at) const {
    return !broken_.empty() && broken_.contains(at.str());
}

}  // namespace licet
