#pragma once

/// \file
/// A document of the tests' own that has a field of every sort.

#include <cstdint>
#include <optional>
#include <string>

#include "formats/codecs.hpp"

namespace licet::test {

struct Lid {
    bool open = false;
    std::int64_t weight = 0;
};

struct Box {
    std::string serial;
    std::string name;
    std::int64_t size = 7;
    std::optional<std::string> label;
    std::optional<std::string> note;
    Lid lid;
    std::string state = "new";
    std::string seal;
    std::int64_t shelf = 0;
    std::string secret;
};

}  // namespace licet::test

namespace licet::formats {

template <>
struct Table<test::Lid> {
    using Lid = test::Lid;
    static constexpr Field fields[] = {
        field<Lid, &Lid::open>("open"),
        field<Lid, &Lid::weight>("weight", Need::defaulted, Set::by_licet),
    };
};
template <>
struct Table<test::Box> {
    using Box = test::Box;
    static constexpr Field fields[] = {
        field<Box, &Box::serial>("serial", Need::required, Set::once),
        field<Box, &Box::name>("name", Need::required, Set::by_caller, {1, 10}),
        field<Box, &Box::size>("size", Need::defaulted, Set::by_caller, {0, 100}),
        field<Box, &Box::label>("label", Need::optional, Set::by_caller, {1, 5}),
        field<Box, &Box::note>("note", Need::nullable),
        field<Box, &Box::lid>("lid", Need::defaulted),
        field<Box, &Box::state>("state", Need::defaulted, Set::by_licet),
        field<Box, &Box::seal>("seal", Need::defaulted, Set::echoed),
        field<Box, &Box::shelf>("shelf", Need::required, Set::in_store),
        field<Box, &Box::secret>("secret", Need::defaulted, Set::secret),
    };
};

}  // namespace licet::formats
