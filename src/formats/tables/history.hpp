#pragma once

/// \file
/// Tables of events, and of the commands about history and time.

#include <licet/history.hpp>

#include "formats/tables/common.hpp"

namespace licet::formats {

template <>
struct Table<Event> {
    static constexpr std::string_view name = "Event";
    static constexpr Field fields[] = {
        field<Event, &Event::stream>("stream"),
        field<Event, &Event::number>("number"),
        field<Event, &Event::at>("at"),
        field<Event, &Event::command>("command"),
        field<Event, &Event::operation>("operation"),
        field<Event, &Event::by>("by"),
        field<Event, &Event::details>("details"),
        field<Event, &Event::hash>("hash"),
        field<Event, &Event::previous>("previous"),
    };
};
template <>
struct Table<ListEvents> {
    static constexpr Field fields[] = {
        field<ListEvents, &ListEvents::stream>("stream", Need::required, Set::by_caller, {1, 400}),
        limit_field<ListEvents>,
        after_field<ListEvents>,
    };
};
template <>
struct Table<VerifyEvents> {
    static constexpr Field fields[] = {
        field<VerifyEvents, &VerifyEvents::stream>("stream", Need::required, Set::by_caller,
                                                   {1, 400}),
    };
};
template <>
struct Table<VerifyAnswer> {
    static constexpr Field fields[] = {
        field<VerifyAnswer, &VerifyAnswer::ok>("ok"),
        field<VerifyAnswer, &VerifyAnswer::count>("count"),
        field<VerifyAnswer, &VerifyAnswer::broken_at>("broken_at", Need::nullable),
    };
};
template <>
struct Table<AdvanceClock> {
    static constexpr Field fields[] = {
        field<AdvanceClock, &AdvanceClock::by_ms>("by_ms", Need::optional),
        field<AdvanceClock, &AdvanceClock::to>("to", Need::optional),
    };
};
template <>
struct Table<ClockAnswer> {
    static constexpr Field fields[] = {field<ClockAnswer, &ClockAnswer::now>("now")};
};
template <>
struct Table<PruneStore> {
    static constexpr Field fields[] = {
        field<PruneStore, &PruneStore::idempotency_before>("idempotency_before"),
    };
};
template <>
struct Table<PruneAnswer> {
    static constexpr Field fields[] = {
        field<PruneAnswer, &PruneAnswer::idempotency>("idempotency"),
    };
};

}  // namespace licet::formats
