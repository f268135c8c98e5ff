#include "model/step.hpp"

#include <algorithm>
#include <set>

#include "formats/tables/deals.hpp"
#include "model/draw.hpp"
#include "model/model_seen.hpp"

namespace licet::model {
namespace {

// What was drawn, in the words of the engine and of the model.

std::vector<ServiceId> services(const Step& step) {
    std::vector<ServiceId> all;
    for (const Plan& plan : step.plans) {
        all.push_back(world::service(plan));
    }
    return all;
}
std::vector<UserId> people(const Step& step) {
    std::vector<UserId> all;
    for (const User user : step.users) {
        all.push_back(world::person(user));
    }
    return all;
}
std::set<User> users(const Step& step) { return {step.users.begin(), step.users.end()}; }
std::set<Plan> plans(const Step& step) { return {step.plans.begin(), step.plans.end()}; }
GroupId group(const Step& step) { return GroupId::parse(step.group).value(); }
Mode mode(const Step& step) { return step.flag ? Mode::atomic : Mode::best_effort; }

// A store that takes few records at once, while a best-effort step lasts: it then goes in parts.
class Narrow {
public:
    Narrow(Market& market, const Step& step, std::int64_t more = 0) : store_(*market.world->store) {
        const bool is_narrow = mode(step) == Mode::best_effort;
        store_.limit({0, 0, is_narrow ? static_cast<std::size_t>(step.number + more) : 0});
    }
    ~Narrow() { store_.limit({}); }
    Narrow(const Narrow&) = delete;
    Narrow& operator=(const Narrow&) = delete;

private:
    world::StoreInHand& store_;
};

std::optional<std::set<User>> given_users(const Step& step) {
    return step.flag ? std::optional(users(step)) : std::nullopt;
}
std::optional<std::vector<UserId>> given_people(const Step& step) {
    return step.flag ? std::optional(people(step)) : std::nullopt;
}

std::string rule_of(const Error& error) { return name_of(static_cast<Errc>(error.code.value())); }

template <class Outcomes>
std::string outcomes_text(const Outcomes& outcomes) {
    std::string text;
    for (const auto& outcome : outcomes) {
        text += outcome.error ? name_of(*outcome.error) : word_of(outcome.outcome);
        text += ' ';
    }
    return text;
}

template <class Answer>
std::string told(const result<Written<Answer>>& answer) {
    return answer ? outcomes_text(answer.value().value.outcomes) : rule_of(answer.error());
}

std::string told(const result<Written<ImportedSeats>>& answer) {
    return answer ? outcomes_text(*answer.value().value.outcomes) : rule_of(answer.error());
}

std::string told(const result<Written<GroupAnswer>>& answer) {
    if (!answer) {
        return rule_of(answer.error());
    }
    std::string text;
    for (const GroupRow& row : answer.value().value.members) {
        text += row_text(row);
    }
    return text;
}

// Who asks.

Caller seller(const Step& step) {
    const bool is_stranger = Market::is_by_stranger(step);
    return {{step.caller == 1 ? "gil" : "ana",
             world::publisher(is_stranger ? "wingtip" : "fabrikam"),
             {},
             {step.caller == 1 ? Role::global_admin : Role::account_admin}},
            {},
            {}};
}
Caller customer(const Step& step) {
    const bool is_stranger = Market::is_by_stranger(step);
    return {{step.caller == 1 ? "liv" : "ben",
             {},
             is_stranger ? world::northwind() : world::contoso(),
             {step.caller == 1 ? Role::license_admin : Role::global_admin}},
            {},
            {}};
}

// A table of the people, whose plans take turns.
const Plan& imported_plan(const Step& step, std::size_t line) {
    return step.plans[line % step.plans.size()];
}

std::string import_at_engine(Market& market, const Step& step) {
    const Narrow narrow(market, step);
    std::string csv = "User,Service ID\n";
    for (std::size_t line = 0; line < step.users.size(); ++line) {
        csv += world::person(step.users[line]).str() + ',' +
               world::service(imported_plan(step, line)).str() + '\n';
    }
    return told(market.insist(customer(step), [&](const Caller& as) {
        return market.engine(step).seats().import_seats({world::contoso(), csv, {}}, as);
    }));
}

std::string edited(NaiveModel& model, GroupAct act, const Step& step, const std::set<Plan>& plans,
                   const std::optional<std::set<User>>& members) {
    const std::string told = model.edit_group(act, step.group, plans, members);
    return told.empty() ? group_text(model, step.group) : told;
}

std::string import_in_model(NaiveModel& model, const Step& step) {
    std::string told;
    for (std::size_t line = 0; line < step.users.size(); ++line) {
        told += model.move("", imported_plan(step, line), {step.users[line]}, false);
        told += told.ends_with(' ') ? "" : " ";
    }
    return told;
}

// The first plan gets the number, the second one more, and none for 0 and 5.
std::map<Plan, std::int64_t> lines_of(const Step& step) {
    std::map<Plan, std::int64_t> lines;
    for (std::size_t n = 0; n < step.plans.size(); ++n) {
        lines.emplace(step.plans[n], (step.number + static_cast<std::int64_t>(n)) % 5);
    }
    return lines;
}

std::optional<Timestamp> moment_of(const Step& step, Timestamp now) {
    constexpr std::int64_t day = 24 * 60 * 60 * 1'000;
    return step.days == 0 ? std::nullopt
                          : std::optional(Timestamp::from_ms((now.ms() / day + step.days) * day));
}

// Sees beforehand what the update then does.
std::string update_lines(Market& market, const Step& step) {
    std::vector<LineChange> lines;
    for (const auto& [plan, number] : lines_of(step)) {
        lines.push_back(number > 0 ? world::line(plan, number) : world::no_line(plan));
    }
    const DealId deal = world::deal_id(step.deal);
    const auto effective = moment_of(step, market.world->clock->now());
    Deals& deals = market.engine(step).deals();
    const auto seen = market.insist(seller(step), [&](const Caller& as) {
        return deals.preview({world::publisher(), deal, lines, effective}, as);
    });
    const auto done = market.insist(seller(step), [&](const Caller& as) {
        return deals.update_licenses({world::publisher(), deal, lines, effective}, as);
    });
    if (!seen || !done) {
        const bool blocked = seen && std::ranges::any_of(seen.value().effects, [](const auto& one) {
                                 return one.blocked_count > 0;
                             });
        const std::string foreseen = blocked ? "license_seats_assigned"
                                     : seen  ? "nothing"
                                             : rule_of(seen.error());
        const std::string rule = done ? "nothing" : rule_of(done.error());
        return rule == foreseen ? rule : rule + ", but foreseen was " + foreseen;
    }
    std::map<std::string, std::int64_t> unassigned;
    for (std::size_t n = 0; n < done.value().value.effects.size(); ++n) {
        const PoolEffect& effect = done.value().value.effects[n];
        if (formats::encode(effect) != formats::encode(seen.value().effects.at(n))) {
            return "not as foreseen";
        }
        unassigned[effect.service_id.str()] = effect.unassigned_count;
    }
    std::string text;
    for (const auto& [plan, count] : unassigned) {
        text += "unassigned " + std::to_string(count) + ' ';
    }
    return text;
}

Date end_of(Market& market, const Step& step) {
    const auto deal = market.insist(world::ana(), [&](const Caller& as) {
        return market.engine(step).deals().get_deal({world::publisher(), world::deal_id(step.deal)},
                                                    as);
    });
    return *deal.value().deal.contract.end;
}

// To the first moment of a day or the last one before it: so many days after the deal's end, or
// from now on where that has passed or there is no deal.
std::string pass_days(Market& market, const Step& step) {
    const Timestamp now = market.world->clock->now();
    Timestamp to = *moment_of(step, now);
    if (!step.deal.empty()) {
        const Timestamp limit = end_of(market, step).end() + days(step.number);
        to = limit > now ? limit : to;
    }
    market.world->pass_time(to - now - Duration(step.flag ? 1 : 0));
    return {};
}

// To so many days after the one on which it would have ended.
std::string move_end(Market& market, const Step& step) {
    const Date end = Date::of(end_of(market, step).begin() + days(step.days));
    const auto done = market.insist(seller(step), [&](const Caller& as) {
        return market.engine(step).deals().update_deal(
            {world::publisher(),
             world::deal_id(step.deal),
             {R"({"contract":{"end":")" + end.str() + R"("}})"}},
            as);
    });
    return done ? std::string() : rule_of(done.error());
}

constexpr Operation table[] = {
    {"licenses.update", 7, draw_lines, update_lines,
     [](NaiveModel& model, const Step& step) {
         return model.set_lines(step.deal, lines_of(step),
                                moment_of(step, model.now).value_or(model.now));
     },
     "other_publisher"},
    {"deals.update", 1, draw_end, move_end,
     [](NaiveModel& model, const Step& step) {
         model.extend(step.deal, days(step.days));
         return std::string();
     },
     "other_publisher"},
    {"licenses.cancel_change", 2, draw_change,
     [](Market& market, const Step& step) {
         const auto effective = moment_of(step, market.world->clock->now());
         const auto done = market.insist(seller(step), [&](const Caller& as) {
             return market.engine(step).deals().cancel_change(
                 {world::publisher(), world::deal_id(step.deal),
                  world::service(step.plans[0]).plan(), effective},
                 as);
         });
         return done ? std::string() : rule_of(done.error());
     },
     [](NaiveModel& model, const Step& step) {
         return model.cancel_change(step.deal, step.plans[0],
                                    moment_of(step, model.now).value_or(model.now));
     },
     "other_publisher"},
    {"seats.assign", 4, draw_seats,
     [](Market& market, const Step& step) {
         const Narrow narrow(market, step);
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).seats().assign(
                 {world::contoso(), services(step)[0], people(step), mode(step), {}}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return model.move("", step.plans[0], users(step), step.flag);
     },
     "other_tenant"},
    {"seats.unassign", 2, draw_seats,
     [](Market& market, const Step& step) {
         const Narrow narrow(market, step);
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).seats().unassign(
                 {world::contoso(), services(step)[0], people(step), mode(step)}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return model.move(step.plans[0], "", users(step), step.flag);
     },
     "other_tenant"},
    {"seats.import", 3, draw_seats, import_at_engine, import_in_model, "other_tenant"},
    {"seats.move", 3, draw_seats,
     [](Market& market, const Step& step) {
         const Narrow narrow(market, step, 4);  // the other pool, its event, and a seat more
         const auto both = services(step);
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).seats().move(
                 {world::contoso(), both[0], both[1], people(step), mode(step), {}}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return model.move(step.plans[0], step.plans[1], users(step), step.flag);
     },
     "other_tenant"},
    {"seats.touch", 2, draw_seats,
     [](Market& market, const Step& step) {
         std::vector<SeatTouch> uses;
         for (const UserId& person : people(step)) {
             uses.push_back({person, {}});
         }
         const auto done = market.insist({}, [&](const Caller&) {
             return market.engine(step).seats().touch({world::contoso(), services(step)[0], uses});
         });
         return done ? std::string() : rule_of(done.error());
     },
     [](NaiveModel& model, const Step& step) { return model.touch(step.plans[0], users(step)); },
     ""},
    {"groups.assign", 5, draw_group,
     [](Market& market, const Step& step) {
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).groups().assign(
                 {world::contoso(), group(step), services(step), given_people(step)}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return edited(model, GroupAct::assign, step, plans(step), given_users(step));
     },
     "other_tenant"},
    {"groups.unassign", 2, draw_group,
     [](Market& market, const Step& step) {
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).groups().unassign(
                 {world::contoso(), group(step), services(step), given_people(step)}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return edited(model, GroupAct::unassign, step, plans(step), given_users(step));
     },
     "other_tenant"},
    {"groups.set_members", 4, draw_group,
     [](Market& market, const Step& step) {
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).groups().set_members(
                 {world::contoso(), group(step), people(step)}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return edited(model, GroupAct::set_members, step, {}, users(step));
     },
     "other_tenant"},
    {"groups.reprocess", 3, draw_group,
     [](Market& market, const Step& step) {
         return told(market.insist(customer(step), [&](const Caller& as) {
             return market.engine(step).groups().reprocess({world::contoso(), group(step)}, as);
         }));
     },
     [](NaiveModel& model, const Step& step) {
         return edited(model, GroupAct::reprocess, step, {}, {});
     },
     "other_tenant"},
    {"days pass", 2, draw_time, pass_days, [](NaiveModel&, const Step&) { return std::string(); },
     ""},
};

}  // namespace

std::span<const Operation> operations() { return table; }

Step draw_step(world::Dice& dice) {
    std::size_t all = 0;
    for (const Operation& operation : table) {
        all += operation.weight;
    }
    std::size_t drawn = dice.below(all);
    Step step;
    while (drawn >= table[step.operation].weight) {
        drawn -= table[step.operation++].weight;
    }
    step.by_other = dice.below(3) == 0;
    step.caller = dice.below(8) == 0 ? 2 : dice.below(2);
    table[step.operation].draw(dice, step);
    return step;
}

}  // namespace licet::model
