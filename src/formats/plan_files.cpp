#include "formats/plan_files.hpp"

#include <algorithm>
#include <span>

#include "formats/csv.hpp"
#include "quoted.hpp"

namespace licet::formats {
namespace {

// The two spell the id's column differently, and so does what reads them. [P]
constexpr std::string_view definition_columns[] = {"ServiceID", "Display name", "More info URL"};
constexpr std::string_view mapping_columns[] = {"Service ID", "Component name"};

/// False where the columns are not those that rows are read by.
bool check_header(const std::vector<Cell>& header, std::span<const std::string_view> columns,
                  FileReport& report) {
    const std::size_t common = std::min(header.size(), columns.size());
    bool good = common == columns.size();
    for (std::size_t i = 0; i < common; ++i) {
        if (!is_column(header[i].text, columns[i])) {
            report.error(Errc::plan_file_column, header[i], quoted(header[i].text),
                         "write " + std::string(columns[i]));
            good = false;
        }
    }
    const Cell end = header.empty() ? Cell{{}, 1, 1} : header.back();
    for (const std::string_view missing : columns.subspan(common)) {
        report.error(Errc::plan_file_column_missing, end, quoted(missing),
                     "the first line names the columns");
    }
    for (std::size_t i = common; i < header.size(); ++i) {
        report.warning(Errc::plan_file_column_extra, header[i], quoted(header[i].text),
                       "remove it");
    }
    return good;
}

/// Gives each row to `take`. False where there is more in the file than it was given.
template <class Take>
bool read_rows(CsvReader csv, std::span<const std::string_view> columns, FileReport& report,
               Take take) {
    std::vector<Cell> row;
    csv.next(row);
    const bool readable = check_header(row, columns, report);
    const std::size_t width = row.size();
    bool whole = readable;
    while (csv.next(row)) {
        if (readable && row.size() == width) {
            take(row);
        } else if (readable) {
            report.error(Errc::plan_file_row_length, row.front(),
                         std::to_string(row.size()) + " fields",
                         "quote a field that has a comma in it");
            whole = false;
        }
    }
    return whole && csv.is_whole();
}

}  // namespace

PlanFiles write_plan_files(const Offer& offer) {
    PlanFiles files;
    append_csv_row(files.definition,
                   {definition_columns[0], definition_columns[1], definition_columns[2]});
    append_csv_row(files.mapping, {mapping_columns[0], mapping_columns[1]});
    for (const Plan& plan : offer.plans) {
        const std::string& id = plan.service_id.str();
        append_csv_row(files.definition, {id, plan.name, plan.more_info_url.value_or("")});
        for (const std::string& app : plan.apps) {
            append_csv_row(files.mapping, {id, app});
        }
    }
    return files;
}

PlanRows read_plan_files(const PlanFiles& files, PlanReports& reports) {
    PlanRows rows;
    rows.definitions_whole =
        read_rows(CsvReader(files.definition, rows.unescaped, reports.definition),
                  definition_columns, reports.definition, [&](const std::vector<Cell>& row) {
                      rows.definitions.push_back({row[0], row[1], row[2]});
                  });
    rows.mappings_whole =
        read_rows(CsvReader(files.mapping, rows.unescaped, reports.mapping), mapping_columns,
                  reports.mapping, [&](const std::vector<Cell>& row) {
                      rows.mappings.push_back({row[0], row[1]});
                  });
    return rows;
}

}  // namespace licet::formats
