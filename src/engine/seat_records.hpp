#pragma once

/// \file
/// Reading and writing the seats of one pool within a command.

#include <algorithm>
#include <string>
#include <vector>

#include <licet/seats/seat.hpp>

#include "engine/record.hpp"
#include "engine/unit.hpp"

namespace licet {

/// The same command whatever the order of its ids, and however often one is named.
template <class Id>
void sort_distinct(std::vector<Id>& ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

std::vector<std::string> seat_keys(const TenantId& tenant, std::int64_t pool_number,
                                   const std::vector<UserId>& users);

/// The seats of a pool that some users have, of any epoch.
class SeatsRead {
public:
    /// `users` is sorted and distinct, and outlives it.
    SeatsRead(const std::vector<UserId>& users, std::vector<std::string> keys);

    const std::vector<std::string>& keys() const noexcept { return keys_; }

    /// Decodes what the unit has under the keys.
    result<void> decode(Unit& unit);

    /// Must not outlive it.
    SeatOf seat_of() const {
        return [this](const UserId& user) { return find(user); };
    }

private:
    const Seat* find(const UserId& user) const;

    const std::vector<UserId>& users_;
    std::vector<std::string> keys_;
    std::vector<Seat> found_;  // in the order of their users
};

/// Writes the seats that a change gave and took by one source, and the pool with its event.
void save_seats(Unit& unit, Stored<Pool>& record, const Pool& before, SeatChange change,
                const SeatSource& source, const Policy& policy);

/// The same for seats alone.
void write_seats(Unit& unit, const Pool& pool, const std::vector<SeatWrite>& writes);

}  // namespace licet
