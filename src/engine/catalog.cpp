#include <licet/engine/catalog.hpp>

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "engine/offers.hpp"
#include "engine/place.hpp"
#include "formats/differences.hpp"
#include "formats/tables/seats.hpp"

namespace licet {
namespace {

// What callers see of an offer, drafted and live, for the details of an event.
std::string seen(const Publication& publication) {
    return "{\"offer\":" + formats::encode(publication.draft) +
           ",\"live\":" + formats::encode(publication.live) + "}";
}

void save(Unit& unit, const std::string& key, OfferRecord& record, Publication changed) {
    const std::string before = record.revision == 0 ? "null" : seen(record.value);
    record.value = std::move(changed);
    unit.save(key, record, key, formats::difference(before, seen(record.value)));
    unit.forget_apps();
}

// The record of an offer that must be there.
result<OfferRecord> load(Unit& unit, const std::string& key) {
    BOOST_OUTCOME_TRY(auto record, unit.record<Publication>(key));
    if (!record) {
        return Error{Errc::offer_not_found, key, {}};
    }
    BOOST_OUTCOME_TRYV(unit.about(record->revision));
    return *std::move(record);
}

using Change = std::function<result<Publication>(const Publication&, Timestamp, Findings&)>;

// The one way every change of an offer takes; `answer` picks what to give back.
template <class Command>
result<Written<typename Command::Answer>> change_offer(
    Core& core, const Command& command, const Caller& caller, const PublisherId& publisher,
    const OfferId& offer, const Change& change,
    const std::function<typename Command::Answer(const Publication& before,
                                                 const Publication& after)>& answer) {
    const std::string key = keys::offer(publisher, offer);
    return core.write<Command>(command, caller, {publisher, {}}, key, {key},
                               [&](Unit& unit) -> result<Written<typename Command::Answer>> {
                                   BOOST_OUTCOME_TRY(OfferRecord record, load(unit, key));
                                   Findings findings;
                                   const Publication before = record.value;
                                   BOOST_OUTCOME_TRY(Publication after,
                                                     change(before, unit.now(), findings));
                                   Written<typename Command::Answer> written{
                                       answer(before, after), 0, std::move(findings).take()};
                                   save(unit, key, record, std::move(after));
                                   written.revision = record.revision;
                                   return written;
                               });
}

template <class Command>
result<Written<OfferAnswer>> move_offer(Core& core, const Command& command, const Caller& caller,
                                        const Change& change) {
    return change_offer<Command>(
        core, command, caller, command.publisher, command.id, change,
        [](const Publication&, const Publication& after) { return OfferAnswer{after.draft}; });
}

// A plan as it is after a change, or as it was where the change took it away.
template <class Command>
result<Written<PlanAnswer>> move_plan(Core& core, const Command& command, const Caller& caller,
                                      const PlanId& plan, const Change& change) {
    return change_offer<Command>(core, command, caller, command.publisher, command.offer, change,
                                 [&](const Publication& before, const Publication& after) {
                                     const Plan* found = after.draft.find(plan);
                                     return PlanAnswer{found ? *found : *before.draft.find(plan)};
                                 });
}

// A patch's findings are about the caller's document, those of the rules about the changed one:
// both stand at /changes.
template <class T>
result<T> patched(const T& base, const Json& changes, Profile profile) {
    Findings findings;
    T changed = formats::patch(base, changes, profile, findings, Path() / "changes");
    if (findings.has_errors()) {
        return error_of(findings);
    }
    return changed;
}

result<Publication> applied_to(const OfferRecord& record, const ApplyOffer& command, Timestamp now,
                               const Policy& policy, Findings& findings) {
    return record.revision == 0
               ? create_offer(command.offer, command.profile, findings)
               : apply_offer(record.value, command.offer, command.profile, now, policy, findings);
}

// What the document is as a draft, and how that differs from the draft that there is.
ApplyAnswer compared(const OfferRecord& record, const ApplyOffer& command, Timestamp now) {
    const Offer draft = settle(record.value, now).draft;
    const Offer wanted = with_derived(command.offer, draft);
    return {wanted, formats::differences(record.revision == 0 ? nullptr : &draft, wanted)};
}

}  // namespace

result<Written<OfferAnswer>> Catalog::create_offer(const CreateOffer& command,
                                                   const Caller& caller) {
    const std::string key = keys::offer(command.offer.publisher, command.offer.id);
    return core_.write<CreateOffer>(
        command, caller, {command.offer.publisher, {}}, key, {key},
        [&](Unit& unit) -> result<Written<OfferAnswer>> {
            Findings findings;
            BOOST_OUTCOME_TRY(
                Publication made,
                placed("/offer", licet::create_offer(command.offer, command.profile, findings),
                       findings));
            BOOST_OUTCOME_TRY(auto existing, unit.record<Publication>(key));
            if (existing) {
                return Error{Errc::offer_exists, key, {}};
            }
            BOOST_OUTCOME_TRYV(unit.about(0));
            OfferRecord record;
            save(unit, key, record, std::move(made));
            return Written<OfferAnswer>{
                {record.value.draft}, record.revision, std::move(findings).take()};
        });
}

result<Written<ApplyAnswer>> Catalog::apply_offer(const ApplyOffer& command, const Caller& caller) {
    const std::string key = keys::offer(command.offer.publisher, command.offer.id);
    Caller asking = caller;
    if (command.dry_run) {
        asking.idempotency_key.reset();  // what is only asked is not answered from long ago
    }
    return core_.write<ApplyOffer>(
        command, asking, {command.offer.publisher, {}}, key, {key},
        [&](Unit& unit) -> result<Written<ApplyAnswer>> {
            BOOST_OUTCOME_TRY(auto existing, unit.record<Publication>(key));
            OfferRecord record = existing ? *std::move(existing) : OfferRecord();
            BOOST_OUTCOME_TRYV(unit.about(record.revision));
            Findings findings;
            auto applied =
                placed("/offer", applied_to(record, command, unit.now(), core_.policy(), findings),
                       findings);
            if (!applied && !command.dry_run) {
                return std::move(applied).error();
            }
            Written<ApplyAnswer> written{compared(record, command, unit.now()), record.revision,
                                         std::move(findings).take()};
            if (applied) {
                written.value.offer = applied.value().draft;
                if (!command.dry_run && !written.value.differences.empty()) {
                    save(unit, key, record, std::move(applied).value());
                    written.revision = record.revision;
                }
            }
            return written;
        });
}

result<OfferView> Catalog::get_offer(const GetOffer& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, GetOffer::action, {query.publisher, {}}));
    BOOST_OUTCOME_TRY(OfferRecord record, read_offer(core_, query.publisher, query.id));
    return OfferView{std::move(record.value.draft), std::move(record.value.live), record.revision};
}

