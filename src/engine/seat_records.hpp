#pragma once

/// \file
/// Reading and writing the seats of one pool within a command.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <licet/seats/seat.hpp>

#include "engine/record.hpp"
#include "engine/unit.hpp"

namespace licet {

/// Where a text stood before it was sorted.
struct SortPlace {
    std::uint64_t begin;  ///< As much of the text as fits: mostly that tells two apart.
    std::string_view text;
    std::size_t index;
};

SortPlace sort_place(std::string_view text, std::size_t index) noexcept;

/// In the order of their texts, each text once.
void sort_distinct(std::vector<SortPlace>& places);

/// The same command whatever the order of its ids, and however often one is named.
template <class Id>
void sort_distinct(std::vector<Id>& ids) {
    std::vector<SortPlace> places;
    places.reserve(ids.size());
    for (const Id& id : ids) {
        places.push_back(sort_place(id.str(), places.size()));
    }
    sort_distinct(places);
    std::vector<Id> sorted;
    sorted.reserve(places.size());
    for (const SortPlace& place : places) {
        sorted.push_back(std::move(ids[place.index]));
    }
    ids = std::move(sorted);
}

/// Fails with a finding at /users where more are named than one call may.
result<void> check_users(const std::vector<UserId>& users);

std::vector<std::string> seat_keys(const TenantId& tenant, std::int64_t pool_number,
                                   const std::vector<UserId>& users);
/// The same, behind others.
void add_seat_keys(std::vector<std::string>& keys, const TenantId& tenant, std::int64_t pool_number,
                   const std::vector<UserId>& users);

/// The seats of a pool that some users have, of any epoch.
class SeatsRead {
public:
    /// `users` is sorted and distinct, and outlives it.
    explicit SeatsRead(const std::vector<UserId>& users) : users_(users) {}

    /// Decodes what the unit has under the keys of their seats.
    result<void> decode(Unit& unit, std::span<const std::string> keys);

    /// Must not outlive it.
    SeatOf seat_of() const {
        return [this](const UserId& user) { return find(user); };
    }

private:
    const Seat* find(const UserId& user) const;

    const std::vector<UserId>& users_;
    std::vector<Seat> found_;  // in the order of their users
};

/// Writes the seats that a change gave and took by one source, and the pool with its event. Gives
/// the revision that the pool has then.
std::uint64_t save_seats(Unit& unit, Stored<Pool> record, const Pool& before, SeatChange change,
                         const SeatSource& source, const Policy& policy);

/// The same for seats alone.
void write_seats(Unit& unit, const Pool& pool, const std::vector<SeatWrite>& writes);

}  // namespace licet
