#pragma once

/// \file
/// How licet reports failure.
///
/// A function that can fail returns `result<T>`. The code in its `Error` answers
/// two questions:
///
///     error.code == Errc::offer_id_length        // what happened, exactly?
///     error.code == Condition::invalid_argument  // what kind of failure is it?
///
/// A storage backend may report a code of its own domain, such as errno's.

#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <boost/outcome/std_result.hpp>

#include <licet/finding.hpp>

namespace licet {

/// The name of a rule, such as "offer_id_length".
const char* name_of(Errc code) noexcept;

/// The rule of that name, if there is one.
std::optional<Errc> errc_from(std::string_view name) noexcept;

/// What the rule says was wrong, in one line.
const char* text_of(Errc code) noexcept;

/// What kind of failure it is. The numbers are those of `licet_status` in the C ABI.
enum class Condition {
    invalid_argument = 1,
    not_found = 2,
    conflict = 3,
    permission_denied = 4,
    failed_precondition = 5,
    exhausted = 6,
    unsupported = 7,
    storage = 8,
    contention = 9,
    out_of_memory = 10,
    internal = 11,
};

Condition condition_of(Errc code) noexcept;

const std::error_category& errc_category() noexcept;
const std::error_category& condition_category() noexcept;

std::error_code make_error_code(Errc code) noexcept;
std::error_condition make_error_condition(Condition condition) noexcept;

}  // namespace licet

template <>
struct std::is_error_code_enum<licet::Errc> : std::true_type {};
template <>
struct std::is_error_condition_enum<licet::Condition> : std::true_type {};

namespace licet {

struct Error {
    std::error_code code;           ///< Where there are findings, the first error's.
    std::string detail;             ///< Which value, or where; for people. May be empty.
    std::vector<Finding> findings;  ///< All that is wrong with a document, warnings too.

    /// One line: what the code means, then the detail.
    std::string message() const;
};

// What `result::value()` throws on a failure. Outcome looks for these two when the alias
// below is declared, so they must stay above it.
std::error_code make_error_code(const Error& error) noexcept;
[[noreturn]] void outcome_throw_as_system_error_with_payload(const Error& error);

template <class T>
using result = boost::outcome_v2::std_result<T, Error>;

/// The failure that stands for all findings: its code is the first error's. There must be one.
Error error_of(const Findings& findings);

}  // namespace licet
