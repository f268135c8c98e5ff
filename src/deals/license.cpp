#include <licet/deals/license.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "deals/pending.hpp"
#include "deals/words.hpp"

namespace licet {
namespace {

/// The pointers of the lines of which a part could not be read.
std::unordered_set<std::string> unread_lines(const Findings& findings, const Path& lines) {
    const std::string prefix = lines.str() + '/';
    std::unordered_set<std::string> unread;
    for (const Finding& finding : findings.all()) {
        if (finding.severity == Severity::error && finding.pointer.starts_with(prefix)) {
            unread.insert(finding.pointer.substr(0, finding.pointer.find('/', prefix.size())));
        }
    }
    return unread;
}

void check_line(const LineChange& line, const Policy& policy, Findings& findings, const Path& at) {
    if (line.remove == line.quantity.has_value()) {
        findings.error(Errc::license_line_empty, at, line.plan.str(),
                       "give a quantity, or remove the line");
    } else if (line.quantity && (*line.quantity < 1 || *line.quantity > policy.quantity_max)) {
        findings.error(Errc::license_quantity, at / "quantity",
                       std::to_string(*line.quantity) + ", the largest is " +
                           std::to_string(policy.quantity_max),
                       *line.quantity == 0 ? "to take the plan away, remove its line" : "");
    }
}

std::optional<Error> refusal(const Deal& deal, bool has_relationship) {
    if (deal.kind != DealKind::isv_connect) {
        return Error{Errc::deal_kind, {}, {}};
    }
    if (!is_manageable(deal.state)) {
        return Error{Errc::deal_state, std::string(word_of(deal.state)), {}};
    }
    if (!deal.customer.tenant) {
        return Error{Errc::deal_customer_missing, {}, {}};
    }
    if (!has_relationship) {
        return Error{Errc::relationship_missing, deal.customer.tenant->str(), {}};
    }
    return std::nullopt;
}

/// Why the line cannot change so; `none` where it can.
Errc obstacle(const Deal& deal, const Publication& offer, const LineChange& line) noexcept {
    if (deal.find(line.plan)) {
        return Errc::none;
    }
    if (line.remove) {
        return Errc::license_line_missing;
    }
    if (!published_plan(offer, line.plan)) {
        return Errc::license_plan_unknown;
    }
    return plan_on_sale(offer, line.plan) ? Errc::none : Errc::license_plan_stopped;
}

void check_obstacles(const Deal& deal, const Publication& offer,
                     const std::vector<LineChange>& lines, Findings& findings) {
    const Path root;
    const Path at = root / "lines";
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const Errc rule = obstacle(deal, offer, lines[n]);
        if (rule != Errc::none) {
            findings.error(rule, at / n / "plan", lines[n].plan.str());
        }
    }
}

std::optional<std::int64_t> quantity_of(const LineChange& line) {
    return line.remove ? std::nullopt : line.quantity;
}

}  // namespace

void check_lines(const std::vector<LineChange>& lines, const Policy& policy, Findings& findings,
                 const Path& at) {
    const Path list = at / "lines";
    if (lines.empty() && !findings.broken(at) && !findings.broken(list)) {
        findings.error(Errc::license_lines_missing, list, {}, "name a plan and a quantity");
    }
    const auto unread = unread_lines(findings, list);
    std::unordered_set<PlanId> plans;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const Path line = list / n;
        const PlanId& plan = lines[n].plan;
        if (!plan.empty() && !plans.insert(plan).second) {
            findings.error(Errc::license_plan_duplicate, line / "plan", plan.str());
        }
        if (!unread.contains(line.str())) {
            check_line(lines[n], policy, findings, line);
        }
    }
}

result<Deal> update_lines(const Deal& deal, const Publication& offer, bool has_relationship,
                          const std::vector<LineChange>& lines, Timestamp now, const Policy& policy,
                          std::optional<Timestamp> effective) {
    if (auto refused = refusal(deal, has_relationship)) {
        return *std::move(refused);
    }
    Findings findings;
    check_lines(lines, policy, findings);
    check_effective(deal, effective, now, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    Deal next = settle(deal, now, policy);
    const Publication current = settle(offer, now);
    const Timestamp just_before = effective ? *effective + Duration(-1) : now;
    check_obstacles(settle(deal, just_before, policy), current, lines, findings);
    if (findings.has_errors()) {
        return error_of(findings);
    }
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const PlanId& plan = lines[n].plan;
        order(next, {effective.value_or(now), plan,
                     ServiceId::of(current.draft.publisher, current.draft.id, plan),
                     quantity_of(lines[n])});
        check_pending(next, plan, findings, Path() / "lines" / n / "plan");
    }
    if (findings.has_errors()) {
        return error_of(findings);
    }
    next.customer_locked = true;
    return settle(std::move(next), now, policy);
}

}  // namespace licet
