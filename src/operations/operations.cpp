#include <licet/operations/operations.hpp>

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "formats/parse.hpp"
#include "formats/tables/archive.hpp"
#include "formats/tables/catalog.hpp"
#include "formats/tables/checks.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/groups.hpp"
#include "formats/tables/history.hpp"
#include "formats/tables/ingestion.hpp"
#include "formats/tables/reports.hpp"
#include "operations/operation.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

template <auto Method>
constexpr Operation catalog() {
    return operation<&Engine::catalog, Method>(Method);
}
template <auto Method>
constexpr Operation deals() {
    return operation<&Engine::deals, Method>(Method);
}
template <auto Method>
constexpr Operation seats() {
    return operation<&Engine::seats, Method>(Method);
}
template <auto Method>
constexpr Operation groups() {
    return operation<&Engine::groups, Method>(Method);
}
template <auto Method>
constexpr Operation history() {
    return operation<&Engine::history, Method>(Method);
}

template <auto Method>
constexpr Operation reports() {
    return operation<&Engine::reports, Method>(Method);
}

// A method of seats that has another one of its name for streams.
template <class Command, class Answer,
          result<Answer> (Seats::*Method)(const Command&, const Caller&),
          result<Answer> (Seats::*Streaming)(const Command&, const Caller&, Stream&)>
constexpr Operation streamed_seats(std::string_view text) {
    return streamed<&Engine::seats, Method, Streaming>(text, Method);
}

using LicensesMethod = result<LicensesReport> (Reports::*)(const ReportLicenses&, const Caller&);
using LicensesStreamMethod = result<LicensesReport> (Reports::*)(const ReportLicenses&,
                                                                 const Caller&, Stream&);
using ExportStoreMethod = result<ExportedStore> (Archive::*)(const ExportStore&);
using ExportStoreStreamMethod = result<ExportedStore> (Archive::*)(const ExportStore&, Stream&);
using ImportStoreMethod = result<ImportedStore> (Archive::*)(const ImportStore&);
using ImportStoreStreamMethod = result<ImportedStore> (Archive::*)(const ImportStore&, Stream&);
using CheckMethod = result<CheckAnswer> (Seats::*)(const Check&);
using CheckAppMethod = result<CheckAnswer> (Seats::*)(const CheckApp&);
using CheckManyMethod = result<CheckManyAnswer> (Seats::*)(const CheckMany&);

