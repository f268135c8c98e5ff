#pragma once

/// \file
/// A batch as licet_commit takes it.

#include <cstdint>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

#include "store/postgres_arguments.hpp"

namespace licet::postgres {

/// Which turn a batch takes that has to do with this shard, from 1. All that ever write to one
/// database agree on it. There are no more than a server has locks for, and shards that share one
/// wait for each other.
std::int64_t turn_of(std::string_view shard) noexcept;
inline constexpr std::int64_t turns_max = 1024;

Arguments arguments_of(const Batch& batch);

/// Where an expectation stands, licet_differing calls it by the same place, from 1.
Arguments arguments_of(const std::vector<Expectation>& expectations);

}  // namespace licet::postgres
