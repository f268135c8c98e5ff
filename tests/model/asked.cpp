#include "model/asked.hpp"

#include "model/seen.hpp"

namespace licet::model {
namespace {

void expect(bool holds, Errc rule) {
    if (!holds) {
        throw rule;
    }
}

// For all of them or, where it need not be, for whom it goes.
template <class One>
std::string each(const std::set<User>& users, bool atomic, const One& one) {
    std::string told;
    for (const User user : users) {
        try {
            told += one(user);
        } catch (const Errc why) {
            expect(!atomic, why);
            told += name_of(why);
        }
        told += ' ';
    }
    return told;
}

}  // namespace

std::string assign(SeatModel& model, const Plan& plan, const std::set<User>& users, bool atomic) {
    expect(model.pools.contains(plan), Errc::pool_not_found);
    expect(!users.empty(), Errc::users_missing);
    return each(users, atomic, [&](User user) { return model.assign(plan, user); });
}

std::string unassign(SeatModel& model, const Plan& plan, const std::set<User>& users) {
    expect(model.pools.contains(plan), Errc::pool_not_found);
    expect(!users.empty(), Errc::users_missing);
    return each(users, false, [&](User user) -> std::string {
        return model.take(plan, user, "") ? "released" : "absent";
    });
}

std::string move(SeatModel& model, const Plan& from, const Plan& to, const std::set<User>& users,
                 bool atomic) {
    expect(model.pools.contains(from) && model.pools.contains(to), Errc::pool_not_found);
    expect(!users.empty(), Errc::users_missing);
    expect(from != to, Errc::move_to_itself);
    return each(users, atomic, [&](User user) { return model.move(from, to, user); });
}

std::string import_seats(SeatModel& model, const std::vector<std::pair<Plan, User>>& lines) {
    std::string told;
    for (const auto& [plan, user] : lines) {
        told += each({user}, false, [&, &plan = plan](User one) {
            expect(model.pools.contains(plan), Errc::pool_not_found);
            return model.assign(plan, one);
        });
    }
    return told;
}

std::string touch(SeatModel& model, const Plan& plan, const std::set<User>& users) {
    expect(model.pools.contains(plan), Errc::pool_not_found);
    for (const User user : users) {
        if (model.pools[plan].contains(user)) {
            model.pools[plan][user].used = model.now;
        }
    }
    return {};
}

std::string edit_group(SeatModel& model, GroupAct act, const Source& id,
                       const std::set<Plan>& plans, const std::optional<std::set<User>>& members) {
    const bool names_plans = act == GroupAct::assign || act == GroupAct::unassign;
    expect(act == GroupAct::assign || model.groups.contains(id), Errc::group_not_found);
    expect(!names_plans || !plans.empty(), Errc::service_ids_missing);
    SeatModel::Group wanted = model.groups[id];
    const std::size_t before = wanted.plans.size();
    for (const Plan& plan : plans) {
        expect(model.pools.contains(plan), Errc::pool_not_found);
        wanted.plans.erase(plan);
        if (act == GroupAct::assign) {
            wanted.plans.insert(plan);
        }
    }
    wanted.members = members.value_or(wanted.members);
    model.edit_group(id, wanted, act == GroupAct::reprocess || wanted.plans.size() > before);
    return seen::group(model, id);
}

std::string set_lines(SeatModel& model, const std::string& deal,
                      const std::map<Plan, Quantity>& lines, std::optional<Timestamp> effective) {
    std::string told;
    for (const auto& [plan, unassigned] : model.set_lines(deal, lines, effective)) {
        told += "unassigned " + std::to_string(unassigned) + ' ';
    }
    return told;
}

std::string cancel_change(SeatModel& model, const std::string& deal, const Plan& plan,
                          std::optional<Timestamp> effective) {
    model.cancel_change(deal, plan, effective);
    return {};
}

std::string extend(SeatModel& model, Duration by) {
    model.end = model.end + by;
    return {};
}

}  // namespace licet::model
