#include "deals/pending.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include <licet/deals/license.hpp>

#include "deals/words.hpp"

namespace licet {
namespace {

/// A removal before which the line is not there is none.
void drop_void_removals(Deal& deal, const PlanId& plan) {
    bool is_there = deal.find(plan) != nullptr;
    std::erase_if(deal.pending, [&](const PendingLine& pending) {
        if (pending.plan != plan) {
            return false;
        }
        const bool was_there = std::exchange(is_there, pending.quantity.has_value());
        return !was_there && !is_there;
    });
}

}  // namespace

void check_effective(const Deal& deal, std::optional<Timestamp> effective, Timestamp now,
                     Findings& findings) {
    if (!effective) {
        return;
    }
    const Path arguments;
    const Path at = arguments / "effective";
    if (*effective <= now) {
        findings.error(Errc::license_change_not_later, at, effective->str(),
                       "leave it out for a change at once");
    }
    if (const auto end = contract_end(deal); end && *effective >= *end) {
        findings.error(Errc::license_change_after_end, at, effective->str(),
                       "the contract ends at " + end->str());
    }
}

void order(Deal& deal, PendingLine change) {
    std::erase_if(deal.pending, [&](const PendingLine& pending) {
        const bool is_replaced = pending.effective == change.effective;
        const bool goes_too = !change.quantity && pending.effective > change.effective;
        return pending.plan == change.plan && (is_replaced || goes_too);
    });
    const auto key = [](const PendingLine& pending) {
        return std::tie(pending.effective, pending.plan);
    };
    const auto place = std::ranges::lower_bound(deal.pending, key(change), {}, key);
    deal.pending.insert(place, std::move(change));
}

void check_pending(const Deal& deal, const PlanId& plan, Findings& findings, const Path& at) {
    const auto count = std::ranges::count(deal.pending, plan, &PendingLine::plan);
    if (count > static_cast<std::ptrdiff_t>(pending_max)) {
        findings.error(Errc::license_changes_count, at, plan.str(),
                       "at most " + std::to_string(pending_max));
    }
}

result<Deal> cancel_pending(const Deal& deal, const PlanId& plan,
                            std::optional<Timestamp> effective, Timestamp now,
                            const Policy& policy) {
    // A deal that is closed runs on to its end, with all that is pending.
    if (!is_manageable(deal.state) && deal.state != DealState::closed) {
        return Error{Errc::deal_state, std::string(word_of(deal.state)), {}};
    }
    Deal next = settle(deal, now, policy);
    const auto cancelled = std::erase_if(next.pending, [&](const PendingLine& pending) {
        return pending.plan == plan && (!effective || pending.effective == *effective);
    });
    if (cancelled == 0) {
        return Error{Errc::license_change_missing,
                     plan.str() + (effective ? " at " + effective->str() : std::string()),
                     {}};
    }
    drop_void_removals(next, plan);
    return next;
}

}  // namespace licet
