#include <boost/outcome/try.hpp>

#include <licet/engine/catalog.hpp>

#include "engine/offers.hpp"
#include "formats/plan_files.hpp"

namespace licet {
namespace {

void tell(const PlanReports& reports, Findings& findings) {
    reports.definition.tell(findings);
    reports.mapping.tell(findings);
}

result<void> check_named_together(const CheckPlanFiles& query) {
    Findings findings;
    if (query.publisher && !query.offer) {
        findings.error(Errc::missing_field, Path() / "offer", "offer", "name the offer too");
    }
    if (query.offer && !query.publisher) {
        findings.error(Errc::missing_field, Path() / "publisher", "publisher",
                       "name the publisher too");
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return boost::outcome_v2::success();
}

}  // namespace

result<PlanFilesAnswer> Catalog::write_plan_files(const WritePlanFiles& query,
                                                  const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, WritePlanFiles::action, {query.publisher, {}}));
    BOOST_OUTCOME_TRY(const OfferRecord record, read_offer(core_, query.publisher, query.offer));
    return PlanFilesAnswer{formats::write_plan_files(record.value.draft), record.revision};
}

result<FindingsAnswer> Catalog::check_plan_files(const CheckPlanFiles& query,
                                                 const Caller& caller) {
    BOOST_OUTCOME_TRYV(check_named_together(query));
    std::optional<Offer> offer;
    if (query.publisher) {
        BOOST_OUTCOME_TRYV(authorize(caller.as, Action::read_offers, {query.publisher, {}}));
        BOOST_OUTCOME_TRY(OfferRecord record, read_offer(core_, *query.publisher, *query.offer));
        offer = std::move(record.value.draft);
    }
    PlanReports reports;
    const PlanRows rows = formats::read_plan_files(query.files, reports);
    check_plan_rows(rows, query.profile, offer ? &*offer : nullptr, reports);
    Findings findings;
    tell(reports, findings);
    return FindingsAnswer{std::move(findings).take()};
}

result<OffersAnswer> Catalog::read_plan_files(const ReadPlanFiles& query) {
    PlanReports reports;
    const PlanRows rows = formats::read_plan_files(query.files, reports);
    check_plan_rows(rows, Profile::import, nullptr, reports);
    check_plan_names(rows, reports.definition);
    Findings findings;
    tell(reports, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return OffersAnswer{offers_of(rows), std::move(findings).take()};
}

}  // namespace licet
