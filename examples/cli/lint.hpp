#pragma once

/// \file
/// What is wrong with the files of an offer, and the three ways to tell it.

#include <deque>
#include <span>
#include <string>
#include <vector>

#include <licet/operations/operations.hpp>

#include "diagnostic.hpp"

namespace cli {

/// Writes the reports as text; as JSON,
///
///     {"files":[{"file","findings":[{"rule","severity","pointer","message","hint","line",
///      "column"}]}],"errors":1,"warnings":0}
///
/// or as SARIF 2.1.0, for code scanning.
void write_text(Output& out, std::span<const Report> reports);
void write_json(Output& out, std::span<const Report> reports);
void write_sarif(Output& out, std::span<const Report> reports);

/// Checks an offer's document by itself.
Report check_offer(licet::Engine& engine, const Source& offer, licet::Profile profile);

/// Checks a pair of plan files, and where an offer is given whether they are that offer's.
licet::result<std::vector<Report>> check_plan_files(licet::Engine& engine, const Source& definition,
                                                    const Source& mapping, licet::Profile profile,
                                                    const Source* offer);

}  // namespace cli
