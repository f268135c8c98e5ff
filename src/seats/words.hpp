#pragma once

/// \file
/// The words of seats.

#include <licet/seats/commands.hpp>

#include "enum_words.hpp"

namespace licet {

template <>
struct Words<Mode> {
    static constexpr Word<Mode> all[] = {
        {"atomic", Mode::atomic},
        {"best_effort", Mode::best_effort},
    };
};
template <>
struct Words<Outcome> {
    static constexpr Word<Outcome> all[] = {
        {"assigned", Outcome::assigned}, {"already", Outcome::already},
        {"released", Outcome::released}, {"absent", Outcome::absent},
        {"failed", Outcome::failed},
    };
};
template <>
struct Words<Decision> {
    static constexpr Word<Decision> all[] = {
        {"no_seat", Decision::no_seat},   {"licensed", Decision::licensed},
        {"in_grace", Decision::in_grace}, {"suspended", Decision::suspended},
        {"no_pool", Decision::no_pool},   {"app_not_mapped", Decision::app_not_mapped},
    };
};

}  // namespace licet
