#pragma once

/// \file
/// A map from two texts, shorter than 64 KiB, to entries that never move and never go: add one only
/// for what is known to exist. Readers take no lock and write nothing.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
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
        if (4 * (nodes_.size() + 1) > tables_.back()->slots.size()) {
            grow(2 * tables_.back()->slots.size());
        }
        nodes_.push_back(Node::make(hash, tenant, name, std::forward<Arguments>(arguments)...));
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
    /// An entry and, right behind it, its two texts: a look-up that compares them need not go
    /// elsewhere, nor wait for one line to know where the next is.
    class Node {
    public:
        struct Deleter {
            void operator()(Node* node) const noexcept {
                node->~Node();
                FreeMemory()(node);
            }
        };

        template <class... Arguments>
        static std::unique_ptr<Node, Deleter> make(std::uint64_t hash, std::string_view tenant,
                                                   std::string_view name,
                                                   Arguments&&... arguments) {
            const std::size_t size = sizeof(Node) + 2 * sizeof(Size) + tenant.size() + name.size();
            std::unique_ptr<void, FreeMemory> memory(::operator new(size, alignment));
            std::unique_ptr<Node, Deleter> node(
                new (memory.get()) Node(hash, std::forward<Arguments>(arguments)...));
            static_cast<void>(memory.release());
            node->write(tenant, name);
            return node;
        }

        bool is(std::string_view tenant, std::string_view name) const noexcept {
            const char* const sizes = reinterpret_cast<const char*>(this + 1);
            const char* const texts = sizes + 2 * sizeof(Size);
            return load<Size>(sizes) == tenant.size() &&
                   load<Size>(sizes + sizeof(Size)) == name.size() &&
                   std::string_view(texts, tenant.size()) == tenant &&
                   std::string_view(texts + tenant.size(), name.size()) == name;
        }

        Entry entry;
        const std::uint64_t hash;

    private:
        using Size = std::uint16_t;

        static constexpr std::align_val_t alignment{
            std::max(alignof(Entry), alignof(std::uint64_t))};

        struct FreeMemory {
            void operator()(void* memory) const noexcept { ::operator delete(memory, alignment); }
        };

        template <class... Arguments>
        explicit Node(std::uint64_t of_both, Arguments&&... arguments)
            : entry(std::forward<Arguments>(arguments)...), hash(of_both) {}

        void write(std::string_view tenant, std::string_view name) noexcept {
            const Size sizes[] = {static_cast<Size>(tenant.size()), static_cast<Size>(name.size())};
            char* at = reinterpret_cast<char*>(this + 1);
            std::memcpy(at, sizes, sizeof sizes);
            at = std::copy(tenant.begin(), tenant.end(), at + sizeof sizes);
            std::copy(name.begin(), name.end(), at);
        }
    };

    /// At most a quarter full, so that who is looked for mostly stands where the hash points.
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
    std::vector<std::unique_ptr<Node, typename Node::Deleter>> nodes_;
    std::vector<std::unique_ptr<Table>> tables_;
};

}  // namespace licet
