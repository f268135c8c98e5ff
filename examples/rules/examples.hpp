#pragma once

/// \file
/// One example for every rule that `offers.check` and `plan_files.check` can give.

#include <span>
#include <string>
#include <string_view>

namespace rules {

enum class Kind {
    patch,     ///< A JSON Merge Patch on `good_offer`.
    text,      ///< An offer document as it is.
    rows,      ///< Rows below the headers of the two files.
    file,      ///< A definition file as it is.
    of_offer,  ///< Rows, held against `good_offer`, which is stored.
};

/// In `text` and `mapping`, `<3 x>` is "xxx", and `<2 "p#">` is `"p1","p2"`.
struct Example {
    std::string_view rule;
    std::string_view source;  ///< As in the tags of the documentation: S, P, O, D.
    Kind kind;
    std::string_view text;
    std::string_view mapping = {};  ///< The good one where it is empty.
};

extern const std::string_view good_offer;
extern const std::string_view good_mapping;

/// Sections of rules.inc of which every rule has an example, or is one of `of_operations`.
extern const std::span<const std::string_view> sections;
/// Rules that only other operations give.
extern const std::span<const std::string_view> of_operations;

std::span<const Example> all();

std::string expanded(std::string_view notation);

}  // namespace rules
