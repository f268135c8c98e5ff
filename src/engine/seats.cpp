#include <licet/engine/seats.hpp>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

using PoolRecord = Stored<Pool>;

}  // namespace

result<PageOf<Seat>> Seats::list_seats(const ListSeats& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListSeats::action, {{}, query.tenant}));
    const std::string key = keys::pool(query.tenant, query.service_id);
    BOOST_OUTCOME_TRY(const auto record, core_.get<Pool>(key));
    if (!record) {
        return Error{Errc::pool_not_found, key, {}};
    }
    const Pool pool = settle(record->value, core_.now_after(record->head.at), core_.policy());
    return core_.list<Seat>(keys::seats(query.tenant, pool.number), query.page,
                            [&](const Record& found) -> result<std::optional<Seat>> {
                                BOOST_OUTCOME_TRY(Seat seat, decode_seat(found.text));
                                if (seat.epoch != pool.epoch) {
                                    return std::optional<Seat>();
                                }
                                BOOST_OUTCOME_TRY(seat.user, UserId::parse(keys::last(found.key)));
                                seat.service_id = query.service_id;
                                return std::optional(std::move(seat));
                            });
}

result<UserSeatsAnswer> Seats::seats_of(const SeatsOfUser& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, SeatsOfUser::action, {{}, query.tenant}));
    const Policy& policy = core_.policy();
    std::vector<Pool> pools;
    std::vector<Timestamp> now;  // of each pool
    const std::string prefix = keys::pools(query.tenant);
    std::string from = prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page, core_.store().scan(from, prefix_end(prefix), 1000));
        for (const Record& found : page.records) {
            BOOST_OUTCOME_TRY(auto record, formats::decode<PoolRecord>(found.text));
            now.push_back(core_.now_after(record.head.at));
            pools.push_back(settle(std::move(record.value), now.back(), policy));
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    std::vector<std::string> keys;
    for (const Pool& pool : pools) {
        keys.push_back(keys::seat(query.tenant, pool.number, query.user.str()));
    }
    BOOST_OUTCOME_TRY(const auto values, core_.store().read(keys));
    UserSeatsAnswer answer;
    for (std::size_t i = 0; i < pools.size(); ++i) {
        if (values[i]) {
            BOOST_OUTCOME_TRY(Seat seat, decode_seat(values[i]->text));
            if (seat.epoch == pools[i].epoch) {
                seat.user = query.user;
                seat.service_id = pools[i].service_id;
                answer.seats.push_back({std::move(seat), lines_of(pools[i], now[i], policy)});
            }
        }
    }
    return answer;
}

result<PoolView> Seats::get_pool(const GetPool& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, GetPool::action, {{}, query.tenant}));
    const std::string key = keys::pool(query.tenant, query.service_id);
    BOOST_OUTCOME_TRY(const auto record, core_.get<Pool>(key));
    if (!record) {
        return Error{Errc::pool_not_found, key, {}};
    }
    const Timestamp now = core_.now_after(record->head.at);
    return PoolView{summarize(record->value, now, core_.policy()), record->revision};
}

result<PageOf<PoolSummary>> Seats::list_pools(const ListPools& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListPools::action, {{}, query.tenant}));
    return core_.list<PoolSummary>(
        keys::pools(query.tenant), query.page,
        [&](const Record& found) -> result<std::optional<PoolSummary>> {
            BOOST_OUTCOME_TRY(const auto record, formats::decode<PoolRecord>(found.text));
            return std::optional(
                summarize(record.value, core_.now_after(record.head.at), core_.policy()));
        });
}

}  // namespace licet
