#include "formats/node.hpp"

#include <algorithm>

namespace licet::formats {
namespace {

std::string_view key_of(const Node* node) noexcept { return node->key(); }

bool have_same_members(const Node& a, const Node& b) {
    const Members others(b);
    return std::ranges::all_of(a.children(), [&](const Node& member) {
        const Node* const other = others.find(member.key());
        return other && *other == member;
    });
}

}  // namespace

const Node* Node::find(std::string_view key) const noexcept {
    if (is_object()) {
        for (const Node& member : children()) {
            if (member.key() == key) {
                return &member;
            }
        }
    }
    return nullptr;
}

bool operator==(const Node& a, const Node& b) {
    if (a.kind_ != b.kind_) {
        return false;
    }
    switch (a.kind_) {
        case Node::Kind::null:
            return true;
        case Node::Kind::boolean:
            return a.boolean_ == b.boolean_;
        case Node::Kind::int64:
            return a.int64_ == b.int64_;
        case Node::Kind::uint64:
            return a.uint64_ == b.uint64_;
        case Node::Kind::real:
            return a.real_ == b.real_;
        case Node::Kind::text:
            return a.text() == b.text();
        case Node::Kind::array:
            return a.size_ == b.size_ && std::ranges::equal(a.children(), b.children());
        case Node::Kind::object:
            return a.size_ == b.size_ && have_same_members(a, b);
    }
    return false;
}

Members::Members(const Node& object) {
    by_key_.reserve(object.size());
    for (const Node& member : object.children()) {
        by_key_.push_back(&member);
    }
    std::ranges::sort(by_key_, {}, key_of);
}

const Node* Members::find(std::string_view key) const noexcept {
    const auto found = std::ranges::lower_bound(by_key_, key, {}, key_of);
    return found != by_key_.end() && (*found)->key() == key ? *found : nullptr;
}

}  // namespace licet::formats
