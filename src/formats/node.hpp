#pragma once

/// \file
/// What a JSON text is made of, once parsed.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

namespace licet::formats {

/// A value in a parsed text, followed in memory by all that is inside it. Made by `Parsed` and
/// valid as long as that; only references to it are any use.
class Node {
public:
    enum class Kind : std::uint8_t { null, boolean, int64, uint64, real, text, array, object };
    class Children;

    /// Empty, of that kind.
    explicit Node(Kind kind, std::string_view key = {}) noexcept
        : key_(key.data()), key_size_(static_cast<std::uint32_t>(key.size())), kind_(kind) {}

    Kind kind() const noexcept { return kind_; }
    bool is_null() const noexcept { return kind_ == Kind::null; }
    bool is_text() const noexcept { return kind_ == Kind::text; }
    bool is_array() const noexcept { return kind_ == Kind::array; }
    bool is_object() const noexcept { return kind_ == Kind::object; }

    /// Of a member of an object.
    std::string_view key() const noexcept { return {key_, key_size_}; }

    /// Each of its own kind only. A `uint64` is what no `int64` holds, a `real` what is not whole
    /// or what neither holds.
    bool boolean() const noexcept { return assert(kind_ == Kind::boolean), boolean_; }
    std::int64_t int64() const noexcept { return assert(kind_ == Kind::int64), int64_; }
    std::uint64_t uint64() const noexcept { return assert(kind_ == Kind::uint64), uint64_; }
    double real() const noexcept { return assert(kind_ == Kind::real), real_; }
    std::string_view text() const noexcept { return assert(is_text()), text_of(*this); }

    /// How many there are in an array or an object.
    std::size_t size() const noexcept { return assert(is_array() || is_object()), size_; }
    /// Those, in their order.
    Children children() const noexcept;
    /// The member of that name; null where there is none, or this is no object.
    const Node* find(std::string_view key) const noexcept;

    /// The same value, whatever its own key and the order of members.
    friend bool operator==(const Node& a, const Node& b);

private:
    friend class TreeBuilder;

    static std::string_view text_of(const Node& node) noexcept { return {node.text_, node.size_}; }

    const char* key_;
    union {
        const char* text_ = nullptr;
        bool boolean_;
        std::int64_t int64_;
        std::uint64_t uint64_;
        double real_;
    };
    std::uint32_t key_size_;
    std::uint32_t size_ = 0;    // in bytes, or in children
    std::uint32_t extent_ = 1;  // nodes, with itself
    Kind kind_;
};

class Node::Children {
public:
    class Iterator {
    public:
        using value_type = Node;
        using difference_type = std::ptrdiff_t;

        Iterator() noexcept = default;
        explicit Iterator(const Node* node) noexcept : node_(node) {}

        const Node& operator*() const noexcept { return *node_; }
        const Node* operator->() const noexcept { return node_; }
        Iterator& operator++() noexcept {
            node_ += node_->extent_;
            return *this;
        }
        Iterator operator++(int) noexcept {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(Iterator, Iterator) noexcept = default;

    private:
        const Node* node_ = nullptr;
    };

    explicit Children(const Node& parent) noexcept : parent_(&parent) {}

    Iterator begin() const noexcept { return Iterator(parent_ + 1); }
    Iterator end() const noexcept { return Iterator(parent_ + parent_->extent_); }

private:
    const Node* parent_;
};

inline Node::Children Node::children() const noexcept { return Children(*this); }

/// The members of an object, for finding many of them however many there are.
class Members {
public:
    Members() = default;
    explicit Members(const Node& object);

    const Node* find(std::string_view key) const noexcept;

private:
    std::vector<const Node*> by_key_;
};

}  // namespace licet::formats
