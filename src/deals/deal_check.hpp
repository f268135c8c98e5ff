#pragma once

/// \file
/// check_deal in its two parts, and what a locked deal may not change.

#include <string_view>

#include <licet/deals/deal.hpp>

namespace licet {

/// An error at a field of a section of the deal, unless the one or the other could not be read.
void report_field(Findings& findings, Errc rule, const Path& section, std::string_view field,
                  std::string_view detail = {}, std::string_view hint = {});

/// All that the deal itself tells.
void check_terms(const Deal& deal, Findings& findings, const Path& at);

/// What hangs on today's rates.
void check_total_value(const Deal& deal, const Policy& policy, Findings& findings, const Path& at);

/// That `changed` differs in nothing but the contact and a later end.
void check_frozen(const Deal& deal, const Deal& changed, Findings& findings);

}  // namespace licet
