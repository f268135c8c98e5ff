#include <licet/engine/seats.hpp>

#include <algorithm>

#include <boost/outcome/try.hpp>

#include <licet/catalog/publication.hpp>

#include "engine/core.hpp"
#include "engine/kept_outcomes.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "engine/seat_records.hpp"
#include "formats/tables/catalog.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

using PoolRecord = Stored<Pool>;

using Change = std::function<result<SeatChange>(const Pool&, const SeatOf&, Timestamp)>;

// What assign and unassign have in common. The command's users are sorted and distinct. Where the
// pool's number is known already, pool and seats are read in one round trip.
template <class Command>
result<Written<SeatsAnswer>> change_seats(Core& core, const Command& command, const Caller& caller,
                                          const Change& change) {
    const std::string pool_key = keys::pool(command.tenant, command.service_id);
    std::vector<std::string> first_read{pool_key};
    const std::int64_t known = core.pool_number(pool_key);
    if (known != 0) {
        std::ranges::copy(seat_keys(command.tenant, known, command.users),
                          std::back_inserter(first_read));
    }
    return core.write<Command>(
        command, caller, {{}, command.tenant}, pool_key, std::move(first_read),
        [&](Unit& unit) -> result<Written<SeatsAnswer>> {
            BOOST_OUTCOME_TRY(auto record, unit.record<Pool>(pool_key));
            if (!record) {
                return Error{Errc::pool_not_found, pool_key, {}};
            }
            BOOST_OUTCOME_TRYV(unit.about(record->revision));
            if (known == 0) {
                core.learn_pool_number(pool_key, record->value.number);
            }
            SeatsRead seats(command.users,
                            seat_keys(command.tenant, record->value.number, command.users));
            BOOST_OUTCOME_TRYV(unit.fetch(seats.keys()));
            BOOST_OUTCOME_TRYV(seats.decode(unit));
            const Timestamp now = unit.now();
            const Pool before = settle(record->value, now, core.policy());
            BOOST_OUTCOME_TRY(SeatChange made, change(before, seats.seat_of(), now));
            Written<SeatsAnswer> answer;
            answer.value.outcomes = std::move(made.outcomes);
            answer.value.pool = summarize(made.pool, now, core.policy());
            if (!made.writes.empty()) {
                save_seats(unit, *record, before, std::move(made), SeatSource(), core.policy());
            }
            answer.revision = record->revision;
            return answer;
        });
}

// What an answer about many users is kept as.
struct KeptSeats {
    std::string outcomes;
    PoolSummary pool;
    std::uint64_t revision = 0;
};

}  // namespace

namespace formats {

template <>
struct Table<KeptSeats> {
    static constexpr Field fields[] = {
        field<KeptSeats, &KeptSeats::outcomes>("outcomes"),
        field<KeptSeats, &KeptSeats::pool>("pool"),
        field<KeptSeats, &KeptSeats::revision>("revision"),
    };
};

}  // namespace formats

template <class Command>
static std::string keep_answer(const Command&, const Written<SeatsAnswer>& answer) {
    return formats::encode(
        KeptSeats{letters_of(answer.value.outcomes), answer.value.pool, answer.revision});
}

template <class Command>
static result<void> restore_answer(const Command& command, std::string_view text,
                                   Written<SeatsAnswer>& answer) {
    BOOST_OUTCOME_TRY(KeptSeats kept, formats::decode<KeptSeats>(text));
    BOOST_OUTCOME_TRY(answer.value.outcomes, outcomes_of(command.users, kept.outcomes));
    answer.value.pool = std::move(kept.pool);
    answer.revision = kept.revision;
    return boost::outcome_v2::success();
}

result<Written<SeatsAnswer>> Seats::assign(const AssignSeats& command, const Caller& caller) {
    AssignSeats same = command;
    sort_distinct(same.users);
    return change_seats(core_, same, caller,
                        [&](const Pool& pool, const SeatOf& seat_of, Timestamp now) {
                            return licet::assign(pool, same.users, seat_of, same.mode,
                                                 same.usage_location, now, core_.policy());
                        });
}

result<Written<SeatsAnswer>> Seats::unassign(const UnassignSeats& command, const Caller& caller) {
    UnassignSeats same = command;
    sort_distinct(same.users);
    return change_seats(core_, same, caller,
                        [&](const Pool& pool, const SeatOf& seat_of, Timestamp now) {
                            return licet::unassign(pool, same.users, seat_of, now, core_.policy());
                        });
}

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
