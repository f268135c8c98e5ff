// The customer's consent.

#include <doctest/doctest.h>

#include "mutations.hpp"

using namespace licet;
using namespace licet::world;

namespace {

std::vector<Invite> invites(World& world) {
    const auto page = world.deals().list_invites({publisher(), {}}, ana());
    REQUIRE(page);
    return page.value().items;
}

std::vector<Relationship> relationships(World& world) {
    const auto page = world.deals().list_relationships({publisher(), {}}, ana());
    REQUIRE(page);
    return page.value().items;
}

}  // namespace

TEST_CASE("an invite for a deal is for its customer, and its link is seen once") {
    World world;
    mutations::registered(world);
    const auto made = world.deals().create_invite({publisher(), deal_id("d-1")}, ana());
    REQUIRE(made);
    const Invite& invite = made.value().value.invite;
    CHECK(invite.tenant == contoso());
    CHECK(invite.deal == deal_id("d-1"));
    CHECK(invite.state == InviteState::invited);
    CHECK(invite.created_at == world.clock->now());
    CHECK(invite.expires_at == world.clock->now() + days(30));
    CHECK(invite.link->starts_with("https://licet.example/consent?token=fabrikam."));
    CHECK(invite.link->size() ==
          std::string("https://licet.example/consent?token=fabrikam.").size() + 43);
    REQUIRE(invites(world).size() == 1);
    CHECK_FALSE(invites(world)[0].link);
    CHECK(invites(world)[0].id == invite.id);
}

TEST_CASE("an invite for a deal that names no customer is open, as is one for no deal") {
    World world;
    world.publish();
    Deal unnamed = article_deal();
    unnamed.customer.tenant.reset();
    unnamed.consumption_on = ConsumptionOn::partner_tenant;
    REQUIRE(world.deals().register_deal({unnamed, false}, ana()));
    const std::string token = world.invite(deal_id("d-1"));
    CHECK_FALSE(invites(world)[0].tenant);
    REQUIRE(world.deals().accept({token}, nora()));
    CHECK_FALSE(world.deal().customer.tenant);  // it never changes a deal's customer by itself
}

TEST_CASE("an invite for a deal that is not there is not made") {
    World world;
    CHECK(failure_of(world.deals().create_invite({publisher(), deal_id("d-1")}, ana())) ==
          Errc::deal_not_found);
    CHECK(world.store->dump().size() == 1);
}

TEST_CASE("accepting makes the relationship, and says by whom and since when") {
    World world;
    const std::string token = world.invite();
    world.pass_time(days(1));
    const auto accepted = world.deals().accept({token}, ben());
    REQUIRE(accepted);
    const Relationship expected{publisher(), contoso(), world.clock->now(), "ben"};
    CHECK(accepted.value().value.relationship == expected);
    CHECK(relationships(world) == std::vector{expected});
    CHECK(invites(world)[0].state == InviteState::accepted);
}

TEST_CASE("an open invite serves one tenant, once") {
    World world;
    const std::string token = world.invite();
    REQUIRE(world.deals().accept({token}, nora()));
    CHECK(failure_of(world.deals().accept({token}, nora())) == Errc::invite_state);
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
    CHECK(failure_of(world.deals().decline({token}, nora())) == Errc::invite_state);
    CHECK(relationships(world).size() == 1);
}

TEST_CASE("accepting where a relationship stands answers with it and spends the token") {
    World world;
    world.consent();
    const Timestamp then = world.clock->now();
    world.pass_time(days(1));
    const std::string token = world.invite();
    const auto again = world.deals().accept({token}, ben());
    REQUIRE(again);
    CHECK(again.value().value.relationship->since == then);
    CHECK(world.events("relationship/fabrikam/" + contoso().str()).size() == 1);
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
}

TEST_CASE("an invite that is declined gives no relationship") {
    World world;
    const std::string token = world.invite();
    const auto declined = world.deals().decline({token}, ben());
    REQUIRE(declined);
    CHECK_FALSE(declined.value().value.relationship);
    CHECK(relationships(world).empty());
    CHECK(invites(world)[0].state == InviteState::declined);
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
}

TEST_CASE("an invite expires to the millisecond") {
    for (const bool in_time : {true, false}) {
        World world;
        const std::string token = world.invite();
        world.pass_time(days(30) - Duration(in_time ? 1 : 0));
        CHECK(invites(world)[0].state == (in_time ? InviteState::invited : InviteState::expired));
        CHECK(failure_of(world.deals().accept({token}, ben())) ==
              (in_time ? done : make_error_code(Errc::invite_state)));
        CHECK(relationships(world).size() == (in_time ? 1 : 0));
    }
}

TEST_CASE("how long an invite stands is a policy") {
    Policy policy;
    policy.invite_ttl_days = 1;
    policy.invite_link_base = "https://consent.example/?lang=en";
    World world({policy, Duration(1'000), false});
    const auto made = world.deals().create_invite({publisher(), {}}, ana());
    CHECK(made.value().value.invite.expires_at == world.clock->now() + days(1));
    CHECK(made.value().value.invite.link->starts_with("https://consent.example/?lang=en&token="));
}

TEST_CASE("an open invite is revoked, and one that was answered or has expired is not") {
    World world;
    const std::string token = world.invite();
    const std::string id = invites(world)[0].id;
    const auto revoked = world.deals().revoke({publisher(), id}, ana());
    REQUIRE(revoked);
    CHECK(revoked.value().value.invite.state == InviteState::revoked);
    CHECK_FALSE(revoked.value().value.invite.link);
    CHECK(failure_of(world.deals().accept({token}, ben())) == Errc::invite_state);
    CHECK(failure_of(world.deals().revoke({publisher(), id}, ana())) == Errc::invite_state);

    world.invite();
    world.pass_time(days(30));
    for (const Invite& invite : invites(world)) {
        CHECK(failure_of(world.deals().revoke({publisher(), invite.id}, ana())) ==
              Errc::invite_state);
    }
}

TEST_CASE("an invite is revoked by its id and not by its token") {
    World world;
    const std::string token = world.invite();
    CHECK(failure_of(world.deals().revoke({publisher(), token}, ana())) == Errc::invite_not_found);
    const Caller other{seller({Role::account_admin}, publisher("proseware")), {}, {}};
    CHECK(failure_of(world.deals().revoke({publisher("proseware"), invites(world)[0].id}, other)) ==
          Errc::invite_not_found);
}

TEST_CASE("invites and relationships come in pages, each of its publisher alone") {
    World world;
    for (int n = 0; n < 5; ++n) {
        world.invite();
    }
    PageRequest page{2, {}};
    std::vector<std::string> ids;
    do {
        const auto some = world.deals().list_invites({publisher(), page}, ana()).value();
        CHECK(some.items.size() <= 2);
        for (const Invite& invite : some.items) {
            ids.push_back(invite.id);
        }
        page.after = some.next;
    } while (page.after);
    CHECK(ids.size() == 5);
    const Caller other{seller({Role::account_admin}, publisher("proseware")), {}, {}};
    CHECK(world.deals().list_invites({publisher("proseware"), {}}, other).value().items.empty());
    CHECK(world.deals()
              .list_relationships({publisher("proseware"), {}}, other)
              .value()
              .items.empty());
}
