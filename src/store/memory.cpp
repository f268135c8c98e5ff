#include <licet/store/memory.hpp>

#include <cassert>
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet {
namespace {

using Records = std::map<std::string, Value, std::less<>>;

// The records in their order, and each at its key: to look for a key among millions of long ones
// in order would cost a wait for memory at every step.
struct Table {
    // The hash table is the part that could run out of memory in the middle of a change.
    void make_room(std::size_t more) {
        const auto count = static_cast<float>(by_key.size() + more);
        if (count >= by_key.max_load_factor() * static_cast<float>(by_key.bucket_count())) {
            by_key.reserve(2 * (by_key.size() + more));
        }
    }

    const Value* find(std::string_view key) const {
        const auto found = by_key.find(key);
        return found == by_key.end() ? nullptr : &found->second->second;
    }

    void remove(std::string_view key) noexcept {
        const auto found = by_key.find(key);
        if (found != by_key.end()) {
            const auto record = found->second;
            by_key.erase(found);
            records.erase(record);
        }
    }

    // Takes the records of `other` over, where there is room, and leaves it those it replaces.
    void take(Table& other) noexcept {
        auto next = records.end();
        while (!other.records.empty()) {
            const auto record = other.records.begin();
            const auto found = by_key.find(record->first);
            if (found != by_key.end()) {
                std::swap(found->second->second, record->second);
                other.remove(record->first);
                continue;
            }
            by_key.insert(other.by_key.extract(record->first));
            next = std::next(records.insert(next, other.records.extract(record)));
        }
    }

    Records records;
    std::unordered_map<std::string_view, Records::iterator> by_key;
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
    ScanPage page;
    const std::shared_lock lock(state_->mutex);
    const Records& records = state_->table.records;
    for (auto at = records.lower_bound(from); at != records.end() && (to.empty() || at->first < to);
         ++at) {
        if (page.records.size() == limit) {
            page.next = at->first;
            break;
        }
        page.records.push_back({at->first, at->second.text, at->second.stamp});
    }
    return page;
}

result<Stamp> MemoryStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    // Copied before the lock and taken over under it, so that running out of memory in the middle
    // leaves nothing half-written.
    Table written;
    written.by_key.reserve(batch.writes.size());
    for (const Write& write : batch.writes) {
        if (write.text) {
            const auto at = written.records.try_emplace(written.records.end(), write.key,
                                                        Value{*write.text, 0});
            written.by_key.emplace(at->first, at);
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
    table.make_room(written.records.size());
    const Stamp stamp = ++state_->last_stamp;
    for (auto& [key, value] : written.records) {
        value.stamp = stamp;
    }
    for (const Write& write : batch.writes) {
        if (!write.text) {
            table.remove(write.key);
        }
    }
    table.take(written);
    return stamp;
}

}  // namespace licet
