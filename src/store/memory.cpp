#include <licet/store/memory.hpp>

#include <cassert>
#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet {

struct MemoryStore::State {
    Stamp stamp_of(std::string_view key) const {
        const auto found = records.find(key);
        return found == records.end() ? 0 : found->second.stamp;
    }

    mutable std::shared_mutex mutex;
    std::map<std::string, Value, std::less<>> records;
    Stamp last_stamp = 0;
};

MemoryStore::MemoryStore() : state_(std::make_unique<State>()) {}
MemoryStore::~MemoryStore() = default;

result<std::vector<std::optional<Value>>> MemoryStore::read(const std::vector<std::string>& keys) {
    std::vector<std::optional<Value>> values;
    values.reserve(keys.size());
    const std::shared_lock lock(state_->mutex);
    for (const std::string& key : keys) {
        const auto found = state_->records.find(key);
        values.push_back(found == state_->records.end() ? std::nullopt
                                                        : std::optional(found->second));
    }
    return values;
}

result<ScanPage> MemoryStore::scan(std::string_view from, std::string_view to, std::size_t limit) {
    assert(limit > 0);
    ScanPage page;
    const std::shared_lock lock(state_->mutex);
    for (auto at = state_->records.lower_bound(from);
         at != state_->records.end() && (to.empty() || at->first < to); ++at) {
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
    // Copied before the lock and spliced in under it, so that running out of memory in the middle
    // leaves nothing half-written.
    std::map<std::string, Value, std::less<>> written;
    for (const Write& write : batch.writes) {
        if (write.text) {
            written.try_emplace(write.key, Value{*write.text, 0});
        }
    }

    const std::lock_guard lock(state_->mutex);
    for (const Expectation& expectation : batch.expectations) {
        if (state_->stamp_of(expectation.key) != expectation.stamp) {
            return Error{Errc::store_conflict, expectation.key, {}};
        }
    }
    if (batch.writes.empty()) {
        return state_->last_stamp;
    }
    const Stamp stamp = ++state_->last_stamp;
    for (const Write& write : batch.writes) {
        const auto old = state_->records.find(write.key);
        if (old != state_->records.end()) {
            state_->records.erase(old);
        }
    }
    for (auto& [key, value] : written) {
        value.stamp = stamp;
    }
    state_->records.merge(written);
    return stamp;
}

}  // namespace licet
