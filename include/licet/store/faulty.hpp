#pragma once

/// \file
/// Failures on demand, for tests: a store that hands on to another one and sometimes fails.

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include <licet/random.hpp>
#include <licet/store/store.hpp>

namespace licet {

/// How many of 1,000 calls go wrong, and how; drawn from the seed.
struct Faults {
    std::uint64_t seed = 1;
    std::int64_t read_fails = 0;    ///< read and scan: `store_failed`
    std::int64_t commit_fails = 0;  ///< `store_failed`, nothing written
    std::int64_t conflicts = 0;     ///< `store_conflict` on the first key, nothing written
    std::int64_t unknown_lost = 0;  ///< `outcome_unknown`, nothing written
    std::int64_t unknown_done = 0;  ///< `outcome_unknown`, all written
};

class FaultyStore final : public Store {
public:
    FaultyStore(std::unique_ptr<Store> inner, Faults faults);

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override;
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override;
    result<Stamp> commit(const Batch& batch) override;
    Limits limits() const noexcept override;

    /// From now on; a test may switch faults off to look at what is there.
    void set(Faults faults);

private:
    enum class Fate { kept, fails, conflicts, unknown_lost, unknown_done };

    bool read_fails();
    Fate fate_of_commit();
    std::int64_t draw();  // 0..999; the mutex is held

    std::unique_ptr<Store> inner_;
    std::mutex mutex_;
    Faults faults_;
    std::optional<SeededRandom> random_;
};

}  // namespace licet
