#include "formats/document_order.hpp"

#include <algorithm>
#include <charconv>
#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace licet::formats {
namespace {

/// A finding's place in the document. Nodes stand in the order of the document; what is missing
/// stands before the node that comes after all that its object has.
struct Place {
    const Node* node;
    std::size_t rank;  // of those at one node
    std::size_t finding;

    friend auto operator<=>(const Place&, const Place&) = default;
};

/// The reference token up to the next '/', which is taken off.
std::string_view next_token(std::string_view& pointer, std::string& unescaped) {
    pointer.remove_prefix(1);
    std::size_t size = 0;
    bool has_escape = false;
    while (size < pointer.size() && pointer[size] != '/') {
        has_escape = has_escape || pointer[size] == '~';
        ++size;
    }
    const std::string_view escaped = pointer.substr(0, size);
    pointer.remove_prefix(size);
    if (!has_escape) {
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

/// Looks for children of one parent. Most stand behind the one before, so it goes on from there:
/// many findings in a long list must not each go through all of it.
class Finder {
public:
    explicit Finder(const Node& parent) : parent_(&parent) { rewind(); }

    const Node* parent() const noexcept { return parent_; }

    /// The child, or null.
    const Node* find(std::string_view token) {
        return parent_->is_object() ? find_member(token) : find_element(token);
    }

private:
    const Node* find_member(std::string_view key) {
        for (std::size_t looked_at = 0; looked_at < parent_->size(); ++looked_at, advance()) {
            if (child_->key() == key) {
                return &*child_;
            }
        }
        return nullptr;
    }

    const Node* find_element(std::string_view token) {
        std::size_t wanted = parent_->size();
        std::from_chars(token.data(), token.data() + token.size(), wanted);
        if (wanted >= parent_->size()) {
            return nullptr;
        }
        while (index_ != wanted) {
            advance();
        }
        return &*child_;
    }

    // After the last comes the first.
    void advance() {
        ++child_;
        if (++index_ == parent_->size()) {
            rewind();
        }
    }
    void rewind() {
        child_ = parent_->children().begin();
        index_ = 0;
    }

    const Node* parent_;
    Node::Children::Iterator child_;
    std::size_t index_ = 0;
};

/// `finders` are those of the place before, by depth.
Place place_of(std::size_t finding, std::string_view pointer, const Node& document,
               std::vector<Finder>& finders) {
    constexpr auto there = static_cast<std::size_t>(-1);
    std::string unescaped;
    const Node* node = &document;
    for (std::size_t depth = 0; !pointer.empty(); ++depth) {
        const std::string_view token = next_token(pointer, unescaped);
        if (!node->is_object() && !node->is_array()) {
            break;
        }
        if (depth == finders.size()) {
            finders.emplace_back(*node);
        } else if (finders[depth].parent() != node) {
            finders[depth] = Finder(*node);
        }
        const Node* const child = finders[depth].find(token);
        if (!child) {
            // What an inner object lacks comes before what an outer one lacks.
            return {std::to_address(node->children().end()), there - 1 - depth, finding};
        }
        node = child;
    }
    return {node, there, finding};
}

}  // namespace

std::vector<Finding> in_document_order(std::vector<Finding> findings, const Node& document) {
    std::vector<Place> places;
    std::vector<Finder> finders;
    places.reserve(findings.size());
    for (const Finding& finding : findings) {
        places.push_back(place_of(places.size(), finding.pointer, document, finders));
    }
    if (std::ranges::is_sorted(places)) {
        return findings;
    }
    std::ranges::sort(places);
    std::vector<Finding> sorted;
    sorted.reserve(findings.size());
    for (const Place& place : places) {
        sorted.push_back(std::move(findings[place.finding]));
    }
    return sorted;
}

}  // namespace licet::formats
