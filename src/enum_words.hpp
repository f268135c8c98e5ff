#pragma once

/// \file
/// The words by which documents and messages know the values of enumerations. Those of a room's
/// own stand in its `words.hpp`.

#include <string_view>
#include <utility>

#include <licet/access.hpp>
#include <licet/finding.hpp>
#include <licet/ids.hpp>
#include <licet/policy.hpp>

namespace licet {

template <class E>
using Word = std::pair<std::string_view, E>;

/// Specialised for every enumeration that has words:
///     static constexpr Word<E> all[] = {…};
template <class E>
struct Words;

template <class E>
requires requires { Words<E>::all; }
constexpr std::string_view word_of(E value) noexcept {
    for (const auto& [word, known] : Words<E>::all) {
        if (known == value) {
            return word;
        }
    }
    return {};
}

template <>
struct Words<Role> {
    static constexpr Word<Role> all[] = {
        {"global_admin", Role::global_admin},     {"account_admin", Role::account_admin},
        {"referral_admin", Role::referral_admin}, {"developer", Role::developer},
        {"billing_admin", Role::billing_admin},   {"license_admin", Role::license_admin},
        {"user_admin", Role::user_admin},         {"reviewer", Role::reviewer},
    };
};
template <>
struct Words<Profile> {
    static constexpr Word<Profile> all[] = {
        {"create", Profile::create},
        {"import", Profile::import},
    };
};
template <>
struct Words<Severity> {
    static constexpr Word<Severity> all[] = {
        {"error", Severity::error},
        {"warning", Severity::warning},
    };
};
template <>
struct Words<Lowering> {
    static constexpr Word<Lowering> all[] = {
        {"over_assign", Lowering::over_assign},
        {"reject", Lowering::reject},
        {"unassign_newest", Lowering::unassign_newest},
    };
};

}  // namespace licet
