#pragma once

/// \file
/// A store's worth of pools and apps in memory, for tests of the index.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/index.hpp"

namespace licet::test {

inline const std::string contoso = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
inline const std::string bronze = "fabrikam.f365.bronze";
inline const std::string silver = "fabrikam.f365.silver";
inline const std::string gold = "fabrikam.f365.gold";

inline std::vector<UserId> users(const std::vector<std::string>& texts) {
    std::vector<UserId> ids;
    for (const std::string& text : texts) {
        ids.push_back(UserId::parse(text).value());
    }
    return ids;
}

/// Active, in warning, suspended and lapsed; latest() stands for never.
inline std::vector<PoolSpell> spells(Timestamp active_until, Timestamp usable_until,
                                     Timestamp lapses_at) {
    return {{PoolState::active, Timestamp::earliest(), active_until},
            {PoolState::warning, active_until, usable_until},
            {PoolState::suspended, usable_until, lapses_at},
            {PoolState::lapsed, lapses_at, Timestamp::latest()}};
}

inline std::vector<PoolSpell> always() {
    return {{PoolState::active, Timestamp::earliest(), Timestamp::latest()}};
}

class FakeSource final : public IndexSource {
public:
    struct Calls {
        int pools = 0;
        int pool = 0;
        int holders = 0;
        int changes = 0;
        int apps = 0;

        friend bool operator==(const Calls&, const Calls&) = default;
    };

    /// What a commit of any process does; the answer is what that process tells its own index.
    PoolNews commit(const std::string& tenant, const std::string& service_id,
                    const std::vector<std::string>& gained,
                    const std::vector<std::string>& lost = {}) {
        return change(tenant, service_id, gained, lost, [](IndexedPool&) {});
    }

    PoolNews commit_spells(const std::string& service_id, const std::vector<PoolSpell>& spells) {
        return change(contoso, service_id, {}, {},
                      [&](IndexedPool& pool) { pool.spells = spells; });
    }

    /// A new epoch begins, with these holders and no other.
    PoolNews begin_epoch(const std::string& service_id, const std::vector<std::string>& holders) {
        return change(contoso, service_id, holders, {}, [&](IndexedPool& pool) {
            ++pool.epoch;
            pools_.at({contoso, service_id}).holders.clear();
        });
    }

    void remove_pool(const std::string& service_id) {
        const std::scoped_lock lock(mutex_);
        pools_.erase({contoso, service_id});
    }

    void set_apps(std::map<std::string, std::vector<std::string>> apps) {
        const std::scoped_lock lock(mutex_);
        apps_ = std::move(apps);
    }

    void prune_events() {
        const std::scoped_lock lock(mutex_);
        for (auto& [name, stored] : pools_) {
            stored.events.clear();
        }
    }

    /// From now on every call fails, until told otherwise.
    void fail(bool fails) {
        const std::scoped_lock lock(mutex_);
        fails_ = fails;
    }

    Calls calls() const {
        const std::scoped_lock lock(mutex_);
        return calls_;
    }

    /// Called once, between the first half of the next scan's holders and the second.
    void during_next_scan(std::function<void()> act) { during_scan_ = std::move(act); }

    /// Called once, right after the pool was read the next time.
    void after_next_pool(std::function<void()> act) { after_pool_ = std::move(act); }

    result<std::vector<IndexedPool>> pools(const TenantId& tenant) override {
        const std::scoped_lock lock(mutex_);
        ++calls_.pools;
        if (fails_) {
            return Error{Errc::store_failed, {}, {}};
        }
        std::vector<IndexedPool> found;
        for (const auto& [name, stored] : pools_) {
            if (name.first == tenant.str()) {
                found.push_back(stored.pool);
            }
        }
        return found;
    }

    result<std::optional<IndexedPool>> pool(const TenantId& tenant,
                                            const ServiceId& service_id) override {
        std::optional<IndexedPool> found;
        {
            const std::scoped_lock lock(mutex_);
            ++calls_.pool;
            if (fails_) {
                return Error{Errc::store_failed, {}, {}};
            }
            if (const auto it = pools_.find({tenant.str(), service_id.str()}); it != pools_.end()) {
                found = it->second.pool;
            }
        }
        call_once(after_pool_);
        return found;
    }

