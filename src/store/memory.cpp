#include <licet/store/memory.hpp>

#include <bit>
#include <cassert>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <utility>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>
#include <boost/intrusive/unordered_set.hpp>
#include <boost/outcome/try.hpp>

namespace licet {
namespace {

namespace intrusive = boost::intrusive;

// A record. Its key stands behind it in the same piece of memory.
class Item {
public:
    struct Delete {
        void operator()(Item* item) const noexcept {
            std::destroy_at(item);
            ::operator delete(item);
        }
    };
    using Owner = std::unique_ptr<Item, Delete>;

    static Owner make(std::string_view key, std::string_view text) {
        Owner item(new (::operator new(sizeof(Item) + key.size())) Item(key.size()));
        key.copy(reinterpret_cast<char*>(item.get() + 1), key.size());
        item->value.text = text;
        return item;
    }

    Item(const Item&) = delete;
    Item& operator=(const Item&) = delete;

    std::string_view key() const noexcept {
        return {reinterpret_cast<const char*>(this + 1), key_size_};
    }

    Value value;
    intrusive::unordered_set_member_hook<intrusive::store_hash<true>> at_key{};
    intrusive::set_member_hook<> in_order{};
    intrusive::list_member_hook<> unordered{};

private:
    explicit Item(std::size_t key_size) noexcept : key_size_(key_size) {}

    std::size_t key_size_;
};

struct KeyOf {
    using type = std::string_view;
    std::string_view operator()(const Item& item) const noexcept { return item.key(); }
};

// The records at their keys, and, once someone has asked for it, in their order: among millions
// each step of a search in order is a wait for memory. Only `make_room` allocates.
class Table {
public:
    Table() = default;
    ~Table() {
        in_order_.clear();
        unordered_.clear();
        by_key_.clear_and_dispose(Item::Delete());
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    void make_room(std::size_t more) {
        const std::size_t wanted = std::bit_ceil(by_key_.size() + more);
        if (wanted > buckets_.size()) {
            std::vector<ByKey::bucket_type> buckets(wanted);
            by_key_.rehash({buckets.data(), buckets.size()});
            buckets_.swap(buckets);
        }
    }

    const Value* find(std::string_view key) const noexcept {
        const auto found = by_key_.find(key);
        return found == by_key_.end() ? nullptr : &found->value;
    }

    /// There must be room. Leaves what it replaces in `item`.
    void put(Item::Owner& item) noexcept {
        const auto [there, is_new] = by_key_.insert(*item);
        if (is_new) {
            unordered_.push_back(*item.release());
        } else {
            std::swap(there->value, item->value);
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
        by_key_.erase_and_dispose(found, Item::Delete());
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
            page.records.push_back({std::string(at->key()), at->value.text, at->value.stamp});
        }
        return page;
    }

private:
    using ByKey = intrusive::unordered_set<
        Item, intrusive::member_hook<Item, decltype(Item::at_key), &Item::at_key>,
        intrusive::key_of_value<KeyOf>, intrusive::hash<std::hash<std::string_view>>,
        intrusive::equal<std::equal_to<>>, intrusive::power_2_buckets<true>>;
    using InOrder =
        intrusive::set<Item,
                       intrusive::member_hook<Item, decltype(Item::in_order), &Item::in_order>,
                       intrusive::key_of_value<KeyOf>, intrusive::constant_time_size<false>>;
    using Unordered =
        intrusive::list<Item,
                        intrusive::member_hook<Item, decltype(Item::unordered), &Item::unordered>,
                        intrusive::constant_time_size<false>>;

    std::vector<ByKey::bucket_type> buckets_ = std::vector<ByKey::bucket_type>(16);
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
    for (const std::string& key : keys) {
        const Value* const found = state_->table.find(key);
        values.push_back(found ? std::optional(*found) : std::nullopt);
    }
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
    // Copied before the lock and put in under it, so that running out of memory in the middle
    // leaves nothing half-written.
    std::vector<Item::Owner> written;
    written.reserve(batch.writes.size());
    for (const Write& write : batch.writes) {
        if (write.text) {
            written.push_back(Item::make(write.key, *write.text));
        }
    }

    const std::lock_guard lock(state_->mutex);
    Table& table = state_->table;
    for (const Expectation& expectation : batch.expectations) {
        const Value* const found = table.find(expectation.key);
        if ((found ? found->stamp : 0) != expectation.stamp) {
            return Error{Errc::store_conflict, expectation.key, {}};
        }
    }
    if (batch.writes.empty()) {
        return state_->last_stamp;
    }
    table.make_room(written.size());
    const Stamp stamp = ++state_->last_stamp;
    for (auto& item : written) {
        item->value.stamp = stamp;
        table.put(item);
    }
    for (const Write& write : batch.writes) {
        if (!write.text) {
            table.remove(write.key);
        }
    }
    return stamp;
}

}  // namespace licet