result<PageOf<Offer>> Catalog::list_offers(const ListOffers& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListOffers::action, {query.publisher, {}}));
    return core_.list<Offer>(
        keys::offers(query.publisher), query.page,
        [&](const Record& found) -> result<std::optional<Offer>> {
            BOOST_OUTCOME_TRY(auto record, formats::decode<OfferRecord>(found.text));
            Publication publication =
                settle(std::move(record.value), core_.now_after(record.head.at));
            if (query.status && publication.draft.status != *query.status) {
                return std::optional<Offer>();
            }
            return std::optional(std::move(publication.draft));
        });
}

result<Written<OfferAnswer>> Catalog::update_offer(const UpdateOffer& command,
                                                   const Caller& caller) {
    return move_offer(
        core_, command, caller,
        [&](const Publication& offer, Timestamp now, Findings& findings) -> result<Publication> {
            const Publication settled = settle(offer, now);
            BOOST_OUTCOME_TRY(const Offer changed,
                              patched(settled.draft, command.changes, profile_of(settled.draft)));
            return placed("/changes", revise_offer(settled, changed, now, core_.policy(), findings),
                          findings);
        });
}

result<Written<OfferAnswer>> Catalog::submit(const SubmitOffer& command, const Caller& caller) {
    return move_offer(core_, command, caller,
                      [](const Publication& offer, Timestamp now, Findings& findings) {
                          return licet::submit(offer, now, findings);
                      });
}

result<Written<OfferAnswer>> Catalog::cancel(const CancelOffer& command, const Caller& caller) {
    return move_offer(core_, command, caller,
                      [](const Publication& offer, Timestamp now, Findings&) {
                          return licet::cancel(offer, now);
                      });
}

