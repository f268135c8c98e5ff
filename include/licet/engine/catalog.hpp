#pragma once

/// \file
/// Offers and plans over a store. What each method takes, answers and needs is said where its
/// command is (catalog/commands.hpp); the rules are in catalog/.
///
/// What is not there fails with `offer_not_found` or `plan_not_found`; what exists already with
/// `offer_exists` or `plan_exists`.

#include <licet/catalog/commands.hpp>

namespace licet {

class Core;

class Catalog {
public:
    explicit Catalog(Core& core) noexcept : core_(core) {}

    /// All that is wrong with an offer, stored or not: what cannot be read, errors of form, and
    /// what submit would still miss. Wherever else findings are told, their pointers are into the
    /// arguments ("/offer/alias"); here they are into the offer ("/alias").
    result<FindingsAnswer> check_offer(const CheckOffer& query);

    result<Written<OfferAnswer>> create_offer(const CreateOffer& command, const Caller& caller);
    result<Written<ApplyAnswer>> apply_offer(const ApplyOffer& command, const Caller& caller);
    result<OfferView> get_offer(const GetOffer& query, const Caller& caller);
    result<PageOf<Offer>> list_offers(const ListOffers& query, const Caller& caller);
    result<Written<OfferAnswer>> update_offer(const UpdateOffer& command, const Caller& caller);

    result<Written<OfferAnswer>> submit(const SubmitOffer& command, const Caller& caller);
    result<Written<OfferAnswer>> cancel(const CancelOffer& command, const Caller& caller);
    result<Written<OfferAnswer>> go_live(const GoLiveOffer& command, const Caller& caller);
    result<Written<OfferAnswer>> stop_distribution(const StopDistribution& command,
                                                   const Caller& caller);
    result<Written<OfferAnswer>> pass_phase(const PassPhase& command, const Caller& caller);
    result<Written<OfferAnswer>> report_findings(const ReportFindings& command,
                                                 const Caller& caller);

    /// Of the live copy, or of the draft where nothing is live yet.
    result<ButtonsAnswer> show_buttons(const ShowButtons& query, const Caller& caller);

    result<Written<PlanAnswer>> create_plan(const CreatePlan& command, const Caller& caller);
    result<Written<PlanAnswer>> update_plan(const UpdatePlan& command, const Caller& caller);
    result<Written<PlanAnswer>> delete_plan(const DeletePlan& command, const Caller& caller);
    result<Written<PlanAnswer>> stop_selling(const StopSelling& command, const Caller& caller);
    result<PlansAnswer> list_plans(const ListPlans& query, const Caller& caller);

    result<OffersAnswer> read_ingestion(const ReadIngestion& query);
    result<IngestionDocument> write_ingestion(const WriteIngestion& query, const Caller& caller);
    /// From the draft, plans and apps in its order: LF, quotes only where they are needed.
    result<PlanFilesAnswer> write_plan_files(const WritePlanFiles& query, const Caller& caller);
    /// All that is wrong with two plan files, by themselves or as those of a drafted offer, which
    /// the caller must be allowed to read. Pointers are `/definition/<line>/<column>` and
    /// `/mapping/…`; of each file at most 100 errors and 100 warnings are told.
    result<FindingsAnswer> check_plan_files(const CheckPlanFiles& query, const Caller& caller);
    /// The offers that the files describe. Fails with all findings where one is an error in the
    /// import profile, or a display name too long for a plan. What files do not say is not in the
    /// offers; each has its id as an alias and license management: it can be created on import.
    result<OffersAnswer> read_plan_files(const ReadPlanFiles& query);

private:
    Core& core_;
};

}  // namespace licet
