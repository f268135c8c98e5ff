#pragma once

/// \file
/// Where in a JSON text the things stand that JSON Pointers name.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source.hpp"

namespace cli {

struct Target {
    std::string pointer;  ///< RFC 6901.
    bool is_key = false;  ///< The name of the field is meant, not its value.
};

/// One span a target: that of a text, number or word, and of an object or array its first
/// bracket. What is not there is shown where it would be: at the nearest thing around it that
/// is. Of a field that is there twice, the second. The text need not be JSON: it is read as far as
/// it goes. Takes one pass over the text, whatever the number of targets.
std::vector<Span> locate(std::string_view json, const std::vector<Target>& targets);

struct SyntaxError {
    std::size_t offset = 0;
    bool is_too_deep = false;
};

/// What keeps a text from being one JSON value that an operation takes among its arguments.
std::optional<SyntaxError> syntax_error(std::string_view json);

}  // namespace cli
