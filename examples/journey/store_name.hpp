#pragma once

/// \file
/// A store as it is named on a command line: `memory`, a path of an SQLite file, `sqlite:PATH`,
/// `postgresql://…`, both in any case of letters, or a configuration in JSON. Another `x://…` is no
/// store: its configuration names the scheme alone, and is refused; and so are the keywords of
/// libpq, `host=…`, as `libpq://`.

#include <string>

namespace journey {

/// The configuration that the name stands for.
std::string config_of(const std::string& store);

/// The file of an SQLite store; empty where it is another store.
std::string file_of(const std::string& store);

}  // namespace journey
