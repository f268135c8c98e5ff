// The check, called at every click.

#include <algorithm>
#include <array>
#include <span>

#include <boost/outcome/try.hpp>

#include "handles.hpp"

namespace capi = licet::capi;
using licet::Decision;
using licet::result;

static_assert(LICET_NO_SEAT == static_cast<int>(Decision::no_seat));
static_assert(LICET_LICENSED == static_cast<int>(Decision::licensed));
static_assert(LICET_IN_GRACE == static_cast<int>(Decision::in_grace));
static_assert(LICET_SUSPENDED == static_cast<int>(Decision::suspended));
static_assert(LICET_NO_POOL == static_cast<int>(Decision::no_pool));
static_assert(LICET_APP_NOT_MAPPED == static_cast<int>(Decision::app_not_mapped));
static_assert(LICET_BAD_USER_ID == static_cast<int>(Decision::bad_user_id));

namespace {

using Check = result<Decision> (licet::Seats::*)(std::string_view, std::string_view,
                                                 std::string_view);

template <Check check>
licet_status decide(licet_engine* engine, capi::Text tenant, capi::Text what, capi::Text user,
                    int32_t* decision, licet_error** error) {
    if (decision) {
        *decision = LICET_NO_SEAT;
    }
    return capi::guard(error, {{engine, "engine"}, {decision, "decision"}}, {tenant, what, user},
                       [&]() -> result<void> {
                           return capi::within(*engine, [&](licet::Engine& in) -> result<void> {
                               const auto decided = (in.seats().*check)(
                                   capi::view(tenant), capi::view(what), capi::view(user));
                               if (!decided) {
                                   return decided.error();
                               }
                               *decision = static_cast<int32_t>(decided.value());
                               return boost::outcome_v2::success();
                           });
                       });
}

// Not inline, for the sake of what is quick.
[[gnu::noinline]] licet_status decide_slowly(licet_engine* engine, capi::Text tenant,
                                             capi::Text service_id, capi::Text user,
                                             int32_t* decision, licet_error** error) {
    return decide<static_cast<Check>(&licet::Seats::check)>(engine, tenant, service_id, user,
                                                            decision, error);
}

// An array can have no more.
constexpr std::size_t users_max = PTRDIFF_MAX / sizeof(licet_string);

// By so many at a time as need no memory but the stack's.
result<void> check_some(licet::Seats& seats, capi::Text tenant, capi::Text service_id,
                        std::span<const licet_string> users, int32_t* decisions) {
    constexpr std::size_t some_max = 128;
    std::array<std::string_view, some_max> texts;
    std::array<Decision, some_max> decided;
    do {
        const auto some = users.first(std::min(users.size(), some_max));
        for (std::size_t i = 0; i < some.size(); ++i) {
            const capi::Text user{some[i].data, some[i].size};
            if (!capi::is_possible(user)) {
                return licet::Error{licet::Errc::argument_size, std::to_string(user.size), {}};
            }
            texts[i] = capi::view(user);
        }
        const auto answers = std::span(decided).first(some.size());
        BOOST_OUTCOME_TRY(seats.check_many(capi::view(tenant), capi::view(service_id),
                                           std::span(texts).first(some.size()), answers));
        decisions = std::ranges::transform(answers, decisions, [](Decision one) {
                        return static_cast<int32_t>(one);
                    }).out;
        users = users.subspan(some.size());
    } while (!users.empty());
    return boost::outcome_v2::success();
}

}  // namespace

licet_status licet_check(licet_engine* engine, const char* tenant, size_t tenant_size,
                         const char* service_id, size_t service_id_size, const char* user,
                         size_t user_size, int32_t* decision, licet_error** error) {
    const bool is_usual = engine && decision && tenant && service_id && user &&
                          (tenant_size | service_id_size | user_size) <= PTRDIFF_MAX;
    if (is_usual) [[likely]] {
        const capi::Gate::QuickStay stay(engine->gate);
        Decision known{};
        if (stay && engine->check({tenant, tenant_size}, {service_id, service_id_size},
                                  {user, user_size}, known)) [[likely]] {
            *decision = static_cast<int32_t>(known);
            if (error) {
                *error = nullptr;
            }
            return LICET_OK;
        }
    }
    return decide_slowly(engine, {tenant, tenant_size}, {service_id, service_id_size},
                         {user, user_size}, decision, error);
}

licet_status licet_check_app(licet_engine* engine, const char* tenant, size_t tenant_size,
                             const char* app, size_t app_size, const char* user, size_t user_size,
                             int32_t* decision, licet_error** error) {
    return decide<static_cast<Check>(&licet::Seats::check_app)>(
        engine, {tenant, tenant_size}, {app, app_size}, {user, user_size}, decision, error);
}

licet_status licet_check_many(licet_engine* engine, const char* tenant, size_t tenant_size,
                              const char* service_id, size_t service_id_size,
                              const licet_string* users, size_t count, int32_t* decisions,
                              licet_error** error) {
    const bool may_be_null = count == 0;
    const capi::Text of{tenant, tenant_size};
    const capi::Text what{service_id, service_id_size};
    const licet_status status = capi::guard(
        error,
        {{engine, "engine"},
         {may_be_null ? &count : static_cast<const void*>(users), "users"},
         {may_be_null ? &count : static_cast<const void*>(decisions), "decisions"}},
        {of, what}, [&]() -> result<void> {
            if (count > users_max) {
                return licet::Error{licet::Errc::argument_size, std::to_string(count), {}};
            }
            return capi::within(*engine, [&](licet::Engine& in) {
                return check_some(in.seats(), of, what, {users, count}, decisions);
            });
        });
    if (status != LICET_OK && decisions && count <= users_max) {
        std::fill_n(decisions, count, LICET_NO_SEAT);
    }
    return status;
}
