#pragma once

/// \file
/// The words of seats.

#include <licet/seats/commands.hpp>
#include <licet/seats/group.hpp>

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
struct Words<GroupError> {
    static constexpr Word<GroupError> all[] = {
        {"count_violation", GroupError::count_violation},
        {"mutually_exclusive_violation", GroupError::mutually_exclusive_violation},
        {"dependency_violation", GroupError::dependency_violation},
        {"prohibited_in_usage_location", GroupError::prohibited_in_usage_location},
        {"uniqueness_violation", GroupError::uniqueness_violation},
        {"other", GroupError::other},
    };
};
template <>
struct Words<GroupState> {
    static constexpr Word<GroupState> all[] = {
        {"active", GroupState::active},
        {"error", GroupState::error},
    };
};
template <>
struct Words<Decision> {
    static constexpr Word<Decision> all[] = {
        {"no_seat", Decision::no_seat},         {"licensed", Decision::licensed},
        {"in_grace", Decision::in_grace},       {"suspended", Decision::suspended},
        {"no_pool", Decision::no_pool},         {"app_not_mapped", Decision::app_not_mapped},
        {"bad_user_id", Decision::bad_user_id},
    };
};

}  // namespace licet
