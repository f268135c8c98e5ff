#pragma once

/// \file
/// Tables of offers and plans, and of the commands about them.

#include <licet/catalog/commands.hpp>
#include <licet/catalog/publication.hpp>

#include "formats/tables/common.hpp"

namespace licet::formats {

template <>
struct Table<UserLimits> {
    static constexpr std::string_view name = "UserLimits";
    static constexpr Field fields[] = {
        field<UserLimits, &UserLimits::min>("min"),
        field<UserLimits, &UserLimits::max>("max"),
    };
};

template <>
struct Table<Term> {
    static constexpr std::string_view name = "Term";
    static constexpr Field fields[] = {
        field<Term, &Term::unit>("unit"),
        field<Term, &Term::count>("count", Need::defaulted, Set::by_caller, {1, 1000}),
        field<Term, &Term::price>("price"),
    };
};

template <>
struct Table<Pricing> {
    static constexpr std::string_view name = "Pricing";
    static constexpr Field fields[] = {
        field<Pricing, &Pricing::model>("model", Need::defaulted),
        field<Pricing, &Pricing::user_limits>("user_limits", Need::defaulted),
        field<Pricing, &Pricing::markets>("markets", Need::defaulted),
        field<Pricing, &Pricing::terms>("terms", Need::defaulted),
        field<Pricing, &Pricing::free_trial>("free_trial", Need::defaulted),
    };
};

template <>
struct Table<Plan> {
    static constexpr std::string_view name = "Plan";
    static constexpr Field fields[] = {
        field<Plan, &Plan::id>("id", Need::required, Set::once),
        field<Plan, &Plan::name>("name"),
        field<Plan, &Plan::description>("description", Need::defaulted),
        field<Plan, &Plan::visibility>("visibility", Need::defaulted),
        field<Plan, &Plan::more_info_url>("more_info_url", Need::optional),
        field<Plan, &Plan::apps>("apps", Need::defaulted),
        field<Plan, &Plan::audience>("audience", Need::optional),
        field<Plan, &Plan::pricing>("pricing", Need::optional),
        field<Plan, &Plan::service_id>("service_id", Need::optional, Set::echoed),
        field<Plan, &Plan::state>("state", Need::defaulted, Set::by_licet),
    };
};

template <>
struct Table<Setup> {
    static constexpr std::string_view name = "Setup";
    static constexpr Field fields[] = {
        field<Setup, &Setup::sell_through_microsoft>("sell_through_microsoft", Need::optional),
        field<Setup, &Setup::license_management>("license_management", Need::optional),
        field<Setup, &Setup::require_license_for_install>("require_license_for_install",
                                                          Need::optional),
        field<Setup, &Setup::call_to_action>("call_to_action", Need::optional),
    };
};

template <>
struct Table<Listing> {
    static constexpr std::string_view name = "Listing";
    static constexpr Field fields[] = {
        field<Listing, &Listing::name>("name", Need::defaulted),
        field<Listing, &Listing::summary>("summary", Need::defaulted),
        field<Listing, &Listing::description>("description", Need::defaulted),
        field<Listing, &Listing::keywords>("keywords", Need::defaulted),
    };
};

template <>
struct Table<Technical> {
    static constexpr std::string_view name = "Technical";
    static constexpr Field fields[] = {
        field<Technical, &Technical::base_license_model>("base_license_model", Need::optional),
        field<Technical, &Technical::package_url>("package_url", Need::optional),
    };
};

template <>
struct Table<ReviewFinding> {
    static constexpr std::string_view name = "ReviewFinding";
    static constexpr Field fields[] = {
        field<ReviewFinding, &ReviewFinding::policy>("policy", Need::required, Set::by_caller,
                                                     {1, 200}),
        field<ReviewFinding, &ReviewFinding::message>("message", Need::required, Set::by_caller,
                                                      {1, 3000}),
    };
};

template <>
struct Table<KeptResource> {
    static constexpr std::string_view name = "KeptResource";
    static constexpr Field fields[] = {
        field<KeptResource, &KeptResource::schema>("schema"),
        field<KeptResource, &KeptResource::plan>("plan", Need::optional),
        field<KeptResource, &KeptResource::members>("members", Need::defaulted),
    };
};

template <>
struct Table<Offer> {
    static constexpr std::string_view name = "Offer";
    static constexpr Field fields[] = {
        field<Offer, &Offer::publisher>("publisher", Need::known, Set::once),
        field<Offer, &Offer::id>("id", Need::required, Set::once),
        field<Offer, &Offer::alias>("alias"),
        field<Offer, &Offer::type>("type", Need::defaulted, Set::once),
        field<Offer, &Offer::setup>("setup", Need::defaulted),
        field<Offer, &Offer::listing>("listing", Need::defaulted),
        field<Offer, &Offer::technical>("technical", Need::defaulted),
        field<Offer, &Offer::plans>("plans", Need::defaulted, Set::once),
        field<Offer, &Offer::ingestion>("ingestion", Need::optional, Set::once),
        field<Offer, &Offer::plan_order>("plan_order", Need::optional),
        field<Offer, &Offer::status>("status", Need::defaulted, Set::by_licet),
        field<Offer, &Offer::phase>("phase", Need::nullable, Set::by_licet),
        field<Offer, &Offer::review_findings>("review_findings", Need::defaulted, Set::by_licet),
        field<Offer, &Offer::unpublished_changes>("unpublished_changes", Need::defaulted,
                                                  Set::by_licet),
        field<Offer, &Offer::live_at>("live_at", Need::nullable, Set::by_licet),
    };
};

template <>
struct Table<Publication> {
    static constexpr Field fields[] = {
        field<Publication, &Publication::draft>("draft"),
        field<Publication, &Publication::live>("live", Need::nullable),
        field<Publication, &Publication::due>("due", Need::nullable),
    };
};

template <>
struct Table<OfferAnswer> {
    static constexpr Field fields[] = {field<OfferAnswer, &OfferAnswer::offer>("offer")};
};
template <>
struct Table<Difference> {
    static constexpr std::string_view name = "Difference";
    static constexpr Field fields[] = {
        field<Difference, &Difference::change>("change"),
        field<Difference, &Difference::plan>("plan", Need::optional),
        field<Difference, &Difference::pointer>("pointer"),
        field<Difference, &Difference::before>("before", Need::optional),
        field<Difference, &Difference::after>("after", Need::optional),
    };
};
template <>
struct Table<ApplyAnswer> {
    static constexpr Field fields[] = {
        field<ApplyAnswer, &ApplyAnswer::offer>("offer"),
        field<ApplyAnswer, &ApplyAnswer::differences>("differences"),
    };
};
template <>
struct Table<PlanAnswer> {
    static constexpr Field fields[] = {field<PlanAnswer, &PlanAnswer::plan>("plan")};
};
template <>
struct Table<FindingsAnswer> {
    static constexpr Field fields[] = {
        field<FindingsAnswer, &FindingsAnswer::findings>("findings"),
    };
};
template <>
struct Table<OfferView> {
    static constexpr Field fields[] = {
        field<OfferView, &OfferView::offer>("offer"),
        field<OfferView, &OfferView::live>("live", Need::nullable),
        field<OfferView, &OfferView::revision>("revision"),
    };
};
template <>
struct Table<ButtonsAnswer> {
    static constexpr Field fields[] = {field<ButtonsAnswer, &ButtonsAnswer::buttons>("buttons")};
};
template <>
struct Table<PlansAnswer> {
    static constexpr Field fields[] = {
        field<PlansAnswer, &PlansAnswer::plans>("plans"),
        field<PlansAnswer, &PlansAnswer::revision>("revision"),
    };
};

template <>
struct Table<CheckOffer> {
    static constexpr Field fields[] = {
        field<CheckOffer, &CheckOffer::offer>("offer"),
        field<CheckOffer, &CheckOffer::profile>("profile", Need::defaulted),
    };
};
template <>
struct Table<CreateOffer> {
    static constexpr Field fields[] = {
        field<CreateOffer, &CreateOffer::offer>("offer"),
        field<CreateOffer, &CreateOffer::profile>("profile", Need::defaulted),
    };
};
template <>
struct Table<ApplyOffer> {
    static constexpr Field fields[] = {
        field<ApplyOffer, &ApplyOffer::offer>("offer"),
        field<ApplyOffer, &ApplyOffer::profile>("profile", Need::defaulted),
        field<ApplyOffer, &ApplyOffer::dry_run>("dry_run", Need::defaulted),
    };
};
template <>
struct Table<ListOffers> {
    static constexpr Field fields[] = {
        field<ListOffers, &ListOffers::publisher>("publisher"),
        field<ListOffers, &ListOffers::status>("status", Need::optional),
        limit_field<ListOffers>,
        after_field<ListOffers>,
    };
};
template <>
struct Table<UpdateOffer> {
    static constexpr Field fields[] = {
        field<UpdateOffer, &UpdateOffer::publisher>("publisher"),
        field<UpdateOffer, &UpdateOffer::id>("id"),
        patch_of<Offer>(field<UpdateOffer, &UpdateOffer::changes>("changes")),
    };
};
template <>
struct Table<ReportFindings> {
    static constexpr Field fields[] = {
        field<ReportFindings, &ReportFindings::publisher>("publisher"),
        field<ReportFindings, &ReportFindings::id>("id"),
        field<ReportFindings, &ReportFindings::review_findings>("review_findings", Need::required,
                                                                Set::by_caller, {1, 1000}),
    };
};
template <>
struct Table<ShowButtons> {
    static constexpr Field fields[] = {
        field<ShowButtons, &ShowButtons::publisher>("publisher"),
        field<ShowButtons, &ShowButtons::id>("id"),
        field<ShowButtons, &ShowButtons::viewer>("viewer"),
        field<ShowButtons, &ShowButtons::tenant>("tenant", Need::optional),
    };
};
template <>
struct Table<CreatePlan> {
    static constexpr Field fields[] = {
        field<CreatePlan, &CreatePlan::publisher>("publisher"),
        field<CreatePlan, &CreatePlan::offer>("offer"),
        field<CreatePlan, &CreatePlan::plan>("plan"),
    };
};
template <>
struct Table<UpdatePlan> {
    static constexpr Field fields[] = {
        field<UpdatePlan, &UpdatePlan::publisher>("publisher"),
        field<UpdatePlan, &UpdatePlan::offer>("offer"),
        field<UpdatePlan, &UpdatePlan::id>("id"),
        patch_of<Plan>(field<UpdatePlan, &UpdatePlan::changes>("changes")),
    };
};
template <>
struct Table<ListPlans> {
    static constexpr Field fields[] = {
        field<ListPlans, &ListPlans::publisher>("publisher"),
        field<ListPlans, &ListPlans::offer>("offer"),
    };
};

template <>
struct Table<PlanFilesAnswer> {
    static constexpr Field fields[] = {
        field<PlanFilesAnswer, &PlanFilesAnswer::files, &PlanFiles::definition>("definition"),
        field<PlanFilesAnswer, &PlanFilesAnswer::files, &PlanFiles::mapping>("mapping"),
        field<PlanFilesAnswer, &PlanFilesAnswer::revision>("revision"),
    };
};
template <>
struct Table<OffersAnswer> {
    static constexpr Field fields[] = {
        field<OffersAnswer, &OffersAnswer::offers>("offers"),
        field<OffersAnswer, &OffersAnswer::findings>("findings"),
    };
};
template <>
struct Table<WritePlanFiles> {
    static constexpr Field fields[] = {
        field<WritePlanFiles, &WritePlanFiles::publisher>("publisher"),
        field<WritePlanFiles, &WritePlanFiles::offer>("offer"),
    };
};
template <>
struct Table<CheckPlanFiles> {
    static constexpr Field fields[] = {
        field<CheckPlanFiles, &CheckPlanFiles::files, &PlanFiles::definition>("definition"),
        field<CheckPlanFiles, &CheckPlanFiles::files, &PlanFiles::mapping>("mapping"),
        field<CheckPlanFiles, &CheckPlanFiles::profile>("profile", Need::defaulted),
        field<CheckPlanFiles, &CheckPlanFiles::publisher>("publisher", Need::optional),
        field<CheckPlanFiles, &CheckPlanFiles::offer>("offer", Need::optional),
    };
};
template <>
struct Table<ReadPlanFiles> {
    static constexpr Field fields[] = {
        field<ReadPlanFiles, &ReadPlanFiles::files, &PlanFiles::definition>("definition"),
        field<ReadPlanFiles, &ReadPlanFiles::files, &PlanFiles::mapping>("mapping"),
    };
};

/// Commands that name an offer, or a plan of one, and nothing else.
template <class T>
requires(std::derived_from<T, OfferCommand> || std::is_same_v<T, GetOffer>) struct Table<T> {
    static constexpr Field fields[] = {
        field<T, &T::publisher>("publisher"),
        field<T, &T::id>("id"),
    };
};
template <class T>
requires std::derived_from<T, PlanCommand>
struct Table<T> {
    static constexpr Field fields[] = {
        field<T, &T::publisher>("publisher"),
        field<T, &T::offer>("offer"),
        field<T, &T::id>("id"),
    };
};

}  // namespace licet::formats
