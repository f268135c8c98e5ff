#include <licet/access.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using licet::Action;
using licet::Actor;
using licet::Errc;
using licet::Role;
using licet::Scope;
using licet::Side;

namespace {

using enum Role;

const std::vector<Role> all_roles{global_admin,  account_admin, referral_admin, developer,
                                  billing_admin, license_admin, user_admin,     reviewer};

struct Row {
    Action action;
    Side side;
    std::vector<Role> roles;
};

// DOMAIN §6, written down a second time.
const std::vector<Row> rows{
    {Action::host, Side::host, {}},
    {Action::manage_offers, Side::publisher, {global_admin, account_admin}},
    {Action::read_offers, Side::publisher, {global_admin, account_admin, developer}},
    {Action::review_offers, Side::marketplace, {reviewer}},
    {Action::manage_deals, Side::publisher, {global_admin, account_admin}},
    {Action::read_deals, Side::publisher, {global_admin, account_admin, referral_admin}},
    {Action::answer_invites, Side::customer, {global_admin, billing_admin}},
    {Action::assign_seats, Side::customer, {global_admin, license_admin, user_admin}},
    {Action::read_seats, Side::customer, {global_admin, billing_admin, license_admin, user_admin}},
};

const auto fabrikam = licet::PublisherId::parse("fabrikam").value();
const auto contoso = licet::TenantId::parse("contoso").value();
const auto other_publisher = licet::PublisherId::parse("adatum").value();
const auto other_tenant = licet::TenantId::parse("Contoso").value();
const Scope scope{fabrikam, contoso};

/// Someone of the side, acting for fabrikam or contoso where the side has parties.
Actor actor_on(Side side, std::vector<Role> roles) {
    Actor actor{"ann", std::nullopt, std::nullopt, std::move(roles)};
    if (side == Side::publisher) {
        actor.publisher = fabrikam;
    }
    if (side == Side::customer) {
        actor.tenant = contoso;
    }
    return actor;
}

/// The rule that refuses, or `none`.
Errc refused_by(const Actor& actor, Action action, const Scope& about = scope) {
    const auto allowed = authorize(actor, action, about);
    if (allowed) {
        return Errc::none;
    }
    return static_cast<Errc>(allowed.error().code.value());
}

bool has_party(Side side) { return side == Side::publisher || side == Side::customer; }

}  // namespace

TEST_CASE("every action is on its side and needs one of its roles") {
    for (const auto& row : rows) {
        CAPTURE(static_cast<int>(row.action));
        CHECK(licet::side_of(row.action) == row.side);
        CHECK(licet::roles_of(row.action) == row.roles);
    }
}

TEST_CASE("each role alone allows the actions it is listed for and no other") {
    for (const auto& row : rows) {
        for (const Role role : all_roles) {
            CAPTURE(static_cast<int>(row.action));
            CAPTURE(static_cast<int>(role));
            const bool listed = row.side == Side::host || std::ranges::count(row.roles, role) == 1;
            CHECK(refused_by(actor_on(row.side, {role}), row.action) ==
                  (listed ? Errc::none : Errc::role_missing));
        }
    }
}

TEST_CASE("one role that allows an action is enough, wherever it stands among others") {
    CHECK(refused_by(actor_on(Side::publisher, all_roles), Action::manage_deals) == Errc::none);
    CHECK(refused_by(actor_on(Side::customer, {reviewer, user_admin}), Action::assign_seats) ==
          Errc::none);
}

TEST_CASE("without a role nothing is allowed but what is the host's own") {
    for (const auto& row : rows) {
        CAPTURE(static_cast<int>(row.action));
        CHECK(refused_by(actor_on(row.side, {}), row.action) ==
              (row.side == Side::host ? Errc::none : Errc::role_missing));
    }
}

TEST_CASE("nobody is asked for what is the host's own") {
    CHECK(refused_by(Actor{}, Action::host, Scope{}) == Errc::none);
}

