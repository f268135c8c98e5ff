#include <licet/store/memory.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <functional>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>
#include <boost/intrusive/unordered_set.hpp>
#include <boost/outcome/try.hpp>

#include "huge_pages.hpp"

namespace licet {
namespace {

namespace intrusive = boost::intrusive;

// A record. Its key and its text stand behind it in the same piece of memory.
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
    intrusive::unordered_set_member_hook<intrusive::store_hash<true>> at_key{};
    intrusive::set_member_hook<> in_order{};
    intrusive::list_member_hook<> unordered{};

private:
    Item(std::size_t key_size, std::size_t text_size) noexcept
        : key_size_(key_size), text_size_(text_size) {}

    char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }
    const char* bytes() const noexcept { return reinterpret_cast<const char*>(this + 1); }

    std::size_t key_size_;
    std::size_t text_size_;
};

// The memory of the records, which come and go by the million: a place that is given back is for
// the next of that size. Cut from ever larger pieces, so that they share huge pages.
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
    ~ItemMemory() {
        for (const std::span<std::byte> piece : pieces_) {
            huge_pages().deallocate(piece.data(), piece.size(), step);
        }
    }

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

    static constexpr std::size_t step = 64;
    static constexpr std::size_t cut_max = 4096;
    static constexpr std::size_t piece_min = std::size_t{64} << 10;
    static constexpr std::size_t piece_max = 8 * huge_page;

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
        return cut(steps_of(size) * step);
    }

    void* cut(std::size_t size) {
        if (uncut_.size() < size) {
            const std::size_t last = pieces_.empty() ? 0 : pieces_.back().size();
            const std::size_t next = std::clamp(2 * last, piece_min, piece_max);
            pieces_.reserve(pieces_.size() + 1);
            uncut_ = {static_cast<std::byte*>(huge_pages().allocate(next, step)), next};
            pieces_.push_back(uncut_);
        }
        void* const place = uncut_.data();
        uncut_ = uncut_.subspan(size);
        return place;
    }

    std::vector<std::span<std::byte>> pieces_;
    std::span<std::byte> uncut_;                       // the end of the last piece
    std::array<Place*, cut_max / step + 1> places_{};  // by steps
};

struct KeyOf {
    using type = std::string_view;
    std::string_view operator()(const Item& item) const noexcept { return item.key(); }
};

// A key that is looked for.
struct Wanted {
    std::string_view key;
    std::size_t hash;
};
struct HashOf {
    std::size_t operator()(std::string_view key) const noexcept {
        return std::hash<std::string_view>()(key);
    }
    std::size_t operator()(const Wanted& wanted) const noexcept { return wanted.hash; }
};
struct SameKey {
    bool operator()(std::string_view a, std::string_view b) const noexcept { return a == b; }
    bool operator()(const Wanted& a, std::string_view b) const noexcept { return a.key == b; }
    bool operator()(std::string_view a, const Wanted& b) const noexcept { return a == b.key; }
};

// The records at their keys, and, once someone has asked for it, in their order: among millions
// each step of a search in order is a wait for memory. Only `make_room` allocates.
class Table {
public:
    Table() = default;
    ~Table() {
        in_order_.clear();
        unordered_.clear();
        by_key_.clear_and_dispose(ItemMemory::Free{&memory_});
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    // Two buckets and more for each: who puts in a new record looks at all that are in its bucket,
    // and among millions each of them is a wait for memory.
    void make_room(std::size_t more) {
        const std::size_t wanted = 2 * std::bit_ceil(by_key_.size() + more);
        if (wanted > buckets_.size()) {
            Buckets buckets(wanted, &huge_pages());
            by_key_.rehash({buckets.data(), buckets.size()});
            buckets_.swap(buckets);
        }
    }

    /// Calls `use` with each index below `count` and what is at `key_at(index)`, null where nothing
    /// is; until it gives false. Among millions each look is a wait for memory: many wait at once.
    template <class KeyAt, class Use>
    void find_each(std::size_t count, KeyAt key_at, Use use) const {
        std::array<Wanted, 16> wanted;
        for (std::size_t done = 0; done < count; done += wanted.size()) {
            const std::size_t size = std::min(wanted.size(), count - done);
            for (std::size_t i = 0; i < size; ++i) {
                const std::string_view key = key_at(done + i);
                wanted[i] = {key, HashOf()(key)};
                __builtin_prefetch(&buckets_[by_key_.bucket(wanted[i], HashOf())]);
            }
            for (std::size_t i = 0; i < size; ++i) {
                const auto found = by_key_.find(wanted[i], HashOf(), SameKey());
                if (!use(done + i, found == by_key_.end() ? nullptr : &*found)) {
                    return;
                }
            }
        }
    }

    ItemMemory& memory() noexcept { return memory_; }

    /// There must be room.
    void put(ItemMemory::Owner owner) noexcept {
        Item& item = *owner.release();
        ByKey::insert_commit_data place;
        const auto [there, is_new] = by_key_.insert_check(item.key(), place);
        if (is_new) {
            unordered_.push_back(item);
            by_key_.insert_commit(item, place);
        } else {
            give_place(*there, item);
            by_key_.insert(item);
        }
    }

    void remove(std::string_view key) noexcept {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) {
            return;
        }
        if (found->in_order.is_linked()) {
            in_order_.erase(in_order_.iterator_to(*found));
        } else {
            unordered_.erase(unordered_.iterator_to(*found));
        }
        by_key_.erase_and_dispose(found, ItemMemory::Free{&memory_});
    }

