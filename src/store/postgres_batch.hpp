#pragma once

/// \file
/// A batch as licet_commit takes it.

#include <string_view>

#include <licet/store/store.hpp>

#include "store/postgres_arguments.hpp"

namespace licet::postgres {

/// Where an expectation stands, licet_commit calls it by the same place, from 1.
Arguments arguments_of(const Batch& batch);

}  // namespace licet::postgres
