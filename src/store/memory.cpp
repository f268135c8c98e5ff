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
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>
#include <boost/intrusive/unordered_set.hpp>
#include <boost/outcome/try.hpp>

#include "huge_pages.hpp"
#include "store/item_memory.hpp"

namespace licet {
namespace {

namespace intrusive = boost::intrusive;

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
