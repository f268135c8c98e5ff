#include <licet/deals/invite.hpp>

#include <cassert>
#include <utility>

#include "deals/words.hpp"

namespace licet {
namespace {

constexpr std::size_t secret_length = 43;

constexpr std::string_view base64url_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// RFC 4648 §5, without padding.
std::string base64url(std::string_view bytes) {
    std::string text;
    unsigned bits = 0;
    int count = 0;  // of the low bits that are not written yet
    for (const char byte : bytes) {
        bits = (bits << 8U | static_cast<unsigned char>(byte)) & 0xFFFFU;
        for (count += 8; count >= 6; count -= 6) {
            text += base64url_digits[bits >> (count - 6) & 0x3FU];
        }
    }
    if (count > 0) {
        text += base64url_digits[bits << (6 - count) & 0x3FU];
    }
    return text;
}

/// The invite in another state, if it is open still.
result<Invite> conclude(const Invite& invite, Timestamp now, InviteState to) {
    Invite next = settle(invite, now);
    if (next.state != InviteState::invited) {
        return Error{Errc::invite_state, std::string(word_of(next.state)), {}};
    }
    next.state = to;
    return next;
}

result<Invite> answer(const Invite& invite, const TenantId& tenant, Timestamp now, InviteState to) {
    // Before the state, so that another tenant does not learn it.
    if (invite.tenant && *invite.tenant != tenant) {
        return Error{Errc::invite_other_tenant, {}, {}};
    }
    return conclude(invite, now, to);
}

}  // namespace

std::string make_token(const PublisherId& publisher, std::string_view random_32_bytes) {
    assert(random_32_bytes.size() == 32);
    return publisher.str() + '.' + base64url(random_32_bytes);
}

std::optional<PublisherId> publisher_of_token(std::string_view token) {
    if (token.size() <= secret_length || token[token.size() - secret_length - 1] != '.') {
        return std::nullopt;
    }
    const auto secret = token.substr(token.size() - secret_length);
    if (secret.find_first_not_of(base64url_digits) != std::string_view::npos) {
        return std::nullopt;
    }
    auto publisher = PublisherId::parse(token.substr(0, token.size() - secret_length - 1));
    return publisher ? std::optional(std::move(publisher).value()) : std::nullopt;
}

std::string make_link(std::string_view base, std::string_view token) {
    const bool has_query = base.find('?') != std::string_view::npos;
    return std::string(base).append(has_query ? "&token=" : "?token=").append(token);
}

Invite settle(Invite invite, Timestamp now) {
    if (invite.state == InviteState::invited && now >= invite.expires_at) {
        invite.state = InviteState::expired;
    }
    return invite;
}

Invite make_invite(std::string id, const PublisherId& publisher, std::optional<DealId> deal,
                   std::optional<TenantId> tenant, Timestamp now, const Policy& policy) {
    Invite invite;
    invite.id = std::move(id);
    invite.publisher = publisher;
    invite.deal = std::move(deal);
    invite.tenant = std::move(tenant);
    invite.created_at = now;
    invite.expires_at = now + days(policy.invite_ttl_days);
    return invite;
}

result<Invite> accept(const Invite& invite, const TenantId& tenant, Timestamp now) {
    return answer(invite, tenant, now, InviteState::accepted);
}

result<Invite> decline(const Invite& invite, const TenantId& tenant, Timestamp now) {
    return answer(invite, tenant, now, InviteState::declined);
}

result<Invite> revoke(const Invite& invite, Timestamp now) {
    return conclude(invite, now, InviteState::revoked);
}

}  // namespace licet
