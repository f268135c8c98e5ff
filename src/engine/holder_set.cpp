#include "engine/holder_set.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace licet {
namespace {

// Of a new table, 2.5 keys a line: a holder takes 26 bytes, and most misses see one line only.
constexpr std::size_t lines_for(std::size_t keys) noexcept { return (2 * keys + 4) / 5; }
constexpr std::size_t keys_for(std::size_t lines) noexcept { return lines * 5 / 2; }

// Of one that has to grow: there is always a line with room, and a walk to it is short.
constexpr std::size_t keys_per_line_max = 3;

Key128 key_in(const Bucket::Slot& slot) noexcept {
    return {slot.first.load(std::memory_order_relaxed),
            slot.second.load(std::memory_order_relaxed)};
}

}  // namespace

HolderSet::HolderSet(BucketMemory& memory, const KeyHash& hash, std::span<const Key128> keys)
    : HolderSet(memory, hash) {
    make_table(keys.size());
    // A key's line comes from memory while those of others before it are put in.
    std::array<std::uint64_t, 32> ahead;
    const auto hash_of = [&](std::size_t i) -> std::uint64_t& { return ahead[i % ahead.size()]; };
    const auto announce = [&](std::size_t i) {
        if (i < keys.size()) {
            hash_of(i) = hash_(keys[i]);
            prefetch(hash_of(i));
        }
    };
    for (std::size_t i = 0; i < ahead.size(); ++i) {
        announce(i);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        insert(keys[i], hash_of(i));
        announce(i + ahead.size());
    }
}

HolderSet::HolderSet(const HolderSet& other, std::size_t more)
    : HolderSet(other.memory_, other.hash_) {
    const BucketBlock from = other.block();
    // A third more: a small set would otherwise be copied at every few.
    make_table(std::max(other.in_table_ + more, keys_for(from.count * 4 / 3)));
    for (Place place{0, 0}; place.line < from.count; ++place.line) {
        for (place.slot = 0; place.slot < Bucket::slots_count; ++place.slot) {
            if (const Key128 key = other.key_at(place); !key.is_zero()) {
                insert(key, hash_(key));
            }
        }
    }
    has_zero_.store(other.has_zero_.load(std::memory_order_relaxed), std::memory_order_relaxed);
}

void HolderSet::make_table(std::size_t keys) {
    if (keys > 0) {
        const BucketBlock block = memory_.take(lines_for(keys));
        buckets_.store(block.buckets, std::memory_order_relaxed);
        count_.store(block.count, std::memory_order_relaxed);
    }
}

bool HolderSet::has_room(std::size_t more) const noexcept {
    return in_table_ + more <= block().count * keys_per_line_max;
}

bool HolderSet::insert(Key128 key, std::uint64_t hash) noexcept {
    if (key.is_zero()) {
        return !has_zero_.exchange(true, std::memory_order_release);
    }
    const Found found = find(key, hash);
    if (!found.there) {
        put(found.place, key);
        ++in_table_;
    }
    return !found.there;
}

bool HolderSet::erase(Key128 key, std::uint64_t hash) noexcept {
    if (key.is_zero()) {
        return has_zero_.exchange(false, std::memory_order_release);
    }
    if (in_table_ == 0) {
        return false;
    }
    const Found found = find(key, hash);
    if (found.there) {
        close_gap(found.place);
        --in_table_;
    }
    return found.there;
}

void HolderSet::swap(HolderSet& other) noexcept {
    const auto swap_atomics = [](auto& a, auto& b) {
        const auto value = a.load(std::memory_order_relaxed);
        a.store(b.load(std::memory_order_relaxed), std::memory_order_release);
        b.store(value, std::memory_order_release);
    };
    swap_atomics(buckets_, other.buckets_);
    swap_atomics(count_, other.count_);
    swap_atomics(has_zero_, other.has_zero_);
    std::swap(in_table_, other.in_table_);
}

HolderSet::Found HolderSet::find(Key128 key, std::uint64_t hash) const noexcept {
    const BucketBlock table = block();
    for (std::uint64_t line = home_of(hash, table.count);; line = after(line)) {
        const Bucket& bucket = table.buckets[line];
        // Without a branch for each, as in Bucket::has.
        unsigned same = 0;
        unsigned empty = 0;
        for (unsigned slot = 0; slot < Bucket::slots_count; ++slot) {
            same |= unsigned{bucket.slots[slot].is(key)} << slot;
            empty |= unsigned{bucket.slots[slot].is(Key128{})} << slot;
        }
        if ((same | empty) != 0) {
            const auto slot = static_cast<std::size_t>(std::countr_zero(same != 0 ? same : empty));
            return {{line, slot}, same != 0};
        }
    }
}

// Only a full line sends keys on, so only into a full line may one have to come back.
void HolderSet::close_gap(Place gap) noexcept {
    while (is_full(gap.line)) {
        const std::optional<Place> from = find_passer(gap.line);
        if (!from) {
            break;
        }
        put(gap, key_at(*from));
        gap = *from;
    }
    put(gap, Key128{});
}

// A key further on whose home is at `line` or before, and which would therefore be found there.
std::optional<HolderSet::Place> HolderSet::find_passer(std::uint64_t line) const noexcept {
    std::uint64_t at = line;
    do {
        at = after(at);
        for (std::size_t slot = 0; slot < Bucket::slots_count; ++slot) {
            const Key128 key = key_at({at, slot});
            if (!key.is_zero() &&
                distance(home_of(hash_(key), block().count), at) >= distance(line, at)) {
                return Place{at, slot};
            }
        }
    } while (is_full(at));
    return std::nullopt;
}

Key128 HolderSet::key_at(Place place) const noexcept {
    return key_in(block().buckets[place.line].slots[place.slot]);
}

void HolderSet::put(Place place, Key128 key) noexcept {
    Bucket::Slot& slot = block().buckets[place.line].slots[place.slot];
    slot.first.store(key.first, std::memory_order_release);
    slot.second.store(key.second, std::memory_order_release);
}

bool HolderSet::is_full(std::uint64_t line) const noexcept {
    for (std::size_t slot = 0; slot < Bucket::slots_count; ++slot) {
        if (key_at({line, slot}).is_zero()) {
            return false;
        }
    }
    return true;
}

std::uint64_t HolderSet::after(std::uint64_t line) const noexcept {
    return line + 1 == block().count ? 0 : line + 1;
}

std::uint64_t HolderSet::distance(std::uint64_t from, std::uint64_t to) const noexcept {
    return to >= from ? to - from : to + block().count - from;
}

}  // namespace licet
