#pragma once

/// \file
/// Processes of their own for tests. Nothing of an SQLite file may be open when one is made: a
/// connection does not survive a fork.

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace licet::test {

/// Runs each piece of work in a process of its own, all let go at the same moment, and gives
/// what each answered; nothing for one that ended in another way.
std::vector<std::optional<std::int64_t>> at_once(
    const std::vector<std::function<std::int64_t()>>& works);

/// What lets processes that were forked wait for one another.
class Signal {
public:
    Signal();
    ~Signal();

    Signal(const Signal&) = delete;
    Signal& operator=(const Signal&) = delete;

    void give() const;
    /// True once it was given; false where that took a minute.
    bool wait() const;

private:
    int read_end_ = -1;
    int write_end_ = -1;
};

/// A program that is told and tells line by line while it runs. Killed with the object.
class Program {
public:
    explicit Program(const std::vector<std::string>& command);
    ~Program();

    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Writes a line to its input.
    void tell(const std::string& line);

    /// The next whole line it has written, waiting for it; nothing at the end of the output.
    std::optional<std::string> line();

    /// Kills it with SIGKILL. True if that is what it died of; false if it had ended before.
    /// What it wrote until then can still be read.
    bool kill();

    /// Ends its input and waits for its end. True if it ended by itself with exit code 0.
    bool succeeded();

private:
    void end_input();

    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
    std::string unread_;
};

}  // namespace licet::test
