#include <licet/engine/deals.hpp>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/keys.hpp"
#include "engine/lines.hpp"
#include "engine/place.hpp"
#include "formats/tables/deals.hpp"

namespace licet {
namespace {

constexpr std::size_t fresh_ids_max = 100;

using DealRecord = Stored<Deal>;

void save(Unit& unit, const std::string& key, DealRecord& record, Deal changed) {
    const std::string before = record.revision == 0 ? "null" : formats::encode(record.value);
    record.value = std::move(changed);
    unit.save(key, record, key, formats::difference(before, formats::encode(record.value)));
}

result<DealRecord> load(Unit& unit, const std::string& key) {
    BOOST_OUTCOME_TRY(auto record, unit.record<Deal>(key));
    if (!record) {
        return Error{Errc::deal_not_found, key, {}};
    }
    BOOST_OUTCOME_TRYV(unit.about(record->revision));
    return *std::move(record);
}

using Change = std::function<result<Deal>(Unit&, const Deal&, Findings&)>;

// The one way every change of a deal but its licences takes.
template <class Command>
result<Written<DealAnswer>> change_deal(Core& core, const Command& command, const Caller& caller,
                                        const Change& change) {
    const std::string key = keys::deal(command.publisher, command.id);
    return core.write<Command>(
        command, caller, {command.publisher, {}}, key, {key},
        [&](Unit& unit) -> result<Written<DealAnswer>> {
            BOOST_OUTCOME_TRY(DealRecord record, load(unit, key));
            Findings findings;
            BOOST_OUTCOME_TRY(Deal changed, change(unit, record.value, findings));
            if (contract_end(changed) != contract_end(record.value)) {
                BOOST_OUTCOME_TRYV(move_contract_end(unit, changed, core.policy()));
            }
            save(unit, key, record, std::move(changed));
            return Written<DealAnswer>{{settle(record.value, unit.now(), core.policy())},
                                       record.revision,
                                       std::move(findings).take()};
        });
}

// An id that no deal has. What an earlier attempt chose stays while it is free: of attempts that
// expect the same record to be absent only one can land.
result<void> find_fresh_id(Core& core, Unit& unit, const PublisherId& publisher, DealId& id) {
    for (std::size_t tries = 0; tries < fresh_ids_max; ++tries) {
        if (id.empty()) {
            BOOST_OUTCOME_TRY(const std::string text, core.ids().next("deal"));
            BOOST_OUTCOME_TRY(id, DealId::parse(text));
        }
        BOOST_OUTCOME_TRY(const auto taken, unit.look(keys::deal(publisher, id)));
        if (!*taken) {
            return boost::outcome_v2::success();
        }
        id = DealId();
    }
    return Error{Errc::deal_exists, "every id tried", {}};
}

}  // namespace

result<Written<DealAnswer>> Deals::register_deal(const RegisterDeal& command,
                                                 const Caller& caller) {
    const PublisherId& publisher = command.deal.publisher;
    const std::string home = keys::deal(publisher, command.deal.id);
    DealId fresh;
    return core_.write<RegisterDeal>(
        command, caller, {publisher, {}}, home, {}, [&](Unit& unit) -> result<Written<DealAnswer>> {
            Findings findings;
            BOOST_OUTCOME_TRY(Deal made, placed("/deal",
                                                licet::register_deal(command.deal, command.draft,
                                                                     core_.policy(), findings),
                                                findings));
            if (made.id.empty()) {
                BOOST_OUTCOME_TRYV(find_fresh_id(core_, unit, publisher, fresh));
                made.id = fresh;
            }
            const std::string key = keys::deal(publisher, made.id);
            BOOST_OUTCOME_TRY(const auto taken, unit.look(key));
            if (*taken) {
                return Error{Errc::deal_exists, key, {}};
            }
            if (made.offer) {
                BOOST_OUTCOME_TRY(const auto offer, unit.look(keys::offer(publisher, *made.offer)));
                if (!*offer) {
                    return Error{Errc::offer_not_found, made.offer->str(), {}};
                }
            }
            BOOST_OUTCOME_TRYV(unit.about(0));
            DealRecord record;
            save(unit, key, record, std::move(made));
            return Written<DealAnswer>{{record.value}, record.revision, std::move(findings).take()};
        });
}

result<Written<DealAnswer>> Deals::update_deal(const UpdateDeal& command, const Caller& caller) {
    return change_deal(
        core_, command, caller, [&](Unit&, const Deal& deal, Findings& findings) -> result<Deal> {
            const Deal changed = formats::patch(deal, command.changes, Profile::create, findings,
                                                Path() / "changes");
            if (findings.has_errors()) {
                return error_of(findings);
            }
            return placed("/changes", revise_deal(deal, changed, core_.policy(), findings),
                          findings);
        });
}

result<Written<DealAnswer>> Deals::advance(const AdvanceDeal& command, const Caller& caller) {
    return change_deal(core_, command, caller, [&](Unit&, const Deal& deal, Findings& findings) {
        return advance_deal(deal, command.to, core_.policy(), findings);
    });
}

result<Written<DealAnswer>> Deals::set_customer(const SetCustomer& command, const Caller& caller) {
    return change_deal(
        core_, command, caller, [&](Unit& unit, const Deal& deal, Findings&) -> result<Deal> {
            BOOST_OUTCOME_TRY(const auto relationship,
                              unit.look(keys::relationship(command.publisher, command.tenant)));
            if (!*relationship) {
                return Error{Errc::relationship_missing, command.tenant.str(), {}};
            }
            return licet::set_customer(deal, command.tenant);
        });
}

result<DealView> Deals::get_deal(const GetDeal& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, GetDeal::action, {query.publisher, {}}));
    const std::string key = keys::deal(query.publisher, query.id);
    BOOST_OUTCOME_TRY(auto record, core_.get<Deal>(key));
    if (!record) {
        return Error{Errc::deal_not_found, key, {}};
    }
    const Timestamp now = core_.now_after(record->head.at);
    return DealView{settle(std::move(record->value), now, core_.policy()), record->revision};
}

