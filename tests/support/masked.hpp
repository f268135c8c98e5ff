#pragma once

/// \file
/// Records and answers without what is drawn at random, so that they can be compared with those of
/// another engine that did the same.

#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

namespace licet::test {

/// A record each, in order.
using Lines = std::vector<std::string>;

/// Every word of 22 characters or more has become one, as ids, tokens and hashes have.
std::string masked(std::string_view text);
Lines masked_lines(const std::vector<Record>& records);

/// The first line that only one of them has; "" where there is none.
std::string difference(const Lines& is, const Lines& wanted);

}  // namespace licet::test
