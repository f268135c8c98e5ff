#pragma once

/// \file
/// What happened: streams of events, each chained to the one before.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <licet/page.hpp>
#include <licet/time.hpp>

namespace licet {

/// The permissions to read streams; which one is needed is for the stream's kind to say.
inline constexpr Action stream_actions[] = {Action::read_offers, Action::read_deals,
                                            Action::read_seats};

/// One event. `details` says what the operation changed, before and after.
struct Event {
    std::string stream;        ///< "offer/fabrikam/f365", "pool/<tenant>/<service id>", …
    std::uint64_t number = 0;  ///< From 1, without a gap.
    Timestamp at;
    std::string command;  ///< The id of the command; the same in every stream it touched.
    std::string operation;
    Actor by;
    Json details;
    std::string hash;      ///< SHA-256 over all of the above and `previous`, in hexadecimal.
    std::string previous;  ///< The hash of the event before; "" for the first.
};

struct ListEvents {
    static constexpr std::string_view name = "events.list";
    static constexpr std::span<const Action> actions = stream_actions;
    std::string stream;
    PageRequest page;
};
struct VerifyEvents {
    static constexpr std::string_view name = "events.verify";
    static constexpr std::span<const Action> actions = stream_actions;
    std::string stream;
};
struct VerifyAnswer {
    bool ok = false;
    std::uint64_t count = 0;                 ///< Events found good from the start.
    std::optional<std::uint64_t> broken_at;  ///< The first number that is edited, gone or moved.
};

/// Moves a manual clock: exactly one of the two.
struct AdvanceClock {
    static constexpr std::string_view name = "clock.advance";
    static constexpr Action action = Action::host;
    std::optional<std::int64_t> by_ms;
    std::optional<Timestamp> to;
};
struct ClockAnswer {
    Timestamp now;
};

/// Removes answers kept under idempotency keys since before a moment. In parts: one that fails may
/// have removed some of them, and is called again.
struct PruneStore {
    static constexpr std::string_view name = "store.prune";
    static constexpr Action action = Action::host;
    Timestamp idempotency_before;
};
struct PruneAnswer {
    std::int64_t idempotency = 0;  ///< Answers removed.
};

}  // namespace licet
