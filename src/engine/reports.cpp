#include <licet/engine/reports.hpp>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/pool_scan.hpp"
#include "engine/seat_event.hpp"
#include "engine/seat_use.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

constexpr std::size_t scan_size = 1000;

/// Seats with the keys of their uses.
struct SomeSeats {
    std::vector<UnusedSeat> seats;
    std::vector<std::string> uses;
};

result<SomeSeats> seats_of(const Pool& pool, const std::vector<Record>& records) {
    SomeSeats some;
    for (const Record& found : records) {
        BOOST_OUTCOME_TRY(const Seat seat, decode_seat(found.text));
        if (seat.epoch == pool.epoch) {
            BOOST_OUTCOME_TRY(UserId user, UserId::parse(keys::last(found.key)));
            some.uses.push_back(keys::use(pool.tenant, pool.number, user.str()));
            some.seats.push_back({std::move(user), seat.since, std::nullopt});
        }
    }
    return some;
}

}  // namespace

result<PageOf<PoolSummary>> Reports::over_capacity(const ReportOverCapacity& query,
                                                   const Caller& caller) {
    BOOST_OUTCOME_TRY(const Scope scope, report_scope(caller, query.publisher, query.tenant));
    BOOST_OUTCOME_TRYV(check_page(query.page));
    PageOf<PoolSummary> answer;
    std::string last;
    const auto add = [&](const std::vector<ScannedPool>& pools) -> result<bool> {
        for (const ScannedPool& found : pools) {
            PoolSummary summary = summarize(found.pool, found.now, core_.policy());
            if (summary.over_by == 0) {
                continue;
            }
            if (std::ssize(answer.items) == query.page.limit) {
                answer.next = last;
                return false;
            }
            answer.items.push_back(std::move(summary));
            last = pool_cursor(found.pool);
        }
        return true;
    };
    BOOST_OUTCOME_TRYV(scan_pools(core_, scope, query.page.after, add));
    return answer;
}

result<PageOf<UnusedSeat>> Reports::unused_seats(const ReportUnusedSeats& query,
                                                 const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ReportUnusedSeats::action, {{}, query.tenant}));
    BOOST_OUTCOME_TRYV(check_page(query.page));
    const std::string key = keys::pool(query.tenant, query.service_id);
    BOOST_OUTCOME_TRY(const auto record, core_.get<Pool>(key));
    if (!record) {
        return Error{Errc::pool_not_found, key, {}};
    }
    const Pool pool = settle(record->value, core_.now_after(record->head.at), core_.policy());
    const std::string prefix = keys::seats(query.tenant, pool.number);
    std::string from = query.page.after ? prefix + *query.page.after + '!' : prefix;
    PageOf<UnusedSeat> answer;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page,
                          core_.store().scan(from, prefix_end(prefix), scan_size));
        BOOST_OUTCOME_TRY(SomeSeats some, seats_of(pool, page.records));
        BOOST_OUTCOME_TRY(const auto uses, core_.store().read(some.uses));
        for (std::size_t i = 0; i < some.seats.size(); ++i) {
            UnusedSeat& seat = some.seats[i];
            BOOST_OUTCOME_TRY(seat.last_used, last_use(uses[i], seat.since));
            if (seat.last_used.value_or(seat.since) >= query.not_used_since) {
                continue;
            }
            if (std::ssize(answer.items) == query.page.limit) {
                answer.next = answer.items.back().user.str();
                return answer;
            }
            answer.items.push_back(std::move(seat));
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return answer;
}

}  // namespace licet
