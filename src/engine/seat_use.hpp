#pragma once

/// \file
/// When a seat was last used, as it stands in the store: beside the seat, so that a use disturbs
/// neither the seat's record nor its pool's events.

#include <optional>

#include <licet/store/store.hpp>
#include <licet/time.hpp>

#include "formats/codecs.hpp"

namespace licet {

struct SeatUse {
    Timestamp at;
};

namespace formats {

template <>
struct Table<SeatUse> {
    static constexpr Field fields[] = {field<SeatUse, &SeatUse::at>("at")};
};

}  // namespace formats

/// The last use of a seat held since then; a use before that was of an earlier seat of the user.
inline result<std::optional<Timestamp>> last_use(const std::optional<Value>& stored,
                                                 Timestamp since) {
    if (!stored) {
        return std::optional<Timestamp>();
    }
    const auto use = formats::decode<SeatUse>(stored->text);
    if (!use) {
        return use.error();
    }
    return use.value().at >= since ? std::optional(use.value().at) : std::nullopt;
}

}  // namespace licet
