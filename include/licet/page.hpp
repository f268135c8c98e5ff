#pragma once

/// \file
/// What every operation shares: who asks, how often, and how lists come in pages.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <licet/access.hpp>
#include <licet/finding.hpp>

namespace licet {

/// A JSON value, as text.
struct Json {
    std::string text;

    friend bool operator==(const Json&, const Json&) = default;
};

/// Who calls, and how a mutation is made safe to repeat.
struct Caller {
    Actor as;
    /// 1 to 128 bytes: the same command under the same key is done once and answered again.
    std::optional<std::string> idempotency_key;
    /// Fails with `revision_differs` where the record has another.
    std::optional<std::uint64_t> expected_revision;
};

/// What a mutation answers beside its value.
template <class T>
struct Written {
    T value;
    std::uint64_t revision = 0;     ///< The record's own change count.
    std::vector<Finding> findings;  ///< Warnings.
    bool replayed = false;          ///< Done before; this is the answer of that time.
};

/// Which part of a list to answer.
struct PageRequest {
    std::int64_t limit = 100;          ///< 1..1000.
    std::optional<std::string> after;  ///< The `next` of the page before.
};

template <class T>
struct PageOf {
    std::vector<T> items;
    std::optional<std::string> next;  ///< Absent on the last page.
};

}  // namespace licet