result<PageOf<Deal>> Deals::list_deals(const ListDeals& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListDeals::action, {query.publisher, {}}));
    const auto wanted = [&](const Deal& deal) {
        const bool in_progress =
            deal.state == DealState::submitted || deal.state == DealState::in_progress;
        return (!query.state || deal.state == *query.state) &&
               (!query.tenant || deal.customer.tenant == query.tenant) &&
               (!query.offer || deal.offer == query.offer) && (!query.view || in_progress);
    };
    return core_.list<Deal>(
        keys::deals(query.publisher), query.page,
        [&](const Record& found) -> result<std::optional<Deal>> {
            BOOST_OUTCOME_TRY(auto record, formats::decode<DealRecord>(found.text));
            if (!wanted(record.value)) {
                return std::optional<Deal>();
            }
            const Timestamp now = core_.now_after(record.head.at);
            return std::optional(settle(std::move(record.value), now, core_.policy()));
        });
}

result<EffectsAnswer> Deals::preview(const PreviewLicenses& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, PreviewLicenses::action, {query.publisher, {}}));
    Pending pending(core_.store());
    Unit unit(pending, {}, PreviewLicenses::name, caller, core_.clock().now());
    BOOST_OUTCOME_TRY(LinesChange change,
                      change_lines(core_, unit, query.publisher, query.deal, query.lines));
    return EffectsAnswer{std::move(change.effects)};
}

result<Written<LicensesAnswer>> Deals::update_licenses(const UpdateLicenses& command,
                                                       const Caller& caller) {
    const std::string key = keys::deal(command.publisher, command.deal);
    return core_.write<UpdateLicenses>(
        command, caller, {command.publisher, {}}, key, {key},
        [&](Unit& unit) -> result<Written<LicensesAnswer>> {
            BOOST_OUTCOME_TRY(LinesChange change, change_lines(core_, unit, command.publisher,
                                                               command.deal, command.lines));
            BOOST_OUTCOME_TRYV(unit.about(change.deal.revision));
            for (const PoolEffect& effect : change.effects) {
                if (effect.blocked_count > 0) {
                    return blocked(effect);
                }
            }
            save(unit, key, change.deal, std::move(change.changed));
            write_lines(unit, change, core_.policy());
            return Written<LicensesAnswer>{
                {settle(change.deal.value, unit.now(), core_.policy()), std::move(change.effects)},
                change.deal.revision,
                {}};
        });
}

}  // namespace licet
