#pragma once

/// \file
/// Fabrikam, which sells, Contoso, which buys, and who acts for them.

#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <licet/page.hpp>
#include <licet/time.hpp>

namespace licet::world {

inline Timestamp at(std::string_view time) { return Timestamp::parse(time).value(); }
inline Date day(std::string_view date) { return Date::parse(date).value(); }

inline PublisherId publisher(std::string_view id = "fabrikam") {
    return PublisherId::parse(id).value();
}
inline OfferId offer_id(std::string_view id = "f365") { return OfferId::parse(id).value(); }
inline PlanId plan_id(std::string_view id) { return PlanId::parse(id).value(); }
inline DealId deal_id(std::string_view id) { return DealId::parse(id).value(); }
inline UserId user(std::string_view id) { return UserId::parse(id).value(); }
inline GroupId group(std::string_view id) { return GroupId::parse(id).value(); }
inline TenantId contoso() {
    return TenantId::parse("6f9619ff-8b86-d011-b42d-00c04fc964ff").value();
}
inline TenantId northwind() { return TenantId::parse("northwind").value(); }
inline ServiceId service(std::string_view plan) {
    return ServiceId::of(publisher(), offer_id(), plan_id(plan));
}

/// GUIDs, in the order of their numbers.
inline UserId person(std::size_t number) {
    char text[37];
    std::snprintf(text, sizeof text, "%08zx-0000-4000-8000-%012zx", number, number);
    return user(text);
}
inline std::vector<UserId> people(std::size_t first, std::size_t count) {
    std::vector<UserId> all;
    for (std::size_t n = first; n < first + count; ++n) {
        all.push_back(person(n));
    }
    return all;
}

inline Actor seller(std::vector<Role> roles, const PublisherId& of = publisher()) {
    return {"ana", of, {}, std::move(roles)};
}
inline Actor buyer(std::vector<Role> roles, const TenantId& of = contoso()) {
    return {"ben", {}, of, std::move(roles)};
}
inline Caller ana() { return {seller({Role::account_admin}), {}, {}}; }
inline Caller ben() { return {buyer({Role::global_admin}), {}, {}}; }
inline Caller nora() { return {buyer({Role::global_admin}, northwind()), {}, {}}; }
inline Caller rex() { return {{"rex", {}, {}, {Role::reviewer}}, {}, {}}; }
inline Caller nobody() { return {}; }

inline Caller with_key(Caller caller, std::string key) {
    caller.idempotency_key = std::move(key);
    return caller;
}
inline Caller expecting(Caller caller, std::uint64_t revision) {
    caller.expected_revision = revision;
    return caller;
}

inline const std::error_code done;

/// How it failed; `done` where it did not.
template <class T>
std::error_code failure_of(const result<T>& outcome) {
    return outcome ? std::error_code() : outcome.error().code;
}

}  // namespace licet::world
