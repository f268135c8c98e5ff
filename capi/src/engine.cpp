// An engine over a store.

#include <boost/outcome/try.hpp>

#include <licet/operations/operations.hpp>

#include "handles.hpp"
#include "host_store.hpp"

namespace capi = licet::capi;
using licet::result;

namespace {

void give(licet_engine** out, std::unique_ptr<licet::Engine> engine) {
    *out = new licet_engine{std::move(engine)};
}

}  // namespace

licet_status licet_engine_open(const char* config, size_t config_size, licet_engine** out,
                               licet_error** error) {
    const capi::Text text{config, config_size};
    capi::clear(out);
    return capi::guard(error, {{out, "out"}}, {text}, [&]() -> result<void> {
        BOOST_OUTCOME_TRY(auto engine, licet::open_engine(capi::view(text)));
        give(out, std::move(engine));
        return boost::outcome_v2::success();
    });
}

licet_status licet_engine_open_with_store(const char* config, size_t config_size,
                                          licet_store* store, licet_engine** out,
                                          licet_error** error) {
    const capi::Text text{config, config_size};
    capi::clear(out);
    return capi::guard(error, {{store, "store"}, {out, "out"}}, {text}, [&]() -> result<void> {
        auto host_store = std::make_unique<capi::HostStore>(store->host);
        BOOST_OUTCOME_TRY(auto engine, licet::open_engine(capi::view(text), std::move(host_store)));
        give(out, std::move(engine));
        return boost::outcome_v2::success();
    });
}

void licet_engine_close(licet_engine* engine) {
    if (engine) {
        engine->gate.close();
        delete engine;
    }
}
