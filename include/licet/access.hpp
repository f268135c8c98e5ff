#pragma once

/// \file
/// Who may do what (DOMAIN §6): one table, in access.cpp.

#include <optional>
#include <string>
#include <vector>

#include <licet/ids.hpp>

namespace licet {

enum class Role {
    global_admin,
    account_admin,
    referral_admin,
    developer,
    billing_admin,
    license_admin,
    user_admin,
    reviewer,
};

/// A caller. Acts for one publisher, or for one tenant, or (a reviewer) for the marketplace.
struct Actor {
    std::string id;
    std::optional<PublisherId> publisher;
    std::optional<TenantId> tenant;
    std::vector<Role> roles;

    friend bool operator==(const Actor&, const Actor&) = default;
};

/// What an operation does, as far as permission goes. Every operation names one.
enum class Action {
    host,  ///< The host's own; nobody is asked.
    manage_offers,
    read_offers,
    review_offers,
    manage_deals,
    read_deals,
    answer_invites,
    assign_seats,
    read_seats,
};

/// Whose side of the marketplace an action is on.
enum class Side { host, marketplace, publisher, customer };

Side side_of(Action action) noexcept;

/// The roles of which one is needed; empty for the host's own.
std::vector<Role> roles_of(Action action);

/// Whose records a command is about.
struct Scope {
    std::optional<PublisherId> publisher;
    std::optional<TenantId> tenant;
};

/// Fails with `actor_missing` (no id, or both or neither of publisher and tenant where the side
/// needs one), `other_publisher`, `other_tenant` or `role_missing`; in that order, and alike
/// whether the record exists or not.
result<void> authorize(const Actor& actor, Action action, const Scope& scope);

}  // namespace licet
