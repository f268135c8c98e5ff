#pragma once

/// \file
/// The memory of the holder sets. A reader may look at a table that has just been replaced, so
/// what was a bucket stays one until the index is closed: it is used again, never freed.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/hash.hpp"

namespace licet {

/// A cache line of keys; an empty slot is all zero.
struct alignas(64) Bucket {
    static constexpr std::size_t slots_count = 4;

    struct Slot {
        std::atomic<std::uint64_t> first{0};
        std::atomic<std::uint64_t> second{0};

        bool is(Key128 key) const noexcept {
            return ((first.load(std::memory_order_acquire) ^ key.first) |
                    (second.load(std::memory_order_acquire) ^ key.second)) == 0;
        }
    };

    // All four without a branch: which of them it is cannot be predicted.
    bool has(Key128 key) const noexcept {
        return int{slots[0].is(key)} | int{slots[1].is(key)} | int{slots[2].is(key)} |
               int{slots[3].is(key)};
    }

    std::array<Slot, slots_count> slots;
};

/// A run of buckets.
struct BucketBlock {
    Bucket* buckets = nullptr;
    std::size_t count = 0;
};

class BucketMemory {
public:
    BucketMemory() = default;
    ~BucketMemory();

    /// At least that many buckets, at most an eighth more; all empty.
    BucketBlock take(std::size_t count);

    /// Lets another set use it. The pages of a large block go back to the system meanwhile, where
    /// that can be had: they read as empty buckets then.
    void give(BucketBlock block) noexcept;

    /// What is in use or kept for use, without what the system has back or was never touched.
    std::size_t bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }

    BucketMemory(const BucketMemory&) = delete;
    BucketMemory& operator=(const BucketMemory&) = delete;

private:
    struct Spare {
        BucketBlock block;
        std::size_t bytes_back = 0;
    };

    Spare take_spare(std::size_t count) noexcept;
    Bucket* carve(std::size_t count);
    void begin_region(std::size_t count);

    std::mutex mutex_;
    std::vector<BucketBlock> regions_;
    std::size_t carved_ = 0;  // of the newest region
    std::size_t blocks_ = 0;
    std::vector<Spare> spares_;  // by count; has room for all blocks, so that `give` cannot fail
    std::atomic<std::size_t> bytes_{0};
};

}  // namespace licet
