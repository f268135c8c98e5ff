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

namespace licet {

/// A cache line of keys; an empty slot is all zero.
struct alignas(64) Bucket {
    static constexpr std::size_t slots_count = 4;

    struct Slot {
        std::atomic<std::uint64_t> first{0};
        std::atomic<std::uint64_t> second{0};
    };
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

    /// What is in use or kept for use, without what the system has back.
    std::size_t bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }

    BucketMemory(const BucketMemory&) = delete;
    BucketMemory& operator=(const BucketMemory&) = delete;

private:
    struct Spare {
        BucketBlock block;
        std::size_t bytes_back = 0;
    };

    Spare take_spare(std::size_t count) noexcept;
    BucketBlock allocate(std::size_t count);

    std::mutex mutex_;
    std::vector<BucketBlock> all_;
    std::vector<Spare> spares_;  // by count; has room for all, so that `give` cannot fail
    std::atomic<std::size_t> bytes_{0};
};

}  // namespace licet
