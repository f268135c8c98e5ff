#pragma once

/// \file
/// The keys of licet's records (DESIGN, "Keys"): kind, what it is sharded by, the rest.

#include <cstdint>
#include <string>
#include <string_view>

#include <licet/access.hpp>

namespace licet::keys {

inline constexpr std::string_view format = "meta/format";

std::string offer(const PublisherId& publisher, const OfferId& offer);
std::string offers(const PublisherId& publisher);  // and of the functions below: a prefix
std::string deal(const PublisherId& publisher, const DealId& deal);
std::string deals(const PublisherId& publisher);
std::string relationship(const PublisherId& publisher, const TenantId& tenant);
std::string relationships(const PublisherId& publisher);
std::string invite(const PublisherId& publisher, std::string_view id);
std::string invites(const PublisherId& publisher);
/// The head of the stream of invites that belong to no deal.
std::string open_invites(const PublisherId& publisher);
std::string pool(const TenantId& tenant, const ServiceId& service_id);
std::string pools(const TenantId& tenant);
/// How many pools the tenant has: where the next one's number comes from.
std::string pool_count(const TenantId& tenant);
std::string seat(const TenantId& tenant, std::int64_t pool_number, std::string_view user);
std::string seats(const TenantId& tenant, std::int64_t pool_number);
/// When that seat was last used.
std::string use(const TenantId& tenant, std::int64_t pool_number, std::string_view user);
std::string group(const TenantId& tenant, const GroupId& group);
/// Apart for a publisher and a tenant of the same name.
std::string idempotent(const Scope& of, std::string_view idempotency_key);

/// The last segment of a key.
std::string_view last(std::string_view key) noexcept;

/// A stream's name is the key of the record it is about, or `invites/<publisher>`. An event's
/// key has the shard first, so that a customer's data stays together.
std::string event(std::string_view stream, std::uint64_t number);
std::string events(std::string_view stream);
bool is_event(std::string_view key) noexcept;

}  // namespace licet::keys
