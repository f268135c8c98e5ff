#pragma once

/// \file
/// Where a database is.

#include <cstddef>
#include <string>

#include <licet/error.hpp>

namespace licet::postgres {

/// How many hosts the URI names. Fails with `url_syntax`, without a word of the URI, where libpq
/// could not read it, or would take a part of a password for something that it speaks of in
/// errors: an '@' or '/' that was not percent-encoded.
result<std::size_t> check_uri(const std::string& uri);

}  // namespace licet::postgres
