#pragma once

/// \file
/// Licences on a deal (DOMAIN §4.2): several lines change at once, all or nothing.

#include <cstdint>
#include <optional>
#include <vector>

#include <licet/catalog/publication.hpp>
#include <licet/deals/deal.hpp>

namespace licet {

/// One line as wanted: an absolute number of licences, or its removal. Exactly one of the two.
struct LineChange {
    PlanId plan;
    std::optional<std::int64_t> quantity;
    bool remove = false;

    friend bool operator==(const LineChange&, const LineChange&) = default;
};

/// Errors of form: no lines, a plan twice, a quantity out of 1..quantity_max, neither quantity
/// nor removal. `at` is the place of the object that holds `lines`.
void check_lines(const std::vector<LineChange>& lines, const Policy& policy, Findings& findings,
                 const Path& at = {});

/// The deal with its lines as wanted; locks its customer. `offer` is that of the deal.
///
/// Fails with `deal_kind`, `deal_state`, `deal_customer_missing`, `relationship_missing` (`false`
/// for `has_relationship`), `license_plan_unknown` (not published), `license_plan_stopped` (a new
/// line of a plan or offer no longer on sale), `license_line_missing` (removing what is not there).
/// Several lines that cannot be are findings, all at once, at `/lines/<n>/plan`; lines of bad form
/// are those of check_lines. A plan that has a line may change whatever has become of its sale.
result<Deal> update_lines(const Deal& deal, const Publication& offer, bool has_relationship,
                          const std::vector<LineChange>& lines, Timestamp now,
                          const Policy& policy);

}  // namespace licet
