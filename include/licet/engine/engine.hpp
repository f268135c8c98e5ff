#pragma once

/// \file
/// licet's engine: the rules run over a store.
///
///     auto store = licet::SqliteStore::open("fabrikam.db");
///     auto engine = licet::Engine::open(std::move(store).value());
///     engine.value()->catalog().create_offer({.offer = offer}, {.as = ana});
///
/// Every method may be called from many threads at once. A mutation is durable when it returns;
/// one that fails has changed nothing, with two exceptions. After `outcome_unknown` the same
/// command under the same idempotency key settles it. What goes in parts (best effort, imports,
/// touch, prune) stays done as far as it came, and is called again.

#include <memory>

#include <licet/clock.hpp>
#include <licet/engine/archive.hpp>
#include <licet/engine/catalog.hpp>
#include <licet/engine/deals.hpp>
#include <licet/engine/groups.hpp>
#include <licet/engine/history.hpp>
#include <licet/engine/reports.hpp>
#include <licet/engine/seats.hpp>
#include <licet/policy.hpp>
#include <licet/random.hpp>
#include <licet/store/store.hpp>

namespace licet {

struct EngineOptions {
    Policy policy;
    std::shared_ptr<Clock> clock;          ///< Absent: the machine's.
    std::shared_ptr<RandomSource> random;  ///< Absent: libcrypto's.
    std::shared_ptr<IdSource> ids;         ///< Absent: random ones.
    /// How late, by `clock`, a check may see what another process changed.
    Duration staleness_max{1'000};
    /// No other process writes to this store: checks never ask it again for what they know.
    bool exclusive = false;
    /// Opens a store that is a copy which was not finished, for `store.import` to go on; whatever
    /// else is done with it sees a part of a book.
    bool allow_unfinished = false;
};

class Engine {
public:
    /// Fails with what the store fails with; with `store_format_newer` where a newer licet has
    /// written it, `store_unfinished` where it is a copy that was not finished.
    static result<std::unique_ptr<Engine>> open(std::unique_ptr<Store> store,
                                                EngineOptions options = {});
    ~Engine();

    Catalog& catalog() noexcept { return catalog_; }
    Deals& deals() noexcept { return deals_; }
    Seats& seats() noexcept { return seats_; }
    Groups& groups() noexcept { return groups_; }
    History& history() noexcept { return history_; }
    Reports& reports() noexcept { return reports_; }
    Archive& archive() noexcept { return archive_; }

    const Policy& policy() const noexcept;

    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

private:
    explicit Engine(std::unique_ptr<Core> core);

    std::unique_ptr<Core> core_;
    Catalog catalog_;
    Deals deals_;
    Seats seats_;
    Groups groups_;
    History history_;
    Reports reports_;
    Archive archive_;
};

}  // namespace licet
