// The check, called at every click.

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

}  // namespace

licet_status licet_check(licet_engine* engine, const char* tenant, size_t tenant_size,
                         const char* service_id, size_t service_id_size, const char* user,
                         size_t user_size, int32_t* decision, licet_error** error) {
    return decide<static_cast<Check>(&licet::Seats::check)>(engine, {tenant, tenant_size},
                                                            {service_id, service_id_size},
                                                            {user, user_size}, decision, error);
}

licet_status licet_check_app(licet_engine* engine, const char* tenant, size_t tenant_size,
                             const char* app, size_t app_size, const char* user, size_t user_size,
                             int32_t* decision, licet_error** error) {
    return decide<static_cast<Check>(&licet::Seats::check_app)>(
        engine, {tenant, tenant_size}, {app, app_size}, {user, user_size}, decision, error);
}