TEST_CASE("a caller without an id is nobody") {
    for (const auto& row : rows) {
        CAPTURE(static_cast<int>(row.action));
        Actor actor = actor_on(row.side, all_roles);
        actor.id.clear();
        CHECK(refused_by(actor, row.action) ==
              (row.side == Side::host ? Errc::none : Errc::actor_missing));
    }
}

TEST_CASE("a caller acts for a publisher or a tenant, not for both and not for neither") {
    for (const auto& row : rows) {
        CAPTURE(static_cast<int>(row.action));
        const Actor both{"ann", fabrikam, contoso, all_roles};
        const Actor neither{"ann", std::nullopt, std::nullopt, all_roles};
        if (has_party(row.side)) {
            CHECK(refused_by(both, row.action) == Errc::actor_missing);
            CHECK(refused_by(neither, row.action) == Errc::actor_missing);
        }
    }
}

TEST_CASE("an empty id names nobody, even where the record names nobody") {
    const Scope nobody{licet::PublisherId(), licet::TenantId()};
    const Actor of_publisher{"ann", licet::PublisherId(), std::nullopt, all_roles};
    const Actor of_tenant{"ann", std::nullopt, licet::TenantId(), all_roles};
    CHECK(refused_by(of_publisher, Action::manage_offers, nobody) == Errc::actor_missing);
    CHECK(refused_by(of_tenant, Action::assign_seats, nobody) == Errc::actor_missing);
}

TEST_CASE("a caller never sees or changes what is another publisher's") {
    for (const auto& row : rows) {
        if (row.side != Side::publisher) {
            continue;
        }
        CAPTURE(static_cast<int>(row.action));
        const Actor actor = actor_on(Side::publisher, all_roles);
        CHECK(refused_by(actor, row.action, {other_publisher, contoso}) == Errc::other_publisher);
        CHECK(refused_by(actor, row.action, {std::nullopt, contoso}) == Errc::other_publisher);
        CHECK(refused_by(actor_on(Side::customer, all_roles), row.action) == Errc::other_publisher);
        CHECK(refused_by(actor, row.action, {fabrikam, other_tenant}) == Errc::none);
    }
}

TEST_CASE("a caller never sees or changes what is another tenant's") {
    for (const auto& row : rows) {
        if (row.side != Side::customer) {
            continue;
        }
        CAPTURE(static_cast<int>(row.action));
        const Actor actor = actor_on(Side::customer, all_roles);
        CHECK(refused_by(actor, row.action, {fabrikam, other_tenant}) == Errc::other_tenant);
        CHECK(refused_by(actor, row.action, {fabrikam, std::nullopt}) == Errc::other_tenant);
        CHECK(refused_by(actor_on(Side::publisher, all_roles), row.action) == Errc::other_tenant);
        CHECK(refused_by(actor, row.action, {other_publisher, contoso}) == Errc::none);
    }
}

TEST_CASE("who is asking comes before whose it is, and that before the roles") {
    Actor actor = actor_on(Side::publisher, {});
    CHECK(refused_by(actor, Action::manage_offers, {other_publisher, {}}) == Errc::other_publisher);
    actor.id.clear();
    CHECK(refused_by(actor, Action::manage_offers, {other_publisher, {}}) == Errc::actor_missing);
}

TEST_CASE("a reviewer is the marketplace's and reviews every publisher's offers") {
    const Actor actor = actor_on(Side::marketplace, {reviewer});
    CHECK(refused_by(actor, Action::review_offers, {other_publisher, {}}) == Errc::none);
    CHECK(refused_by(actor, Action::review_offers, Scope{}) == Errc::none);
}

TEST_CASE("who acts for a publisher or a tenant does not review, whatever the roles") {
    CHECK(refused_by(actor_on(Side::publisher, all_roles), Action::review_offers) ==
          Errc::role_missing);
    CHECK(refused_by(actor_on(Side::customer, all_roles), Action::review_offers) ==
          Errc::role_missing);
    CHECK(refused_by({"ann", fabrikam, contoso, {reviewer}}, Action::review_offers) ==
          Errc::role_missing);
}