// Sorted by name; a test sees to it. To add an operation: its command, its table, its method,
// and a line here.
constexpr Operation table[] = {
    seats<static_cast<CheckMethod>(&Seats::check)>(),
    seats<static_cast<CheckAppMethod>(&Seats::check_app)>(),
    seats<static_cast<CheckManyMethod>(&Seats::check_many)>(),
    history<&History::advance_clock>(),
    deals<&Deals::advance>(),
    deals<&Deals::get_deal>(),
    deals<&Deals::list_deals>(),
    deals<&Deals::register_deal>(),
    deals<&Deals::set_customer>(),
    deals<&Deals::update_deal>(),
    history<&History::list_events>(),
    history<&History::verify>(),
    groups<&Groups::assign>(),
    groups<&Groups::get>(),
    groups<&Groups::reprocess>(),
    groups<&Groups::set_members>(),
    groups<&Groups::unassign>(),
    catalog<&Catalog::read_ingestion>(),
    catalog<&Catalog::write_ingestion>(),
    deals<&Deals::accept>(),
    deals<&Deals::create_invite>(),
    deals<&Deals::decline>(),
    deals<&Deals::list_invites>(),
    deals<&Deals::revoke>(),
    deals<&Deals::cancel_change>(),
    deals<&Deals::preview>(),
    deals<&Deals::update_licenses>(),
    catalog<&Catalog::apply_offer>(),
    catalog<&Catalog::show_buttons>(),
    catalog<&Catalog::cancel>(),
    catalog<&Catalog::check_offer>(),
    catalog<&Catalog::create_offer>(),
    catalog<&Catalog::get_offer>(),
    catalog<&Catalog::go_live>(),
    catalog<&Catalog::list_offers>(),
    catalog<&Catalog::pass_phase>(),
    catalog<&Catalog::report_findings>(),
    catalog<&Catalog::stop_distribution>(),
    catalog<&Catalog::submit>(),
    catalog<&Catalog::update_offer>(),
    catalog<&Catalog::check_plan_files>(),
    catalog<&Catalog::read_plan_files>(),
    catalog<&Catalog::write_plan_files>(),
    catalog<&Catalog::create_plan>(),
    catalog<&Catalog::delete_plan>(),
    catalog<&Catalog::list_plans>(),
    catalog<&Catalog::stop_selling>(),
    catalog<&Catalog::update_plan>(),
    seats<&Seats::get_pool>(),
    seats<&Seats::list_pools>(),
    deals<&Deals::portal_steps>(),
    deals<&Deals::list_relationships>(),
    streamed<&Engine::reports, static_cast<LicensesMethod>(&Reports::licenses),
             static_cast<LicensesStreamMethod>(&Reports::licenses)>(
        "csv", static_cast<LicensesMethod>(&Reports::licenses)),
    reports<&Reports::over_capacity>(),
    reports<&Reports::unused_seats>(),
    streamed_seats<AssignSeats, Written<SeatsAnswer>, &Seats::assign, &Seats::assign>(""),
    streamed_seats<ExportSeats, ExportedSeats, &Seats::export_seats, &Seats::export_seats>("csv"),
    streamed_seats<ImportSeats, Written<ImportedSeats>, &Seats::import_seats, &Seats::import_seats>(
        "csv"),
    seats<&Seats::list_seats>(),
    seats<&Seats::move>(),
    seats<&Seats::seats_of>(),
    seats<&Seats::touch>(),
    streamed_seats<UnassignSeats, Written<SeatsAnswer>, &Seats::unassign, &Seats::unassign>(""),
    streamed<&Engine::archive, static_cast<ExportStoreMethod>(&Archive::export_store),
             static_cast<ExportStoreStreamMethod>(&Archive::export_store)>(
        "lines", static_cast<ExportStoreMethod>(&Archive::export_store)),
    streamed<&Engine::archive, static_cast<ImportStoreMethod>(&Archive::import_store),
             static_cast<ImportStoreStreamMethod>(&Archive::import_store)>(
        "lines", static_cast<ImportStoreMethod>(&Archive::import_store)),
    history<&History::prune>(),
};
static_assert(std::ranges::is_sorted(table, {}, &Operation::name));

result<const Operation*> find(std::string_view name) {
    const auto* const found = std::ranges::lower_bound(table, name, {}, &Operation::name);
    if (found == std::end(table) || found->name != name) {
        return Error{Errc::operation_unknown, quoted(name), {}};
    }
    return found;
}

}  // namespace

std::span<const Operation> operation_table() noexcept { return table; }

result<std::string> call(Engine& engine, std::string_view name, std::string_view arguments) {
    BOOST_OUTCOME_TRY(const Operation* operation, find(name));
    Findings findings;
    formats::Parsed document;
    if (!document.parse(arguments.empty() ? "{}" : arguments, findings)) {
        return error_of(findings);
    }
    return operation->run(engine, document.root(), findings);
}

result<std::string> call_stream(Engine& engine, std::string_view name, std::string_view arguments,
                                Stream& stream) {
    BOOST_OUTCOME_TRY(const Operation* operation, find(name));
    if (!operation->stream) {
        return Error{Errc::operation_not_streamed, std::string(operation->name), {}};
    }
    Findings findings;
    formats::Parsed document;
    if (!document.parse(arguments.empty() ? "{}" : arguments, findings)) {
        return error_of(findings);
    }
    return operation->stream(engine, document.root(), findings, stream);
}

std::string findings_json(std::span<const Finding> findings) {
    constexpr std::size_t rest_of_one = 160;  // its rule, its severity and the names
    std::size_t size = 2;
    for (const Finding& finding : findings) {
        size += finding.pointer.size() + finding.message.size() + finding.hint.size() + rest_of_one;
    }
    formats::Writer out(formats::Audience::caller, size);
    char separator = '[';
    for (const Finding& finding : findings) {
        out.raw(separator);
        formats::Codec<Finding>::write(out, finding);
        separator = ',';
    }
    out.raw(findings.empty() ? "[]" : "]");
    return std::move(out).take();
}

std::vector<OperationInfo> operations() {
    std::vector<OperationInfo> all;
    for (const Operation& row : table) {
        OperationInfo info{row.name,          row.is_mutation,
                           row.needs_actor,   row.stream != nullptr,
                           row.streamed_text, {}};
        for (const formats::Field& field : row.fields) {
            info.fields.push_back(field.name);
        }
        all.push_back(std::move(info));
    }
    return all;
}

}  // namespace licet