    bool is_ordered() const noexcept { return unordered_.empty(); }

    void order() noexcept {
        unordered_.sort([](const Item& a, const Item& b) { return a.key() < b.key(); });
        auto next = in_order_.end();
        while (!unordered_.empty()) {
            Item& item = unordered_.front();
            unordered_.pop_front();
            next = std::next(in_order_.insert(next, item));
        }
    }

    /// What is not ordered is missing.
    ScanPage page(std::string_view from, std::string_view to, std::size_t limit) const {
        ScanPage page;
        for (auto at = in_order_.lower_bound(from);
             at != in_order_.end() && (to.empty() || at->key() < to); ++at) {
            if (page.records.size() == limit) {
                page.next = at->key();
                break;
            }
            page.records.push_back({std::string(at->key()), std::string(at->text()), at->stamp});
        }
        return page;
    }

private:
    using ByKey = intrusive::unordered_set<
        Item, intrusive::member_hook<Item, decltype(Item::at_key), &Item::at_key>,
        intrusive::key_of_value<KeyOf>, intrusive::hash<HashOf>, intrusive::equal<SameKey>,
        intrusive::power_2_buckets<true>>;
    using InOrder =
        intrusive::set<Item,
                       intrusive::member_hook<Item, decltype(Item::in_order), &Item::in_order>,
                       intrusive::key_of_value<KeyOf>, intrusive::constant_time_size<false>>;
    using Unordered =
        intrusive::list<Item,
                        intrusive::member_hook<Item, decltype(Item::unordered), &Item::unordered>,
                        intrusive::constant_time_size<false>>;

    using Buckets = std::pmr::vector<ByKey::bucket_type>;

    // To another one of the same key, which is yet to be put there.
    void give_place(Item& item, Item& other) noexcept {
        if (item.in_order.is_linked()) {
            in_order_.replace_node(in_order_.iterator_to(item), other);
        } else {
            unordered_.insert(unordered_.iterator_to(item), other);
            unordered_.erase(unordered_.iterator_to(item));
        }
        by_key_.erase_and_dispose(by_key_.iterator_to(item), ItemMemory::Free{&memory_});
    }

    ItemMemory memory_;
    Buckets buckets_{16, &huge_pages()};
    ByKey by_key_{{buckets_.data(), buckets_.size()}};
    InOrder in_order_;
    Unordered unordered_;
};

}  // namespace

struct MemoryStore::State {
    mutable std::shared_mutex mutex;
    Table table;
    Stamp last_stamp = 0;
};

MemoryStore::MemoryStore() : state_(std::make_unique<State>()) {}
MemoryStore::~MemoryStore() = default;

result<std::vector<std::optional<Value>>> MemoryStore::read(const std::vector<std::string>& keys) {
    std::vector<std::optional<Value>> values;
    values.reserve(keys.size());
    const std::shared_lock lock(state_->mutex);
    state_->table.find_each(
        keys.size(), [&](std::size_t i) { return std::string_view(keys[i]); },
        [&](std::size_t, const Item* found) {
            values.push_back(found ? std::optional(found->value()) : std::nullopt);
            return true;
        });
    return values;
}

result<ScanPage> MemoryStore::scan(std::string_view from, std::string_view to, std::size_t limit) {
    assert(limit > 0);
    {
        const std::shared_lock lock(state_->mutex);
        if (state_->table.is_ordered()) {
            return state_->table.page(from, to, limit);
        }
    }
    const std::lock_guard lock(state_->mutex);
    state_->table.order();
    return state_->table.page(from, to, limit);
}

result<Stamp> MemoryStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    const std::lock_guard lock(state_->mutex);
    Table& table = state_->table;
    const auto& expectations = batch.expectations;
    const Expectation* differing = nullptr;
    table.find_each(
        expectations.size(), [&](std::size_t i) { return std::string_view(expectations[i].key); },
        [&](std::size_t i, const Item* found) {
            if ((found ? found->stamp : 0) != expectations[i].stamp) {
                differing = &expectations[i];
            }
            return !differing;
        });
    if (differing) {
        return Error{Errc::store_conflict, differing->key, {}};
    }
    if (batch.writes.empty()) {
        return state_->last_stamp;
    }
    // All is made before any of it is put in, so that running out of memory in the middle leaves
    // nothing half-written.
    std::vector<ItemMemory::Owner> written;
    written.reserve(batch.writes.size());
    for (const Write& write : batch.writes) {
        if (write.text) {
            written.push_back(table.memory().make(write.key, *write.text));
        }
    }
    table.make_room(written.size());
    const Stamp stamp = ++state_->last_stamp;
    for (auto& item : written) {
        item->stamp = stamp;
        table.put(std::move(item));
    }
    for (const Write& write : batch.writes) {
        if (!write.text) {
            table.remove(write.key);
        }
    }
    return stamp;
}

}  // namespace licet
