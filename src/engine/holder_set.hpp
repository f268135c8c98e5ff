#pragma once

/// \file
/// A set of 16-byte keys for one writer and any number of readers.
///
/// An open table of cache lines with four keys each. A key stands in its home line, which its
/// hash names, or in the first line after it that had room; no line between the two has any. So
/// a look-up ends at the first line with room, and mostly that is the first one it sees.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/bucket_memory.hpp"
#include "engine/hash.hpp"

namespace licet {

/// The line a hash is at home in.
inline std::uint64_t home_of(std::uint64_t hash, std::uint64_t count) noexcept {
    return multiply_high(hash, count);
}

class HolderSet {
public:
    /// What a reader looks at. Taken and used between two looks at the Sequence that guards the
    /// set, with one more look in between: only then do `buckets` and `count` belong together.
    struct View {
        const Bucket* buckets;
        std::uint64_t count;
        bool has_zero;

        bool contains(Key128 key, std::uint64_t hash) const noexcept;
    };

    HolderSet(BucketMemory& memory, const KeyHash& hash) noexcept : memory_(memory), hash_(hash) {}

    /// A set of these keys, among which some may be twice.
    HolderSet(BucketMemory& memory, const KeyHash& hash, std::span<const Key128> keys);

    /// A copy with room for `more`.
    HolderSet(const HolderSet& other, std::size_t more);

    ~HolderSet() { memory_.give(block()); }

    View view() const noexcept {
        return {buckets_.load(std::memory_order_acquire), count_.load(std::memory_order_acquire),
                has_zero_.load(std::memory_order_acquire)};
    }

    std::size_t size() const noexcept {
        return in_table_ + (has_zero_.load(std::memory_order_relaxed) ? 1 : 0);
    }

    bool has_room(std::size_t more) const noexcept;

    /// Fetches the line where a key of this hash is at home.
    void prefetch(std::uint64_t hash) const noexcept {
        const BucketBlock table = block();
        // As a number: a writer may be about to change both, and then it is no pointer.
        const auto line = home_of(hash, table.count) * sizeof(Bucket);
        __builtin_prefetch(
            reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(table.buckets) + line));
    }

    // The writer's part; inside a window of the Sequence once there are readers.

    /// There must be room. True where the key was not there.
    bool insert(Key128 key, std::uint64_t hash) noexcept;
    /// True where the key was there.
    bool erase(Key128 key, std::uint64_t hash) noexcept;
    /// Both must have the same memory and hash.
    void swap(HolderSet& other) noexcept;

    HolderSet& operator=(const HolderSet&) = delete;

private:
    struct Place {
        std::uint64_t line;
        std::size_t slot;
    };
    struct Found {
        Place place;
        bool there;
    };

    BucketBlock block() const noexcept {
        return {buckets_.load(std::memory_order_relaxed),
                static_cast<std::size_t>(count_.load(std::memory_order_relaxed))};
    }
    void make_table(std::size_t keys);

    /// Where the key is, or else where it would go.
    Found find(Key128 key, std::uint64_t hash) const noexcept;
    void close_gap(Place gap) noexcept;
    std::optional<Place> find_passer(std::uint64_t line) const noexcept;

    Key128 key_at(Place place) const noexcept;
    void put(Place place, Key128 key) noexcept;
    bool is_full(std::uint64_t line) const noexcept;
    std::uint64_t after(std::uint64_t line) const noexcept;
    std::uint64_t distance(std::uint64_t from, std::uint64_t to) const noexcept;

    std::atomic<Bucket*> buckets_{nullptr};
    std::atomic<std::uint64_t> count_{0};
    std::atomic<bool> has_zero_{false};  // the key that looks like an empty slot
    std::size_t in_table_ = 0;
    BucketMemory& memory_;
    KeyHash hash_;
};

inline bool HolderSet::View::contains(Key128 key, std::uint64_t hash) const noexcept {
    if (key.is_zero()) [[unlikely]] {
        return has_zero;
    }
    std::uint64_t line = home_of(hash, count);
    // The count bounds what a reader walks while a writer moves keys under it.
    for (std::uint64_t left = count; left > 0; --left) {
        if (buckets[line].has(key)) {
            return true;
        }
        if (buckets[line].has(Key128{})) [[likely]] {
            return false;
        }
        line = line + 1 == count ? 0 : line + 1;
    }
    return false;
}

}  // namespace licet
