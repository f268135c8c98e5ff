#include "engine/index.hpp"

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "engine/app_map.hpp"
#include "engine/pool_entry.hpp"
#include "opaque_id.hpp"

namespace licet {

struct Index::State {
    State(IndexSource& from, const Clock& time, IndexOptions how, KeyStream keys)
        : source(from),
          clock(time),
          options(how),
          pools(keys),
          apps(source, clock, options, pools, keys) {}

    /// Null where there is no such pool. Ids that name nothing leave no trace.
    result<PoolEntry*> look_for_pool(std::string_view tenant, std::string_view service_id);

    /// `pool` is null where there is none.
    result<Decision> check(PoolEntry* pool, const Subject& subject) {
        if (pool != nullptr && !pool->is_fresh(clock)) [[unlikely]] {
            BOOST_OUTCOME_TRY(const bool exists, pool->refresh(source, clock, options));
            pool = exists ? pool : nullptr;
        }
        return pool == nullptr ? Decision::no_pool : pool->check(subject, clock.now());
    }

    result<Decision> check_slowly(std::string_view tenant, std::string_view service_id,
                                  std::string_view user, const Subject& subject);

    IndexSource& source;
    const Clock& clock;
    const IndexOptions options;
    Pools pools;
    AppMap apps;
};

namespace {

// Someone who was found has a user's id. Who was not may be nobody because the id is none.
result<Decision> unless_no_user(Decision decision, const Subject& subject, std::string_view user) {
    if (subject.is_opaque && !is_licensed(decision)) [[unlikely]] {
        if (auto error = why_no_opaque_user(user)) {
            return *std::move(error);
        }
    }
    return decision;
}

}  // namespace

result<PoolEntry*> Index::State::look_for_pool(std::string_view tenant,
                                               std::string_view service_id) {
    BOOST_OUTCOME_TRY(const auto tenant_id, TenantId::parse(tenant));
    BOOST_OUTCOME_TRY(const auto id, ServiceId::parse(service_id));
    if (PoolEntry* const known = pools.entries.find(tenant_id.str(), id.str())) {
        return known;
    }
    BOOST_OUTCOME_TRY(const auto pool, source.pool(tenant_id, id));
    return pool ? &pools.find_or_add(tenant_id, id) : nullptr;
}

result<Decision> Index::State::check_slowly(std::string_view tenant, std::string_view service_id,
                                            std::string_view user, const Subject& subject) {
    BOOST_OUTCOME_TRY(PoolEntry* const pool, look_for_pool(tenant, service_id));
    BOOST_OUTCOME_TRY(const Decision decision, check(pool, subject));
    return unless_no_user(decision, subject, user);
}

Index::Index(IndexSource& source, const Clock& clock, IndexOptions options, std::uint64_t seed)
    : state_(std::make_unique<State>(source, clock, options, KeyStream(seed))) {}

Index::~Index() = default;

result<Decision> Index::check(std::string_view tenant, std::string_view service_id,
                              std::string_view user) {
    // The pool first: the wait for its lines is longer, and the user's hash needs none of them.
    PoolEntry* const pool = state_->pools.entries.find(tenant, service_id);
    const Subject subject = state_->pools.subjects.of(user);
    if (pool != nullptr) [[likely]] {
        pool->prefetch(subject);
        if (pool->is_fresh(state_->clock)) [[likely]] {
            return unless_no_user(pool->check(subject, state_->clock.now()), subject, user);
        }
    }
    return state_->check_slowly(tenant, service_id, user, subject);
}

result<Decision> Index::check_app(std::string_view tenant, std::string_view app,
                                  std::string_view user) {
    const Subject subject = state_->pools.subjects.of(user);
    BOOST_OUTCOME_TRY(const AppEntry* const entry, state_->apps.find(tenant, app));
    if (entry == nullptr) {
        return unless_no_user(Decision::app_not_mapped, subject, user);
    }
    const auto add = [&](Decision& best, const ServiceId&, PoolEntry* pool) -> result<void> {
        BOOST_OUTCOME_TRY(const Decision one, state_->check(pool, subject));
        best = better(best, one);
        return boost::outcome_v2::success();
    };
    BOOST_OUTCOME_TRY(const Decision best, entry->fold(Decision::app_not_mapped, add));
    return unless_no_user(best, subject, user);
}

result<std::vector<PlanDecision>> Index::explain_app(std::string_view tenant, std::string_view app,
                                                     std::string_view user) {
    BOOST_OUTCOME_TRY(UserId::parse(user));
    const Subject subject = state_->pools.subjects.of(user);
    BOOST_OUTCOME_TRY(const AppEntry* const entry, state_->apps.find(tenant, app));
    std::vector<PlanDecision> plans;
    if (entry == nullptr) {
        return plans;
    }
    const auto add = [&](std::vector<PlanDecision>& sum, const ServiceId& service_id,
                         PoolEntry* pool) -> result<void> {
        BOOST_OUTCOME_TRY(const Decision one, state_->check(pool, subject));
        sum.push_back({service_id, one});
        return boost::outcome_v2::success();
    };
    BOOST_OUTCOME_TRY(plans, entry->fold(plans, add));
    std::ranges::sort(plans, {}, &PlanDecision::service_id);
    return plans;
}

void Index::apply(const PoolNews& news) noexcept {
    if (news.head_before == 0) {
        state_->apps.forget();  // a pool that its tenant did not have before
    }
    if (PoolEntry* const pool =
            state_->pools.entries.find(news.pool.tenant.str(), news.pool.service_id.str())) {
        pool->apply(news);
    }
}

void Index::forget_apps() noexcept { state_->apps.forget(); }

std::size_t Index::holder_bytes() const noexcept { return state_->pools.memory.bytes(); }

}  // namespace licet
