#pragma once

/// \file
/// The state on which jobs that are committed together are decided.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

#include "engine/record_cache.hpp"

namespace licet {

/// What a store held when it was read, changed by the jobs decided so far. One thread.
class PendingWrites {
public:
    /// What stands under a key, or nothing, and what it was decoded to where that is known.
    struct Content {
        std::optional<Value> value;
        Decoded decoded;
    };

    /// A key and what the store held there.
    struct Known {
        std::string key;
        Content content;
        std::size_t last_job = 0;  ///< The last that looked at it; 0: none.
        bool is_expected = false;
    };

    /// What a job writes under a key.
    struct Change {
        Write write;
        Decoded decoded;
    };

    /// Where what jobs look at comes from. What is presumed is what the cache has, and else that
    /// nothing is there; the commit shows whether that was right. Only what is absent or in the
    /// cache in the type that is asked for may be looked at then.
    enum class Basis { store, presumed };

    /// `cache` may be null, unless it is presumed. Both outlive it.
    explicit PendingWrites(Store& store, RecordCache* cache = nullptr, Basis basis = Basis::store)
        : store_(store), cache_(cache), basis_(basis) {}

    /// Reads those of the keys that are not known yet, in one round trip.
    result<void> fetch(std::vector<std::string> keys);

    bool knows(std::string_view key) noexcept { return find(key) != nullptr; }

    /// What earlier jobs put under a key; null where none did.
    const Content* changed(const std::string& key);

    /// What the store has under a key; reads it if need be.
    result<Known*> look(const std::string& key);

    /// Calls `use` with each record under a prefix, in order.
    result<void> scan(const std::string& prefix,
                      const std::function<result<void>(const Record&)>& use);

    /// Numbers the jobs from 1.
    std::size_t next_job() noexcept { return ++jobs_; }

    /// A job is to be committed with those before: what it rests on, and what it writes.
    void join(const std::vector<Known*>& looked_at, std::vector<Change> changes);

    bool writes_nothing() const noexcept { return changed_.empty() && newest_.empty(); }
    std::size_t reads() const noexcept { return reads_; }

    /// Whether it would have been right to presume that nothing but `home` is there.
    bool was_foreseeable(std::string_view home) const noexcept;

    /// False where something that the jobs rest on has changed since.
    result<bool> still_holds();

    /// All that the jobs rest on, that events are new, and the last they wrote under each key. To
    /// be called once.
    Batch batch();

    /// The batch has been written under this stamp: its keys go to the cache with what is known
    /// decoded.
    void remember(Batch& batch, Stamp stamp) noexcept;

private:
    /// Null where it is not known. Who asks in the order of the keys finds the next one at once.
    Known* find(std::string_view key) noexcept;
    result<std::vector<Content>> read(const std::vector<std::string>& keys);
    std::vector<Content> presume(const std::vector<std::string>& keys) const;
    void add(std::vector<Known> found);
    void settle_newest();

    Store& store_;
    RecordCache* cache_;
    Basis basis_;
    std::size_t reads_ = 0;
    std::size_t jobs_ = 0;
    std::vector<std::vector<Known>> known_;  // what was read together, in the order of the keys
    std::vector<Known*> by_key_;             // all, in that order
    std::size_t next_ = 0;                   // after the last that was found
    std::vector<Known*> expected_;
    // The changes of the last job wait until another one looks: most often there is none.
    std::vector<Change> newest_;
    std::map<std::string, Content, std::less<>> changed_;
    std::vector<std::pair<std::size_t, Decoded>> made_;  // by their place in the batch
};

/// True where these keys still have these stamps.
result<bool> all_hold(Store& store, const std::vector<Expectation>& expectations);

}  // namespace licet
