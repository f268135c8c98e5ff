#include "engine/app_map.hpp"

#include <algorithm>
#include <array>

#include <boost/outcome/try.hpp>

namespace licet {

void AppEntry::map_to(const PlanPools& plans) {
    for (const auto& [service_id, pool] : plans) {
        if (std::ranges::find(links_, service_id, &Link::service_id) == links_.end()) {
            first_.store(&links_.emplace_front(service_id, first_.load(std::memory_order_relaxed)),
                         std::memory_order_release);
        }
    }
    const Sequence::Window window(sequence_);
    for (Link& link : links_) {
        const auto plan = plans.find(link.service_id);
        link.pool.store(plan == plans.end() ? nullptr : plan->second, std::memory_order_release);
        link.mapped.store(plan != plans.end(), std::memory_order_release);
    }
}

result<const AppEntry*> AppMap::find(std::string_view tenant, std::string_view app) {
    // Names that need no allocation to be made lowercase: longer than any real one.
    std::array<char, 256> buffer;
    std::string long_name;
    std::string_view name;
    if (app.size() <= buffer.size()) {
        std::ranges::transform(app, buffer.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        name = {buffer.data(), app.size()};
    } else {
        name = long_name = lowercase(app);
    }
    const AppEntry* entry = entries_.find(tenant, name);
    if (entry != nullptr && is_fresh(entry->tenant())) [[likely]] {
        return entry;
    }
    BOOST_OUTCOME_TRY(const auto id, TenantId::parse(tenant));
    BOOST_OUTCOME_TRY(refresh(id));
    return entries_.find(id.str(), name);
}

bool AppMap::is_fresh(const TenantApps& tenant) const noexcept {
    return tenant.generation.load(std::memory_order_acquire) ==
               generation_.load(std::memory_order_acquire) &&
           tenant.freshness.holds(clock_);
}

result<void> AppMap::refresh(const TenantId& tenant) {
    TenantApps* apps = tenants_.find(tenant.str(), {});
    if (apps == nullptr) {
        BOOST_OUTCOME_TRY(const auto pools, source_.pools(tenant));
        if (pools.empty()) {
            return boost::outcome_v2::success();
        }
        apps = &tenants_.find_or_add(tenant.str(), {});
    }
    const std::scoped_lock one_at_a_time(apps->refreshing);
    if (is_fresh(*apps)) {
        return boost::outcome_v2::success();
    }
    const std::uint64_t generation = generation_.load(std::memory_order_acquire);
    const std::int64_t asked_ms = clock_.monotonic_ms();
    BOOST_OUTCOME_TRY(const auto plans, ask(tenant));
    publish(tenant, *apps, plans);
    apps->freshness.renew(asked_ms, options_);
    apps->generation.store(generation, std::memory_order_release);
    return boost::outcome_v2::success();
}

result<AppMap::PlansByApp> AppMap::ask(const TenantId& tenant) {
    BOOST_OUTCOME_TRY(const auto pools, source_.pools(tenant));
    PlanPools entries;
    std::vector<ServiceId> service_ids;
    for (const IndexedPool& pool : pools) {
        entries.emplace(pool.service_id, &pools_.find_or_add(tenant, pool.service_id));
        service_ids.push_back(pool.service_id);
    }
    BOOST_OUTCOME_TRY(const auto apps, source_.apps(service_ids));
    PlansByApp plans;
    for (const auto& [app, ids] : apps) {
        PlanPools& plans_of_app = plans[lowercase(app)];
        for (const ServiceId& id : ids) {
            const auto entry = entries.find(id);
            plans_of_app.emplace(id, entry == entries.end() ? nullptr : entry->second);
        }
    }
    return plans;
}

void AppMap::publish(const TenantId& tenant, TenantApps& apps, const PlansByApp& plans) {
    for (const auto& [name, plans_of_app] : plans) {
        AppEntry*& entry = apps.entries[name];
        if (entry == nullptr) {
            entry = &entries_.find_or_add(tenant.str(), name, apps);
        }
    }
    for (const auto& [name, entry] : apps.entries) {
        const auto found = plans.find(name);
        entry->map_to(found == plans.end() ? PlanPools{} : found->second);
    }
}

}  // namespace licet
