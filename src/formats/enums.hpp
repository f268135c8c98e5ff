#pragma once

/// \file
/// The words of every enumeration.

#include <array>

#include <licet/catalog/buttons.hpp>
#include <licet/catalog/offer.hpp>
#include <licet/deals/commands.hpp>
#include <licet/seats/commands.hpp>

#include "formats/codecs.hpp"

namespace licet::formats {

template <class E>
using Word = std::pair<std::string_view, E>;

template <>
struct Words<Role> {
    static constexpr Word<Role> all[] = {
        {"global_admin", Role::global_admin},     {"account_admin", Role::account_admin},
        {"referral_admin", Role::referral_admin}, {"developer", Role::developer},
        {"billing_admin", Role::billing_admin},   {"license_admin", Role::license_admin},
        {"user_admin", Role::user_admin},         {"reviewer", Role::reviewer},
    };
};
template <>
struct Words<Profile> {
    static constexpr Word<Profile> all[] = {
        {"create", Profile::create},
        {"import", Profile::import},
    };
};
template <>
struct Words<Severity> {
    static constexpr Word<Severity> all[] = {
        {"error", Severity::error},
        {"warning", Severity::warning},
    };
};
template <>
struct Words<Visibility> {
    static constexpr Word<Visibility> all[] = {
        {"public", Visibility::public_},
        {"private", Visibility::private_},
    };
};
template <>
struct Words<PlanState> {
    static constexpr Word<PlanState> all[] = {
        {"draft", PlanState::draft},
        {"live", PlanState::live},
        {"stopped", PlanState::stopped},
    };
};
template <>
struct Words<PricingModel> {
    static constexpr Word<PricingModel> all[] = {{"per_user", PricingModel::per_user}};
};
template <>
struct Words<TermUnit> {
    static constexpr Word<TermUnit> all[] = {
        {"month", TermUnit::month},
        {"year", TermUnit::year},
    };
};
template <>
struct Words<OfferType> {
    static constexpr Word<OfferType> all[] = {
        {"dynamics365_dataverse_powerapps", OfferType::dynamics365_dataverse_powerapps},
        {"power_bi_visual", OfferType::power_bi_visual},
        {"dynamics365_business_central", OfferType::dynamics365_business_central},
        {"saas", OfferType::saas},
    };
};
template <>
struct Words<CallToAction> {
    static constexpr Word<CallToAction> all[] = {
        {"free", CallToAction::free},
        {"free_trial", CallToAction::free_trial},
        {"contact_me", CallToAction::contact_me},
    };
};
template <>
struct Words<LicenseModel> {
    static constexpr Word<LicenseModel> all[] = {
        {"user", LicenseModel::user},
        {"resource", LicenseModel::resource},
    };
};
template <>
struct Words<OfferStatus> {
    static constexpr Word<OfferStatus> all[] = {
        {"draft", OfferStatus::draft},
        {"publish_in_progress", OfferStatus::publish_in_progress},
        {"attention_needed", OfferStatus::attention_needed},
        {"preview", OfferStatus::preview},
        {"live", OfferStatus::live},
        {"pending_stop_distribution", OfferStatus::pending_stop_distribution},
        {"not_available", OfferStatus::not_available},
    };
};
template <>
struct Words<Phase> {
    static constexpr Word<Phase> all[] = {
        {"automated_validation", Phase::automated_validation},
        {"certification", Phase::certification},
        {"preview_creation", Phase::preview_creation},
        {"publisher_signoff", Phase::publisher_signoff},
        {"publish", Phase::publish},
    };
};
template <>
struct Words<Button> {
    static constexpr Word<Button> all[] = {
        {"get_it_now", Button::get_it_now},
        {"contact_me", Button::contact_me},
        {"free_trial", Button::free_trial},
    };
};
template <>
struct Words<Viewer> {
    static constexpr Word<Viewer> all[] = {
        {"admin", Viewer::admin},
        {"user", Viewer::user},
    };
};
template <>
struct Words<DealKind> {
    static constexpr Word<DealKind> all[] = {
        {"isv_connect", DealKind::isv_connect},
        {"azure_ip_cosell", DealKind::azure_ip_cosell},
    };
};
template <>
struct Words<ContractType> {
    static constexpr Word<ContractType> all[] = {
        {"new", ContractType::new_},
        {"renewal", ContractType::renewal},
    };
};
template <>
struct Words<ConsumptionOn> {
    static constexpr Word<ConsumptionOn> all[] = {
        {"customer_tenant", ConsumptionOn::customer_tenant},
        {"partner_tenant", ConsumptionOn::partner_tenant},
    };
};
template <>
struct Words<DealState> {
    static constexpr Word<DealState> all[] = {
        {"draft", DealState::draft},
        {"submitted", DealState::submitted},
        {"in_progress", DealState::in_progress},
        {"action_required", DealState::action_required},
        {"registered", DealState::registered},
        {"rejected", DealState::rejected},
        {"closed", DealState::closed},
    };
};
template <>
struct Words<DealsView> {
    static constexpr Word<DealsView> all[] = {{"in_progress", DealsView::in_progress}};
};
template <>
struct Words<LineState> {
    static constexpr Word<LineState> all[] = {
        {"active", LineState::active},
        {"warning", LineState::warning},
        {"suspended", LineState::suspended},
        {"deleted", LineState::deleted},
    };
};
template <>
struct Words<InviteState> {
    static constexpr Word<InviteState> all[] = {
        {"invited", InviteState::invited},   {"accepted", InviteState::accepted},
        {"declined", InviteState::declined}, {"expired", InviteState::expired},
        {"revoked", InviteState::revoked},
    };
};
template <>
struct Words<Lowering> {
    static constexpr Word<Lowering> all[] = {
        {"over_assign", Lowering::over_assign},
        {"reject", Lowering::reject},
        {"unassign_newest", Lowering::unassign_newest},
    };
};
template <>
struct Words<Mode> {
    static constexpr Word<Mode> all[] = {
        {"atomic", Mode::atomic},
        {"best_effort", Mode::best_effort},
    };
};
template <>
struct Words<Outcome> {
    static constexpr Word<Outcome> all[] = {
        {"assigned", Outcome::assigned}, {"already", Outcome::already},
        {"released", Outcome::released}, {"absent", Outcome::absent},
        {"failed", Outcome::failed},
    };
};
template <>
struct Words<Decision> {
    static constexpr Word<Decision> all[] = {
        {"no_seat", Decision::no_seat},   {"licensed", Decision::licensed},
        {"in_grace", Decision::in_grace}, {"suspended", Decision::suspended},
        {"no_pool", Decision::no_pool},   {"app_not_mapped", Decision::app_not_mapped},
    };
};

/// A rule goes by its name.
template <>
struct Codec<Errc> {
    static void read(const boost::json::value& in, Errc& out, Reader& reader, const Path& at) {
        const auto text = text_in(in, reader, at);
        if (const auto rule = text ? errc_from(*text) : std::nullopt) {
            out = *rule;
        } else if (text) {
            reader.findings().error(Errc::unknown_word, at, quoted(*text));
        }
    }
    static void write(Writer& out, Errc value) { out.text(name_of(value)); }
    static std::string schema(const Schema& in, const Bounds&) {
        static constexpr std::string_view rules[] = {
#define LICET_RULE(name, condition, message) #name,
#include <licet/rules.inc>
#undef LICET_RULE
        };
        return in.definition("Rule", words_schema(rules));
    }
};

}  // namespace licet::formats
