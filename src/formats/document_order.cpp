#include "formats/document_order.hpp"

#include <algorithm>
#include <charconv>
#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace licet::formats {
namespace {

namespace json = boost::json;

/// A finding's place in the document: which child of which child, as a run of `Steps`.
struct Place {
    std::size_t begin;
    std::size_t end;
    std::size_t finding;
};
using Steps = std::vector<std::size_t>;

/// The reference token up to the next '/', which is taken off.
std::string_view next_token(std::string_view& pointer, std::string& unescaped) {
    pointer.remove_prefix(1);
    const std::string_view escaped = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(escaped.size());
    if (escaped.find('~') == std::string_view::npos) {
        return escaped;
    }
    unescaped.clear();
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        if (escaped[i] == '~' && i + 1 < escaped.size()) {
            unescaped += escaped[++i] == '1' ? '/' : '~';
        } else {
            unescaped += escaped[i];
        }
    }
    return unescaped;
}

void append_steps(Steps& steps, std::string_view pointer, const json::value& document) {
    std::string unescaped;
    const json::value* value = &document;
    while (value && !pointer.empty()) {
        const std::string_view token = next_token(pointer, unescaped);
        const json::value* child = nullptr;
        if (const json::object* object = value->if_object()) {
            const auto* const member = object->find(token);
            steps.push_back(static_cast<std::size_t>(member - object->begin()));
            child = member == object->end() ? nullptr : &member->value();
        } else if (const json::array* array = value->if_array()) {
            std::size_t index = array->size();
            std::from_chars(token.data(), token.data() + token.size(), index);
            steps.push_back(index);
            child = array->if_contains(index);
        }
        value = child;
    }
}

}  // namespace

std::vector<Finding> in_document_order(std::vector<Finding> findings, const json::value& document) {
    Steps steps;
    std::vector<Place> places;
    places.reserve(findings.size());
    for (const Finding& finding : findings) {
        const std::size_t begin = steps.size();
        append_steps(steps, finding.pointer, document);
        places.push_back({begin, steps.size(), places.size()});
    }
    const auto stands_before = [&steps](const Place& a, const Place& b) {
        const auto steps_to = [&](const Place& place) {
            return std::span(steps).subspan(place.begin, place.end - place.begin);
        };
        const auto to_a = steps_to(a);
        const auto to_b = steps_to(b);
        const auto order = std::lexicographical_compare_three_way(to_a.begin(), to_a.end(),
                                                                  to_b.begin(), to_b.end());
        return order < 0 || (order == 0 && a.finding < b.finding);
    };
    if (std::ranges::is_sorted(places, stands_before)) {
        return findings;
    }
    std::ranges::sort(places, stands_before);
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const Place& place : places) {
        sorted.push_back(std::move(findings[place.finding]));
    }
    return sorted;
}

}  // namespace licet::formats
