#include "engine/seat_records.hpp"

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "engine/seat_event.hpp"

namespace licet {

std::vector<std::string> seat_keys(const TenantId& tenant, std::int64_t pool_number,
                                   const std::vector<UserId>& users) {
    std::vector<std::string> keys;
    keys.reserve(users.size());
    for (const UserId& user : users) {
        keys.push_back(keys::seat(tenant, pool_number, user.str()));
    }
    return keys;
}

SeatsRead::SeatsRead(const std::vector<UserId>& users, std::vector<std::string> keys)
    : users_(users), keys_(std::move(keys)) {}

result<void> SeatsRead::decode(Unit& unit) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        BOOST_OUTCOME_TRY(const auto* const value, unit.look(keys_[i]));
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
    for (const SeatWrite& write : writes) {
        const std::string key = keys::seat(pool.tenant, pool.number, write.user.str());
        if (write.seat) {
            unit.put(key, encode_seat(*write.seat));
        } else {
            unit.erase(key);
        }
    }
}

void save_seats(Unit& unit, Stored<Pool>& record, const Pool& before, SeatChange change,
                const SeatSource& source, const Policy& policy) {
    write_seats(unit, change.pool, change.writes);
    save_pool(unit, record, &before, std::move(change.pool),
              {std::move(change.gained), std::move(change.lost)}, &source, policy);
}

}  // namespace licet