result<Written<OfferAnswer>> Catalog::go_live(const GoLiveOffer& command, const Caller& caller) {
    return move_offer(core_, command, caller,
                      [this](const Publication& offer, Timestamp now, Findings&) {
                          return licet::go_live(offer, now, core_.policy());
                      });
}

result<Written<OfferAnswer>> Catalog::stop_distribution(const StopDistribution& command,
                                                        const Caller& caller) {
    return move_offer(core_, command, caller,
                      [this](const Publication& offer, Timestamp now, Findings&) {
                          return licet::stop_distribution(offer, now, core_.policy());
                      });
}

result<Written<OfferAnswer>> Catalog::pass_phase(const PassPhase& command, const Caller& caller) {
    return move_offer(core_, command, caller,
                      [](const Publication& offer, Timestamp now, Findings&) {
                          return licet::pass_phase(offer, now);
                      });
}

result<Written<OfferAnswer>> Catalog::report_findings(const ReportFindings& command,
                                                      const Caller& caller) {
    return move_offer(core_, command, caller,
                      [&](const Publication& offer, Timestamp now, Findings&) {
                          return licet::report_findings(offer, command.review_findings, now);
                      });
}

result<ButtonsAnswer> Catalog::show_buttons(const ShowButtons& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ShowButtons::action, {query.publisher, {}}));
    BOOST_OUTCOME_TRY(const OfferRecord record, read_offer(core_, query.publisher, query.id));
    const Publication& publication = record.value;
    const Offer& listed = publication.live ? *publication.live : publication.draft;
    bool owns_license = false;
    if (query.tenant) {
        std::vector<std::string> pools;
        for (const Plan& plan : listed.plans) {
            pools.push_back(keys::pool(*query.tenant, plan.service_id));
        }
        BOOST_OUTCOME_TRY(const auto values, core_.store().read(pools));
        for (const auto& value : values) {
            if (value) {
                BOOST_OUTCOME_TRY(const auto pool, formats::decode<Stored<Pool>>(value->text));
                const Timestamp now = core_.now_after(pool.head.at);
                const Capacity capacity = capacity_at(pool.value, now, core_.policy());
                owns_license = owns_license || capacity.enabled + capacity.warning > 0;
            }
        }
    }
    return ButtonsAnswer{buttons_of(listed, query.viewer, owns_license)};
}

result<Written<PlanAnswer>> Catalog::create_plan(const CreatePlan& command, const Caller& caller) {
    return move_plan(core_, command, caller, command.plan.id,
                     [&](const Publication& offer, Timestamp now, Findings& findings) {
                         return placed("/plan",
                                       licet::create_plan(offer, command.plan, now, findings),
                                       findings);
                     });
}

result<Written<PlanAnswer>> Catalog::update_plan(const UpdatePlan& command, const Caller& caller) {
    return move_plan(
        core_, command, caller, command.id,
        [&](const Publication& offer, Timestamp now, Findings& findings) -> result<Publication> {
            const Plan* plan = offer.draft.find(command.id);
            if (!plan) {
                return Error{Errc::plan_not_found, command.id.str(), {}};
            }
            BOOST_OUTCOME_TRY(const Plan changed,
                              patched(*plan, command.changes, profile_of(offer.draft)));
            return placed("/changes", revise_plan(offer, changed, now, findings), findings);
        });
}

result<Written<PlanAnswer>> Catalog::delete_plan(const DeletePlan& command, const Caller& caller) {
    return move_plan(core_, command, caller, command.id,
                     [&](const Publication& offer, Timestamp now, Findings&) {
                         return licet::delete_plan(offer, command.id, now);
                     });
}

result<Written<PlanAnswer>> Catalog::stop_selling(const StopSelling& command,
                                                  const Caller& caller) {
    return move_plan(core_, command, caller, command.id,
                     [&](const Publication& offer, Timestamp now, Findings&) {
                         return licet::stop_selling(offer, command.id, now);
                     });
}

result<PlansAnswer> Catalog::list_plans(const ListPlans& query, const Caller& caller) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ListPlans::action, {query.publisher, {}}));
    BOOST_OUTCOME_TRY(OfferRecord record, read_offer(core_, query.publisher, query.offer));
    return PlansAnswer{std::move(record.value.draft.plans), record.revision};
}

}  // namespace licet
