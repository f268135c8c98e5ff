#include <unordered_map>
#include <utility>

#include "catalog/report.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

/// An app that the cheaper plan opens and the dearer one does not; null where there is none.
const std::string* lost_app(const Plan& cheaper, const Plan& dearer) {
    std::unordered_set<std::string> opened;
    for (const std::string& app : dearer.apps) {
        opened.insert(lowercase(app));
    }
    for (const std::string& app : cheaper.apps) {
        if (!opened.contains(lowercase(app))) {
            return &app;
        }
    }
    return nullptr;
}

}  // namespace

void check_plan_order(const Offer& offer, Report& report, const Path& at) {
    if (offer.plan_order.empty()) {
        return;
    }
    std::unordered_map<std::string_view, const Plan*> left;
    for (const Plan& plan : offer.plans) {
        left.emplace(plan.id.str(), &plan);
    }
    const Plan* cheaper = nullptr;
    for (std::size_t i = 0; i < offer.plan_order.size(); ++i) {
        const std::string& id = offer.plan_order[i].str();
        const auto named = left.find(id);
        if (named == left.end()) {
            report.error(Errc::plan_order_unknown, at / i, quoted(id), "name a plan of the offer");
            continue;
        }
        const Plan* plan = std::exchange(named->second, nullptr);
        if (!plan) {
            report.error(Errc::plan_order_duplicate, at / i, quoted(id), "name each plan once");
            continue;
        }
        if (const std::string* app = cheaper ? lost_app(*cheaper, *plan) : nullptr) {
            report.warning(Errc::plan_order_unlocks_less, at / i,
                           quoted(*app) + " of " + quoted(cheaper->id.str()),
                           "map the app to this plan too, or change the order");
        }
        cheaper = plan;
    }
}

}  // namespace licet
