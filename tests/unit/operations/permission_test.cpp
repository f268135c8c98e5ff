// Who may do what (DOMAIN §6), asked of every operation for every role.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "unit/operations/documents.hpp"
#include "unit/operations/trial.hpp"

using licet::Errc;
using world::Good;
using world::good_calls;
using world::GoodCall;
using world::Trial;
using world::World;

namespace {

/// What a caller of this kind is told by DOMAIN §6.
Errc refusal(licet::Action action, std::string_view party, licet::Role role) {
    using licet::Side;
    const auto roles = licet::roles_of(action);
    const bool plays = std::ranges::find(roles, role) != roles.end();
    const bool is_nobody = party.empty();
    switch (licet::side_of(action)) {
        case Side::host:
            return Errc::none;
        case Side::marketplace:
            return plays && is_nobody ? Errc::none : Errc::role_missing;
        case Side::publisher:
            if (is_nobody || party != R"("publisher":"fabrikam")") {
                return is_nobody ? Errc::actor_missing : Errc::other_publisher;
            }
            return plays ? Errc::none : Errc::role_missing;
        case Side::customer:
            break;
    }
    // Whoever answers an invite acts for their own tenant; this one is for anybody.
    const bool is_tenant = party == world::tenant() || (action == licet::Action::answer_invites &&
                                                        party.starts_with("\"tenant\""));
    if (is_nobody || !is_tenant) {
        return is_nobody ? Errc::actor_missing : Errc::other_tenant;
    }
    return plays ? Errc::none : Errc::role_missing;
}

}  // namespace

TEST_CASE("an operation is done for those whose roles allow it and changes nothing for others") {
    const World made;
    World first = made.again();
    Trial trial(made);
    constexpr std::pair<licet::Role, const char*> roles[] = {
        {licet::Role::global_admin, "global_admin"},
        {licet::Role::account_admin, "account_admin"},
        {licet::Role::referral_admin, "referral_admin"},
        {licet::Role::developer, "developer"},
        {licet::Role::billing_admin, "billing_admin"},
        {licet::Role::license_admin, "license_admin"},
        {licet::Role::user_admin, "user_admin"},
        {licet::Role::reviewer, "reviewer"},
    };
    for (const GoodCall& call : good_calls(first)) {
        if (call.action == licet::Action::host) {
            continue;
        }
        for (const std::string& party :
             {std::string(R"("publisher":"fabrikam")"), std::string(R"("publisher":"other")"),
              world::tenant(), std::string(R"("tenant":"other")"), std::string()}) {
            for (const auto& known : roles) {
                const char* const word = known.second;
                CAPTURE(call.operation);
                CAPTURE(party);
                CAPTURE(word);
                const std::string actor = R"({"id":"someone",)" + party +
                                          (party.empty() ? "" : ",") + R"("roles":[")" + word +
                                          "\"]}";
                const auto answer =
                    trial.call(call.operation, Good::replaced(call.arguments, "/as", actor));
                const Errc expected = refusal(call.action, party, known.first);
                CHECK(answer.has_value() == (expected == Errc::none));
                if (!answer) {
                    CHECK(answer.error().code == expected);
                }
            }
        }
    }
}
