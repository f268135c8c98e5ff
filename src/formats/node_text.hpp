#pragma once

/// \file
/// Parsed values as JSON text again: without spaces, members in the order they had.

#include <string>

#include "formats/document.hpp"

namespace licet::formats {

/// Leaves out the member `without`, wherever it stands.
void write_node(Writer& out, const Node& node, const Node* without = nullptr);
std::string text_of(const Node& node, const Node* without = nullptr);

/// `target`, perhaps null for none, changed by a merge patch (RFC 7396).
void write_merged(Writer& out, const Node* target, const Node& patch);

}  // namespace licet::formats
