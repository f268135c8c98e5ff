#pragma once

/// \file
/// What each command takes, and the command itself. All give the exit status.

#include <cstdint>
#include <string>
#include <vector>

#include "terminal.hpp"

namespace cli {

/// Which store, and who asks it.
struct Access {
    std::string store;  ///< memory, a path, sqlite:PATH, postgresql://…, or a configuration.
    std::string as;     ///< publisher:ID, tenant:ID, reviewer, or an actor in JSON.
};

struct LintOptions {
    std::vector<std::string> files;
    std::string profile = "create";
    std::string format = "text";
};
int lint(const LintOptions& options, Terminal& terminal);

struct ApplyOptions {
    std::string file;
    std::string profile = "create";
    bool dry_run = false;
    Access access;
};
int apply(const ApplyOptions& options, Terminal& terminal);

struct PlanFilesOptions {
    std::string file;
    std::string folder = ".";
};
int write_plan_files(const PlanFilesOptions& options, Terminal& terminal);

struct MatrixOptions {
    std::string offer;  ///< A file; in a store, PUBLISHER.OFFER.
    std::string format = "text";
    Access access;
};
int show_matrix(const MatrixOptions& options, Terminal& terminal);

struct CallOptions {
    std::string operation;
    std::string arguments = "{}";  ///< "-": what comes on standard input.
    std::string input;             ///< Where the operation's long text comes from; "": nowhere.
    std::string output;            ///< Where it goes; "": into the answer.
    Access access;
};
int call(const CallOptions& options, Terminal& terminal);

struct RunOptions {
    std::string scenario;
    std::string store;
};
int run(const RunOptions& options, Terminal& terminal);

struct EventsOptions {
    std::string stream;
    std::uint64_t limit = 0;  ///< 0: all.
    std::string format = "text";
    Access access;
};
int list_events(const EventsOptions& options, Terminal& terminal);

struct VerifyOptions {
    std::vector<std::string> streams;
    Access access;
};
int verify(const VerifyOptions& options, Terminal& terminal);

struct StoreOptions {
    std::string action;  ///< copy, export or import.
    std::vector<std::string> stores;
};
int manage_store(const StoreOptions& options, Terminal& terminal);

int list_operations(const std::string& format, Terminal& terminal);
int show_schema(const std::string& name, Terminal& terminal);

}  // namespace cli
