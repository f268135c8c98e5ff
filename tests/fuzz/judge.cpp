#include "fuzz/judge.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include <boost/json/parse.hpp>

#include <licet/operations/operations.hpp>
#include <licet/store/memory.hpp>

#include "text.hpp"

namespace fuzz {
namespace {

namespace json = boost::json;

using licet::Finding;
using licet::formats::Node;

bool is_pointer(std::string_view pointer) {
    if (!pointer.empty() && !pointer.starts_with('/')) {
        return false;
    }
    for (std::size_t at = pointer.find('~'); at < pointer.size(); at = pointer.find('~', at + 1)) {
        const std::string_view escape = pointer.substr(at, 2);
        if (escape != "~0" && escape != "~1") {
            return false;
        }
    }
    return true;
}

bool is_line(std::string_view text) {
    return licet::text::first_bad_byte(text) == text.size() &&
           text.find('\n') == std::string_view::npos;
}

/// Takes the first name off a pointer.
std::string next_name(std::string_view& pointer) {
    pointer.remove_prefix(1);
    std::string name;
    while (!pointer.empty() && !pointer.starts_with('/')) {
        const bool is_escape = pointer.starts_with('~');
        name += !is_escape ? pointer[0] : pointer[1] == '1' ? '/' : '~';
        pointer.remove_prefix(is_escape ? 2 : 1);
    }
    return name;
}

/// Several where a name is given twice.
std::vector<const Node*> children_of(const Node& parent, const std::string& name) {
    std::vector<const Node*> named;
    if (parent.is_object()) {
        for (const Node& member : parent.children()) {
            if (member.key() == name) {
                named.push_back(&member);
            }
        }
        return named;
    }
    std::size_t index = 0;
    const char* const end = name.data() + name.size();
    const bool is_index = std::from_chars(name.data(), end, index).ptr == end;
    if (is_index && parent.is_array() && index < parent.size()) {
        const auto at = static_cast<std::ptrdiff_t>(index);
        named.push_back(&*std::ranges::next(parent.children().begin(), at));
    }
    return named;
}

bool is_field(std::string_view name) {
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    });
}

bool is_place(std::string_view pointer, const Node& here) {
    if (pointer.empty()) {
        return true;
    }
    const std::string name = next_name(pointer);
    const auto below = children_of(here, name);
    if (!below.empty()) {
        return std::ranges::any_of(below, [&](auto* child) { return is_place(pointer, *child); });
    }
    // What could be there: a field of an object, and fields of that.
    bool is_missing = here.is_object() && is_field(name);
    while (is_missing && !pointer.empty()) {
        is_missing = is_field(next_name(pointer));
    }
    return is_missing;
}

}  // namespace

void expect(bool holds, std::string_view what, std::string_view about) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %.*s\n%.*s\n", static_cast<int>(what.size()),
                     what.data(), static_cast<int>(about.size()), about.data());
        std::abort();
    }
}

bool has_errors(std::span<const Finding> findings) {
    return std::ranges::find(findings, licet::Severity::error, &Finding::severity) !=
           findings.end();
}

std::string errors_of(std::span<const Finding> findings, std::string_view prefix) {
    std::multiset<std::string> errors;
    for (const Finding& finding : findings) {
        const std::string_view pointer = finding.pointer;
        if (finding.severity == licet::Severity::error && pointer.starts_with(prefix)) {
            std::string error(name_of(finding.rule));
            error.append(" ").append(pointer.substr(prefix.size())).append("\n");
            errors.insert(std::move(error));
        }
    }
    return std::accumulate(errors.begin(), errors.end(), std::string());
}

void expect_readable(std::span<const Finding> findings) {
    for (const Finding& finding : findings) {
        expect(is_line(finding.message), "a message is a line of UTF-8", finding.message);
        expect(is_line(finding.hint), "a hint is a line of UTF-8", finding.hint);
        expect(is_pointer(finding.pointer), "a place is a JSON Pointer", finding.pointer);
    }
    const std::string text = licet::findings_json(findings);
    boost::system::error_code not_json;
    json::parse(text, not_json);
    expect(!not_json, "findings can be told in JSON", text);
}

void expect_placed(std::span<const Finding> findings, const Node& document,
                   std::string_view prefix) {
    for (const Finding& finding : findings) {
        std::string_view pointer = finding.pointer;
        if (pointer.starts_with(prefix)) {
            pointer.remove_prefix(prefix.size());
            expect(is_place(pointer, document), "a finding stands at a place of the document",
                   name_of(finding.rule) + (" " + finding.pointer));
        }
    }
}

Market::Market() {
    auto store = std::make_unique<licet::MemoryStore>();
    store_ = store.get();
    licet::EngineOptions options;
    options.clock = std::make_shared<licet::ManualClock>(
        licet::Timestamp::parse("2026-03-01T09:00:00Z").value());
    options.random = std::make_shared<licet::SeededRandom>(1);
    engine_ = licet::Engine::open(std::move(store), std::move(options)).value();
}

std::string Market::dump() const {
    std::string text;
    const auto page = store_->scan("!", "", 1000).value();
    for (const licet::Record& record : page.records) {
        text += record.key + ' ' + std::to_string(record.stamp) + ' ' + record.text + '\n';
    }
    return text;
}

licet::Caller owner(const licet::PublisherId& publisher) {
    return {{"ana", publisher, std::nullopt, {licet::Role::account_admin}}, {}, {}};
}

}  // namespace fuzz
