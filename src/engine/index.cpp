#include "engine/index.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <boost/outcome/try.hpp>

#include "engine/index_state.hpp"

namespace licet {
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

// So many users are looked up together: enough that their waits for memory overlap.
constexpr std::size_t some_max = 32;

// Calls `prefetch(subject)` for some users and then `check(subjects, decisions)`, until both have
// been called for all; `check` once also where there is nobody.
template <class Prefetch, class Check>
result<void> check_by_some(const Subjects& known, std::span<const std::string_view> users,
                           std::span<Decision> decisions, Prefetch prefetch, Check check) {
    assert(users.size() == decisions.size());
    std::array<Subject, some_max> subjects;
    std::size_t done = 0;
    do {
        const auto some = users.subspan(done, std::min(some_max, users.size() - done));
        const auto decided = decisions.subspan(done, some.size());
        for (std::size_t i = 0; i < some.size(); ++i) {
            subjects[i] = known.of(some[i]);
            prefetch(subjects[i]);
        }
        BOOST_OUTCOME_TRY(check(std::span(subjects).first(some.size()), decided));
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (subjects[i].is_opaque && !is_licensed(decided[i]) && !is_opaque_user(some[i])) {
                decided[i] = Decision::bad_user_id;
            }
        }
        done += some.size();
    } while (done < users.size());
    return boost::outcome_v2::success();
}

// A check that failed lets nobody in.
result<void> unless_failed(result<void> checked, std::span<Decision> decisions) {
    if (!checked) {
        std::ranges::fill(decisions, Decision::no_seat);
    }
    return checked;
}

}  // namespace

inline result<PoolEntry*> Index::State::fresh(PoolEntry* pool) {
    if (pool != nullptr && !pool->is_fresh(clock)) [[unlikely]] {
        BOOST_OUTCOME_TRY(const bool exists, pool->refresh(source, clock, options));
        return exists ? pool : nullptr;
    }
    return pool;
}

inline result<Decision> Index::State::check(PoolEntry* pool, const Subject& subject) {
    BOOST_OUTCOME_TRY(pool, fresh(pool));
    return pool == nullptr ? Decision::no_pool : pool->check(subject, clock.now());
}

inline result<void> Index::State::check(PoolEntry* pool, std::span<const Subject> subjects,
                                        std::span<Decision> decisions) {
    BOOST_OUTCOME_TRY(pool, fresh(pool));
    const Timestamp now = clock.now();
    std::ranges::transform(subjects, decisions.begin(), [&](const Subject& subject) {
        return pool == nullptr ? Decision::no_pool : pool->check(subject, now);
    });
    return boost::outcome_v2::success();
}

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
                                            std::string_view user) {
    const Subject subject = pools.subjects.of(user);
    BOOST_OUTCOME_TRY(PoolEntry* const pool, look_for_pool(tenant, service_id));
    BOOST_OUTCOME_TRY(const Decision decision, check(pool, subject));
    return unless_no_user(decision, subject, user);
}

result<void> Index::State::check_many(std::string_view tenant, std::string_view service_id,
                                      std::span<const std::string_view> users,
                                      std::span<Decision> decisions) {
    PoolEntry* pool = pools.entries.find(tenant, service_id);
    if (pool == nullptr) [[unlikely]] {
        BOOST_OUTCOME_TRY(pool, look_for_pool(tenant, service_id));
    }
    const auto prefetch = [&](const Subject& subject) {
        if (pool != nullptr) {
            pool->prefetch(subject);
        }
    };
    return check_by_some(pools.subjects, users, decisions, prefetch,
                         [&](std::span<const Subject> subjects, std::span<Decision> decided) {
                             return check(pool, subjects, decided);
                         });
}

result<void> Index::State::check_app_many(std::string_view tenant, std::string_view app,
                                          std::span<const std::string_view> users,
                                          std::span<Decision> decisions) {
    using Some = std::array<Decision, some_max>;
    Some nobody;
    nobody.fill(Decision::app_not_mapped);
    const auto check_some = [&](std::span<const Subject> subjects,
                                std::span<Decision> decided) -> result<void> {
        BOOST_OUTCOME_TRY(const AppEntry* const entry, apps.find(tenant, app));
        const auto add = [&](Some& best, const ServiceId&, PoolEntry* pool) -> result<void> {
            if (pool != nullptr) {
                std::ranges::for_each(subjects, [&](const Subject& one) { pool->prefetch(one); });
            }
            Some plan = nobody;
            BOOST_OUTCOME_TRY(check(pool, subjects, plan));
            std::ranges::transform(best, plan, best.begin(), better);
            return boost::outcome_v2::success();
        };
        Some best = nobody;
        if (entry != nullptr) {
            BOOST_OUTCOME_TRY(best, entry->fold(nobody, add));
        }
        std::ranges::copy_n(best.begin(), std::ssize(decided), decided.begin());
        return boost::outcome_v2::success();
    };
    return check_by_some(
        pools.subjects, users, decisions, [](const Subject&) {}, check_some);
}

Index::Index(IndexSource& source, const Clock& clock, IndexOptions options, std::uint64_t seed)
    : state_(std::make_unique<State>(source, clock, options, KeyStream(seed))) {}

Index::~Index() = default;

result<Decision> Index::check(std::string_view tenant, std::string_view service_id,
                              std::string_view user) {
    Decision decision = Decision::no_seat;
    if (state_->check_in_memory(tenant, service_id, user, decision)) [[likely]] {
        return decision;
    }
    return state_->check_slowly(tenant, service_id, user);
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

result<void> Index::check_many(std::string_view tenant, std::string_view service_id,
                               std::span<const std::string_view> users,
                               std::span<Decision> decisions) {
    return unless_failed(state_->check_many(tenant, service_id, users, decisions), decisions);
}

result<void> Index::check_app_many(std::string_view tenant, std::string_view app,
                                   std::span<const std::string_view> users,
                                   std::span<Decision> decisions) {
    return unless_failed(state_->check_app_many(tenant, app, users, decisions), decisions);
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
