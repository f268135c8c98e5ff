#pragma once

/// \file
/// Findings with their places in the files they are about, told as a compiler tells them:
///
///     offer.json:3:9: error: offer id is not 3 to 50 characters long: "f3" [offer_id_length]
///         3 |   "id": "f3",
///           |         ^~~~
///           = use 3 to 50 characters

#include <span>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include <licet/error.hpp>

#include "source.hpp"
#include "terminal.hpp"

namespace cli {

// How a command ends.
constexpr int clean = 0;
constexpr int refused = 1;        ///< There are findings of severity error, or licet said no.
constexpr int could_not_run = 2;  ///< A file, the store or the command line itself.

struct Diagnostic {
    licet::Finding finding;
    Span span;
};

/// What was found in one file.
struct Report {
    const Source& source;
    std::vector<Diagnostic> diagnostics;
};

struct Count {
    std::size_t errors = 0;
    std::size_t warnings = 0;
};
Count count(std::span<const Report> reports);

/// Findings about the JSON that a file holds. Their pointers lose `prefix` ("/offer").
Report in_json(const Source& source, std::vector<licet::Finding> findings,
               std::string_view prefix = {});

/// The findings of an operation's answer.
std::vector<licet::Finding> findings_of(const boost::json::object& answer);

std::string_view word_of(licet::Severity severity);

void print(Output& out, const Report& report);

/// What an operation failed with: its findings where they stand in `source`, or one line. Gives
/// the exit status.
int print_failure(Terminal& terminal, const licet::Error& error, const Source& source,
                  std::string_view prefix = {});
int print_failure(Terminal& terminal, const licet::Error& error);

/// "licet: error: " and the text, for what has no place in a file.
void print_error(Terminal& terminal, std::string_view text);

}  // namespace cli
