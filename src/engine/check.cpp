// May this user open this app?

#include <licet/engine/seats.hpp>

#include <boost/outcome/try.hpp>

#include <licet/catalog/publication.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "formats/tables/catalog.hpp"

namespace licet {
namespace {

// What to show someone who may not, of the plan as it is live.
result<std::optional<PlanNotice>> notice_of(Core& core, const ServiceId& service_id) {
    BOOST_OUTCOME_TRY(auto record, core.get<Publication>(
                                       keys::offer(service_id.publisher(), service_id.offer())));
    if (!record) {
        return std::optional<PlanNotice>();
    }
    const Publication offer = settle(std::move(record->value), core.now_after(record->head.at));
    const Plan* plan = published_plan(offer, service_id.plan());
    return plan ? std::optional(PlanNotice{plan->name, plan->more_info_url}) : std::nullopt;
}

}  // namespace

result<Decision> Seats::check(std::string_view tenant, std::string_view service_id,
                              std::string_view user) {
    return core_.index().check(tenant, service_id, user);
}

result<Decision> Seats::check_app(std::string_view tenant, std::string_view app,
                                  std::string_view user) {
    return core_.index().check_app(tenant, app, user);
}

result<CheckAnswer> Seats::check(const Check& query) {
    CheckAnswer answer;
    BOOST_OUTCOME_TRY(answer.decision,
                      check(query.tenant.str(), query.service_id.str(), query.user.str()));
    answer.by.push_back(query.service_id);
    if (!is_licensed(answer.decision)) {
        BOOST_OUTCOME_TRY(answer.show, notice_of(core_, query.service_id));
    }
    return answer;
}

result<CheckAnswer> Seats::check_app(const CheckApp& query) {
    BOOST_OUTCOME_TRY(const auto plans,
                      core_.index().explain_app(query.tenant.str(), query.app, query.user.str()));
    CheckAnswer answer{Decision::app_not_mapped, {}, {}};
    for (const PlanDecision& plan : plans) {
        answer.decision = better(answer.decision, plan.decision);
    }
    for (const PlanDecision& plan : plans) {
        if (plan.decision == answer.decision) {
            answer.by.push_back(plan.service_id);
        }
    }
    if (!is_licensed(answer.decision) && !answer.by.empty()) {
        BOOST_OUTCOME_TRY(answer.show, notice_of(core_, answer.by.front()));
    }
    return answer;
}

}  // namespace licet
