#pragma once

/// \file
/// Seats and what happens to a pool, as they stand in the store.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/seats/seat.hpp>

#include "engine/index.hpp"
#include "engine/record.hpp"

namespace licet {

inline constexpr std::size_t users_per_event = 1000;

/// What stands for `since` in a seat's record that says nothing else, as most do.
inline std::optional<std::string_view> since_alone(std::string_view seat) noexcept {
    constexpr std::string_view before = R"({"since":")";
    constexpr std::string_view after = R"("})";
    if (seat.size() < before.size() + after.size()) {
        return std::nullopt;
    }
    const char* const since = seat.data() + before.size();
    const char* const end = seat.data() + seat.size() - after.size();
    // Of sizes the compiler knows, for there may be millions.
    if (std::memcmp(seat.data(), before.data(), before.size()) != 0 ||
        std::memcmp(end, after.data(), after.size()) != 0) {
        return std::nullopt;
    }
    const std::string_view alone(since, static_cast<std::size_t>(end - since));
    return alone.find('"') == std::string_view::npos ? std::optional(alone) : std::nullopt;
}

/// A seat without its user and Service ID: its key says those.
std::string encode_seat(const Seat& seat);
result<Seat> decode_seat(std::string_view text);

/// Who gained and who lost, of the details of a pool's event.
result<HolderChange> holder_change(const Json& details);

/// By which source a change gave and took seats, and of whom it only did that: those who held a
/// unit by another source before, or still do.
struct SourceChange {
    SeatSource source;
    std::vector<UserId> given = {};
    std::vector<UserId> taken = {};
};

/// Writes a pool as changed: one event for every 1,000 users, and the news for the index. `before`
/// is null for a pool that comes into being, `by` where the change is not about one source. Gives
/// the revision it has then.
class Unit;
std::uint64_t save_pool(Unit& unit, Stored<Pool> record, const Pool* before, Pool after,
                        HolderChange change, const SourceChange* by, const Policy& policy);

}  // namespace licet
