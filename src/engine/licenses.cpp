// The licences of a deal: at once, for later, and what a person would click.

#include <licet/engine/deals.hpp>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/deal_records.hpp"
#include "engine/keys.hpp"
#include "engine/lines.hpp"

namespace licet {
namespace {

result<void> refuse_blocked(const LinesChange& change) {
    for (const PoolEffect& effect : change.effects) {
        if (effect.blocked_count > 0) {
            return blocked(effect);
        }
    }
    return boost::outcome_v2::success();
}

/// A change of lines as it would be, read by nobody who writes.
template <class Query>
result<LinesChange> foresee(Core& core, Unit& unit, const Query& query) {
    return change_lines(core, unit, query.publisher, query.deal, query.lines, query.effective);
}

void write(Unit& unit, const std::string& key, LinesChange& change, const Policy& policy) {
    save_deal(unit, key, change.deal, std::move(change.changed));
    write_lines(unit, change, policy);
}

}  // namespace

result<EffectsAnswer> Deals::preview(const PreviewLicenses& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, PreviewLicenses::action, {query.publisher, {}}));
    PendingWrites pending(core_.store());
    Unit unit(pending, {}, PreviewLicenses::name, caller, core_.clock().now());
    BOOST_OUTCOME_TRY(LinesChange change, foresee(core_, unit, query));
    EffectsAnswer answer{change.effects};
    if (refuse_blocked(change)) {
        write(unit, keys::deal(query.publisher, query.deal), change, core_.policy());
        BOOST_OUTCOME_TRYV(core_.check_limits(unit));
    }
    return answer;
}

result<Written<LicensesAnswer>> Deals::update_licenses(const UpdateLicenses& command,
                                                       const Caller& caller) {
    const std::string key = keys::deal(command.publisher, command.deal);
    return core_.write<UpdateLicenses>(
        command, caller, {command.publisher, {}}, key, {key},
        [&](Unit& unit) -> result<Written<LicensesAnswer>> {
            BOOST_OUTCOME_TRY(LinesChange change, foresee(core_, unit, command));
            BOOST_OUTCOME_TRYV(unit.about(change.deal.revision));
            BOOST_OUTCOME_TRYV(refuse_blocked(change));
            write(unit, key, change, core_.policy());
            return Written<LicensesAnswer>{
                {settle(change.deal.value, unit.now(), core_.policy()), std::move(change.effects)},
                change.deal.revision,
                {}};
        });
}

result<Written<DealAnswer>> Deals::cancel_change(const CancelChange& command,
                                                 const Caller& caller) {
    const Policy& policy = core_.policy();
    const std::string key = keys::deal(command.publisher, command.deal);
    return core_.write<CancelChange>(
        command, caller, {command.publisher, {}}, key, {key},
        [&](Unit& unit) -> result<Written<DealAnswer>> {
            BOOST_OUTCOME_TRY(DealRecord record, load_deal(unit, key, policy));
            BOOST_OUTCOME_TRY(auto pools, read_pools(unit, record.value, {command.plan}));
            BOOST_OUTCOME_TRY(Deal changed, cancel_pending(record.value, command.plan,
                                                           command.effective, unit.now(), policy));
            renew_contributions(unit, changed, std::move(pools), policy);
            save_deal(unit, key, record, std::move(changed));
            return Written<DealAnswer>{
                {settle(record.value, unit.now(), policy)}, record.revision, {}};
        });
}

result<PortalAnswer> Deals::portal_steps(const PortalSteps& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, PortalSteps::action, {query.publisher, {}}));
    PendingWrites pending(core_.store());
    Unit unit(pending, {}, PortalSteps::name, caller, core_.clock().now());
    BOOST_OUTCOME_TRY(const LinesChange change, foresee(core_, unit, query));
    BOOST_OUTCOME_TRYV(refuse_blocked(change));
    PortalAnswer answer;
    answer.steps = licet::portal_steps(change.deal.value, change.offer, query.lines,
                                       query.effective, unit.now(), core_.policy());
    answer.markdown = checklist(answer.steps);
    return answer;
}

}  // namespace licet
