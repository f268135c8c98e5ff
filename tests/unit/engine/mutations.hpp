#pragma once

/// \file
/// Every mutation there is, each with a world in which it succeeds: for what holds of all.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "world.hpp"

namespace licet::world {

/// What all answers have in common.
struct Told {
    std::uint64_t revision = 0;
    bool replayed = false;
};

struct Mutation {
    std::string name;
    std::function<std::string(World&)> prepare;  ///< Gives what `run` needs: a token, an invite.
    std::function<result<Told>(World&, const std::string& given, const Caller&)> run;
    Caller caller;
    std::uint64_t revision = 0;  ///< That of the record it is about, before; 0: none yet.

    /// And after. An import is about no single record.
    std::uint64_t next_revision() const { return name == "seats.import" ? 0 : revision + 1; }
};

/// How many records there are of each kind, and events about each: what tells whether something
/// was done once, twice or not at all.
inline std::map<std::string, std::size_t> shape_of(World& world) {
    std::map<std::string, std::size_t> shape;
    for (const auto& [key, text] : world.store->dump()) {
        std::size_t end = key.find('/');
        if (key.starts_with("event/")) {
            end = key.find('/', key.find('/', end + 1) + 1);
        }
        ++shape[key.substr(0, end)];
    }
    return shape;
}

namespace mutations {

template <class Answer>
result<Told> told(const result<Written<Answer>>& answer) {
    if (!answer) {
        return answer.error();
    }
    return Told{answer.value().revision, answer.value().replayed};
}

inline OfferCommand the_offer() { return {publisher(), offer_id()}; }

inline std::string drafted(World& world) {
    REQUIRE(world.catalog().create_offer({article_offer(), Profile::create}, ana()));
    return {};
}
inline std::string submitted(World& world) {
    drafted(world);
    REQUIRE(world.catalog().submit({the_offer()}, ana()));
    return {};
}
inline std::string in_preview(World& world) {
    submitted(world);
    for (int phase = 0; phase < 3; ++phase) {
        REQUIRE(world.catalog().pass_phase({the_offer()}, rex()));
    }
    return {};
}
inline std::string published(World& world) {
    world.publish();
    return {};
}
inline std::string registered(World& world) {
    published(world);
    REQUIRE(world.deals().register_deal({article_deal(), false}, ana()));
    return {};
}
inline std::string consented(World& world) {
    registered(world);
    world.consent();
    return {};
}
inline std::string sold(World& world) {
    consented(world);
    REQUIRE(world.change_lines({line("bronze", 3), line("gold", 2)}));
    return {};
}
inline std::string seated(World& world) {
    sold(world);
    REQUIRE(world.assign("bronze", people(1, 2)));
    return {};
}
inline std::string grouped(World& world) {
    seated(world);
    REQUIRE(world.assign_group({"bronze", "gold"}, people(2, 3)));
    return {};
}
/// A group with someone who can be given now what there was no unit for.
inline std::string with_units_to_give(World& world) {
    grouped(world);
    REQUIRE(world.change_lines({line("bronze", 5), line("gold", 5)}));
    return {};
}
/// With a change of licences that is yet to come.
inline std::string with_pending(World& world) {
    seated(world);
    REQUIRE(world.deals().update_licenses({publisher(),
                                           deal_id("d-1"),
                                           {line("bronze", 1), line("silver", 2)},
                                           at("2026-06-01T00:00:00Z")},
                                          ana()));
    return {};
}
inline std::string invited(World& world) {
    registered(world);
    return world.invite(deal_id("d-1"));
}
inline std::string invited_by_id(World& world) {
    invited(world);
    const auto invites = world.deals().list_invites({publisher(), {}}, ana());
    return invites.value().items.at(0).id;
}

inline std::vector<Mutation> of_offers() {
    const Json summary{R"({"listing":{"summary":"Field work"}})"};
    return {
        {"offers.create", [](World&) { return std::string(); },
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().create_offer({article_offer(), Profile::create}, as));
         },
         ana(), 0},
        {"offers.apply", [](World&) { return std::string(); },
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.catalog().apply_offer({article_offer(), Profile::create, false}, as));
         },
         ana(), 0},
        {"offers.update", drafted,
         [summary](World& world, auto&, const Caller& as) {
             return told(world.catalog().update_offer({publisher(), offer_id(), summary}, as));
         },
         ana(), 1},
        {"offers.submit", drafted,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().submit({the_offer()}, as));
         },
         ana(), 1},
        {"offers.cancel", submitted,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().cancel({the_offer()}, as));
         },
         ana(), 2},
        {"offers.pass_phase", submitted,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().pass_phase({the_offer()}, as));
         },
         rex(), 2},
        {"offers.report_findings", submitted,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().report_findings(
                 {the_offer(), {{"100.1", "the name is not clear"}}}, as));
         },
         rex(), 2},
        {"offers.go_live", in_preview,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().go_live({the_offer()}, as));
         },
         ana(), 5},
        {"offers.stop_distribution", published,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().stop_distribution({the_offer()}, as));
         },
         ana(), 6},
    };
}

inline std::vector<Mutation> of_plans() {
    const Json name{R"({"name":"Copper"})"};
    return {
        {"plans.create", drafted,
         [](World& world, auto&, const Caller& as) {
             return told(world.catalog().create_plan(
                 {publisher(), offer_id(), plan("copper", {"crf36_CopperApp"})}, as));
         },
         ana(), 1},
        {"plans.update", drafted,
         [name](World& world, auto&, const Caller& as) {
             return told(world.catalog().update_plan(
                 {publisher(), offer_id(), plan_id("bronze"), name}, as));
         },
         ana(), 1},
        {"plans.delete", drafted,
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.catalog().delete_plan({{publisher(), offer_id(), plan_id("bronze")}}, as));
         },
         ana(), 1},
        {"plans.stop_selling", published,
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.catalog().stop_selling({{publisher(), offer_id(), plan_id("bronze")}}, as));
         },
         ana(), 6},
    };
}

