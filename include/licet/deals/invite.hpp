#pragma once

/// \file
/// The customer's consent (DOMAIN §4.1): an invite, and the relationship that comes of it.

#include <optional>
#include <string>
#include <string_view>

#include <licet/ids.hpp>
#include <licet/policy.hpp>
#include <licet/time.hpp>

namespace licet {

enum class InviteState { invited, accepted, declined, expired, revoked };

struct Invite {
    std::string id;  ///< SHA-256 of the token in hexadecimal: the token itself is never kept.
    PublisherId publisher;
    std::optional<DealId> deal;
    std::optional<TenantId> tenant;  ///< The only tenant that may accept; absent: any, once. [D]
    InviteState state = InviteState::invited;
    Timestamp created_at;
    Timestamp expires_at;
    std::optional<std::string> link;  ///< Only in the answer that made the invite.

    friend bool operator==(const Invite&, const Invite&) = default;
};

struct Relationship {
    PublisherId publisher;
    TenantId tenant;
    Timestamp since;
    std::string accepted_by;  ///< The id of the admin who accepted.

    friend bool operator==(const Relationship&, const Relationship&) = default;
};

/// `<publisher>.<43 base64url characters>`: 256 random bits. [D]
std::string make_token(const PublisherId& publisher, std::string_view random_32_bytes);

/// Whose token it is; nothing where the text is none.
std::optional<PublisherId> publisher_of_token(std::string_view token);

/// The link to mail: the base, `?token=` (or `&token=` where the base has a query) and the token.
std::string make_link(std::string_view base, std::string_view token);

/// The invite as it is at `now`: it expires by the clock alone, at `expires_at`.
Invite settle(Invite invite, Timestamp now);

Invite make_invite(std::string id, const PublisherId& publisher, std::optional<DealId> deal,
                   std::optional<TenantId> tenant, Timestamp now, const Policy& policy);

/// Each fails with `invite_state` unless the invite is still `invited` at `now`; accept and
/// decline with `invite_other_tenant` where it is for another tenant.
result<Invite> accept(const Invite& invite, const TenantId& tenant, Timestamp now);
result<Invite> decline(const Invite& invite, const TenantId& tenant, Timestamp now);
result<Invite> revoke(const Invite& invite, Timestamp now);

}  // namespace licet
