#include <algorithm>
#include <string>
#include <utility>

#include <boost/outcome/try.hpp>

#include <licet/catalog/publication.hpp>

#include "catalog/draft.hpp"
#include "catalog/report.hpp"

namespace licet {
namespace {

Error no_such_plan(const PlanId& plan) { return {Errc::plan_not_found, plan.str(), {}}; }

/// The published terms stand first and as they were; new ones come after them.
bool keeps_terms(const std::vector<Term>& published, const std::vector<Term>& changed) {
    return changed.size() >= published.size() &&
           std::equal(published.begin(), published.end(), changed.begin());
}

bool keeps_pricing(const Plan& published, const Plan& changed) {
    if (!published.pricing) {
        return true;
    }
    return changed.pricing && changed.pricing->model == published.pricing->model &&
           keeps_terms(published.pricing->terms, changed.pricing->terms);
}

/// The form of a plan among the others of its offer; a plan of the same id is not one of them.
void check_among(const Offer& offer, const Plan& plan, Findings& findings) {
    const Path root;
    Report report(findings, Extent::form);
    Siblings siblings;
    std::size_t hidden = 0;
    for (const Plan& other : offer.plans) {
        if (other.id != plan.id) {
            siblings.names.insert(other.name);
            hidden += other.visibility == Visibility::private_ ? 1U : 0U;
        }
    }
    check_plan(plan, offer, siblings, report, root);
    check_service_id(plan, offer, report, root / "service_id");
    if (plan.visibility == Visibility::private_ && hidden >= private_plans_max) {
        report.error(Errc::private_plans_count, root / "visibility",
                     std::to_string(hidden + 1) + " private plans", "keep at most 45 private");
    }
}

/// The others of the offer are all stopped, and there are some.
bool is_last_on_sale(const Offer& offer, const Plan& plan) {
    const auto left = [&](const Plan& other) {
        return other.id != plan.id && other.state != PlanState::stopped;
    };
    return offer.plans.size() > 1 && std::ranges::none_of(offer.plans, left);
}

}  // namespace

void check_frozen(const Plan& published, const Plan& changed, Findings& findings, const Path& at) {
    if (published.visibility == Visibility::public_ && changed.visibility == Visibility::private_) {
        findings.error(Errc::plan_visibility_frozen, at / "visibility", "private",
                       "keep the plan public");
    }
    if (!keeps_pricing(published, changed)) {
        findings.error(Errc::pricing_frozen, at / "pricing", {},
                       "keep the published terms and add new ones after them");
    }
}

result<Publication> create_plan(const Publication& publication, Plan plan, Timestamp now,
                                Findings& findings) {
    BOOST_OUTCOME_TRY(auto next, open_draft(publication, now));
    if (next.draft.find(plan.id)) {
        return Error{Errc::plan_exists, plan.id.str(), {}};
    }
    check_among(next.draft, plan, findings);
    if (next.draft.plans.size() >= plans_max) {
        findings.error(Errc::plans_count, {},
                       std::to_string(next.draft.plans.size() + 1) + " plans",
                       "delete a draft plan first");
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    plan.service_id = ServiceId::of(next.draft.publisher, next.draft.id, plan.id);
    plan.state = PlanState::draft;
    next.draft.plans.push_back(std::move(plan));
    compare_with_live(next);
    return next;
}

result<Publication> revise_plan(const Publication& publication, const Plan& changed, Timestamp now,
                                Findings& findings) {
    BOOST_OUTCOME_TRY(auto next, open_draft(publication, now));
    Plan* plan = next.draft.find(changed.id);
    if (!plan) {
        return no_such_plan(changed.id);
    }
    if (const Plan* published = published_plan(next, changed.id)) {
        check_frozen(*published, changed, findings);
    }
    check_among(next.draft, changed, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    const PlanState state = plan->state;
    *plan = changed;
    plan->service_id = ServiceId::of(next.draft.publisher, next.draft.id, changed.id);
    plan->state = state;
    compare_with_live(next);
    return next;
}

result<Publication> delete_plan(const Publication& publication, const PlanId& plan, Timestamp now) {
    BOOST_OUTCOME_TRY(auto next, open_draft(publication, now));
    const Plan* found = next.draft.find(plan);
    if (!found) {
        return no_such_plan(plan);
    }
    if (found->state != PlanState::draft) {
        return Error{Errc::plan_published, plan.str(), {}};
    }
    if (is_last_on_sale(next.draft, *found)) {
        return Error{Errc::plan_last, plan.str(), {}};
    }
    std::erase(next.draft.plan_order, plan);
    next.draft.plans.erase(next.draft.plans.begin() + (found - next.draft.plans.data()));
    std::erase_if(next.draft.ingestion,
                  [&](const KeptResource& kept) { return kept.plan == plan; });
    compare_with_live(next);
    return next;
}

result<Publication> stop_selling(const Publication& publication, const PlanId& plan,
                                 Timestamp now) {
    BOOST_OUTCOME_TRY(auto next, open_draft(publication, now));
    Plan* found = next.draft.find(plan);
    if (!found) {
        return no_such_plan(plan);
    }
    if (found->state == PlanState::draft) {
        return Error{Errc::plan_not_published, plan.str(), {}};
    }
    if (found->state == PlanState::stopped) {
        return Error{Errc::plan_stopped, plan.str(), {}};
    }
    if (next.draft.plans.size() == 1 || is_last_on_sale(next.draft, *found)) {
        return Error{Errc::plan_last, plan.str(), {}};
    }
    found->state = PlanState::stopped;
    compare_with_live(next);
    return next;
}

const Plan* plan_on_sale(const Publication& publication, const PlanId& plan) noexcept {
    const Plan* published = published_plan(publication, plan);
    const bool on_sale = published && published->state == PlanState::live &&
                         publication.live->status != OfferStatus::not_available;
    return on_sale ? published : nullptr;
}

const Plan* published_plan(const Publication& publication, const PlanId& plan) noexcept {
    return publication.live ? publication.live->find(plan) : nullptr;
}

}  // namespace licet
