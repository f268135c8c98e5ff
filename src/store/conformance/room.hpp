#pragma once

/// \file
/// What a conformance case works with: a part of the store's keys that is its own, and a note of
/// the first thing that was not as it must be.

#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

namespace licet::conformance {

/// Names stand for keys: the room's prefix comes before each. Called by several threads at once
/// where a case uses them.
class Room {
public:
    Room(Store& store, std::string prefix);

    Store& store() const noexcept { return store_; }

    /// The longest key that the store takes.
    std::size_t key_bytes() const noexcept;

    std::string key(std::string_view name) const { return prefix_ + std::string(name); }

    Expectation absent(std::string_view name) const { return {key(name), 0}; }
    Expectation at(std::string_view name, Stamp stamp) const { return {key(name), stamp}; }
    Write write(std::string_view name, std::string text) const;
    Write remove(std::string_view name) const { return {key(name), std::nullopt}; }

    // These must work. Where they do not, that is noted, and what they give is empty but whole.

    Stamp commit(const Batch& batch);
    Stamp put(std::string_view name, std::string text);
    /// Each name as its own value, in as few batches as the store takes.
    void put_all(const std::vector<std::string>& names);
    std::optional<Value> get(std::string_view name);
    std::vector<std::optional<Value>> read(const std::vector<std::string>& names);
    /// From the first key of the room.
    ScanPage scan(std::size_t limit);
    ScanPage scan(std::string_view from, std::string_view to, std::size_t limit);

    void expect(bool ok, std::string_view seen_instead);
    void expect_text(std::string_view name, std::string_view text);
    void expect_absent(std::string_view name);
    void expect_names(const ScanPage& page, const std::vector<std::string>& names);
    /// The batch must fail with this code.
    void expect_refused(const Batch& batch, Errc code, std::string_view what);
    /// The batch must fail, and this must be the key that is named.
    void expect_conflict(const Batch& batch, std::string_view name);

    /// The first thing that was not as it must be; empty where all was.
    std::string seen() const;

private:
    ScanPage scan_keys(const std::string& from, const std::string& to, std::size_t limit);

    Store& store_;
    std::string prefix_;
    mutable std::mutex mutex_;
    std::string seen_;
};

struct Case {
    const char* name;
    void (*run)(Room& room);
};

std::span<const Case> reading_cases() noexcept;
std::span<const Case> committing_cases() noexcept;
std::span<const Case> refusal_cases() noexcept;
std::span<const Case> concurrency_cases() noexcept;

}  // namespace licet::conformance
