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
///
/// With `effective` the change is only ordered, and settle makes it so when that moment has come.
/// [D] What the deal has just before that moment is what it is judged against; whether a plan is
/// on sale is judged now. It fails with `license_change_not_later` (at `now` or before),
/// `license_change_after_end` (not before the contract's end) and `license_changes_count`. A line
/// may have several changes pending, at each moment one: the last one ordered. A change of now
/// leaves what is pending, since numbers are absolute; but a removal, now or later, takes with it
/// what is pending of its line after it.
result<Deal> update_lines(const Deal& deal, const Publication& offer, bool has_relationship,
                          const std::vector<LineChange>& lines, Timestamp now, const Policy& policy,
                          std::optional<Timestamp> effective = std::nullopt);

/// The most changes of one line that may be pending at a time. [D]
inline constexpr std::size_t pending_max = 100;

/// The deal without the change of a plan's line that is pending for a moment, or (none given)
/// without any of them. Removals that would then find no line go too. Fails with `deal_state` where
/// licences may not be updated, but for a closed deal, whose lines go on to change; and with
/// `license_change_missing`.
result<Deal> cancel_pending(const Deal& deal, const PlanId& plan,
                            std::optional<Timestamp> effective, Timestamp now,
                            const Policy& policy);

}  // namespace licet
