#pragma once

/// \file
/// The entitlement index: answers "may this user open this?" from memory (DESIGN, "check").
///
/// Readers take no lock, write nothing that others read, allocate nothing and never wait for one
/// another. What the index does not know yet, or knows too old, it asks its source for.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/clock.hpp>
#include <licet/seats/pool.hpp>
#include <licet/seats/seat.hpp>

namespace licet {

/// A pool as its record had it.
struct IndexedPool {
    TenantId tenant;
    ServiceId service_id;
    std::int64_t number = 0;  ///< The pool's short number.
    std::uint64_t head = 0;   ///< The number of the newest event in its stream.
    std::int64_t epoch = 0;   ///< Holders of another epoch do not count.
    std::int64_t holders = 0;
    std::vector<PoolSpell> spells;  ///< Over all time.
};

/// What one event changed in a pool.
struct HolderChange {
    std::vector<UserId> gained;
    std::vector<UserId> lost;
};

/// What a commit of this engine changed in a pool: `pool` as it is now, `head_before` the head
/// it was decided on.
struct PoolNews {
    IndexedPool pool;
    std::uint64_t head_before = 0;
    HolderChange change;
};

/// The apps of one offer's live copy: which Service IDs open which app.
struct AppPlans {
    std::string app;
    std::vector<ServiceId> service_ids;
};

/// Where the index learns what it does not know. Called from many threads at once.
class IndexSource {
public:
    virtual ~IndexSource() = default;

    /// All pools of a tenant that ever had a contribution.
    virtual result<std::vector<IndexedPool>> pools(const TenantId& tenant) = 0;

    /// One pool as it is now; nothing where there is none.
    virtual result<std::optional<IndexedPool>> pool(const TenantId& tenant,
                                                    const ServiceId& service_id) = 0;

    /// Gives every holder of the pool's epoch to `sink`. Not one view: what changes meanwhile may
    /// be given or not.
    virtual result<void> holders(const IndexedPool& pool,
                                 const std::function<void(std::string_view user)>& sink) = 0;

    /// What the events numbered `after + 1` to `upto` changed, in order; nothing where they
    /// cannot be had any more.
    virtual result<std::optional<std::vector<HolderChange>>> changes(const IndexedPool& pool,
                                                                     std::uint64_t after,
                                                                     std::uint64_t upto) = 0;

    /// The apps that the live copies of these plans' offers map, as those offers are now.
    virtual result<std::vector<AppPlans>> apps(const std::vector<ServiceId>& service_ids) = 0;

protected:
    IndexSource() = default;
    IndexSource(const IndexSource&) = default;
    IndexSource& operator=(const IndexSource&) = default;
};

struct IndexOptions {
    /// How late a change made by another process may be seen, by the clock's monotonic time; 0:
    /// the source is asked at every check.
    Duration staleness_max{1'000};
    /// Nobody else writes: what is loaded is never refreshed.
    bool exclusive = false;
};

/// What a check_app rests on: a plan that maps to the app, and what the user has of it.
struct PlanDecision {
    ServiceId service_id;
    Decision decision = Decision::no_pool;
};

class Index {
public:
    /// `source` and `clock` must outlive the index. `seed` keys the hashes, so that nobody can
    /// choose ids that collide.
    Index(IndexSource& source, const Clock& clock, IndexOptions options, std::uint64_t seed);
    ~Index();

    /// Ids in any form their `parse` takes. Fails with the rule an id breaks, or what the source
    /// fails with. Never `app_not_mapped`.
    result<Decision> check(std::string_view tenant, std::string_view service_id,
                           std::string_view user);

    /// The best over the plans that map to the app, whose name is compared ignoring case.
    result<Decision> check_app(std::string_view tenant, std::string_view app,
                               std::string_view user);

    /// The same of each user: decisions[i] is about users[i]; `bad_user_id` where the text is no
    /// user's id. Both are of one length. Where it fails all decisions are `no_seat`.
    result<void> check_many(std::string_view tenant, std::string_view service_id,
                            std::span<const std::string_view> users, std::span<Decision> decisions);
    result<void> check_app_many(std::string_view tenant, std::string_view app,
                                std::span<const std::string_view> users,
                                std::span<Decision> decisions);

    /// What a check_app rests on, plan by plan in the order of their Service IDs; empty: not
    /// mapped.
    result<std::vector<PlanDecision>> explain_app(std::string_view tenant, std::string_view app,
                                                  std::string_view user);

    /// Takes what this engine has committed. Order does not matter: news that does not follow on
    /// what is known makes the next check look for itself. Cannot fail.
    void apply(const PoolNews& news) noexcept;

    /// An offer's live copy may have changed: the next check_app looks for itself.
    void forget_apps() noexcept;

    /// Bytes that the holders of all loaded pools take.
    std::size_t holder_bytes() const noexcept;

    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;

private:
    friend class QuickCheck;

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace licet
