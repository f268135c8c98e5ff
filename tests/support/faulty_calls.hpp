#pragma once

/// \file
/// What becomes of every operation when something befalls one of its requests to the store.

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <licet/engine/engine.hpp>

#include "support/behind.hpp"
#include "unit/operations/world.hpp"

namespace licet::test {

/// Makes the store hold these records and no others.
void fill(Store& store, const std::vector<Record>& records);

/// At the moment at which the world is.
std::unique_ptr<Engine> engine_on(std::unique_ptr<Store> store, ::world::World& like);

/// Calls every operation once for every fault of every request of it: it is done or says that it
/// may not be, and when it has been called until it is done it was done once. So many threads
/// share this, each on a site of its own.
void check_every_call(std::size_t threads, const std::function<Site()>& make);

}  // namespace licet::test
