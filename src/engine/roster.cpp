#include "engine/roster.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace licet {

Roster::Roster(BucketMemory& memory, const Subjects& subjects) noexcept
    : guids_(memory, subjects.hash()), opaque_(memory, subjects.hash()), subjects_(subjects) {}

Roster::Roster(BucketMemory& memory, const Subjects& subjects, const HolderKeys& keys)
    : guids_(memory, subjects.hash(), keys.guids),
      opaque_(memory, subjects.hash(), keys.opaque),
      subjects_(subjects) {}

void Roster::apply(const HolderChange& change) {
    for_some(change.lost, [this](std::span<const Subject> users) {
        const Sequence::Window window(sequence_);
        for (const Subject& user : users) {
            set_of(user).erase(user.key, user.hash);
        }
    });
    for_some(change.gained, [this](std::span<const Subject> users) {
        const auto opaque =
            static_cast<std::size_t>(std::ranges::count_if(users, &Subject::is_opaque));
        make_room(opaque_, opaque);
        make_room(guids_, users.size() - opaque);
        const Sequence::Window window(sequence_);
        for (const Subject& user : users) {
            set_of(user).insert(user.key, user.hash);
        }
    });
}

void Roster::set_spell(const PoolSpell& spell) noexcept {
    const Sequence::Window window(sequence_);
    store(spell);
}

void Roster::replace(Roster& other, const PoolSpell& spell) noexcept {
    const Sequence::Window window(sequence_);
    guids_.swap(other.guids_);
    opaque_.swap(other.opaque_);
    store(spell);
}

void Roster::store(const PoolSpell& spell) noexcept {
    from_.store(spell.from, std::memory_order_release);
    until_.store(spell.until, std::memory_order_release);
    state_.store(spell.state, std::memory_order_release);
}

template <class Change>
void Roster::for_some(const std::vector<UserId>& users, Change change) {
    // So few that a reader of the window hardly waits; hashing and fetching happen before it.
    std::array<Subject, 32> some;
    for (std::span left(users); !left.empty();) {
        const auto count = std::min(some.size(), left.size());
        for (std::size_t i = 0; i < count; ++i) {
            some[i] = subjects_.of(left[i].str());
            set_of(some[i]).prefetch(some[i].hash);
        }
        change(std::span(some).first(count));
        left = left.subspan(count);
    }
}

void Roster::make_room(HolderSet& set, std::size_t more) {
    if (set.has_room(more)) {
        return;
    }
    HolderSet larger(set, more);
    const Sequence::Window window(sequence_);
    set.swap(larger);
}

}  // namespace licet
