#include "engine/keys.hpp"

#include <array>
#include <initializer_list>

#include "sha256.hpp"

namespace licet::keys {
namespace {

std::string join(std::initializer_list<std::string_view> segments) {
    std::size_t size = 0;
    for (const std::string_view segment : segments) {
        size += segment.size() + 1;
    }
    std::string key;
    key.reserve(size);
    for (const std::string_view segment : segments) {
        key.append(key.empty() ? "" : "/").append(segment);
    }
    return key;
}

// The key in the stream's events that ends so.
std::string in_events(std::string_view stream, std::string_view end) {
    const auto kind_end = stream.find('/');
    const auto shard_end = stream.find('/', kind_end + 1);
    const std::string_view kind = stream.substr(0, kind_end);
    const std::string_view shard = stream.substr(kind_end + 1, shard_end - kind_end - 1);
    if (shard_end == std::string_view::npos) {
        return join({"event", shard, kind, end});
    }
    return join({"event", shard, kind, stream.substr(shard_end + 1), end});
}

}  // namespace

std::string offer(const PublisherId& publisher, const OfferId& offer) {
    return join({"offer", publisher.str(), offer.str()});
}
std::string offers(const PublisherId& publisher) { return join({"offer", publisher.str(), ""}); }

std::string deal(const PublisherId& publisher, const DealId& deal) {
    return join({"deal", publisher.str(), deal.str()});
}
std::string deals(const PublisherId& publisher) { return join({"deal", publisher.str(), ""}); }

std::string relationship(const PublisherId& publisher, const TenantId& tenant) {
    return join({"relationship", publisher.str(), tenant.str()});
}
std::string relationships(const PublisherId& publisher) {
    return join({"relationship", publisher.str(), ""});
}

std::string invite(const PublisherId& publisher, std::string_view id) {
    return join({"invite", publisher.str(), id});
}
std::string invites(const PublisherId& publisher) { return join({"invite", publisher.str(), ""}); }

std::string open_invites(const PublisherId& publisher) {
    return join({"invites", publisher.str()});
}

std::string pool(const TenantId& tenant, const ServiceId& service_id) {
    return join({"pool", tenant.str(), service_id.str()});
}
std::string pools(const TenantId& tenant) { return join({"pool", tenant.str(), ""}); }

std::string pool_count(const TenantId& tenant) { return join({"pools", tenant.str()}); }

std::string seat(const TenantId& tenant, std::int64_t pool_number, std::string_view user) {
    return join({"seat", tenant.str(), std::to_string(pool_number), user});
}
std::string seats(const TenantId& tenant, std::int64_t pool_number) {
    return seat(tenant, pool_number, "");
}

std::string use(const TenantId& tenant, std::int64_t pool_number, std::string_view user) {
    return join({"use", tenant.str(), std::to_string(pool_number), user});
}

std::string group(const TenantId& tenant, const GroupId& group) {
    return join({"group", tenant.str(), group.str()});
}

std::string idempotent(const Scope& of, std::string_view idempotency_key) {
    const std::string& shard = of.publisher ? of.publisher->str() : of.tenant->str();
    const std::string side = of.publisher ? "publisher/" : "tenant/";
    return join({"idem", shard, sha256_hex(side + std::string(idempotency_key))});
}

std::string_view last(std::string_view key) noexcept { return key.substr(key.rfind('/') + 1); }

bool is_event(std::string_view key) noexcept { return key.starts_with("event/"); }

std::string events(std::string_view stream) { return in_events(stream, ""); }

std::string event(std::string_view stream, std::uint64_t number) {
    std::array<char, 20> digits;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 10) {
        *digit = static_cast<char>('0' + number % 10);
    }
    return in_events(stream, {digits.data(), digits.size()});
}

}  // namespace licet::keys
