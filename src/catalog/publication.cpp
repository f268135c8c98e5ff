#include <licet/catalog/publication.hpp>

#include <string>
#include <tuple>
#include <utility>

#include <boost/outcome/try.hpp>

#include "catalog/draft.hpp"
#include "catalog/words.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

Error refused(Errc rule, const Offer& draft) {
    return {rule, std::string(word_of(draft.status)), {}};
}

bool is_under_review(const Offer& draft) noexcept {
    return draft.status == OfferStatus::publish_in_progress && draft.phase &&
           *draft.phase < Phase::publisher_signoff;
}

bool may_submit(OfferStatus status) noexcept {
    return status == OfferStatus::draft || status == OfferStatus::attention_needed ||
           status == OfferStatus::live || status == OfferStatus::not_available;
}

/// What people write in an offer and customers see of it, as opposed to where it stands.
auto content_of(const Offer& offer) noexcept {
    return std::tie(offer.alias, offer.type, offer.setup, offer.listing, offer.technical,
                    offer.plans, offer.plan_order);
}

void become_live(Publication& publication) {
    Offer& draft = publication.draft;
    draft.status = OfferStatus::live;
    draft.phase.reset();
    draft.unpublished_changes = false;
    for (Plan& plan : draft.plans) {
        plan.state = plan.state == PlanState::draft ? PlanState::live : plan.state;
    }
    publication.live = draft;
}

void become_unavailable(Offer& offer) noexcept {
    offer.status = OfferStatus::not_available;
    offer.live_at.reset();
}

}  // namespace

result<Publication> open_draft(const Publication& publication, Timestamp now) {
    Publication next = settle(publication, now);
    const OfferStatus status = next.draft.status;
    if (status == OfferStatus::publish_in_progress || status == OfferStatus::preview) {
        return refused(Errc::offer_draft_closed, next.draft);
    }
    return next;
}

void check_frozen(const Publication& publication, const Offer& changed, const Policy& policy,
                  Findings& findings) {
    const Path root;
    if (policy.alias_immutable && changed.alias != publication.draft.alias) {
        findings.error(Errc::alias_frozen, root / "alias", quoted(changed.alias),
                       "keep it as it was");
    }
    const auto& live = publication.live;
    if (live && changed.setup.manages_licenses() != live->setup.manages_licenses()) {
        findings.error(Errc::setup_license_management_frozen, root / "setup" / "license_management",
                       changed.setup.manages_licenses() ? "true" : "false", "keep it as it was");
    }
}

void compare_with_live(Publication& publication) {
    publication.draft.unpublished_changes =
        !publication.live || content_of(publication.draft) != content_of(*publication.live);
}

Publication settle(Publication publication, Timestamp now) {
    if (!publication.due || now < *publication.due) {
        return publication;
    }
    publication.due.reset();
    if (publication.draft.status == OfferStatus::pending_stop_distribution) {
        become_unavailable(publication.draft);
        if (publication.live) {
            become_unavailable(*publication.live);
        }
    } else {
        become_live(publication);
    }
    return publication;
}

result<Publication> create_offer(Offer offer, Profile profile, Findings& findings) {
    check_form(offer, profile, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    offer.status = OfferStatus::draft;
    offer.phase.reset();
    offer.review_findings.clear();
    offer.unpublished_changes = true;
    offer.live_at.reset();
    for (Plan& plan : offer.plans) {
        plan.service_id = ServiceId::of(offer.publisher, offer.id, plan.id);
        plan.state = PlanState::draft;
    }
    return Publication{std::move(offer), std::nullopt, std::nullopt};
}

result<Publication> revise_offer(const Publication& publication, const Offer& changed,
                                 Timestamp now, const Policy& policy, Findings& findings) {
    BOOST_OUTCOME_TRY(auto next, open_draft(publication, now));
    const Profile profile = profile_of(next.draft);
    check_frozen(next, changed, policy, findings);
    next.draft.alias = changed.alias;
    next.draft.type = changed.type;
    next.draft.setup = changed.setup;
    next.draft.listing = changed.listing;
    next.draft.technical = changed.technical;
    next.draft.plan_order = changed.plan_order;
    check_form(next.draft, profile, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    compare_with_live(next);
    return next;
}

result<Publication> submit(const Publication& publication, Timestamp now, Findings& findings) {
    Publication next = settle(publication, now);
    if (!may_submit(next.draft.status)) {
        return refused(Errc::offer_status, next.draft);
    }
    if (next.draft.status == OfferStatus::live && !next.draft.unpublished_changes) {
        return refused(Errc::offer_unchanged, next.draft);
    }
    check_publishable(next.draft, Profile::create, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    next.draft.status = OfferStatus::publish_in_progress;
    next.draft.phase = Phase::automated_validation;
    next.draft.review_findings.clear();
    return next;
}

result<Publication> pass_phase(const Publication& publication, Timestamp now) {
    Publication next = settle(publication, now);
    if (!is_under_review(next.draft)) {
        return refused(Errc::offer_status, next.draft);
    }
    switch (*next.draft.phase) {
        case Phase::automated_validation:
            next.draft.phase = Phase::certification;
            break;
        case Phase::certification:
            next.draft.phase = Phase::preview_creation;
            break;
        default:
            next.draft.phase = Phase::publisher_signoff;
            next.draft.status = OfferStatus::preview;
    }
    return next;
}

result<Publication> report_findings(const Publication& publication,
                                    std::vector<ReviewFinding> review_findings, Timestamp now) {
    Publication next = settle(publication, now);
    if (!is_under_review(next.draft)) {
        return refused(Errc::offer_status, next.draft);
    }
    if (review_findings.empty()) {
        return Error{Errc::review_findings_missing, {}, {}};
    }
    next.draft.status = OfferStatus::attention_needed;
    next.draft.phase.reset();
    next.draft.review_findings = std::move(review_findings);
    return next;
}

result<Publication> cancel(const Publication& publication, Timestamp now) {
    Publication next = settle(publication, now);
    if (!is_under_review(next.draft) && next.draft.status != OfferStatus::preview) {
        return refused(Errc::offer_status, next.draft);
    }
    next.draft.status = next.live ? next.live->status : OfferStatus::draft;
    next.draft.phase.reset();
    return next;
}

result<Publication> go_live(const Publication& publication, Timestamp now, const Policy& policy) {
    Publication next = settle(publication, now);
    if (next.draft.status != OfferStatus::preview) {
        return refused(Errc::offer_status, next.draft);
    }
    next.due = now + policy.go_live_delay;
    next.draft.status = OfferStatus::publish_in_progress;
    next.draft.phase = Phase::publish;
    next.draft.live_at = next.due;
    return settle(std::move(next), now);
}

result<Publication> stop_distribution(const Publication& publication, Timestamp now,
                                      const Policy& policy) {
    Publication next = settle(publication, now);
    if (next.draft.status != OfferStatus::live || !next.live) {
        return refused(Errc::offer_status, next.draft);
    }
    next.due = now + policy.go_live_delay;
    next.draft.status = OfferStatus::pending_stop_distribution;
    next.live->status = OfferStatus::pending_stop_distribution;
    return settle(std::move(next), now);
}

}  // namespace licet
