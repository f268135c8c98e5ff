#include "engine/bucket_memory.hpp"

#include <algorithm>
#include <memory>

#include "huge_pages.hpp"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace licet {
namespace {

constexpr std::size_t bytes_of(std::size_t count) noexcept { return count * sizeof(Bucket); }

#ifdef __linux__
// How many bytes the system took back. To a reader who still looks there they read as zero, and
// it had to see the new table's window before it could see that.
std::size_t give_pages_back(BucketBlock block) noexcept {
    constexpr std::size_t worth_a_call = std::size_t{64} << 10;
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    void* from = block.buckets;
    std::size_t size = bytes_of(block.count);
    if (size < worth_a_call || std::align(page, page, from, size) == nullptr) {
        return 0;
    }
    size = size / page * page;
    return madvise(from, size, MADV_DONTNEED) == 0 ? size : 0;
}
#else
std::size_t give_pages_back(BucketBlock) noexcept { return 0; }
#endif

void empty(BucketBlock block) noexcept {
    for (std::size_t i = 0; i < block.count; ++i) {
        for (Bucket::Slot& slot : block.buckets[i].slots) {
            // Release: a reader who still looks here must see that its table was replaced.
            slot.first.store(0, std::memory_order_release);
            slot.second.store(0, std::memory_order_release);
        }
    }
}

}  // namespace

BucketMemory::~BucketMemory() {
    for (const BucketBlock& region : regions_) {
        huge_pages().deallocate(region.buckets, bytes_of(region.count), alignof(Bucket));
    }
}

BucketBlock BucketMemory::take(std::size_t count) {
    const Spare spare = take_spare(count);
    if (spare.block.buckets == nullptr) {
        const BucketBlock block = {carve(count), count};
        bytes_.fetch_add(bytes_of(count), std::memory_order_relaxed);
        return block;
    }
    bytes_.fetch_add(spare.bytes_back, std::memory_order_relaxed);
    empty(spare.block);
    return spare.block;
}

BucketMemory::Spare BucketMemory::take_spare(std::size_t count) noexcept {
    const std::scoped_lock lock(mutex_);
    const auto place = std::ranges::lower_bound(spares_, count, {},
                                                [](const Spare& each) { return each.block.count; });
    if (place == spares_.end() || place->block.count > count + count / 8) {
        return {};
    }
    const Spare spare = *place;
    spares_.erase(place);
    return spare;
}

Bucket* BucketMemory::carve(std::size_t count) {
    const std::scoped_lock lock(mutex_);
    if (blocks_ == spares_.capacity()) {
        spares_.reserve(2 * blocks_ + 1);
    }
    if (regions_.empty() || count > regions_.back().count - carved_) {
        begin_region(count);
    }
    Bucket* const block = regions_.back().buckets + carved_;
    std::uninitialized_value_construct_n(block, count);
    carved_ += count;
    ++blocks_;
    return block;
}

// Small tables are cut from regions as large as all before, so that they share huge pages.
void BucketMemory::begin_region(std::size_t count) {
    constexpr std::size_t smallest = (std::size_t{64} << 10) / sizeof(Bucket);
    constexpr std::size_t largest = 8 * huge_page / sizeof(Bucket);
    const std::size_t so_far = regions_.empty() ? 0 : regions_.back().count * 2;
    count = std::max(count, std::clamp(so_far, smallest, largest));
    carved_ = 0;
    BucketBlock& region = regions_.emplace_back();  // stays, empty, where the next line throws
    void* const memory = huge_pages().allocate(bytes_of(count), alignof(Bucket));
    region = {static_cast<Bucket*>(memory), count};
}

void BucketMemory::give(BucketBlock block) noexcept {
    if (block.buckets == nullptr) {
        return;
    }
    const std::size_t bytes_back = give_pages_back(block);
    const std::scoped_lock lock(mutex_);
    bytes_.fetch_sub(bytes_back, std::memory_order_relaxed);
    const auto place = std::ranges::upper_bound(spares_, block.count, {},
                                                [](const Spare& each) { return each.block.count; });
    spares_.insert(place, Spare{block, bytes_back});
}

}  // namespace licet
