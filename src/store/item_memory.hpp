#pragma once

/// \file
/// The records of a store in memory, and the memory they are in.

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>
#include <boost/intrusive/unordered_set.hpp>

#include <licet/store/store.hpp>

#include "huge_pages.hpp"

namespace licet {

/// A record. Its key and its text stand behind it in the same piece of memory.
class Item {
public:
    Item(const Item&) = delete;
    Item& operator=(const Item&) = delete;

    /// `size_of(key, text)` bytes are at `memory`.
    static Item* make(void* memory, std::string_view key, std::string_view text) noexcept {
        Item* const item = new (memory) Item(key.size(), text.size());
        key.copy(item->bytes(), key.size());
        text.copy(item->bytes() + key.size(), text.size());
        return item;
    }
    static std::size_t size_of(std::string_view key, std::string_view text) noexcept {
        return sizeof(Item) + key.size() + text.size();
    }

    std::size_t size() const noexcept { return sizeof(Item) + key_size_ + text_size_; }
    std::string_view key() const noexcept { return {bytes(), key_size_}; }
    std::string_view text() const noexcept { return {bytes() + key_size_, text_size_}; }
    Value value() const { return {std::string(text()), stamp}; }

    Stamp stamp = 0;
    boost::intrusive::unordered_set_member_hook<boost::intrusive::store_hash<true>> at_key{};
    boost::intrusive::set_member_hook<> in_order{};
    boost::intrusive::list_member_hook<> unordered{};

private:
    Item(std::size_t key_size, std::size_t text_size) noexcept
        : key_size_(key_size), text_size_(text_size) {}

    char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }
    const char* bytes() const noexcept { return reinterpret_cast<const char*>(this + 1); }

    std::size_t key_size_;
    std::size_t text_size_;
};

/// Memory cut from ever larger pieces, which go when it goes.
class Pieces {
public:
    explicit Pieces(std::pmr::memory_resource& from) noexcept : from_(from) {}
    Pieces(const Pieces&) = delete;
    Pieces& operator=(const Pieces&) = delete;
    ~Pieces() {
        for (const std::span<std::byte> piece : pieces_) {
            from_.deallocate(piece.data(), piece.size(), alignment);
        }
    }

    static constexpr std::size_t alignment = 64;

    /// A multiple of the alignment, and small beside a piece.
    void* cut(std::size_t size) {
        if (uncut_.size() < size) {
            const std::size_t last = pieces_.empty() ? 0 : pieces_.back().size();
            const std::size_t next = std::clamp(2 * last, piece_min, piece_max);
            pieces_.reserve(pieces_.size() + 1);
            uncut_ = {static_cast<std::byte*>(from_.allocate(next, alignment)), next};
            pieces_.push_back(uncut_);
        }
        void* const place = uncut_.data();
        uncut_ = uncut_.subspan(size);
        return place;
    }

private:
    static constexpr std::size_t piece_min = std::size_t{64} << 10;
    static constexpr std::size_t piece_max = 8 * huge_page;

    std::pmr::memory_resource& from_;
    std::vector<std::span<std::byte>> pieces_;
    std::span<std::byte> uncut_;  // the end of the last piece
};

/// The memory of the records, which come and go by the million: a place that is given back is for
/// the next of that size. Small ones, as a seat is, are looked at at random and share huge pages.
/// Large ones, as an event is, are mostly written once: not worth the wait that the first touch of
/// a huge page may be.
class ItemMemory {
public:
    struct Free {
        ItemMemory* owner;
        void operator()(Item* item) const noexcept { owner->free(item); }
    };
    using Owner = std::unique_ptr<Item, Free>;

    ItemMemory() = default;
    ItemMemory(const ItemMemory&) = delete;
    ItemMemory& operator=(const ItemMemory&) = delete;

    Owner make(std::string_view key, std::string_view text) {
        return Owner(Item::make(allocate(Item::size_of(key, text)), key, text), Free{this});
    }

    void free(Item* item) noexcept {
        const std::size_t size = item->size();
        std::destroy_at(item);
        if (size > cut_max) {
            huge_pages().deallocate(item, size, step);
        } else {
            Place*& first = places_[steps_of(size)];
            first = new (static_cast<void*>(item)) Place{first};
        }
    }

private:
    struct Place {
        Place* next;
    };

    static constexpr std::size_t step = Pieces::alignment;
    static constexpr std::size_t small_max = 512;
    static constexpr std::size_t cut_max = 4096;

    static constexpr std::size_t steps_of(std::size_t size) noexcept {
        return (size + step - 1) / step;
    }

    void* allocate(std::size_t size) {
        if (size > cut_max) {
            return huge_pages().allocate(size, step);
        }
        Place*& first = places_[steps_of(size)];
        if (first) {
            return std::exchange(first, first->next);
        }
        return (size <= small_max ? small_ : large_).cut(steps_of(size) * step);
    }

    Pieces small_{huge_pages()};
    Pieces large_{*std::pmr::new_delete_resource()};
    std::array<Place*, cut_max / step + 1> places_{};  // by steps
};

}  // namespace licet
