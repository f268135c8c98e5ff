#include <licet/deals/portal.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace licet {
namespace {

constexpr std::string_view deals_page = "Partner Center > Referrals > ISV Connect deals";

std::string name_in(const Publication& offer, const PlanId& plan) {
    const Plan* sold = published_plan(offer, plan);
    return sold ? sold->name + " (" + plan.str() + ')' : plan.str();
}

std::string licenses(std::int64_t quantity) {
    return std::to_string(quantity) + (quantity == 1 ? " license" : " licenses");
}

/// Nothing where the line is so already.
std::optional<PortalStep> step_of(const LineChange& wanted, const LicenseLine* line,
                                  const std::string& plan, const std::string& page) {
    if (wanted.remove) {
        return PortalStep{page,
                          "remove the plan " + plan + ", which has " + licenses(line->quantity),
                          "the plan is not among those with licenses"};
    }
    if (!line) {
        return PortalStep{page, "add the plan " + plan + " and enter " + licenses(*wanted.quantity),
                          plan + ": " + std::to_string(*wanted.quantity)};
    }
    if (line->quantity == *wanted.quantity) {
        return std::nullopt;
    }
    return PortalStep{page,
                      "change the number of licenses of " + plan + " from " +
                          std::to_string(line->quantity) + " to " +
                          std::to_string(*wanted.quantity),
                      plan + ": " + std::to_string(*wanted.quantity)};
}

/// The lines as the portal lists them: "Bronze (bronze): 30, Gold (gold): 5".
std::string list_of(const Deal& deal, const Publication& offer) {
    std::string text;
    for (const LicenseLine& line : deal.licenses) {
        text += text.empty() ? "" : ", ";
        text += name_in(offer, line.plan) + ": " + std::to_string(line.quantity);
    }
    return text.empty() ? "no licenses" : text;
}

std::vector<PortalStep> way_to(const Deal& deal, const Publication& offer,
                               const std::string& page) {
    const bool in_progress = deal.state != DealState::registered;
    const std::string view = in_progress ? " > Submitted deals > In progress" : "";
    const std::string tenant = deal.customer.tenant ? deal.customer.tenant->str() : std::string();
    return {
        {std::string(deals_page) + view,
         "select the deal " + deal.id.str() + " of " + deal.customer.company,
         "the deal, with the customer's tenant " + tenant + " and the offer " + offer.draft.alias},
        {page, "select Update licenses", "the licenses there are: " + list_of(deal, offer)}};
}

void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view special = "\\`*_{}[]<>#|~&";
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos) {
            out += '\\';
        }
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
}

// Markdown takes no ** for strong after a blank.
std::string_view without_blanks_at_end(std::string_view text) {
    const auto end = std::ranges::find_if(
        text.rbegin(), text.rend(), [](char c) { return static_cast<unsigned char>(c) > ' '; });
    return text.substr(0, static_cast<std::size_t>(text.rend() - end));
}

}  // namespace

std::vector<PortalStep> portal_steps(const Deal& deal, const Publication& offer,
                                     const std::vector<LineChange>& lines,
                                     std::optional<Timestamp> effective, Timestamp now,
                                     const Policy& policy) {
    const Deal before = settle(deal, effective ? *effective + Duration(-1) : now, policy);
    const std::string page = "the deal " + deal.id.str();
    std::vector<PortalStep> changes;
    for (const LineChange& line : lines) {
        auto step = step_of(line, before.find(line.plan), name_in(offer, line.plan), page);
        if (step) {
            changes.push_back(*std::move(step));
        }
    }
    if (changes.empty()) {
        return {};
    }
    std::vector<PortalStep> steps;
    if (effective) {
        steps.push_back({"a calendar", "wait until " + effective->str(),
                         "the portal changes licenses at once, not for later"});
    }
    for (std::vector<PortalStep> some : {way_to(before, offer, page), std::move(changes)}) {
        steps.insert(steps.end(), some.begin(), some.end());
    }
    steps.push_back({page, "submit the update",
                     "the deal shows the new numbers, and the customer has them at once"});
    return steps;
}

std::string checklist(const std::vector<PortalStep>& steps) {
    std::string text;
    for (const PortalStep& step : steps) {
        text += "- [ ] ";
        append_escaped(text, step.where);
        text += ": **";
        append_escaped(text, without_blanks_at_end(step.action));
        text += "**\n      Expect: ";
        append_escaped(text, step.expect);
        text += '\n';
    }
    return text;
}

}  // namespace licet
