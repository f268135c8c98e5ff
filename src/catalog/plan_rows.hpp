#pragma once

/// \file
/// The rules of the two plan files, on rows that have been read (DOMAIN §3.1).

#include <deque>
#include <vector>

#include <licet/catalog/offer.hpp>

#include "file_report.hpp"

namespace licet {

struct DefinitionRow {
    Cell service_id;
    Cell display_name;
    Cell more_info_url;  ///< May be empty.
};

struct MappingRow {
    Cell service_id;
    Cell component;
};

/// What stands below the headers. The cells refer to the files.
struct PlanRows {
    PlanRows() = default;
    PlanRows(PlanRows&&) = default;
    PlanRows& operator=(PlanRows&&) = default;

    std::vector<DefinitionRow> definitions;
    std::vector<MappingRow> mappings;
    /// False where rows had to be left out: nothing is said to be missing then.
    bool definitions_whole = true;
    bool mappings_whole = true;
    std::deque<std::string> unescaped;  ///< Cells that do not stand in a file as they are.
};

struct PlanReports {
    FileReport definition{"definition"};
    FileReport mapping{"mapping"};
};

/// The rules of each row, of the two files together and, where there is one, of the offer that
/// they are to be of.
void check_plan_rows(const PlanRows& rows, Profile profile, const Offer* offer,
                     PlanReports& reports);

/// A display name may be longer than the name of a plan. Rows that are to be made into offers must
/// have none of those.
void check_plan_names(const PlanRows& rows, FileReport& definition);

/// The offers that rows without errors describe, in order of definition, the apps in order of
/// mapping. What the files do not say is left as it is by default, but that there is license
/// management, and an alias, which is the offer's id. [D]
std::vector<Offer> offers_of(const PlanRows& rows);

}  // namespace licet
