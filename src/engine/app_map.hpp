#pragma once

/// \file
/// Which plans open which app of a tenant.

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/directory.hpp"
#include "engine/freshness.hpp"
#include "engine/index.hpp"
#include "engine/pool_entry.hpp"
#include "engine/sequence.hpp"

namespace licet {

/// Plans by their Service IDs; null where the tenant has no pool of that plan.
using PlanPools = std::map<ServiceId, PoolEntry*>;

class AppEntry;

/// The apps of one tenant, and how well they are known.
struct TenantApps {
    Freshness freshness;
    std::atomic<std::uint64_t> generation{0};  // AppMap's when they were asked for

    std::mutex refreshing;
    std::map<std::string, AppEntry*> entries;  // all that ever were
};

/// The plans that open one app. For one writer and any number of readers.
class AppEntry {
public:
    explicit AppEntry(const TenantApps& tenant) : tenant_(tenant) {}

    const TenantApps& tenant() const noexcept { return tenant_; }

    /// Calls `add(sum, service_id, pool)`, which may fail, for each plan; from the start again
    /// where the plans changed meanwhile.
    template <class Sum, class Add>
    result<Sum> fold(const Sum& start, Add add) const {
        for (;;) {
            const std::uint64_t seen = sequence_.enter();
            Sum sum = start;
            for (const Link* link = first_.load(std::memory_order_acquire); link != nullptr;
                 link = link->next) {
                if (!link->mapped.load(std::memory_order_acquire)) {
                    continue;
                }
                result<void> added =
                    add(sum, link->service_id, link->pool.load(std::memory_order_acquire));
                if (!added) {
                    return std::move(added).error();
                }
            }
            if (sequence_.still(seen)) {
                return sum;
            }
        }
    }

    /// From now on these plans, and no other.
    void map_to(const PlanPools& plans);

private:
    /// Stays when the plan is no longer mapped: a reader may stand on it, and plans come back.
    struct Link {
        Link(const ServiceId& id, const Link* after) : service_id(id), next(after) {}

        const ServiceId service_id;
        const Link* const next;
        std::atomic<PoolEntry*> pool{nullptr};
        std::atomic<bool> mapped{false};
    };

    const TenantApps& tenant_;
    Sequence sequence_;
    std::atomic<const Link*> first_{nullptr};
    std::deque<Link> links_;
};

/// The apps of all tenants that were asked about and have pools.
class AppMap {
public:
    AppMap(IndexSource& source, const Clock& clock, const IndexOptions& options, Pools& pools,
           KeyStream& keys)
        : source_(source),
          clock_(clock),
          options_(options),
          pools_(pools),
          tenants_(keys),
          entries_(keys) {}

    /// The plans that open this app, whose name is compared ignoring case; null where no plan of
    /// the tenant's offers ever did. Asks the source where what is known is too old.
    result<const AppEntry*> find(std::string_view tenant, std::string_view app);

    /// What is known is too old.
    void forget() noexcept { generation_.fetch_add(1, std::memory_order_acq_rel); }

private:
    using PlansByApp = std::map<std::string, PlanPools>;

    bool is_fresh(const TenantApps& tenant) const noexcept;
    result<void> refresh(const TenantId& tenant);
    result<PlansByApp> ask(const TenantId& tenant);
    void publish(const TenantId& tenant, TenantApps& apps, const PlansByApp& plans);

    IndexSource& source_;
    const Clock& clock_;
    const IndexOptions& options_;
    Pools& pools_;
    std::atomic<std::uint64_t> generation_{1};
    Directory<TenantApps> tenants_;
    Directory<AppEntry> entries_;
};

}  // namespace licet
