#pragma once

/// \file
/// A store in one SQLite file: the embedded default. WAL, `synchronous=FULL`, so that a commit
/// that has returned survives the loss of power. Several processes may open the same file.
///
/// Independent batches of several threads are joined into one transaction, each judged alone.
/// The file also carries views for people: licet_offers, licet_plans, licet_deals,
/// licet_licenses, licet_seats, licet_events.

#include <chrono>
#include <memory>
#include <string>

#include <licet/store/store.hpp>

namespace licet {

struct SqliteOptions {
    /// How long a call waits for other processes before it fails with `store_busy`.
    std::chrono::milliseconds timeout{10'000};
};

class SqliteStore final : public Store {
public:
    /// Opens the file, making it where it is missing. ":memory:" is refused: use MemoryStore.
    /// Fails with `store_failed`, `store_corrupt` (not a database, or not licet's),
    /// `store_format_newer`, `store_busy`.
    static result<std::unique_ptr<SqliteStore>> open(const std::string& path,
                                                     SqliteOptions options = {});
    ~SqliteStore() override;

    result<std::vector<std::optional<Value>>> read(const std::vector<std::string>& keys) override;
    result<ScanPage> scan(std::string_view from, std::string_view to, std::size_t limit) override;
    result<Stamp> commit(const Batch& batch) override;
    Limits limits() const noexcept override;

private:
    struct State;
    explicit SqliteStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace licet
