// A caller is judged before anything is read: a stranger learns nothing, not even what exists.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

struct Question {
    std::string name;
    std::function<std::error_code(World&, const Caller&)> ask;
    Side side = Side::publisher;
};

std::vector<Question> on_the_publishers_side() {
    const DealId deal = deal_id("d-1");
    return {
        {"offers.get",
         [](World& w, const Caller& as) {
             return failure_of(w.catalog().get_offer({publisher(), offer_id()}, as));
         }},
        {"offers.list",
         [](World& w, const Caller& as) {
             return failure_of(w.catalog().list_offers({publisher(), {}, {}}, as));
         }},
        {"offers.buttons",
         [](World& w, const Caller& as) {
             return failure_of(
                 w.catalog().show_buttons({publisher(), offer_id(), Viewer::admin, contoso()}, as));
         }},
        {"plans.list",
         [](World& w, const Caller& as) {
             return failure_of(w.catalog().list_plans({publisher(), offer_id()}, as));
         }},
        {"deals.get",
         [deal](World& w, const Caller& as) {
             return failure_of(w.deals().get_deal({publisher(), deal}, as));
         }},
        {"deals.list",
         [](World& w, const Caller& as) {
             return failure_of(w.deals().list_deals({publisher(), {}, {}, {}, {}, {}}, as));
         }},
        {"invites.list",
         [](World& w, const Caller& as) {
             return failure_of(w.deals().list_invites({publisher(), {}}, as));
         }},
        {"relationships.list",
         [](World& w, const Caller& as) {
             return failure_of(w.deals().list_relationships({publisher(), {}}, as));
         }},
        {"licenses.preview",
         [deal](World& w, const Caller& as) {
             return failure_of(w.deals().preview({publisher(), deal, {line("bronze", 1)}}, as));
         }},
    };
}

Question about_stream(const std::string& operation, const std::string& stream, Side side) {
    if (operation == "events.list") {
        return {operation + ' ' + stream,
                [stream](World& w, const Caller& as) {
                    return failure_of(w.history().list_events({stream, {}}, as));
                },
                side};
    }
    return {operation + ' ' + stream,
            [stream](World& w, const Caller& as) {
                return failure_of(w.history().verify({stream}, as));
            },
            side};
}

std::vector<Question> on_the_customers_side() {
    return {
        {"seats.list",
         [](World& w, const Caller& as) {
             return failure_of(w.seats().list_seats({contoso(), service("bronze"), {}}, as));
         },
         Side::customer},
        {"seats.of_user",
         [](World& w, const Caller& as) {
             return failure_of(w.seats().seats_of({contoso(), person(1)}, as));
         },
         Side::customer},
        {"groups.get",
         [](World& w, const Caller& as) {
             return failure_of(w.groups().get({contoso(), group("sales")}, as));
         },
         Side::customer},
        {"pools.get",
         [](World& w, const Caller& as) {
             return failure_of(w.seats().get_pool({contoso(), service("bronze")}, as));
         },
         Side::customer},
        {"pools.list",
         [](World& w, const Caller& as) {
             return failure_of(w.seats().list_pools({contoso(), {}}, as));
         },
         Side::customer},
    };
}

/// The mutations on one record, that is there or not.
std::vector<Question> mutations_as_questions() {
    std::vector<Question> all;
    for (const Mutation& mutation : all_mutations()) {
        const bool is_review = mutation.caller.as.id == "rex";
        const bool is_customers = mutation.caller.as.tenant.has_value();
        if (mutation.name == "invites.accept" || mutation.name == "invites.decline") {
            continue;  // whoever calls answers for the own tenant
        }
        all.push_back({mutation.name,
                       [mutation](World& w, const Caller& as) {
                           return failure_of(mutation.run(w, "no invite", as));
                       },
                       is_review      ? Side::marketplace
                       : is_customers ? Side::customer
                                      : Side::publisher});
    }
    return all;
}

