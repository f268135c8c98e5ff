#pragma once

/// \file
/// How the outcomes for many users are kept under an idempotency key: a letter a user.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <licet/seats/seat.hpp>

namespace licet {

std::string letters_of(const std::vector<SeatOutcome>& outcomes);

/// The outcomes for these users, in their order. Fails with `record_corrupt`.
result<std::vector<SeatOutcome>> outcomes_of(std::span<const UserId> users,
                                             std::string_view letters);

}  // namespace licet
