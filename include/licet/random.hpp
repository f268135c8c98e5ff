#pragma once

/// \file
/// Where an engine takes chance and fresh ids from. Called from many threads at once.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include <licet/error.hpp>

namespace licet {

class RandomSource {
public:
    virtual ~RandomSource() = default;

    /// Fills all of `bytes`. Fails with `internal` where the machine has no randomness to give.
    virtual result<void> fill(std::span<std::byte> bytes) = 0;

    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    RandomSource& operator=(const RandomSource&) = delete;
};

/// libcrypto's generator: fit for secrets.
class SystemRandom final : public RandomSource {
public:
    result<void> fill(std::span<std::byte> bytes) override;
};

/// The same bytes for the same seed, for tests. Never for secrets.
class SeededRandom final : public RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) noexcept : state_(seed) {}

    result<void> fill(std::span<std::byte> bytes) override;

private:
    std::mutex mutex_;
    std::uint64_t state_;  // SplitMix64
};

/// Makes the ids that a caller left to licet.
class IdSource {
public:
    virtual ~IdSource() = default;

    /// A new id for a thing of this kind ("deal"), matching `[a-z0-9-]{1,64}`. It is asked again
    /// where the id turns out to be taken.
    virtual result<std::string> next(std::string_view kind) = 0;

    IdSource() = default;
    IdSource(const IdSource&) = delete;
    IdSource& operator=(const IdSource&) = delete;
};

/// `deal-` and 32 hexadecimal digits. The random source must outlive it.
class RandomIds final : public IdSource {
public:
    explicit RandomIds(RandomSource& random) noexcept : random_(random) {}

    result<std::string> next(std::string_view kind) override;

private:
    RandomSource& random_;
};

/// `deal-1`, `deal-2`, …, one series for all kinds: for tests and examples.
class SequentialIds final : public IdSource {
public:
    explicit SequentialIds(std::uint64_t first = 1) noexcept : next_(first) {}

    result<std::string> next(std::string_view kind) override;

private:
    std::atomic<std::uint64_t> next_;
};

}  // namespace licet
