#include <licet/engine/engine.hpp>

#include <span>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"

namespace licet {
namespace {

// Random ids whose random source lives as long as they do.
class OwnedRandomIds final : public IdSource {
public:
    explicit OwnedRandomIds(std::shared_ptr<RandomSource> random)
        : random_(std::move(random)), ids_(*random_) {}

    result<std::string> next(std::string_view kind) override { return ids_.next(kind); }

private:
    std::shared_ptr<RandomSource> random_;
    RandomIds ids_;
};

}  // namespace

result<std::unique_ptr<Engine>> Engine::open(std::unique_ptr<Store> store, EngineOptions options) {
    if (!options.clock) {
        options.clock = std::make_shared<SystemClock>();
    }
    if (!options.random) {
        options.random = std::make_shared<SystemRandom>();
    }
    if (!options.ids) {
        options.ids = std::make_shared<OwnedRandomIds>(options.random);
    }
    Core::Seeds seeds;
    BOOST_OUTCOME_TRYV(options.random->fill(std::as_writable_bytes(std::span(&seeds, 1))));
    auto core = std::make_unique<Core>(std::move(store), std::move(options), seeds);
    BOOST_OUTCOME_TRYV(core->check_format());
    return std::unique_ptr<Engine>(new Engine(std::move(core)));
}

Engine::Engine(std::unique_ptr<Core> core)
    : core_(std::move(core)),
      catalog_(*core_),
      deals_(*core_),
      seats_(*core_),
      groups_(*core_),
      history_(*core_),
      reports_(*core_),
      archive_(*core_) {}

Engine::~Engine() = default;

const Policy& Engine::policy() const noexcept { return core_->policy(); }

}  // namespace licet
