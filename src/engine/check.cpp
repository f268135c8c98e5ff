// May this user open this app?

#include <licet/engine/seats.hpp>

#include <boost/outcome/try.hpp>

#include <licet/catalog/publication.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/seat_event.hpp"
#include "formats/tables/catalog.hpp"
#include "formats/tables/seats.hpp"

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

// What stands behind a decision, as it is now.
result<Provenance> provenance_of(Core& core, const TenantId& tenant, const UserId& user,
                                 const ServiceId& service_id) {
    Provenance why{service_id, {}, {}};
    BOOST_OUTCOME_TRY(auto record, core.get<Pool>(keys::pool(tenant, service_id)));
    if (!record) {
        return why;
    }
    const Timestamp now = core.now_after(record->head.at);
    const Pool pool = settle(std::move(record->value), now, core.policy());
    why.deals = lines_of(pool, now, core.policy());
    BOOST_OUTCOME_TRY(const auto values,
                      core.store().read({keys::seat(tenant, pool.number, user.str())}));
    if (values[0]) {
        BOOST_OUTCOME_TRY(Seat seat, decode_seat(values[0]->text));
        if (seat.epoch == pool.epoch) {
            why.sources = std::move(seat.sources);
        }
    }
    return why;
}

// What a decision about some plans is told with.
result<CheckAnswer> explain(Core& core, CheckAnswer answer, const TenantId& tenant,
                            const UserId& user, bool why) {
    if (!is_licensed(answer.decision) && !answer.by.empty()) {
        BOOST_OUTCOME_TRY(answer.show, notice_of(core, answer.by.front()));
    }
    if (why) {
        for (const ServiceId& service_id : answer.by) {
            BOOST_OUTCOME_TRY(auto provenance, provenance_of(core, tenant, user, service_id));
            answer.why.push_back(std::move(provenance));
        }
    }
    return answer;
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

result<void> Seats::check_many(std::string_view tenant, std::string_view service_id,
                               std::span<const std::string_view> users,
                               std::span<Decision> decisions) {
    return core_.index().check_many(tenant, service_id, users, decisions);
}

result<void> Seats::check_app_many(std::string_view tenant, std::string_view app,
                                   std::span<const std::string_view> users,
                                   std::span<Decision> decisions) {
    return core_.index().check_app_many(tenant, app, users, decisions);
}

result<CheckAnswer> Seats::check(const Check& query) {
    CheckAnswer answer;
    BOOST_OUTCOME_TRY(answer.decision,
                      check(query.tenant.str(), query.service_id.str(), query.user.str()));
    answer.by.push_back(query.service_id);
    return explain(core_, std::move(answer), query.tenant, query.user, query.why);
}

result<CheckAnswer> Seats::check_app(const CheckApp& query) {
    BOOST_OUTCOME_TRY(const auto plans,
                      core_.index().explain_app(query.tenant.str(), query.app, query.user.str()));
    CheckAnswer answer{Decision::app_not_mapped, {}, {}, {}};
    for (const PlanDecision& plan : plans) {
        answer.decision = better(answer.decision, plan.decision);
    }
    for (const PlanDecision& plan : plans) {
        if (plan.decision == answer.decision) {
            answer.by.push_back(plan.service_id);
        }
    }
    return explain(core_, std::move(answer), query.tenant, query.user, query.why);
}

result<CheckManyAnswer> Seats::check_many(const CheckMany& query) {
    if (query.service_ids.empty() == query.apps.empty()) {
        Findings findings;
        findings.error(Errc::missing_field, Path() / "service_ids", {},
                       "give service_ids or apps, not both");
        return error_of(findings);
    }
    CheckManyAnswer answer;
    for (const std::string& user : query.users) {
        const auto id = UserId::parse(user);
        answer.users.push_back(
            {user,
             id ? std::nullopt : std::optional(static_cast<Errc>(id.error().code.value())),
             {}});
    }
    const std::vector<std::string_view> users(query.users.begin(), query.users.end());
    std::vector<Decision> decisions(users.size());
    const auto add = [&] {
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            answer.users[i].decisions.push_back(decisions[i]);
        }
    };
    for (const ServiceId& service_id : query.service_ids) {
        BOOST_OUTCOME_TRY(check_many(query.tenant.str(), service_id.str(), users, decisions));
        add();
    }
    for (const std::string& app : query.apps) {
        BOOST_OUTCOME_TRY(check_app_many(query.tenant.str(), app, users, decisions));
        add();
    }
    return answer;
}

}  // namespace licet
