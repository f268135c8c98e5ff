#include "model/play.hpp"

#include <algorithm>

#include "model/by_events.hpp"
#include "model/model_seen.hpp"
#include "seats/words.hpp"

namespace licet::model {
namespace {

using world::Dice;

constexpr std::size_t steps_max = 40;

// What differs, if anything does.
class Comparison {
public:
    void same(const std::string& what, const std::string& at_engine, const std::string& in_model) {
        if (!difference_ && at_engine != in_model) {
            difference_ = what + "\nat the engine:\n" + at_engine + "\nin the model:\n" + in_model;
        }
    }
    const std::optional<std::string>& difference() const noexcept { return difference_; }

private:
    std::optional<std::string> difference_;
};

template <class T>
std::string failure(const result<T>& answer) {
    return answer ? std::string() : name_of(static_cast<Errc>(answer.error().code.value()));
}

std::string pool_text(Engine& engine, const ServiceId& service_id) {
    const auto view = engine.seats().get_pool({world::contoso(), service_id}, world::ben());
    if (!view) {
        return failure(view);
    }
    const PoolSummary& pool = view.value().pool;
    std::string text;
    for (const std::int64_t number :
         {pool.capacity.enabled, pool.capacity.warning, pool.capacity.suspended, pool.consumed,
          pool.available, pool.over_by}) {
        text += std::to_string(number) + ' ';
    }
    for (const PendingQuantity& pending : pool.pending) {
        text += pending.effective.str() + ' ' + pending.deal.str() + ' ' +
                std::to_string(pending.quantity) + ' ';
    }
    return text;
}

std::string source_text(const std::vector<SeatSource>& sources) {
    std::string text;
    for (const SeatSource& source : sources) {
        text += ' ' + (source.group ? source.group->str() : "direct");
    }
    return text;
}

std::string seats_text(Engine& engine, const ServiceId& service_id) {
    const auto page = engine.seats().list_seats({world::contoso(), service_id, {}}, world::ben());
    std::string text;
    for (std::size_t n = 0; page && n < page.value().items.size(); ++n) {
        const Seat& seat = page.value().items[n];
        text += number_of(seat.user) + " since " + seat.since.str() + " by" +
                source_text(seat.sources) + '\n';
    }
    return text;
}

std::string group_text(Engine& engine, const Source& group) {
    const auto view =
        engine.groups().get({world::contoso(), GroupId::parse(group).value()}, world::ben());
    std::string text = failure(view);
    for (std::size_t n = 0; view && n < view.value().group.members.size(); ++n) {
        text += row_text(view.value().group.members[n]);
    }
    return text;
}

std::string check_text(Engine& engine, const ServiceId& service_id, const UserId& user) {
    const auto decision =
        engine.seats().check(world::contoso().str(), service_id.str(), user.str());
    return decision ? std::string(word_of(decision.value())) : failure(decision);
}

std::string check_many_text(Engine& engine, const ServiceId& service_id) {
    std::vector<UserId> people;
    for (User user = 0; user < users_end; ++user) {
        people.push_back(world::person(user));
    }
    std::vector<std::string_view> texts;
    for (const UserId& person : people) {
        texts.emplace_back(person.str());
    }
    std::vector<Decision> decisions(texts.size());
    const auto answered =
        engine.seats().check_many(world::contoso().str(), service_id.str(), texts, decisions);
    std::string text = failure(answered);
    for (const Decision decision : decisions) {
        text += std::string(word_of(decision)) + ' ';
    }
    return text;
}

// The ways to a seat as a check tells them, and as the person's seats do.
void compare_why(Market& market, const ServiceId& service_id, const UserId& user,
                 Comparison& comparison) {
    Seats& seats = market.world->seats();
    const auto check = seats.check(Check{world::contoso(), user, service_id, true});
    const auto held = seats.seats_of({world::contoso(), user}, world::ben());
    std::string of_user;
    for (std::size_t n = 0; held && n < held.value().seats.size(); ++n) {
        if (held.value().seats[n].seat.service_id == service_id) {
            of_user = source_text(held.value().seats[n].seat.sources);
        }
    }
    comparison.same("why " + service_id.str(),
                    check ? source_text(check.value().why.at(0).sources) : failure(check), of_user);
}

std::string unused_text(Engine& engine, const ServiceId& service_id, Timestamp since) {
    const auto page =
        engine.reports().unused_seats({world::contoso(), service_id, since, {}}, world::ben());
    std::string text = failure(page);
    for (std::size_t n = 0; page && n < page.value().items.size(); ++n) {
        const UnusedSeat& seat = page.value().items[n];
        text +=
            number_of(seat.user) + ' ' + (seat.last_used ? seat.last_used->str() : "never") + '\n';
    }
    return text;
}

// What is told of all pools at once.
void compare_reports(Market& market, const NaiveModel& model, Comparison& comparison) {
    Engine& engine = market.world->engine();
    std::string direct = "User,Service ID\n";
    std::string over;
    std::string licenses =
        "Customer Country,Customer Country Code,Customer Name,Activation Date,"
        "Product Display Name,Product ID,Licenses Provisioned,Licenses Assigned,SKU Name,"
        "Tenant ID,License State,Service ID\n";
    for (const Plan& plan : all_plans) {
        const std::string service_id = world::service(plan).str();
        for (const User user : direct_users(model, plan)) {
            direct += world::person(user).str() + ',' + service_id + '\n';
        }
        over += is_over(model, plan) ? service_id + ' ' : "";
        licenses += licenses_row(model, plan);
    }
    const auto exported = engine.seats().export_seats({world::contoso()}, world::ben());
    comparison.same("seats.export", exported ? exported.value().csv.value() : failure(exported),
                    direct);
    const auto reported = engine.reports().over_capacity({{}, world::contoso(), {}}, world::ben());
    std::string over_at_engine = failure(reported);
    for (std::size_t n = 0; reported && n < reported.value().items.size(); ++n) {
        over_at_engine += reported.value().items[n].service_id.str() + ' ';
    }
    comparison.same("reports.over_capacity", over_at_engine, over);
    const auto sold = engine.reports().licenses({world::publisher(), {}}, world::ana());
    comparison.same("reports.licenses", sold ? sold.value().csv.value() : failure(sold), licenses);
}

void compare(Market& market, const NaiveModel& model, Comparison& comparison) {
    Engine& engine = market.world->engine();
    for (const Plan& plan : all_plans) {
        const ServiceId service_id = world::service(plan);
        comparison.same("pool " + plan, pool_text(engine, service_id), pool_text(model, plan));
        comparison.same("seats " + plan, seats_text(engine, service_id), seats_text(model, plan));
        std::string of_many;
        for (User user = 0; user < users_end; ++user) {
            const std::string what = "check " + plan + ' ' + std::to_string(user);
            const UserId person = world::person(user);
            const std::string expected = check_text(model, plan, user);
            comparison.same(what, check_text(engine, service_id, person), expected);
            comparison.same(what + " at the other", check_text(*market.other, service_id, person),
                            expected);
            of_many += expected + ' ';
        }
        comparison.same("check of many " + plan, check_many_text(engine, service_id), of_many);
        compare_why(market, service_id, world::person(0), comparison);
        for (const Timestamp since : {model.now, model.now + days(-10)}) {
            comparison.same("unused " + plan, unused_text(engine, service_id, since),
                            unused_text(model, plan, since));
        }
    }
    for (const Source& group : all_groups) {
        comparison.same("group " + group, group_text(engine, group), group_text(model, group));
    }
    compare_reports(market, model, comparison);
}

void forget_lapsed(const NaiveModel& model, ByEvents& events) {
    for (const Plan& plan : all_plans) {
        if (model.pools.contains(plan) && model.has_lapsed(plan)) {
            events.forget(plan);
        }
    }
}

void compare_events(Market& market, const NaiveModel& model, ByEvents& events,
                    Comparison& comparison) {
    for (const Plan& plan : all_plans) {
        events.read_pool(*market.world, plan);
    }
    for (const Source& group : all_groups) {
        events.read_group(*market.world, group);
    }
    forget_lapsed(model, events);
    for (const Plan& plan : all_plans) {
        comparison.same("holders by events " + plan, events.holders(plan),
                        holders_text(model, plan));
    }
    for (const Source& group : all_groups) {
        comparison.same("group by events " + group, events.rows(group),
                        model.groups.contains(group) ? group_text(model, group) : "");
    }
}

// What the model makes of a step, and a stranger is told.
std::string expected(NaiveModel& model, const Step& step) {
    const Operation& operation = operations()[step.operation];
    return Market::is_by_stranger(step) && !operation.stranger_told.empty()
               ? std::string(operation.stranger_told)
               : operation.in_model(model, step);
}

// In the end everything is read once more by an engine that has seen nothing.
void compare_at_the_end(Market& market, const NaiveModel& model, Comparison& comparison) {
    for (const std::string& stream : market.world->streams()) {
        comparison.same("stream " + stream, market.world->verify(stream).ok ? "ok" : "broken",
                        "ok");
    }
    market.other = market.world->open();
    compare(market, model, comparison);
}

// Whom no step needs for the story to fail is left out of it.
Story with_few_users(Story story, const std::function<bool(const Story&)>& fails) {
    for (std::size_t step = 0; step < story.steps.size(); ++step) {
        for (std::size_t at = 0; at < story.steps[step].users.size();) {
            Story fewer = story;
            fewer.steps[step].users.erase(fewer.steps[step].users.begin() +
                                          static_cast<std::ptrdiff_t>(at));
            if (fails(fewer)) {
                story = std::move(fewer);
            } else {
                ++at;
            }
        }
    }
    return story;
}

Faults faults_of(const Story& story, std::uint64_t step) {
    return story.faults == 0 ? Faults{} : Faults{story.faults + step, 100, 100, 150, 150, 150};
}

}  // namespace

Story draw_story(std::uint64_t seed) {
    Dice dice(seed);
    Story story;
    story.policy.lowering = static_cast<Lowering>(dice.below(3));
    story.policy.overage = {static_cast<Overage::Kind>(dice.below(3)),
                            Decimal::parse("50").value()};
    story.faults = dice.below(4) == 0 ? seed : 0;
    for (std::size_t left = 1 + dice.below(steps_max); left > 0; --left) {
        story.steps.push_back(draw_step(dice));
    }
    return story;
}

std::optional<std::string> play(const Story& story) { return play(story, story.policy); }

std::optional<std::string> play(const Story& story, const Policy& in_model) {
    Market market(story.policy);
    NaiveModel model{in_model.lowering, in_model.overage.kind, market.world->clock->now(),
                     first_ends()};
    ByEvents events;
    Comparison comparison;
    std::uint64_t number = 0;
    for (const Step& step : story.steps) {
        // So long that both engines look for what the other has done.
        market.world->pass_time(Duration(1'000));
        model.pass_until(market.world->clock->now());
        forget_lapsed(model, events);
        const Operation& operation = operations()[step.operation];
        market.store->set(faults_of(story, ++number));
        const std::string at_engine = operation.at_engine(market, step);
        market.store->set({});
        comparison.same(text_of(step), at_engine, expected(model, step));
        model.pass_until(market.world->clock->now());
        compare(market, model, comparison);
        compare_events(market, model, events, comparison);
        if (comparison.difference()) {
            return comparison.difference();
        }
    }
    compare_at_the_end(market, model, comparison);
    return comparison.difference();
}

Story shrink(Story story, const std::function<bool(const Story&)>& fails) {
    Story without_faults = story;
    without_faults.faults = 0;
    if (fails(without_faults)) {
        story = std::move(without_faults);
    }
    for (std::size_t size = std::max<std::size_t>(1, story.steps.size() / 2); size > 0;) {
        bool is_shorter = false;
        for (std::size_t at = 0; at < story.steps.size();) {
            Story shorter = story;
            const auto first = shorter.steps.begin() + static_cast<std::ptrdiff_t>(at);
            const std::size_t count = std::min(size, shorter.steps.size() - at);
            shorter.steps.erase(first, first + static_cast<std::ptrdiff_t>(count));
            if (fails(shorter)) {
                story = std::move(shorter);
                is_shorter = true;
            } else {
                at += size;
            }
        }
        size = size == 1 && is_shorter ? 1 : size / 2;
    }
    return with_few_users(std::move(story), fails);
}

std::string text_of(const Story& story) {
    std::string text = "lowering=";
    text += word_of(story.policy.lowering);
    text += story.faults == 0 ? "" : " over a store that fails";
    text += " overage=" + std::to_string(static_cast<int>(story.policy.overage.kind)) + '\n';
    for (const Step& step : story.steps) {
        text += text_of(step) + '\n';
    }
    return text;
}

}  // namespace licet::model
