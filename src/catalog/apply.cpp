#include <utility>

#include <licet/catalog/publication.hpp>

#include "catalog/draft.hpp"

namespace licet {
namespace {

void check_type(const Offer& draft, const Offer& wanted, Findings& findings) {
    if (wanted.type != draft.type) {
        findings.error(Errc::offer_type_frozen, Path() / "type", {},
                       "keep it, or make another offer");
    }
}

void check_published_plans(const Publication& publication, const Offer& wanted,
                           Findings& findings) {
    const Path root;
    const Path plans = root / "plans";
    for (std::size_t i = 0; i < wanted.plans.size(); ++i) {
        if (const Plan* published = published_plan(publication, wanted.plans[i].id)) {
            check_frozen(*published, wanted.plans[i], findings, plans / i);
        }
    }
    for (const Plan& plan : publication.draft.plans) {
        if (plan.state != PlanState::draft && !wanted.find(plan.id)) {
            findings.error(Errc::plan_published, plans, plan.id.str() + " is left out",
                           "keep it here; plans.stop_selling ends its sale");
        }
    }
}

}  // namespace

Offer with_derived(Offer wanted, const Offer& draft) {
    wanted.status = draft.status;
    wanted.phase = draft.phase;
    wanted.review_findings = draft.review_findings;
    wanted.unpublished_changes = draft.unpublished_changes;
    wanted.live_at = draft.live_at;
    if (wanted.ingestion.empty()) {
        wanted.ingestion = draft.ingestion;  // nobody writes these by hand
    }
    for (Plan& plan : wanted.plans) {
        const Plan* drafted = draft.find(plan.id);
        plan.service_id = ServiceId::of(wanted.publisher, wanted.id, plan.id);
        plan.state = drafted ? drafted->state : PlanState::draft;
    }
    return wanted;
}

result<Publication> apply_offer(const Publication& publication, const Offer& wanted,
                                Profile profile, Timestamp now, const Policy& policy,
                                Findings& findings) {
    Publication next = settle(publication, now);
    Offer draft = with_derived(wanted, next.draft);
    const bool differs = draft != next.draft;
    if (differs) {
        if (const auto open = open_draft(next, now); !open) {
            findings.error(Errc::offer_draft_closed, Path(), open.error().detail,
                           "cancel the publication first");
        }
        check_type(next.draft, wanted, findings);
        check_frozen(next, wanted, policy, findings);
        check_published_plans(next, wanted, findings);
    }
    check_form(wanted, profile, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    if (differs) {
        next.draft = std::move(draft);
        compare_with_live(next);
    }
    return next;
}

}  // namespace licet
