#pragma once

/// \file
/// A book as text, from a file to a server and back, and what befalls it on the way.

#include <cstddef>

#include "support/behind.hpp"

namespace licet::test {

/// Imports a book with so many seats, cut at every request in turn: what is there by then is not
/// written again, and in the end both are the same, byte for byte, as is what goes back to a file.
void check_imports(std::size_t seats, const Site& site);

/// Exports one from a server that is silent at every request in turn, and goes on behind the last
/// line that came.
void check_exports(std::size_t seats, const Site& site);

}  // namespace licet::test
