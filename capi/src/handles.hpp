#pragma once

/// \file
/// What is behind the handles of engines and stores.

#include <memory>

#include <licet/engine/engine.hpp>

#include "boundary.hpp"
#include "engine/quick_check.hpp"
#include "gate.hpp"

namespace licet::capi {
class Host;
}

struct licet_engine {
    std::unique_ptr<licet::Engine> engine;
    licet::QuickCheck check{engine->seats()};
    licet::capi::Gate gate{};
};

struct licet_store {
    std::shared_ptr<licet::capi::Host> host;
};

namespace licet::capi {

/// Runs `work` with the engine, unless it is being closed.
template <class Work>
result<void> within(licet_engine& handle, Work&& work) {
    const Gate::Stay stay(handle.gate);
    if (!stay) {
        return Error{Errc::engine_closing, {}, {}};
    }
    return work(*handle.engine);
}

}  // namespace licet::capi