std::vector<Question> all_questions() {
    std::vector<Question> all = on_the_publishers_side();
    for (auto some : {on_the_customers_side(), mutations_as_questions()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    for (const std::string operation : {"events.list", "events.verify"}) {
        for (const std::string& stream :
             {offer_stream, deal_stream, "relationship/fabrikam/" + contoso().str(),
              std::string("invites/fabrikam")}) {
            all.push_back(about_stream(operation, stream, Side::publisher));
        }
        all.push_back(about_stream(operation, pool_stream("bronze"), Side::customer));
    }
    return all;
}

const std::vector<Role> every_role{Role::global_admin, Role::account_admin, Role::referral_admin,
                                   Role::developer,    Role::billing_admin, Role::license_admin,
                                   Role::user_admin};

/// What this side tells a caller who may not, whatever there is.
std::vector<std::pair<Caller, Errc>> strangers(Side side) {
    const Caller other_seller{seller(every_role, publisher("proseware")), {}, {}};
    const Caller other_buyer{buyer(every_role, northwind()), {}, {}};
    const Caller roleless_seller{seller({}), {}, {}};
    const Caller roleless_buyer{buyer({}), {}, {}};
    const Caller both{{"eve", publisher(), contoso(), every_role}, {}, {}};
    switch (side) {
        case Side::publisher:
            return {{nobody(), Errc::actor_missing}, {both, Errc::actor_missing},
                    {rex(), Errc::actor_missing},    {other_seller, Errc::other_publisher},
                    {ben(), Errc::other_publisher},  {roleless_seller, Errc::role_missing}};
        case Side::customer:
            return {{nobody(), Errc::actor_missing}, {both, Errc::actor_missing},
                    {rex(), Errc::actor_missing},    {other_buyer, Errc::other_tenant},
                    {ana(), Errc::other_tenant},     {roleless_buyer, Errc::role_missing}};
        case Side::marketplace:
            return {{nobody(), Errc::actor_missing},
                    {ana(), Errc::role_missing},
                    {ben(), Errc::role_missing},
                    {other_seller, Errc::role_missing}};
        case Side::host:
            break;
    }
    return {};
}

/// A store that cannot be read: whoever asks it fails.
void forbid_reading(World& world) {
    world.store->on_read([](const auto&) -> result<void> {
        return Error{Errc::store_failed, "was read", {}};
    });
}

}  // namespace

TEST_CASE("a stranger is told the same whether a record is there or not, and nothing is read") {
    World full;
    mutations::seated(full);
    World empty;
    const auto before = full.store->dump();
    forbid_reading(full);
    forbid_reading(empty);
    for (const Question& question : all_questions()) {
        for (const auto& [stranger, refusal] : strangers(question.side)) {
            const Caller& caller = stranger;
            CAPTURE(question.name);
            CAPTURE(caller.as.id);
            CHECK(question.ask(full, caller) == refusal);
            CHECK(question.ask(empty, caller) == refusal);
            CHECK(question.ask(full, expecting(with_key(caller, ""), 99)) == refusal);
        }
    }
    full.store->on_read(nullptr);
    CHECK(full.store->dump() == before);
}

TEST_CASE("only a billing or global admin of a tenant answers an invite") {
    for (const bool accepts : {true, false}) {
        World world;
        mutations::registered(world);
        const std::string token = world.invite(deal_id("d-1"));
        const auto answer = [&](const Caller& as) {
            return accepts ? failure_of(world.deals().accept({token}, as))
                           : failure_of(world.deals().decline({token}, as));
        };
        forbid_reading(world);
        CHECK(answer(nobody()) == Errc::actor_missing);
        CHECK(answer(rex()) == Errc::actor_missing);
        CHECK(answer(ana()) == Errc::other_tenant);
        for (const Role role : {Role::account_admin, Role::license_admin, Role::user_admin}) {
            CHECK(answer({buyer({role}), {}, {}}) == Errc::role_missing);
        }
        world.store->on_read(nullptr);
        CHECK(answer({buyer({Role::billing_admin}), {}, {}}) == done);
    }
}

TEST_CASE("an invite for another tenant is refused, and an unknown token is unknown to all") {
    World world;
    mutations::registered(world);
    const std::string token = world.invite(deal_id("d-1"));
    const auto before = world.store->dump();
    CHECK(failure_of(world.deals().accept({token}, nora())) == Errc::invite_other_tenant);
    CHECK(failure_of(world.deals().decline({token}, nora())) == Errc::invite_other_tenant);
    const std::string unknown_token = "fabrikam." + std::string(43, 'A');
    for (const std::string& text :
         {unknown_token, std::string("proseware.") + std::string(43, 'A'), std::string("x"),
          std::string(), token + "A", token.substr(1), std::string(100'000, '.')}) {
        CHECK(failure_of(world.deals().accept({text}, ben())) == Errc::invite_not_found);
        CHECK(failure_of(world.deals().decline({text}, ben())) == Errc::invite_not_found);
    }
    CHECK(world.store->dump() == before);
}

TEST_CASE("what is not there is not found by whoever may know") {
    World world;
    CHECK(failure_of(world.catalog().get_offer({publisher(), offer_id()}, ana())) ==
          Errc::offer_not_found);
    CHECK(failure_of(world.deals().get_deal({publisher(), deal_id("d-1")}, ana())) ==
          Errc::deal_not_found);
    CHECK(failure_of(world.seats().get_pool({contoso(), service("bronze")}, ben())) ==
          Errc::pool_not_found);
    CHECK(failure_of(world.seats().list_seats({contoso(), service("bronze"), {}}, ben())) ==
          Errc::pool_not_found);
    CHECK(failure_of(world.deals().revoke({publisher(), "none"}, ana())) == Errc::invite_not_found);
    for (const Mutation& mutation : all_mutations()) {
        if (mutation.revision != 0) {
            CAPTURE(mutation.name);
            CHECK(failure_of(mutation.run(world, "", mutation.caller)) == Condition::not_found);
        }
    }
    CHECK(world.store->dump().size() == 1);  // the layout's version
}
