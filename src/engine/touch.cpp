// When seats were last used, as the host tells it.

#include <licet/engine/seats.hpp>

#include <algorithm>
#include <map>
#include <span>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "engine/seat_records.hpp"
#include "engine/seat_use.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

/// Since when each of these users has the seat they have.
result<std::map<UserId, Timestamp>> seats_since(Core& core, const Pool& pool,
                                                const std::vector<SeatTouch>& uses) {
    std::vector<UserId> users;
    for (const SeatTouch& use : uses) {
        users.push_back(use.user);
    }
    sort_distinct(users);
    BOOST_OUTCOME_TRY(const auto values,
                      core.store().read(seat_keys(pool.tenant, pool.number, users)));
    std::map<UserId, Timestamp> since;
    for (std::size_t i = 0; i < users.size(); ++i) {
        if (values[i]) {
            BOOST_OUTCOME_TRY(const Seat seat, decode_seat(values[i]->text));
            if (seat.epoch == pool.epoch) {
                since.emplace(users[i], seat.since);
            }
        }
    }
    return since;
}

/// The newest of each user's uses, without those that cannot be: these are warnings.
std::map<UserId, Timestamp> newest_uses(const std::vector<SeatTouch>& uses,
                                        const std::map<UserId, Timestamp>& since, Timestamp now,
                                        Findings& findings) {
    std::map<UserId, Timestamp> newest;
    const Path arguments;
    const Path places = arguments / "uses";
    for (std::size_t n = 0; n < uses.size(); ++n) {
        const SeatTouch& use = uses[n];
        const Timestamp at = use.at.value_or(now);
        const Path place = places / n;
        const auto seat = since.find(use.user);
        if (seat == since.end()) {
            findings.warning(Errc::use_without_seat, place / "user", use.user.str());
        } else if (at > now) {
            findings.warning(Errc::use_in_future, place / "at", at.str(),
                             "it is " + now.str() + " here");
        } else if (at < seat->second) {
            findings.warning(Errc::use_before_seat, place / "at", at.str(),
                             "the seat is held since " + seat->second.str());
        } else {
            Timestamp& last = newest.try_emplace(use.user, at).first->second;
            last = std::max(last, at);
        }
    }
    return newest;
}

/// Gives how many are later than was known.
result<std::int64_t> record(Core& core, const TouchSeats& command, const Pool& pool,
                            std::span<const SeatTouch> uses) {
    std::vector<std::string> wanted;
    for (const SeatTouch& use : uses) {
        wanted.push_back(keys::use(pool.tenant, pool.number, use.user.str()));
    }
    const auto decide = [&](Unit& unit) -> result<Written<TouchAnswer>> {
        BOOST_OUTCOME_TRYV(unit.about(0));
        Written<TouchAnswer> answer;
        for (std::size_t i = 0; i < uses.size(); ++i) {
            BOOST_OUTCOME_TRY(const auto known, unit.find<SeatUse>(wanted[i]));
            if (!known || known->at < *uses[i].at) {
                unit.put(wanted[i], formats::encode(SeatUse{*uses[i].at}));
                ++answer.value.recorded;
            }
        }
        return answer;
    };
    // Only the uses are expected to be as they were read, so that whoever assigns is not disturbed.
    const std::string home = "use of " + keys::pool(pool.tenant, pool.service_id);
    BOOST_OUTCOME_TRY(const auto written,
                      core.write<TouchSeats>(command, Caller(), {}, home, wanted, decide));
    return written.value.recorded;
}

}  // namespace

result<TouchAnswer> Seats::touch(const TouchSeats& command) {
    const std::string pool_key = keys::pool(command.tenant, command.service_id);
    BOOST_OUTCOME_TRY(const auto found, core_.get<Pool>(pool_key));
    if (!found) {
        return Error{Errc::pool_not_found, pool_key, {}};
    }
    const Timestamp now = core_.now_after(found->head.at);
    const Pool pool = settle(found->value, now, core_.policy());
    BOOST_OUTCOME_TRY(const auto since, seats_since(core_, pool, command.uses));
    Findings findings;
    std::vector<SeatTouch> uses;
    for (const auto& [user, at] : newest_uses(command.uses, since, now, findings)) {
        uses.push_back({user, at});
    }
    TouchAnswer answer;
    const std::size_t most = core_.store().limits().writes_per_batch;
    for (std::span<const SeatTouch> rest = uses; !rest.empty();) {
        const auto some = rest.first(most == 0 ? rest.size() : std::min(most, rest.size()));
        BOOST_OUTCOME_TRY(const std::int64_t recorded, record(core_, command, pool, some));
        answer.recorded += recorded;
        rest = rest.subspan(some.size());
    }
    answer.findings = std::move(findings).take();
    return answer;
}

}  // namespace licet
