#pragma once

/// \file
/// Reports over a store. What each method takes, answers and needs is said where its command is
/// (reports.hpp).

#include <licet/reports.hpp>

namespace licet {

class Core;

class Reports {
public:
    explicit Reports(Core& core) noexcept : core_(core) {}

    result<LicensesReport> licenses(const ReportLicenses& query, const Caller& caller);
    /// The same with the CSV to a stream, by pieces, and no rows.
    result<LicensesReport> licenses(const ReportLicenses& query, const Caller& caller,
                                    Stream& stream);
    result<PageOf<PoolSummary>> over_capacity(const ReportOverCapacity& query,
                                              const Caller& caller);
    /// A pool of which no licence was ever ordered fails with `pool_not_found`.
    result<PageOf<UnusedSeat>> unused_seats(const ReportUnusedSeats& query, const Caller& caller);

private:
    Core& core_;
};

}  // namespace licet
