#include "formats/document_order.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace licet::formats {
namespace {

namespace json = boost::json;

/// Which child of which child of the document.
using Position = std::vector<std::size_t>;

/// The reference token up to the next '/', which is taken off.
std::string next_token(std::string_view& pointer) {
    pointer.remove_prefix(1);
    const std::string_view escaped = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(escaped.size());
    std::string token;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        if (escaped[i] == '~' && i + 1 < escaped.size()) {
            token += escaped[++i] == '1' ? '/' : '~';
        } else {
            token += escaped[i];
        }
    }
    return token;
}

Position position_of(std::string_view pointer, const json::value& document) {
    Position position;
    const json::value* value = &document;
    while (!pointer.empty()) {
        const std::string token = next_token(pointer);
        const json::value* child = nullptr;
        if (const json::object* object = value->if_object()) {
            const auto* const member = object->find(token);
            position.push_back(static_cast<std::size_t>(member - object->begin()));
            child = member == object->end() ? nullptr : &member->value();
        } else if (const json::array* array = value->if_array()) {
            std::size_t index = array->size();
            std::from_chars(token.data(), token.data() + token.size(), index);
            position.push_back(index);
            child = array->if_contains(index);
        }
        if (!child) {
            break;
        }
        value = child;
    }
    return position;
}

}  // namespace

std::vector<Finding> in_document_order(std::vector<Finding> findings, const json::value& document) {
    std::vector<std::pair<Position, std::size_t>> order;
    order.reserve(findings.size());
    for (const Finding& finding : findings) {
        order.emplace_back(position_of(finding.pointer, document), order.size());
    }
    std::ranges::sort(order);
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const auto& [position, index] : order) {
        sorted.push_back(std::move(findings[index]));
    }
    return sorted;
}

}  // namespace licet::formats
