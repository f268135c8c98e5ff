#pragma once

/// \file
/// The pools that a report is over.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <licet/seats/pool.hpp>

#include "engine/core.hpp"

namespace licet {

/// A pool settled at `now`, the time at which it is looked at.
struct ScannedPool {
    Pool pool;
    Timestamp now;
};

/// Takes some pools; false: no more are wanted.
using UsePools = std::function<result<bool>(std::vector<ScannedPool>)>;

/// Whose report it is, authorized. Fails with `report_scope` unless exactly one is named.
result<Scope> report_scope(const Caller& caller, const std::optional<PublisherId>& publisher,
                           const std::optional<TenantId>& tenant);

/// Gives the pools in order, at most 1000 at a time, beginning behind `after`, which is what
/// pool_cursor gives.
result<void> scan_pools(Core& core, const Scope& scope, const std::optional<std::string>& after,
                        const UsePools& use);

std::string pool_cursor(const Pool& pool);

}  // namespace licet
