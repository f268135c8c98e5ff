#pragma once

/// \file
/// The life of an offer (DOMAIN §2.1): a draft beside the live copy that customers see.
///
/// Every function here is pure: it takes what is and the moment, and gives what will be or the
/// reason why not. A move that the status does not allow fails with `offer_status`; an edit
/// while the offer is being published fails with `offer_draft_closed`.

#include <optional>
#include <vector>

#include <licet/catalog/offer.hpp>
#include <licet/policy.hpp>

namespace licet {

struct Publication {
    Offer draft;                   ///< Its status is the one shown; closed while being published.
    std::optional<Offer> live;     ///< With a status of its own: live, pending_…, not_available.
    std::optional<Timestamp> due;  ///< When what is under way takes effect by itself.

    friend bool operator==(const Publication&, const Publication&) = default;
};

/// The publication as it is at `now`: going live and stopping happen by the clock alone. Every
/// function below starts from this.
Publication settle(Publication publication, Timestamp now);

/// A new offer, checked in form. Sets what is derived. Fails with all of `findings`, which may
/// hold what a reader found, and holds the warnings afterwards. So it is wherever it is given;
/// the pointers go into the offer or plan given.
result<Publication> create_offer(Offer offer, Profile profile, Findings& findings);

/// The draft replaced by `changed`, but for its ids, its plans and what is derived: these are not
/// looked at in `changed`. Frozen fields fail with `alias_frozen` and
/// `setup_license_management_frozen`. A draft that only the import profile takes is judged by it.
result<Publication> revise_offer(const Publication& publication, const Offer& changed,
                                 Timestamp now, const Policy& policy, Findings& findings);

/// The draft made equal to `wanted`, but for what is derived: plans are added, changed, taken away
/// and put in order. Where that changes nothing the publication stays as it is, in any status.
/// Fails with all findings, those of revise_offer and revise_plan among them; `offer_type_frozen`
/// for another type, `plan_published` where a plan that is no draft is left out.
result<Publication> apply_offer(const Publication& publication, const Offer& wanted,
                                Profile profile, Timestamp now, const Policy& policy,
                                Findings& findings);
/// `wanted` with what licet sets: as in the draft, and of a plan that is new there as of any new;
/// and with what the draft keeps of ingestion documents, where `wanted` has nothing of that.
Offer with_derived(Offer wanted, const Offer& draft);

/// Fails with `plan_exists`, or all findings.
result<Publication> create_plan(const Publication& publication, Plan plan, Timestamp now,
                                Findings& findings);
/// The plan of that id replaced, but for what is derived. Held against the plan as published, if
/// it was: public to private fails with `plan_visibility_frozen` [P], another pricing model or
/// terms that do not begin with the published ones with `pricing_frozen` [P]. A plan that is
/// only drafted is free [D].
result<Publication> revise_plan(const Publication& publication, const Plan& changed, Timestamp now,
                                Findings& findings);
/// Of a draft plan only: `plan_published` otherwise. Not of the one plan left on sale among
/// stopped ones: `plan_last` [D]. It leaves the order of plans too.
result<Publication> delete_plan(const Publication& publication, const PlanId& plan, Timestamp now);
/// Of a published plan only, and only while another is left: `plan_not_published`,
/// `plan_stopped`, `plan_last`. Takes effect when the offer is published again. [P]
result<Publication> stop_selling(const Publication& publication, const PlanId& plan, Timestamp now);

/// Review and publish. Fails with every error of check_publishable in the create profile, and
/// with `offer_unchanged` where the live offer has nothing new.
result<Publication> submit(const Publication& publication, Timestamp now, Findings& findings);
result<Publication> pass_phase(const Publication& publication, Timestamp now);
result<Publication> report_findings(const Publication& publication,
                                    std::vector<ReviewFinding> review_findings, Timestamp now);
result<Publication> cancel(const Publication& publication, Timestamp now);
result<Publication> go_live(const Publication& publication, Timestamp now, const Policy& policy);
result<Publication> stop_distribution(const Publication& publication, Timestamp now,
                                      const Policy& policy);

/// The plan as customers can take it: in the live copy, on sale, of an offer on sale. An offer is
/// that until a stop has taken effect. [D] Settle first.
const Plan* plan_on_sale(const Publication& publication, const PlanId& plan) noexcept;

/// The plan as published, on sale or not.
const Plan* published_plan(const Publication& publication, const PlanId& plan) noexcept;

}  // namespace licet