    result<void> holders(const IndexedPool& pool,
                         const std::function<void(std::string_view user)>& sink) override {
        const std::set<std::string> before = holders_of(pool);
        {
            const std::scoped_lock lock(mutex_);
            ++calls_.holders;
            if (fails_) {
                return Error{Errc::store_failed, {}, {}};
            }
        }
        // As a scan by pages: the first half as it was, the second as it is by then.
        const auto middle =
            before.empty() ? std::string() : *std::next(before.begin(), std::ssize(before) / 2);
        for (const std::string& user : before) {
            if (user < middle) {
                sink(user);
            }
        }
        call_once(during_scan_);
        for (const std::string& user : holders_of(pool)) {
            if (user >= middle) {
                sink(user);
            }
        }
        return boost::outcome_v2::success();
    }

    result<std::optional<std::vector<HolderChange>>> changes(const IndexedPool& pool,
                                                             std::uint64_t after,
                                                             std::uint64_t upto) override {
        const std::scoped_lock lock(mutex_);
        ++calls_.changes;
        if (fails_) {
            return Error{Errc::store_failed, {}, {}};
        }
        const auto& events = pools_.at({pool.tenant.str(), pool.service_id.str()}).events;
        std::optional<std::vector<HolderChange>> found(std::in_place);
        for (std::uint64_t number = after + 1; number <= upto; ++number) {
            const auto event = events.find(number);
            if (event == events.end()) {
                return std::optional<std::vector<HolderChange>>();
            }
            found->push_back(event->second);
        }
        return found;
    }

    result<std::vector<AppPlans>> apps(const std::vector<ServiceId>&) override {
        const std::scoped_lock lock(mutex_);
        ++calls_.apps;
        if (fails_) {
            return Error{Errc::store_failed, {}, {}};
        }
        std::vector<AppPlans> found;
        for (const auto& [app, service_ids] : apps_) {
            AppPlans& plans = found.emplace_back(AppPlans{app, {}});
            for (const std::string& id : service_ids) {
                plans.service_ids.push_back(ServiceId::parse(id).value());
            }
        }
        return found;
    }

private:
    struct Stored {
        IndexedPool pool;
        std::set<std::string> holders;
        std::map<std::uint64_t, HolderChange> events;
    };

    template <class Adjust>
    PoolNews change(const std::string& tenant, const std::string& service_id,
                    const std::vector<std::string>& gained, const std::vector<std::string>& lost,
                    Adjust adjust) {
        const std::scoped_lock lock(mutex_);
        Stored& stored = pools_[{tenant, service_id}];
        if (stored.pool.head == 0) {
            stored.pool.tenant = TenantId::parse(tenant).value();
            stored.pool.service_id = ServiceId::parse(service_id).value();
            stored.pool.spells = always();
        }
        adjust(stored.pool);
        PoolNews news{stored.pool, stored.pool.head, {users(gained), users(lost)}};
        for (const UserId& user : news.change.gained) {
            stored.holders.insert(user.str());
        }
        for (const UserId& user : news.change.lost) {
            stored.holders.erase(user.str());
        }
        stored.pool.holders = std::ssize(stored.holders);
        stored.events[++stored.pool.head] = news.change;
        news.pool = stored.pool;
        return news;
    }

    std::set<std::string> holders_of(const IndexedPool& pool) const {
        const std::scoped_lock lock(mutex_);
        return pools_.at({pool.tenant.str(), pool.service_id.str()}).holders;
    }

    static void call_once(std::function<void()>& act) {
        if (act) {
            std::exchange(act, nullptr)();
        }
    }

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Stored> pools_;
    std::map<std::string, std::vector<std::string>> apps_;
    bool fails_ = false;
    Calls calls_;
    std::function<void()> during_scan_;
    std::function<void()> after_pool_;
};

}  // namespace licet::test
