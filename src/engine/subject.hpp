#pragma once

/// \file
/// The user a check is about, as the index knows users.

#include <cstdint>
#include <string_view>

#include "engine/guid.hpp"
#include "engine/hash.hpp"
#include "engine/siphash.hpp"

namespace licet {

/// A GUID is its 16 bytes. An opaque id is a keyed hash of 16 bytes, in a set of its own, so that
/// the two cannot be taken for one another.
struct Subject {
    Key128 key;
    std::uint64_t hash = 0;
    bool is_opaque = false;
};

/// Makes subjects of user ids as text.
class Subjects {
public:
    explicit Subjects(KeyStream& keys) noexcept
        : hash_(keys), opaque_key_{keys.next(), keys.next()} {}

    /// Text that is no user id becomes one that nobody is.
    Subject of(std::string_view user) const noexcept {
        if (const auto guid = parse_guid(user)) [[likely]] {
            return {*guid, hash_(*guid), false};
        }
        return opaque(user);
    }

    const KeyHash& hash() const noexcept { return hash_; }

private:
    Subject opaque(std::string_view user) const noexcept {
        const Key128 key = siphash(opaque_key_, user.substr(0, size_max + 1));
        return {key, hash_(key), true};
    }

    // An id is shorter; more of what cannot be one need not be read.
    static constexpr std::size_t size_max = 64;

    KeyHash hash_;
    Key128 opaque_key_;
};

}  // namespace licet
