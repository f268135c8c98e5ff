#pragma once

/// \file
/// An offer with its plans, and the rules of its form (DOMAIN §2, §3).

#include <optional>
#include <string>
#include <vector>

#include <licet/catalog/ingestion.hpp>
#include <licet/catalog/plan.hpp>
#include <licet/finding.hpp>
#include <licet/ids.hpp>
#include <licet/time.hpp>

namespace licet {

enum class OfferType {
    dynamics365_dataverse_powerapps,
    power_bi_visual,
    dynamics365_business_central,
    saas,
};

enum class CallToAction { free, free_trial, contact_me };

/// How the offer is sold. What is not chosen yet is absent. [S][P]
///
///     sell_through_microsoft  ⇒ license_management, and neither of the other two
///     else license_management ⇒ require_license_for_install, no call_to_action
///     else                    ⇒ call_to_action, no require_license_for_install
struct Setup {
    std::optional<bool> sell_through_microsoft;
    std::optional<bool> license_management;
    std::optional<bool> require_license_for_install;
    std::optional<CallToAction> call_to_action;

    /// Selling through Microsoft brings licence management along.
    bool sold_through_microsoft() const noexcept { return sell_through_microsoft.value_or(false); }
    bool manages_licenses() const noexcept {
        return sold_through_microsoft() || license_management.value_or(false);
    }

    friend bool operator==(const Setup&, const Setup&) = default;
};

struct Listing {
    std::string name;
    std::string summary;
    std::string description;
    std::vector<std::string> keywords;

    friend bool operator==(const Listing&, const Listing&) = default;
};

enum class LicenseModel { user, resource };

struct Technical {
    std::optional<LicenseModel> base_license_model;
    std::optional<std::string> package_url;

    friend bool operator==(const Technical&, const Technical&) = default;
};

enum class OfferStatus {
    draft,
    publish_in_progress,
    attention_needed,
    preview,
    live,
    pending_stop_distribution,
    not_available,
};

/// Where an offer is while it is being published.
enum class Phase {
    automated_validation,
    certification,
    preview_creation,
    publisher_signoff,
    publish,
};

/// What a reviewer found.
struct ReviewFinding {
    std::string policy;
    std::string message;

    friend bool operator==(const ReviewFinding&, const ReviewFinding&) = default;
};

struct Offer {
    PublisherId publisher;
    OfferId id;
    std::string alias;  ///< 1..120, not shown to customers. [S]
    OfferType type = OfferType::dynamics365_dataverse_powerapps;
    Setup setup;
    Listing listing;
    Technical technical;
    std::vector<Plan> plans;
    std::vector<KeptResource> ingestion;  ///< Only where the offer came from such a document.
    /// Which plan costs more than which, the cheapest first, where the publisher declares it: any
    /// of the plans, each once. A plan that opens less than the one before it earns a warning. [D]
    std::vector<PlanId> plan_order;

    // Derived: set by licet, never by whoever writes the document.
    OfferStatus status = OfferStatus::draft;
    std::optional<Phase> phase;
    std::vector<ReviewFinding> review_findings;
    bool unpublished_changes = true;
    std::optional<Timestamp> live_at;  ///< Since when it is live, or when it will be.

    const Plan* find(const PlanId& plan) const noexcept;
    Plan* find(const PlanId& plan) noexcept;

    friend bool operator==(const Offer&, const Offer&) = default;
};

/// Errors of form, and warnings: what creating and updating refuse. In document order, at `at`.
/// Nothing is said of places where `findings` has an error already, or of what is inside them.
void check_form(const Offer& offer, Profile profile, Findings& findings, const Path& at = {});

/// What is merely not there yet: what submit refuses and a draft may lack. [S]
void check_complete(const Offer& offer, Findings& findings, const Path& at = {});

/// check_form and check_complete in one, in document order. In the create profile its errors are
/// those that submit refuses.
void check_publishable(const Offer& offer, Profile profile, Findings& findings,
                       const Path& at = {});

/// What a kept offer is judged by: the import profile, where it breaks rules of form that only the
/// other has, so that an offer taken as it is out there keeps that leave.
Profile profile_of(const Offer& offer);

}  // namespace licet
