// A store of the host's own.

#include <boost/outcome/try.hpp>

#include <licet/operations/operations.hpp>

#include "handles.hpp"
#include "host_store.hpp"
#include "text.hpp"
#include "vtable.hpp"

namespace capi = licet::capi;
using licet::result;

licet_status licet_store_new(const licet_store_vtable* vtable, void* self, licet_store** out,
                             licet_error** error) {
    capi::clear(out);
    return capi::guard(error, {{vtable, "vtable"}, {out, "out"}}, {}, [&]() -> result<void> {
        auto handle = std::make_unique<licet_store>();
        BOOST_OUTCOME_TRY(handle->host, capi::Host::make(capi::whole(*vtable), self));
        *out = handle.release();
        return boost::outcome_v2::success();
    });
}

licet_status licet_store_check(licet_store* store, licet_text** report, licet_error** error) {
    capi::clear(report);
    return capi::guard(error, {{store, "store"}, {report, "report"}}, {}, [&]() -> result<void> {
        capi::HostStore host(store->host);
        const auto checked = licet::check_store(host, licet::Threads::callers_own);
        capi::give(report, licet::report_json(checked));
        return boost::outcome_v2::success();
    });
}

void licet_store_free(licet_store* store) { delete store; }
