#include "engine/seat_records.hpp"

#include <algorithm>

#include <boost/outcome/try.hpp>

#include <licet/seats/commands.hpp>

#include "engine/keys.hpp"
#include "engine/seat_event.hpp"

namespace licet {
namespace {

std::string seat_key(std::string_view prefix, const UserId& user) {
    std::string key;
    key.reserve(prefix.size() + user.str().size());
    key.append(prefix).append(user.str());
    return key;
}

// Who gains and who loses a unit stands in the order of the writes.
SourceChange source_change(const SeatChange& change, const SeatSource& source) {
    SourceChange by{source};
    if (change.writes.size() == change.gained.size() + change.lost.size()) {
        return by;
    }
    auto gained = change.gained.begin();
    auto lost = change.lost.begin();
    for (const auto& [user, seat] : change.writes) {
        if (gained != change.gained.end() && *gained == user) {
            ++gained;
        } else if (lost != change.lost.end() && *lost == user) {
            ++lost;
        } else if (seat) {
            (std::ranges::binary_search(seat->sources, source) ? by.given : by.taken)
                .push_back(user);
        }
    }
    return by;
}

}  // namespace

SortPlace sort_place(std::string_view text, std::size_t index) noexcept {
    std::uint64_t begin = 0;
    for (std::size_t i = 0; i < sizeof begin; ++i) {
        begin = begin << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    }
    return {begin, text, index};
}

void sort_distinct(std::vector<SortPlace>& places) {
    std::ranges::sort(places, [](const SortPlace& a, const SortPlace& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.text < b.text;
    });
    const auto same = [](const SortPlace& a, const SortPlace& b) { return a.text == b.text; };
    places.erase(std::unique(places.begin(), places.end(), same), places.end());
}

result<void> check_users(const std::vector<UserId>& users) {
    if (users.size() > users_max) {
        Findings findings;
        findings.error(Errc::list_length, Path() / "users", std::to_string(users.size()),
                       "at most " + std::to_string(users_max));
        return error_of(findings);
    }
    return boost::outcome_v2::success();
}

std::vector<std::string> seat_keys(const TenantId& tenant, std::int64_t pool_number,
                                   const std::vector<UserId>& users) {
    std::vector<std::string> keys;
    add_seat_keys(keys, tenant, pool_number, users);
    return keys;
}

void add_seat_keys(std::vector<std::string>& keys, const TenantId& tenant, std::int64_t pool_number,
                   const std::vector<UserId>& users) {
    const std::string prefix = keys::seats(tenant, pool_number);
    keys.reserve(keys.size() + users.size());
    for (const UserId& user : users) {
        keys.push_back(seat_key(prefix, user));
    }
}

result<void> SeatsRead::decode(Unit& unit, std::span<const std::string> keys) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        BOOST_OUTCOME_TRY(const auto* const value, unit.look(keys[i]));
        if (*value) {
            BOOST_OUTCOME_TRY(Seat seat, decode_seat((*value)->text));
            seat.user = users_[i];
            found_.push_back(std::move(seat));
        }
    }
    return boost::outcome_v2::success();
}

const Seat* SeatsRead::find(const UserId& user) const {
    const auto found = std::ranges::lower_bound(found_, user, {}, &Seat::user);
    return found != found_.end() && found->user == user ? &*found : nullptr;
}

void write_seats(Unit& unit, const Pool& pool, const std::vector<SeatWrite>& writes) {
    const std::string prefix = keys::seats(pool.tenant, pool.number);
    for (const SeatWrite& write : writes) {
        if (write.seat) {
            unit.put(seat_key(prefix, write.user), encode_seat(*write.seat));
        } else {
            unit.erase(seat_key(prefix, write.user));
        }
    }
}

std::uint64_t save_seats(Unit& unit, Stored<Pool> record, const Pool& before, SeatChange change,
                         const SeatSource& source, const Policy& policy) {
    write_seats(unit, change.pool, change.writes);
    const SourceChange by = source_change(change, source);
    return save_pool(unit, std::move(record), &before, std::move(change.pool),
                     {std::move(change.gained), std::move(change.lost)}, &by, policy);
}

}  // namespace licet
