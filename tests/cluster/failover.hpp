#pragma once

/// \file
/// A cluster's leader killed under load, several times.

#include "cluster/cluster.hpp"
#include "cluster/load.hpp"

namespace licet::test {

struct Failover {
    Ledger ledger;
    Differences differences;  ///< As an engine sees it that was opened afterwards.
};

/// Sells two plans, of one of them too few, gives and takes seats, and kills the leader 3 times, or
/// as often as LICET_KILLS says; each time the dead come back before the next. The script is told
/// `before_last` before the last kill. Prints what there
/// was, and the longest gap.
Failover fail_over(Cluster& cluster, const std::string& before_last = {});

/// The same with one kill, before which the leader acknowledges what no other one has yet.
Failover fail_over_behind(Cluster& cluster);

}  // namespace licet::test
