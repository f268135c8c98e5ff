#include <licet/deals/deal.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "deals/deal_check.hpp"
#include "deals/lines.hpp"
#include "deals/words.hpp"

namespace licet {
namespace {

bool leads_to(DealState from, DealState to) noexcept {
    using enum DealState;
    switch (from) {
        case draft:
        case action_required:
            return to == submitted;
        case submitted:
            return to == in_progress || to == action_required || to == rejected;
        case in_progress:
            return to == registered || to == action_required || to == rejected;
        case registered:
            return to == closed;
        case rejected:
        case closed:
            return false;
    }
    return false;
}

bool is_over(DealState state) noexcept {
    return state == DealState::rejected || state == DealState::closed;
}

Error state_error(const Deal& deal) {
    return {Errc::deal_state, std::string(word_of(deal.state)), {}};
}

}  // namespace

const LicenseLine* Deal::find(const PlanId& plan) const noexcept {
    const auto line = std::ranges::find(licenses, plan, &LicenseLine::plan);
    return line == licenses.end() ? nullptr : &*line;
}

std::optional<Timestamp> contract_end(const Deal& deal) noexcept {
    const Contract& contract = deal.contract;
    return contract.perpetual || !contract.end ? std::nullopt : std::optional(contract.end->end());
}

LineState line_state(const std::optional<Timestamp>& end, Timestamp now,
                     const Policy& policy) noexcept {
    const LineTimes times = line_times(end, policy);
    if (is_before(now, times.active_until)) {
        return LineState::active;
    }
    if (is_before(now, times.usable_until)) {
        return LineState::warning;
    }
    return is_before(now, times.deleted_at) ? LineState::suspended : LineState::deleted;
}

Deal settle(Deal deal, Timestamp now, const Policy& policy) {
    const auto due =
        std::ranges::upper_bound(deal.pending, now, std::less{}, &PendingLine::effective);
    for (auto pending = deal.pending.begin(); pending != due; ++pending) {
        set_line(deal.licenses, *pending);
    }
    deal.pending.erase(deal.pending.begin(), due);
    const LineState state = line_state(contract_end(deal), now, policy);
    for (LicenseLine& line : deal.licenses) {
        line.state = state;
    }
    return deal;
}

result<Deal> register_deal(Deal deal, bool draft, const Policy& policy, Findings& findings) {
    deal.state = draft ? DealState::draft : DealState::submitted;
    deal.customer_locked = false;
    deal.licenses.clear();
    deal.pending.clear();
    check_deal(deal, policy, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return deal;
}

result<Deal> revise_deal(const Deal& deal, const Deal& changed, const Policy& policy,
                         Findings& findings) {
    if (is_over(deal.state)) {
        return state_error(deal);
    }
    Deal next = changed;
    next.publisher = deal.publisher;
    next.id = deal.id;
    next.state = deal.state;
    next.customer_locked = deal.customer_locked;
    next.licenses = deal.licenses;
    next.pending = deal.pending;
    if (deal.customer_locked) {
        check_frozen(deal, next, findings);
    } else if (deal.state != DealState::draft && next.kind != deal.kind) {
        report_field(findings, Errc::deal_state, {}, "kind", word_of(deal.state),
                     "only a draft can change its kind");
    }
    check_terms(next, findings, {});
    // A rate that has moved meanwhile must not close a deal that was right when it was made.
    if (next.contract.total_value != deal.contract.total_value) {
        check_total_value(next, policy, findings, {});
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return next;
}

result<Deal> advance_deal(const Deal& deal, DealState to, const Policy& policy,
                          Findings& findings) {
    if (!leads_to(deal.state, to)) {
        return Error{Errc::deal_state,
                     std::string(word_of(deal.state)).append(" to ").append(word_of(to)),
                     {}};
    }
    if (to == DealState::rejected && !(deal.licenses.empty() && deal.pending.empty())) {
        return Error{Errc::deal_has_lines,
                     std::to_string(deal.licenses.size()) + " lines, " +
                         std::to_string(deal.pending.size()) + " changes pending",
                     {}};
    }
    Deal next = deal;
    next.state = to;
    if (deal.state == DealState::draft) {
        check_deal(next, policy, findings);
        if (findings.has_errors()) {
            return error_of(findings);
        }
    }
    return next;
}

result<Deal> set_customer(const Deal& deal, const TenantId& tenant) {
    if (is_over(deal.state)) {
        return state_error(deal);
    }
    if (deal.customer_locked && deal.customer.tenant != tenant) {
        return Error{Errc::deal_customer_locked, {}, {}};
    }
    Deal next = deal;
    next.customer.tenant = tenant;
    return next;
}

bool is_manageable(DealState state) noexcept {
    return state == DealState::submitted || state == DealState::in_progress ||
           state == DealState::registered;
}

}  // namespace licet
