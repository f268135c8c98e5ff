#pragma once

/// \file
/// Who holds a seat of a pool, and the state the pool has for a while: what a check reads, all of
/// it at one moment.

#include <atomic>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "engine/holder_set.hpp"
#include "engine/index.hpp"
#include "engine/sequence.hpp"
#include "engine/subject.hpp"
#include "huge_pages.hpp"

namespace licet {

/// The holders that a scan found, some perhaps twice.
struct HolderKeys {
    std::pmr::vector<Key128> guids{&huge_pages()};
    std::pmr::vector<Key128> opaque{&huge_pages()};
};

/// For one writer and any number of readers. Reading takes no lock and writes nothing.
class Roster {
public:
    struct Entry {
        bool holds;
        PoolSpell spell;
    };

    Roster(BucketMemory& memory, const Subjects& subjects) noexcept;
    Roster(BucketMemory& memory, const Subjects& subjects, const HolderKeys& keys);

    Entry read(const Subject& subject) const noexcept;

    void prefetch(const Subject& subject) const noexcept {
        (subject.is_opaque ? opaque_ : guids_).prefetch(subject.hash);
    }

    /// Readers see large changes come in parts.
    void apply(const HolderChange& change);

    void set_spell(const PoolSpell& spell) noexcept;

    /// Takes the other's holders and gives it its own, with the spell in one moment.
    void replace(Roster& other, const PoolSpell& spell) noexcept;

private:
    /// Calls `change` with the users, a few at a time.
    template <class Change>
    void for_some(const std::vector<UserId>& users, Change change);
    void make_room(HolderSet& set, std::size_t more);
    void store(const PoolSpell& spell) noexcept;

    HolderSet& set_of(const Subject& subject) noexcept {
        return subject.is_opaque ? opaque_ : guids_;
    }

    // With the owner's word before it, a check of a GUID reads this much: one cache line.
    Sequence sequence_;
    std::atomic<Timestamp> from_{Timestamp::earliest()};
    std::atomic<Timestamp> until_{Timestamp::latest()};
    std::atomic<PoolState> state_{PoolState::lapsed};
    HolderSet guids_;
    HolderSet opaque_;
    const Subjects& subjects_;
};

inline Roster::Entry Roster::read(const Subject& subject) const noexcept {
    const HolderSet& set = subject.is_opaque ? opaque_ : guids_;
    for (;;) {
        const std::uint64_t seen = sequence_.enter();
        const HolderSet::View view = set.view();
        const PoolSpell spell = {state_.load(std::memory_order_acquire),
                                 from_.load(std::memory_order_acquire),
                                 until_.load(std::memory_order_acquire)};
        if (!sequence_.still(seen)) [[unlikely]] {
            continue;
        }
        const bool holds = view.contains(subject.key, subject.hash);
        if (sequence_.still(seen)) [[likely]] {
            return {holds, spell};
        }
    }
}

}  // namespace licet
