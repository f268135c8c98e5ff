#pragma once

/// \file
/// The commands and queries about offers and plans, each with its name in every language, the
/// permission it needs and what it answers (a `Command` is a mutation).

#include <string_view>

#include <licet/catalog/buttons.hpp>
#include <licet/catalog/offer.hpp>
#include <licet/catalog/plan_files.hpp>
#include <licet/page.hpp>

namespace licet {

struct OfferAnswer {
    Offer offer;
};
struct PlanAnswer {
    Plan plan;
};

enum class Change { added, changed, removed };

/// One thing in which a document differs from the draft.
struct Difference {
    Change change = Change::changed;
    std::optional<PlanId> plan;  ///< The plan it is in, if it is in one.
    std::string pointer;         ///< JSON Pointer into the plan, or into the offer.
    std::optional<Json> before;
    std::optional<Json> after;
};
struct ApplyAnswer {
    Offer offer;
    std::vector<Difference> differences;  ///< Empty: there was nothing to do.
};

struct CheckOffer {
    static constexpr std::string_view name = "offers.check";
    static constexpr Action action = Action::host;
    Json offer;  ///< The document as it is, right or wrong.
    Profile profile = Profile::create;
};
struct FindingsAnswer {
    std::vector<Finding> findings;  ///< Their pointers are into the document.
};

struct CreateOffer {
    static constexpr std::string_view name = "offers.create";
    static constexpr Action action = Action::manage_offers;
    using Answer = OfferAnswer;
    Offer offer;
    Profile profile = Profile::create;
};
/// Makes the draft equal to a document, or creates the offer: whole, or not at all.
struct ApplyOffer {
    static constexpr std::string_view name = "offers.apply";
    static constexpr Action action = Action::manage_offers;
    using Answer = ApplyAnswer;
    Offer offer;
    Profile profile = Profile::create;
    /// Writes nothing; what would refuse the change is then told among the answer's findings.
    bool dry_run = false;
};
struct GetOffer {
    static constexpr std::string_view name = "offers.get";
    static constexpr Action action = Action::read_offers;
    PublisherId publisher;
    OfferId id;
};
struct OfferView {
    Offer offer;
    std::optional<Offer> live;
    std::uint64_t revision = 0;
};
struct ListOffers {
    static constexpr std::string_view name = "offers.list";
    static constexpr Action action = Action::read_offers;
    PublisherId publisher;
    std::optional<OfferStatus> status;
    PageRequest page;
};
struct UpdateOffer {
    static constexpr std::string_view name = "offers.update";
    static constexpr Action action = Action::manage_offers;
    using Answer = OfferAnswer;
    PublisherId publisher;
    OfferId id;
    Json changes;  ///< A JSON Merge Patch (RFC 7396).
};

/// A command that names an offer and nothing else.
struct OfferCommand {
    using Answer = OfferAnswer;
    PublisherId publisher;
    OfferId id;
};
struct SubmitOffer : OfferCommand {
    static constexpr std::string_view name = "offers.submit";
    static constexpr Action action = Action::manage_offers;
};
struct CancelOffer : OfferCommand {
    static constexpr std::string_view name = "offers.cancel";
    static constexpr Action action = Action::manage_offers;
};
struct GoLiveOffer : OfferCommand {
    static constexpr std::string_view name = "offers.go_live";
    static constexpr Action action = Action::manage_offers;
};
struct StopDistribution : OfferCommand {
    static constexpr std::string_view name = "offers.stop_distribution";
    static constexpr Action action = Action::manage_offers;
};
struct PassPhase : OfferCommand {
    static constexpr std::string_view name = "offers.pass_phase";
    static constexpr Action action = Action::review_offers;
};
struct ReportFindings : OfferCommand {
    static constexpr std::string_view name = "offers.report_findings";
    static constexpr Action action = Action::review_offers;
    std::vector<ReviewFinding> review_findings;
};

struct ShowButtons {
    static constexpr std::string_view name = "offers.buttons";
    static constexpr Action action = Action::read_offers;
    PublisherId publisher;
    OfferId id;
    Viewer viewer = Viewer::admin;
    std::optional<TenantId> tenant;
};
struct ButtonsAnswer {
    std::vector<Button> buttons;
};

struct CreatePlan {
    static constexpr std::string_view name = "plans.create";
    static constexpr Action action = Action::manage_offers;
    using Answer = PlanAnswer;
    PublisherId publisher;
    OfferId offer;
    Plan plan;
};
struct UpdatePlan {
    static constexpr std::string_view name = "plans.update";
    static constexpr Action action = Action::manage_offers;
    using Answer = PlanAnswer;
    PublisherId publisher;
    OfferId offer;
    PlanId id;
    Json changes;  ///< A JSON Merge Patch (RFC 7396).
};
struct PlanCommand {
    using Answer = PlanAnswer;
    PublisherId publisher;
    OfferId offer;
    PlanId id;
};
struct DeletePlan : PlanCommand {
    static constexpr std::string_view name = "plans.delete";
    static constexpr Action action = Action::manage_offers;
};
struct StopSelling : PlanCommand {
    static constexpr std::string_view name = "plans.stop_selling";
    static constexpr Action action = Action::manage_offers;
};
struct ListPlans {
    static constexpr std::string_view name = "plans.list";
    static constexpr Action action = Action::read_offers;
    PublisherId publisher;
    OfferId offer;
};
struct PlansAnswer {
    std::vector<Plan> plans;
    std::uint64_t revision = 0;
};

struct WritePlanFiles {
    static constexpr std::string_view name = "plan_files.write";
    static constexpr Action action = Action::read_offers;
    PublisherId publisher;
    OfferId offer;
};
struct PlanFilesAnswer {
    PlanFiles files;
    std::uint64_t revision = 0;
};
/// Publisher and offer come together, or not at all.
struct CheckPlanFiles {
    static constexpr std::string_view name = "plan_files.check";
    static constexpr Action action = Action::host;
    PlanFiles files;
    Profile profile = Profile::create;
    std::optional<PublisherId> publisher;
    std::optional<OfferId> offer;
};

/// Offers that documents of another kind describe, for `offers.create` in the import profile. To
/// read them fails with all findings where one is an error.
struct OffersAnswer {
    std::vector<Offer> offers;
    std::vector<Finding> findings;  ///< Warnings; their pointers are into the documents.
};
struct ReadPlanFiles {
    static constexpr std::string_view name = "plan_files.read";
    static constexpr Action action = Action::host;
    PlanFiles files;
};
/// What has no place in an offer is kept in it, with a warning.
struct ReadIngestion {
    static constexpr std::string_view name = "ingestion.read";
    static constexpr Action action = Action::host;
    Json document;
    std::optional<PublisherId> publisher;  ///< Whose offers they are: the document does not say.
};

/// The draft as an ingestion document.
struct WriteIngestion {
    static constexpr std::string_view name = "ingestion.write";
    static constexpr Action action = Action::read_offers;
    PublisherId publisher;
    OfferId offer;
};
struct IngestionDocument {
    Json document;
};

}  // namespace licet
