#include "engine/pool_entry.hpp"

#include <algorithm>
#include <new>

#include <boost/outcome/try.hpp>

namespace licet {
namespace {

// Further behind than this, reading all holders again costs less than the events.
constexpr std::uint64_t events_max = 4'096;

// A load starts over only where the pool began a new epoch meanwhile, or its events cannot be had.
constexpr int loads_max = 8;

// Room is made for no more before they are seen.
constexpr std::int64_t expected_max = 10'000'000;

result<HolderKeys> scan(IndexSource& source, const IndexedPool& pool, const Subjects& subjects) {
    HolderKeys keys;
    const auto expected = std::clamp<std::int64_t>(pool.holders, 0, expected_max);
    keys.guids.reserve(static_cast<std::size_t>(expected));
    const auto scanned = source.holders(pool, [&](std::string_view user) {
        const Subject subject = subjects.of(user);
        (subject.is_opaque ? keys.opaque : keys.guids).push_back(subject.key);
    });
    if (!scanned) {
        return scanned.error();
    }
    return keys;
}

// Makes a roster that was read after event `head` began to be true exact as of the pool's head,
// whatever it saw of the events between: who is in none of them was there, or not, all the time;
// who is in some is, or is not, a holder by the last of them, and that one is applied last.
// False where the events cannot be had.
result<bool> replay(IndexSource& source, const IndexedPool& pool, std::uint64_t head,
                    Roster& roster) {
    while (head < pool.head) {
        const std::uint64_t upto = head + std::min(events_max, pool.head - head);
        BOOST_OUTCOME_TRY(const auto changes, source.changes(pool, head, upto));
        if (!changes) {
            return false;
        }
        for (const HolderChange& change : *changes) {
            roster.apply(change);
        }
        head = upto;
    }
    return true;
}

}  // namespace

result<bool> PoolEntry::refresh(IndexSource& source, const Clock& clock,
                                const IndexOptions& options) {
    const std::scoped_lock one_at_a_time(refreshing_);
    if (is_fresh(clock)) {
        return true;
    }
    const std::int64_t asked_ms = clock.monotonic_ms();
    BOOST_OUTCOME_TRY(const auto pool, source.pool(tenant_, service_id_));
    if (!pool) {
        forget();
        return false;
    }
    BOOST_OUTCOME_TRY(bool up_to_date, catch_up(source, *pool));
    if (!up_to_date) {
        BOOST_OUTCOME_TRY(up_to_date, load(source, *pool));
    }
    const std::scoped_lock lock(writing_);
    if (up_to_date && heard_ <= known_.head) {
        freshness_.renew(asked_ms, options);
    }
    return up_to_date;
}

result<bool> PoolEntry::catch_up(IndexSource& source, const IndexedPool& pool) {
    const Known before = known();
    if (!before.loaded || before.epoch != pool.epoch ||
        (pool.head > before.head && pool.head - before.head > events_max)) {
        return false;
    }
    std::vector<HolderChange> changes;
    if (pool.head > before.head) {
        BOOST_OUTCOME_TRY(auto found, source.changes(pool, before.head, pool.head));
        if (!found) {
            return false;
        }
        changes = *std::move(found);
    }
    const std::scoped_lock lock(writing_);
    if (pool.head >= known_.head) {  // news may have come further meanwhile
        for (const HolderChange& change : changes) {
            roster_.apply(change);
        }
        set_spells(pool.spells);
        known_.head = pool.head;
    }
    return true;
}

result<bool> PoolEntry::load(IndexSource& source, IndexedPool pool) {
    for (int i = 0; i < loads_max; ++i) {
        BOOST_OUTCOME_TRY(const auto keys, scan(source, pool, subjects_));
        BOOST_OUTCOME_TRY(const auto now, source.pool(tenant_, service_id_));
        if (!now) {
            forget();
            return false;
        }
        if (now->epoch == pool.epoch) {
            Roster roster(memory_, subjects_, keys);
            BOOST_OUTCOME_TRY(const bool exact, replay(source, *now, pool.head, roster));
            if (exact) {
                publish(roster, *now);
                return true;
            }
        }
        pool = *now;
    }
    return Error{Errc::contended, service_id_.str(), {}};
}

void PoolEntry::publish(Roster& roster, const IndexedPool& pool) {
    const std::scoped_lock lock(writing_);
    spells_ = pool.spells;
    roster_.replace(roster, spells_.front());
    known_ = {true, pool.epoch, pool.head};
}

void PoolEntry::forget() {
    Roster nobody(memory_, subjects_);
    const std::scoped_lock lock(writing_);
    spells_ = {PoolSpell()};
    roster_.replace(nobody, spells_.front());
    known_ = {};
    freshness_.end();
}

// A spell of the pool is over, or the clock was set back: the first to ask turns to the one of
// `now`, which is known already.
Decision PoolEntry::turn(const Subject& subject, Timestamp now) noexcept {
    const std::scoped_lock lock(writing_);
    const auto spell =
        std::ranges::find_if(spells_, [now](const PoolSpell& one) { return one.holds_at(now); });
    roster_.set_spell(*spell);
    return decide(spell->state, roster_.read(subject).holds);
}

void PoolEntry::set_spells(const std::vector<PoolSpell>& spells) {
    if (spells != spells_) {
        spells_ = spells;
        roster_.set_spell(spells_.front());
    }
}

PoolEntry::Known PoolEntry::known() const {
    const std::scoped_lock lock(writing_);
    return known_;
}

void PoolEntry::apply(const PoolNews& news) noexcept {
    const std::scoped_lock lock(writing_);
    heard_ = std::max(heard_, news.pool.head);
    if (!known_.loaded || news.pool.head <= known_.head) {
        return;
    }
    if (news.head_before != known_.head || news.pool.epoch != known_.epoch) {
        freshness_.end();
        return;
    }
    try {
        roster_.apply(news.change);
        set_spells(news.pool.spells);
        known_.head = news.pool.head;
    } catch (const std::bad_alloc&) {
        freshness_.end();  // the refresh will take the event from the source, whole
    }
}

}  // namespace licet
