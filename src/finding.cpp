#include <licet/finding.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include <licet/error.hpp>

namespace licet {
namespace {

constexpr bool is_escaped(char c) noexcept { return c == '~' || c == '/'; }

char* put_escaped(char* to, std::string_view name) noexcept {
    for (const char c : name) {
        *to++ = is_escaped(c) ? '~' : c;
        if (is_escaped(c)) {
            *to++ = c == '~' ? '0' : '1';
        }
    }
    return to;
}

}  // namespace

std::string Path::str() const {
    std::string text;
    write(text, 0);
    return text;
}

char* Path::write(std::string& text, std::size_t behind) const {
    if (!parent_) {
        text.resize(behind);
        return text.data();
    }
    std::array<char, 20> digits;
    std::string_view step = name_;
    std::size_t escapes = 0;
    if (name_.data()) {
        escapes = static_cast<std::size_t>(std::ranges::count_if(name_, is_escaped));
    } else {
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), index_).ptr;
        step = {digits.data(), static_cast<std::size_t>(end - digits.data())};
    }
    char* const at = parent_->write(text, behind + 1 + step.size() + escapes);
    *at = '/';
    return escapes == 0 ? std::ranges::copy(step, at + 1).out : put_escaped(at + 1, step);
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
