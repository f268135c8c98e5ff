#pragma once

/// \file
/// What the index knows of one pool, and how it comes to know it.

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/directory.hpp"
#include "engine/freshness.hpp"
#include "engine/index.hpp"
#include "engine/roster.hpp"

namespace licet {

class alignas(64) PoolEntry {
public:
    PoolEntry(const TenantId& tenant, const ServiceId& service_id, BucketMemory& memory,
              const Subjects& subjects)
        : roster_(memory, subjects),
          memory_(memory),
          subjects_(subjects),
          tenant_(tenant),
          service_id_(service_id) {}

    bool is_fresh(const Clock& clock) const noexcept { return freshness_.holds(clock); }

    /// Fetches what `check` will look at: worth it where there is something else to do before.
    void prefetch(const Subject& subject) const noexcept { roster_.prefetch(subject); }

    Decision check(const Subject& subject, Timestamp now) noexcept {
        const Roster::Entry entry = roster_.read(subject);
        if (!entry.spell.holds_at(now)) [[unlikely]] {
            return turn(subject, now);
        }
        return decide(entry.spell.state, entry.holds);
    }

    /// Asks the source what has changed, or for everything. One thread at a time; those who
    /// waited for it take what it learnt. False where the source has no such pool.
    result<bool> refresh(IndexSource& source, const Clock& clock, const IndexOptions& options);

    /// Takes a commit's change where it follows on what is known, else becomes stale.
    void apply(const PoolNews& news) noexcept;

private:
    struct Known {
        bool loaded = false;
        std::int64_t epoch = 0;
        std::uint64_t head = 0;
    };

    Known known() const;
    result<bool> catch_up(IndexSource& source, const IndexedPool& pool);
    result<bool> load(IndexSource& source, IndexedPool pool);
    Decision turn(const Subject& subject, Timestamp now) noexcept;
    void publish(Roster& roster, const IndexedPool& pool);
    void set_spells(const std::vector<PoolSpell>& spells);
    void forget();

    Freshness freshness_;
    Roster roster_;

    BucketMemory& memory_;
    const Subjects& subjects_;
    TenantId tenant_;
    ServiceId service_id_;

    std::mutex refreshing_;       // held while the source is asked
    mutable std::mutex writing_;  // never held for long; what is below and all writes to the roster
    Known known_;
    std::vector<PoolSpell> spells_{PoolSpell()};  // over all time, one of them the roster's
    std::uint64_t heard_ = 0;                     // the newest head any news told of
};

/// All pools that were asked for and exist.
struct Pools {
    explicit Pools(KeyStream& keys) : subjects(keys), entries(keys) {}

    PoolEntry& find_or_add(const TenantId& tenant, const ServiceId& service_id) {
        return entries.find_or_add(tenant.str(), service_id.str(), tenant, service_id, memory,
                                   subjects);
    }

    BucketMemory memory;
    Subjects subjects;
    Directory<PoolEntry> entries;
};

}  // namespace licet
