#pragma once

/// \file
/// The command line: which commands there are, what they take, and how their help reads. The
/// completion scripts and the manual page are made from this description and nothing else.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "commands.hpp"

namespace cli {

/// What was asked for.
struct Line {
    LintOptions lint;
    ApplyOptions apply;
    PlanFilesOptions plan_files;
    MatrixOptions matrix;
    CallOptions call;
    RunOptions run;
    EventsOptions events;
    VerifyOptions verify;
    StoreOptions store;
    std::string operations_format = "text";
    std::string schema;
    std::string shell;
    std::string date;
    std::function<int(Terminal&)> command;
};

/// Parsing fills in `line`, which must live as long. Where the first word of the command line is a
/// command that says nothing of others, it is the only one: to describe them all takes longer than
/// to lint a file.
std::unique_ptr<CLI::App> describe(Line& line, std::string_view first_word);

/// What is wrong with a command line, and where to look it up.
std::string complaint(const CLI::App& program, const CLI::ParseError& error,
                      std::string_view first_word);

/// A script that completes licet's command line in bash, zsh or fish.
std::string completion(const CLI::App& program, const std::string& shell);

/// The manual page, in man(7).
std::string manual(const CLI::App& program, const std::string& date);

// The description, read.
std::vector<const CLI::App*> commands_of(const CLI::App& program);
std::vector<const CLI::Option*> options_of(const CLI::App& command);
std::vector<const CLI::Option*> positionals_of(const CLI::App& command);
/// The words that an option or positional takes; empty where it takes anything.
std::vector<std::string> words_of(const CLI::Option& option);
/// The dashed names: "-o", "--output".
std::vector<std::string> names_of(const CLI::Option& option);
bool takes_value(const CLI::Option& option);

}  // namespace cli
