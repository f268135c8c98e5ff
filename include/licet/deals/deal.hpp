#pragma once

/// \file
/// A deal with its licence lines, and its life (DOMAIN §4).
///
/// The functions are pure: what is and the moment go in, what will be or the reason why not
/// comes out.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <licet/finding.hpp>
#include <licet/ids.hpp>
#include <licet/money.hpp>
#include <licet/policy.hpp>
#include <licet/time.hpp>

namespace licet {

/// Only isv_connect deals can have licences. [P]
enum class DealKind { isv_connect, azure_ip_cosell };

enum class ContractType { new_, renewal };
enum class ConsumptionOn { customer_tenant, partner_tenant };

enum class DealState {
    draft,
    submitted,
    in_progress,
    action_required,
    registered,
    rejected,
    closed,
};

struct Customer {
    std::string company;
    std::optional<Country> country;
    std::optional<TenantId> tenant;

    friend bool operator==(const Customer&, const Customer&) = default;
};

struct Contract {
    ContractType type = ContractType::new_;
    std::optional<Date> signed_;
    std::optional<Date> start;
    std::optional<Date> end;  ///< The last day, all of it.
    bool perpetual = false;
    std::optional<Money> total_value;
    std::optional<Money> solution_value;

    friend bool operator==(const Contract&, const Contract&) = default;
};

struct Contact {
    std::string first_name;
    std::string last_name;
    std::string email;
    std::string phone;

    friend bool operator==(const Contact&, const Contact&) = default;
};

/// active → warning (in grace, users keep access) → suspended → deleted. [P]
/// Where the contract then ends later after all, a line is what the new end makes it; the seats
/// that went with the last of a pool's lines stay gone.
enum class LineState { active, warning, suspended, deleted };

struct LicenseLine {
    PlanId plan;
    ServiceId service_id;
    std::int64_t quantity = 0;
    Timestamp since;                      ///< When the plan was first given to this deal.
    LineState state = LineState::active;  ///< Derived from the contract and the time.

    friend bool operator==(const LicenseLine&, const LicenseLine&) = default;
};

/// What a line becomes at a later time, ordered by now.
struct PendingLine {
    Timestamp effective;
    PlanId plan;
    ServiceId service_id;
    std::optional<std::int64_t> quantity;  ///< Absent: the line is removed.

    friend bool operator==(const PendingLine&, const PendingLine&) = default;
};

struct Deal {
    PublisherId publisher;
    DealId id;
    DealKind kind = DealKind::isv_connect;
    std::optional<OfferId> offer;
    Customer customer;
    Contract contract;
    ConsumptionOn consumption_on = ConsumptionOn::customer_tenant;
    Contact contact;

    // Derived: set by licet, never by whoever writes the document.
    DealState state = DealState::draft;
    bool customer_locked = false;       ///< True after the first successful update of licences. [P]
    std::vector<LicenseLine> licenses;  ///< In the order of their plans' ids.
    std::vector<PendingLine> pending;   ///< In the order of their moments, then of their plans.

    const LicenseLine* find(const PlanId& plan) const noexcept;

    friend bool operator==(const Deal&, const Deal&) = default;
};

/// The first moment after the contract; absent for a perpetual one.
std::optional<Timestamp> contract_end(const Deal& deal) noexcept;

/// The moments at which a line's state changes: active before `active_until`, warning before
/// `usable_until`, suspended before `deleted_at`. Timestamp::latest() stands for never.
struct LineTimes {
    Timestamp active_until;
    Timestamp usable_until;
    Timestamp deleted_at;
};

/// Of a line whose contract ends at `end`.
constexpr LineTimes line_times(std::optional<Timestamp> end, const Policy& policy) noexcept {
    const Timestamp active_until = end.value_or(Timestamp::latest());
    const Timestamp usable_until = active_until + days(policy.grace_days);
    return {active_until, usable_until, usable_until + days(policy.suspended_days)};
}

/// The state at `now` of a line whose contract ends at `end`. Half open: at `end` it is in
/// `warning`. Grace and suspension of 0 days are left out.
LineState line_state(const std::optional<Timestamp>& end, Timestamp now,
                     const Policy& policy) noexcept;

/// The deal as it is at `now`: what was pending until then has taken effect, and the lines have
/// the states of that moment.
Deal settle(Deal deal, Timestamp now, const Policy& policy);

/// Form alone for a draft; everything DOMAIN §4 asks of a submitted deal otherwise.
void check_deal(const Deal& deal, const Policy& policy, Findings& findings, const Path& at = {});

/// A new deal, `submitted` or a draft.
result<Deal> register_deal(Deal deal, bool draft, const Policy& policy, Findings& findings);

/// `changed` in place of `deal`, whose ids and derived fields stay. Once the customer is locked
/// only the contact and a later end may differ: `deal_frozen`, and `deal_customer_locked` for the
/// customer's tenant. A deal that is rejected or closed does not change, nor does the kind of one
/// that is no draft: `deal_state`. The total value is judged by the rates only where it differs.
result<Deal> revise_deal(const Deal& deal, const Deal& changed, const Policy& policy,
                         Findings& findings);

/// Moves a deal to another state. Every pair but those of DOMAIN §4 fails with `deal_state`;
/// rejecting a deal that has lines, or will have, with `deal_has_lines`. Leaving `draft` needs what
/// check_deal asks.
result<Deal> advance_deal(const Deal& deal, DealState to, const Policy& policy, Findings& findings);

/// Fails with `deal_state` for a rejected or closed deal, and with `deal_customer_locked` unless
/// the tenant is the one it has.
result<Deal> set_customer(const Deal& deal, const TenantId& tenant);

/// True in the states in which licences may be updated.
bool is_manageable(DealState state) noexcept;

}  // namespace licet
