#pragma once

/// \file
/// Seats and what happens to a pool, as they stand in the store.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <licet/seats/seat.hpp>

#include "engine/index.hpp"
#include "engine/record.hpp"

namespace licet {

inline constexpr std::size_t users_per_event = 1000;

/// A seat without its user and Service ID: its key says those.
std::string encode_seat(const Seat& seat);
result<Seat> decode_seat(std::string_view text);

/// Who gained and who lost, of the details of a pool's event.
result<HolderChange> holder_change(const Json& details);

/// Writes a pool as changed: one event for every 1,000 users, and the news for the index. `before`
/// is null for a pool that comes into being, `source` where the change is not about one. Gives the
/// revision it has then.
class Unit;
std::uint64_t save_pool(Unit& unit, Stored<Pool> record, const Pool* before, Pool after,
                        HolderChange change, const SeatSource* source, const Policy& policy);

}  // namespace licet
