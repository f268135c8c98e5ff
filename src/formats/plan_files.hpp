#pragma once

/// \file
/// The two plan files as CSV (DOMAIN §3.1).

#include <licet/catalog/plan_files.hpp>

#include "catalog/plan_rows.hpp"

namespace licet::formats {

/// Plans and apps in the offer's order.
PlanFiles write_plan_files(const Offer& offer);

/// The rows of files whose headers are those of plan files, ignoring case and spaces. Columns
/// after them are reported and not used. The files must outlive the rows.
PlanRows read_plan_files(const PlanFiles& files, PlanReports& reports);

}  // namespace licet::formats