inline std::vector<Mutation> of_deals() {
    const Json contact{R"({"contact":{"phone":"+1 425 555 0100"}})"};
    const Json longer{R"({"contract":{"end":"2028-01-31"}})"};
    return {
        {"deals.register with an id", published,
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().register_deal({article_deal("d-9"), false}, as));
         },
         ana(), 0},
        {"deals.register without an id", published,
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().register_deal({article_deal(""), false}, as));
         },
         ana(), 0},
        {"deals.update", registered,
         [contact](World& world, auto&, const Caller& as) {
             return told(world.deals().update_deal({publisher(), deal_id("d-1"), contact}, as));
         },
         ana(), 1},
        {"deals.update of a contract's end", seated,
         [longer](World& world, auto&, const Caller& as) {
             return told(world.deals().update_deal({publisher(), deal_id("d-1"), longer}, as));
         },
         ana(), 2},
        {"deals.advance", registered,
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.deals().advance({publisher(), deal_id("d-1"), DealState::in_progress}, as));
         },
         ana(), 1},
        {"deals.set_customer", consented,
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().set_customer({publisher(), deal_id("d-1"), contoso()}, as));
         },
         ana(), 1},
        {"licenses.update", consented,
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.change_lines({line("bronze", 3), line("gold", 2)}, deal_id("d-1"), as));
         },
         ana(), 1},
        {"licenses.update of standing lines", seated,
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.change_lines({line("bronze", 1), no_line("gold")}, deal_id("d-1"), as));
         },
         ana(), 2},
        {"licenses.update for later", seated,
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().update_licenses({publisher(),
                                                        deal_id("d-1"),
                                                        {no_line("bronze"), line("silver", 2)},
                                                        at("2026-06-01T00:00:00Z")},
                                                       as));
         },
         ana(), 2},
        {"licenses.cancel_change", with_pending,
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().cancel_change(
                 {publisher(), deal_id("d-1"), plan_id("bronze"), {}}, as));
         },
         ana(), 3},
    };
}

inline std::vector<Mutation> of_invites() {
    return {
        {"invites.create for a deal", registered,
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().create_invite({publisher(), deal_id("d-1")}, as));
         },
         ana(), 0},
        {"invites.create for anyone", [](World&) { return std::string(); },
         [](World& world, auto&, const Caller& as) {
             return told(world.deals().create_invite({publisher(), {}}, as));
         },
         ana(), 0},
        {"invites.accept", invited,
         [](World& world, const std::string& token, const Caller& as) {
             return told(world.deals().accept({token}, as));
         },
         ben(), 1},
        {"invites.decline", invited,
         [](World& world, const std::string& token, const Caller& as) {
             return told(world.deals().decline({token}, as));
         },
         ben(), 1},
        {"invites.revoke", invited_by_id,
         [](World& world, const std::string& id, const Caller& as) {
             return told(world.deals().revoke({publisher(), id}, as));
         },
         ana(), 1},
    };
}

inline std::vector<Mutation> of_seats() {
    return {
        {"seats.assign", sold,
         [](World& world, auto&, const Caller& as) {
             return told(world.assign("bronze", people(1, 2), as));
         },
         ben(), 1},
        {"seats.unassign", seated,
         [](World& world, auto&, const Caller& as) {
             return told(world.unassign("bronze", people(1, 2), as));
         },
         ben(), 2},
        {"seats.import", seated,
         [](World& world, auto&, const Caller& as) {
             const std::string csv = "User,Service ID\n" + person(3).str() + ',' +
                                     service("bronze").str() + '\n' + person(1).str() + ',' +
                                     service("gold").str() + '\n';
             return told(world.seats().import_seats({contoso(), csv, {}}, as));
         },
         ben(), 0},
        {"seats.move", seated,
         [](World& world, auto&, const Caller& as) {
             return told(world.seats().move(
                 {contoso(), service("bronze"), service("gold"), people(1, 2), Mode::atomic, {}},
                 as));
         },
         ben(), 1},
    };
}

inline std::vector<Mutation> of_groups() {
    return {
        {"groups.assign", seated,
         [](World& world, auto&, const Caller& as) {
             return told(world.assign_group({"bronze", "gold"}, people(2, 3), as));
         },
         ben(), 0},
        {"groups.unassign", grouped,
         [](World& world, auto&, const Caller& as) {
             return told(
                 world.groups().unassign({contoso(), group("sales"), {service("gold")}, {}}, as));
         },
         ben(), 1},
        {"groups.set_members", grouped,
         [](World& world, auto&, const Caller& as) {
             return told(world.set_members(people(3, 2), as));
         },
         ben(), 1},
        {"groups.reprocess", with_units_to_give,
         [](World& world, auto&, const Caller& as) { return told(world.reprocess(as)); }, ben(), 1},
    };
}

}  // namespace mutations

inline std::vector<Mutation> all_mutations() {
    std::vector<Mutation> all;
    for (std::vector<Mutation> some :
         {mutations::of_offers(), mutations::of_plans(), mutations::of_deals(),
          mutations::of_invites(), mutations::of_seats(), mutations::of_groups()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace licet::world
