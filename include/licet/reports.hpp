#pragma once

/// \file
/// What is looked at as a whole: licences sold, pools over capacity, seats that nobody uses.
///
/// A report is of a publisher, over the customers it has a relationship with, or of a tenant, over
/// all of its pools: exactly one of the two is named (`report_scope`). It is not one view: each
/// record is as it stands when it is read.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/page.hpp>
#include <licet/seats/pool.hpp>
#include <licet/stream.hpp>

namespace licet {

/// The permission that is needed: of a publisher's side, of a tenant's.
inline constexpr Action report_actions[] = {Action::read_deals, Action::read_seats};

/// A pool that has lines. Its seats belong to no line, so the lines of several deals make one row.
/// The columns are those of the portal's licence dashboard. [P]
struct LicenseRow {
    std::string customer_country;  ///< In English; "" where the deal names none.
    std::string
        customer_country_code;  ///< This and the customer's name: of the deal that ends last.
    std::string customer_name;
    Date activation_date;              ///< When the oldest of the lines was made.
    std::string product_display_name;  ///< Of the offer's live listing, or else its alias.
    OfferId product_id;
    std::int64_t licenses_provisioned = 0;  ///< Of all lines but those deleted.
    std::int64_t licenses_assigned = 0;
    std::string sku_name;  ///< The plan's name.
    TenantId tenant;
    LineState license_state = LineState::active;  ///< The best of the lines'.
    ServiceId service_id;
};

/// In the order of tenants and Service IDs.
struct ReportLicenses {
    static constexpr std::string_view name = "reports.licenses";
    static constexpr std::span<const Action> actions = report_actions;
    std::optional<PublisherId> publisher;
    std::optional<TenantId> tenant;
};
struct LicensesReport {
    std::uint64_t count = 0;                      ///< Rows.
    std::optional<std::vector<LicenseRow>> rows;  ///< Absent, as is `csv`, where a stream has it.
    /// RFC 4180 with LF; the first line has the names. Texts are as they were given: a spreadsheet
    /// takes a customer's name that begins with '=' for a formula.
    std::optional<std::string> csv;
};

/// The pools with more holders than usable licences.
struct ReportOverCapacity {
    static constexpr std::string_view name = "reports.over_capacity";
    static constexpr std::span<const Action> actions = report_actions;
    std::optional<PublisherId> publisher;
    std::optional<TenantId> tenant;
    PageRequest page;
};

struct UnusedSeat {
    UserId user;
    Timestamp since;
    std::optional<Timestamp> last_used;  ///< Absent: licet was never told of a use of this seat.
};
/// The seats of a pool whose last use, or else their beginning, was before a moment.
struct ReportUnusedSeats {
    static constexpr std::string_view name = "reports.unused_seats";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    ServiceId service_id;
    Timestamp not_used_since;
    PageRequest page;
};

}  // namespace licet
