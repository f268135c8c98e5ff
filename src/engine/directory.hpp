#pragma once

/// \file
/// A map from two texts to entries that never move and never go: add one only for what is known
/// to exist. Readers take no lock and write nothing.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/hash.hpp"

namespace licet {

template <class Entry>
class Directory {
public:
    explicit Directory(KeyStream& keys) : hash_(keys), order_(keys.next()) { grow(64); }

    /// The entry of exactly these texts, or null.
    Entry* find(std::string_view tenant, std::string_view name) const noexcept {
        return find_hashed(tenant, name, hash_of(tenant, name));
    }

    /// The same; where there is none it is made of `arguments`.
    template <class... Arguments>
    Entry& find_or_add(std::string_view tenant, std::string_view name, Arguments&&... arguments) {
        const std::scoped_lock lock(adding_);
        const std::uint64_t hash = hash_of(tenant, name);
        if (Entry* known = find_hashed(tenant, name, hash)) {
            return *known;
        }
        if (2 * (nodes_.size() + 1) > tables_.back()->slots.size()) {
            grow(2 * tables_.back()->slots.size());
        }
        nodes_.push_back(
            std::make_unique<Node>(hash, tenant, name, std::forward<Arguments>(arguments)...));
        tables_.back()->put(*nodes_.back());
        return nodes_.back()->entry;
    }

    std::size_t size() const {
        const std::scoped_lock lock(adding_);
        return nodes_.size();
    }

    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

private:
    struct Node {
        template <class... Arguments>
        Node(std::uint64_t hash_of_both, std::string_view tenant, std::string_view name,
             Arguments&&... arguments)
            : hash(hash_of_both),
              tenant_size(tenant.size()),
              text(std::string(tenant).append(name)),
              entry(std::forward<Arguments>(arguments)...) {}

        bool is(std::string_view tenant, std::string_view name) const noexcept {
            const std::string_view both = text;
            return tenant.size() == tenant_size && tenant.size() + name.size() == both.size() &&
                   both.substr(0, tenant_size) == tenant && both.substr(tenant_size) == name;
        }

        std::uint64_t hash;
        std::size_t tenant_size;
        std::string text;
        Entry entry;
    };

    /// At most half full.
    struct Table {
        struct Slot {
            std::atomic<std::uint64_t> hash{0};
            std::atomic<Node*> node{nullptr};  // stored last
        };

        explicit Table(std::size_t size) : slots(size) {}

        void put(Node& node) noexcept {
            std::size_t at = node.hash & (slots.size() - 1);
            while (slots[at].node.load(std::memory_order_relaxed) != nullptr) {
                at = (at + 1) & (slots.size() - 1);
            }
            slots[at].hash.store(node.hash, std::memory_order_relaxed);
            slots[at].node.store(&node, std::memory_order_release);
        }

        std::vector<Slot> slots;  // a power of two of them
    };

    std::uint64_t hash_of(std::string_view tenant, std::string_view name) const noexcept {
        return mix(hash_(tenant) ^ order_, hash_(name));
    }

    Entry* find_hashed(std::string_view tenant, std::string_view name,
                       std::uint64_t hash) const noexcept {
        const Table& table = *table_.load(std::memory_order_acquire);
        const std::size_t mask = table.slots.size() - 1;
        for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
            const auto& slot = table.slots[at];
            Node* const node = slot.node.load(std::memory_order_acquire);
            if (node == nullptr) {
                return nullptr;
            }
            if (slot.hash.load(std::memory_order_relaxed) == hash && node->is(tenant, name)) {
                return &node->entry;
            }
        }
    }

    // Readers may still be in the tables before: all of those together are as large as this one.
    void grow(std::size_t size) {
        auto table = std::make_unique<Table>(size);
        for (const auto& node : nodes_) {
            table->put(*node);
        }
        tables_.push_back(std::move(table));
        table_.store(tables_.back().get(), std::memory_order_release);
    }

    TextHash hash_;
    std::uint64_t order_;
    std::atomic<const Table*> table_{nullptr};
    mutable std::mutex adding_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::vector<std::unique_ptr<Table>> tables_;
};

}  // namespace licet
