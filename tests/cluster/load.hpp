#pragma once

/// \file
/// Seats given and taken by several threads while servers die, and a ledger of what they were told.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <licet/engine/engine.hpp>

namespace licet::test {

/// What the store must agree with in the end.
struct Ledger {
    struct Pool {
        std::set<std::string> seats;
        std::uint64_t changes = 0;  ///< Of seats, one event each.
    };
    std::map<ServiceId, Pool> pools;
    std::set<std::string> unsettled;  ///< Who may have a seat or not, for all that was told.
    std::size_t acknowledged = 0;
    std::size_t failed = 0;                   ///< Told that nothing had happened.
    std::size_t unknown = 0;                  ///< Told that it was not known whether it had.
    std::vector<std::string> wrong;           ///< What no store and no failure may lead to.
    std::chrono::milliseconds longest_gap{};  ///< Between two acknowledgements, of any thread.
};

/// 8 threads, each for users of its own. Who is told `outcome_unknown` asks again under the same
/// idempotency key until it is known.
class Load {
public:
    Load(Engine& engine, std::vector<ServiceId> pools);

    /// Waits until so many more commands were acknowledged; false where that takes minutes.
    bool await_acknowledged(std::size_t count);

    /// Ends the threads. What was unknown is settled before, or stays `unsettled` after minutes.
    Ledger stop();

private:
    struct Step;

    void run(const std::stop_token& stop, std::size_t self);
    bool take(const Step& step);
    result<PoolSummary> call(const Step& step);
    void note(const Step& step, const result<PoolSummary>& answer, bool was_unknown);
    void pause();

    Engine& engine_;
    std::vector<ServiceId> pools_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    Ledger ledger_;
    std::chrono::steady_clock::time_point last_acknowledged_;
    std::vector<std::jthread> threads_;
};

/// How the store differs from the ledger; all are 0 where nothing went wrong.
struct Differences {
    std::size_t lost_seats = 0;     ///< Acknowledged, and not there.
    std::size_t extra_seats = 0;    ///< There, though they were taken, refused or failed.
    std::size_t over_capacity = 0;  ///< Pools with more seats than licences.
    std::size_t miscounted = 0;     ///< Pools that count other than they have seats.
    std::size_t broken_streams = 0;
    std::size_t events = 0;  ///< More or fewer than changes; what is unsettled may have left one.

    friend bool operator==(const Differences&, const Differences&) = default;
};

Differences differences(Engine& engine, const Ledger& ledger);

}  // namespace licet::test
