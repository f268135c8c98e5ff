#pragma once

/// \file
/// What happened, and time.

#include <licet/history.hpp>

namespace licet {

class Core;

class History {
public:
    explicit History(Core& core) noexcept : core_(core) {}

    /// Read by whoever may read what the stream is about. A stream of no known kind fails with
    /// `stream_unknown`; one without events is empty.
    result<PageOf<Event>> list_events(const ListEvents& query, const Caller& caller);

    /// Goes through the whole stream: every number there, every hash right, every event linked
    /// to the one before, and the last one the one that the record itself names.
    result<VerifyAnswer> verify(const VerifyEvents& query, const Caller& caller);

    /// Fails with `clock_not_manual`, `clock_backwards`.
    result<ClockAnswer> advance_clock(const AdvanceClock& command);

    result<PruneAnswer> prune(const PruneStore& command);

private:
    Core& core_;
};

}  // namespace licet
