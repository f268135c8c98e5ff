#include <licet/deals/invite.hpp>

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>

#include "unit/deals/samples.hpp"

using namespace licet;
using samples::tenant;

namespace {

const Timestamp made_at = samples::at("2026-01-15T12:00:00.250Z");
const Timestamp expires_at = samples::at("2026-02-14T12:00:00.250Z");
constexpr Duration tick{1};

const std::string secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8";

PublisherId fabrikam() { return PublisherId::parse("fabrikam").value(); }

Invite invite(InviteState state = InviteState::invited,
              std::optional<TenantId> only = std::nullopt) {
    Invite made = make_invite("e3b0", fabrikam(), std::nullopt, std::move(only), made_at, {});
    made.state = state;
    return made;
}

struct Move {
    const char* name;
    std::function<result<Invite>(const Invite&, Timestamp)> make;
    InviteState to;
};

const std::array moves{
    Move{"accept", [](const Invite& i, Timestamp now) { return accept(i, tenant("contoso"), now); },
         InviteState::accepted},
    Move{"decline",
         [](const Invite& i, Timestamp now) { return decline(i, tenant("contoso"), now); },
         InviteState::declined},
    Move{"revoke", [](const Invite& i, Timestamp now) { return revoke(i, now); },
         InviteState::revoked},
};

constexpr std::array all_states{InviteState::invited, InviteState::accepted, InviteState::declined,
                                InviteState::expired, InviteState::revoked};

}  // namespace

TEST_CASE("a token is its publisher, a dot and 256 bits as 43 base64url characters") {
    std::string bytes;
    for (char c = 0; c < 31; ++c) {
        bytes += c;
    }
    bytes += '\xff';
    CHECK(make_token(fabrikam(), bytes) == "fabrikam." + secret);
    CHECK(make_token(fabrikam(), std::string(32, '\0')) == "fabrikam." + std::string(43, 'A'));
    CHECK(make_token(fabrikam(), std::string(32, '\xff')) ==
          "fabrikam." + std::string(42, '_') + "8");
    CHECK(make_token(fabrikam(), std::string(32, '\xfb')).starts_with("fabrikam.-_v7-_v7"));
}

TEST_CASE("a token tells its publisher") {
    CHECK(publisher_of_token("fabrikam." + secret) == fabrikam());
    CHECK(publisher_of_token(make_token(fabrikam(), std::string(32, '\xfb'))) == fabrikam());
}

TEST_CASE("a text of another form is no token") {
    for (const std::string& text : {
             std::string(),
             std::string("."),
             std::string("fabrikam"),
             secret,
             "." + secret,
             "fabrikam" + secret,
             "fabrikam." + secret + "A",
             "fabrikam." + secret.substr(1),
             "fabrikam." + secret.substr(1) + "=",
             "fabrikam." + secret.substr(1) + "+",
             "fabrikam." + secret.substr(1) + "/",
             "fabrikam.." + secret.substr(1),
             "fabrikam.." + secret,
             "Fabrikam." + secret,
             "a.b." + secret,
             std::string(51, 'p') + "." + secret,
             "fabrikam." + secret + "\n",
         }) {
        CAPTURE(text);
        CHECK(publisher_of_token(text) == std::nullopt);
    }
}

TEST_CASE("a link is the base with the token in its query") {
    CHECK(make_link("https://licet.example/consent", "fabrikam.x") ==
          "https://licet.example/consent?token=fabrikam.x");
    CHECK(make_link("https://licet.example/consent?lang=en", "fabrikam.x") ==
          "https://licet.example/consent?lang=en&token=fabrikam.x");
}

TEST_CASE("an invite is open from its making for as long as the policy says") {
    const auto deal = DealId::parse("d-1001").value();
    Policy policy;
    CHECK(make_invite("e3b0", fabrikam(), deal, tenant("contoso"), made_at, policy) ==
          Invite{"e3b0", fabrikam(), deal, tenant("contoso"), InviteState::invited, made_at,
                 expires_at, std::nullopt});
    policy.invite_ttl_days = 1;
    CHECK(make_invite("e3b0", fabrikam(), {}, {}, made_at, policy).expires_at == made_at + days(1));
}

TEST_CASE("an open invite expires by the clock, to the millisecond; one that is closed does not") {
    for (const InviteState state : all_states) {
        CAPTURE(static_cast<int>(state));
        CHECK(settle(invite(state), expires_at + -tick) == invite(state));
        const bool open = state == InviteState::invited;
        CHECK(settle(invite(state), expires_at) == invite(open ? InviteState::expired : state));
    }
}

TEST_CASE("only an invite that is still open is accepted, declined or revoked") {
    for (const Move& move : moves) {
        for (const InviteState from : all_states) {
            CAPTURE(move.name);
            CAPTURE(static_cast<int>(from));
            const auto moved = move.make(invite(from), made_at);
            REQUIRE(moved.has_value() == (from == InviteState::invited));
            if (moved) {
                CHECK(moved.value() == invite(move.to));
            } else {
                CHECK(moved.error().code == Errc::invite_state);
                CHECK(moved.error().code == Condition::failed_precondition);
            }
        }
    }
}

TEST_CASE("an invite is answered before the moment it expires, not at it") {
    for (const Move& move : moves) {
        CAPTURE(move.name);
        CHECK(move.make(invite(), expires_at + -tick));
        const auto late = move.make(invite(), expires_at);
        REQUIRE_FALSE(late);
        CHECK(late.error().code == Errc::invite_state);
    }
}

TEST_CASE("an invite for a tenant is answered by that tenant only") {
    const Invite ours = invite(InviteState::invited, tenant("contoso"));
    CHECK(accept(ours, tenant("contoso"), made_at));
    CHECK(decline(ours, tenant("contoso"), made_at));
    for (const auto& answer :
         {accept(ours, tenant("litware"), made_at), decline(ours, tenant("litware"), made_at)}) {
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::invite_other_tenant);
        CHECK(answer.error().code == Condition::permission_denied);
    }
}

TEST_CASE("another tenant does not learn the state of an invite") {
    for (const InviteState state : all_states) {
        const Invite ours = invite(state, tenant("contoso"));
        CHECK(accept(ours, tenant("litware"), expires_at).error().code ==
              Errc::invite_other_tenant);
        CHECK(decline(ours, tenant("litware"), expires_at).error().code ==
              Errc::invite_other_tenant);
    }
}

TEST_CASE("an open invite is accepted by any tenant, once") {
    const auto first = accept(invite(), tenant("contoso"), made_at);
    REQUIRE(first);
    const auto second = accept(first.value(), tenant("litware"), made_at);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::invite_state);
}
