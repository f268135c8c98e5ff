// Seats as a table, by pieces: no more than a page of them is ever in memory.

#include <licet/engine/seats.hpp>

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "formats/csv.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

constexpr std::size_t page_size = 1000;

/// Calls `use` with each page of the records under a prefix, in order.
template <class Use>
result<void> for_each_page(Store& store, const std::string& prefix, const Use& use) {
    std::string from = prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page, store.scan(from, prefix_end(prefix), page_size));
        BOOST_OUTCOME_TRYV(use(page.records));
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    return boost::outcome_v2::success();
}

bool is_direct(const Seat& seat) {
    return std::ranges::any_of(seat.sources,
                               [](const SeatSource& source) { return !source.group; });
}

class Collector final : public Stream {
public:
    result<void> push(std::string_view piece) override {
        text_ += piece;
        return boost::outcome_v2::success();
    }
    std::string take() && { return std::move(text_); }

private:
    std::string text_;
};

}  // namespace

result<ExportedSeats> Seats::export_seats(const ExportSeats& query, const Caller& caller,
                                          Stream& stream) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ExportSeats::action, {{}, query.tenant}));
    ExportedSeats answer;
    std::string piece;
    formats::append_csv_row(piece, {"User", "Service ID"});
    BOOST_OUTCOME_TRYV(stream.push(piece));

    const auto add_seats = [&](const Pool& pool, const std::vector<Record>& seats) -> result<void> {
        piece.clear();
        for (const Record& found : seats) {
            BOOST_OUTCOME_TRY(const Seat seat, decode_seat(found.text));
            if (seat.epoch == pool.epoch && is_direct(seat)) {
                formats::append_csv_row(piece, {keys::last(found.key), pool.service_id.str()});
                ++answer.count;
            }
        }
        if (!piece.empty()) {
            BOOST_OUTCOME_TRYV(stream.push(piece));
        }
        return stream.progress(answer.count, 0);
    };
    const auto add_pools = [&](const std::vector<Record>& pools) -> result<void> {
        for (const Record& found : pools) {
            BOOST_OUTCOME_TRY(auto record, formats::decode<Stored<Pool>>(found.text));
            const Pool pool =
                settle(std::move(record.value), core_.now_after(record.head.at), core_.policy());
            BOOST_OUTCOME_TRYV(for_each_page(
                core_.store(), keys::seats(query.tenant, pool.number),
                [&](const std::vector<Record>& seats) { return add_seats(pool, seats); }));
        }
        return boost::outcome_v2::success();
    };
    BOOST_OUTCOME_TRYV(for_each_page(core_.store(), keys::pools(query.tenant), add_pools));
    return answer;
}

result<ExportedSeats> Seats::export_seats(const ExportSeats& query, const Caller& caller) {
    Collector csv;
    BOOST_OUTCOME_TRY(ExportedSeats answer, export_seats(query, caller, csv));
    answer.csv = std::move(csv).take();
    return answer;
}

}  // namespace licet
