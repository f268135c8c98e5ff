#pragma once

/// \file
/// JSON text to a tree, more strictly than Boost.JSON alone: a key given twice and a number that
/// no type can hold are findings, and 30.0 is the whole number it says it is.

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <licet/finding.hpp>

#include "formats/node.hpp"

namespace licet::formats {

/// Nested deeper than this is a finding.
inline constexpr std::size_t json_depth_max = 32;
/// Of one text no more findings than these are told: each bears a pointer as long as the keys
/// above it.
inline constexpr std::size_t json_findings_max = 100;

/// A parsed text, which must outlive this.
class Parsed {
public:
    Parsed() = default;
    Parsed(const Parsed&) = delete;
    Parsed& operator=(const Parsed&) = delete;

    /// False, with findings, where the text is not one JSON value as described above, of at most
    /// 4 GiB.
    bool parse(std::string_view text, Findings& findings, const Path& at = {});
    template <std::same_as<std::string> Temporary>
    bool parse(Temporary&& text, Findings& findings, const Path& at = {}) = delete;

    /// Null where there was no JSON.
    const Node& root() const noexcept { return nodes_.empty() ? null_ : nodes_.front(); }

private:
    std::vector<Node> nodes_;
    std::unique_ptr<char[]> unescaped_;  // the texts that do not stand in the text as they are
    Node null_{Node::Kind::null};
};

}  // namespace licet::formats
