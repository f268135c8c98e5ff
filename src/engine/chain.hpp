#pragma once

/// \file
/// Events as they stand in the store, each chained to the one before by SHA-256.

#include <optional>
#include <string>
#include <string_view>

#include <licet/history.hpp>

#include "engine/record.hpp"

namespace licet {

/// Who does what, under which id.
struct Cause {
    std::string_view command;
    std::string_view operation;
    const Actor& by;
};

/// The text of the event after `head`, which moves on to it. `details` is a JSON object.
///
/// The hash covers everything but the details, and their digest in their stead, so that details
/// can be redacted one day without breaking the chain.
std::string chain(Head& head, std::string_view stream, Timestamp at, const Cause& cause,
                  std::string_view details);

/// The event of a stored text. Fails with `record_corrupt`.
result<Event> parse_event(std::string_view text);

/// True where the text is the event that follows `head` in this stream; `head` moves on then.
bool follows(Head& head, std::string_view stream, std::string_view text);

}  // namespace licet
