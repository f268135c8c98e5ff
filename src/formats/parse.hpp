#pragma once

/// \file
/// JSON text to a DOM, more strictly than Boost.JSON alone: a key given twice and a number that
/// no type can hold are findings, and 30.0 is the whole number it says it is.

#include <string_view>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>

#include <licet/finding.hpp>

namespace licet::formats {

/// Nested deeper than this is a finding.
inline constexpr std::size_t json_depth_max = 32;
/// Of one text no more findings than these are told: each bears a pointer as long as the keys
/// above it.
inline constexpr std::size_t json_findings_max = 100;

/// A parsed text, with the memory it lives in.
class Parsed {
public:
    Parsed() : root_(&memory_) {}
    Parsed(const Parsed&) = delete;
    Parsed& operator=(const Parsed&) = delete;

    /// False, with findings, where the text is not one JSON value as described above.
    bool parse(std::string_view text, Findings& findings, const Path& at = {});

    const boost::json::value& root() const noexcept { return root_; }
    boost::json::value& root() noexcept { return root_; }

private:
    boost::json::monotonic_resource memory_;
    boost::json::value root_;
};

}  // namespace licet::formats
