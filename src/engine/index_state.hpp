#pragma once

/// \file
/// What the index consists of, for those who look into it without a call.

#include "engine/app_map.hpp"
#include "engine/index.hpp"
#include "engine/pool_entry.hpp"
#include "opaque_id.hpp"

namespace licet {

struct Index::State {
    State(IndexSource& from, const Clock& time, IndexOptions how, KeyStream keys)
        : source(from),
          clock(time),
          options(how),
          pools(keys),
          apps(source, clock, options, pools, keys) {}

    /// Null where there is no such pool. Ids that name nothing leave no trace.
    result<PoolEntry*> look_for_pool(std::string_view tenant, std::string_view service_id);

    /// The pool when it has been brought up to date; null where there is none, or none any more.
    result<PoolEntry*> fresh(PoolEntry* pool);

    /// `pool` is null where there is none.
    result<Decision> check(PoolEntry* pool, const Subject& subject);

    result<void> check(PoolEntry* pool, std::span<const Subject> subjects,
                       std::span<Decision> decisions);

    /// False where it takes more than memory: the pool is not known or too old, or the user none.
    bool check_in_memory(std::string_view tenant, std::string_view service_id,
                         std::string_view user, Decision& decision) noexcept {
        // The pool first: the wait for its lines is longer, and the user's hash needs none of them.
        PoolEntry* const pool = pools.entries.find(tenant, service_id);
        if (pool == nullptr) [[unlikely]] {
            return false;
        }
        const Subject subject = pools.subjects.of(user);
        pool->prefetch(subject);
        if (!pool->is_fresh(clock)) [[unlikely]] {
            return false;
        }
        decision = pool->check(subject, clock.now());
        return !subject.is_opaque || is_licensed(decision) || is_opaque_user(user);
    }

    result<Decision> check_slowly(std::string_view tenant, std::string_view service_id,
                                  std::string_view user);

    result<void> check_many(std::string_view tenant, std::string_view service_id,
                            std::span<const std::string_view> users, std::span<Decision> decisions);
    result<void> check_app_many(std::string_view tenant, std::string_view app,
                                std::span<const std::string_view> users,
                                std::span<Decision> decisions);

    IndexSource& source;
    const Clock& clock;
    const IndexOptions options;
    Pools pools;
    AppMap apps;
};

}  // namespace licet
