#pragma once

// A customer's pool and its seats, as the tests of this folder tell them.

#include <licet/seats/seat.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace customer {

using licet::Timestamp;

/// Contracts of these tests end at the start of a day, counted from the first.
inline Timestamp day(std::int64_t number) {
    return Timestamp::parse("2026-01-01T00:00:00Z").value() + licet::days(number);
}

inline Timestamp just_before(Timestamp moment) { return moment + licet::Duration(-1); }

inline licet::UserId user(std::string_view id) { return licet::UserId::parse(id).value(); }
inline licet::DealId deal(std::string_view id) { return licet::DealId::parse(id).value(); }

inline licet::Contribution perpetual(std::string_view id, std::int64_t quantity) {
    return {deal(id), quantity, std::nullopt};
}

inline licet::Contribution until(Timestamp end, std::string_view id, std::int64_t quantity) {
    return {deal(id), quantity, end};
}

/// Of the first day.
inline licet::Pool pool_of(std::vector<licet::Contribution> contributions,
                           std::int64_t holders = 0) {
    licet::Pool pool;
    pool.tenant = licet::TenantId::parse("6f9619ff-8b86-d011-b42d-00c04fc964ff").value();
    pool.service_id = licet::ServiceId::parse("fabrikam.f365.bronze").value();
    pool.number = 1;
    pool.holders = holders;
    pool.contributions = std::move(contributions);
    pool.changed_at = day(0);
    return pool;
}

/// The seats of one pool, as a store would keep them.
class Seats {
public:
    licet::SeatOf seat_of() const {
        return [this](const licet::UserId& user) { return find(user); };
    }

    const licet::Seat* find(const licet::UserId& user) const {
        const auto found = seats_.find(user);
        return found == seats_.end() ? nullptr : &found->second;
    }

    void put(licet::Seat seat) { seats_.insert_or_assign(seat.user, std::move(seat)); }

    void write(const std::vector<licet::SeatWrite>& writes) {
        for (const licet::SeatWrite& write : writes) {
            if (write.seat) {
                put(*write.seat);
            } else {
                seats_.erase(write.user);
            }
        }
    }

    const std::map<licet::UserId, licet::Seat>& all() const { return seats_; }

private:
    std::map<licet::UserId, licet::Seat> seats_;
};

}  // namespace customer
