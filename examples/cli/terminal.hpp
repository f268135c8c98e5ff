#pragma once

/// \file
/// Where a command writes: what it answers, what it says beside that, and whether in colour.

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace cli {

enum class Style { plain, strong, error, warning, added, removed, changed, quiet };

/// A stream that people or programs read.
class Output {
public:
    Output(std::ostream& stream, bool has_color) : stream_(stream), has_color_(has_color) {}

    template <class T>
    Output& operator<<(const T& value) {
        stream_ << value;
        return *this;
    }
    void paint(Style style, std::string_view text);
    /// False where not all of what it was given could be written.
    bool flush() { return stream_.flush().good(); }
    bool is_good() const { return stream_.good(); }

private:
    std::ostream& stream_;
    bool has_color_;
};

struct Terminal {
    Output out;
    Output err;
    bool shows_progress = false;

    /// The process's own streams: in colour on a terminal, unless NO_COLOR is set and not empty.
    static Terminal of_process();
};

/// Says on a terminal how far a long work is, from its first second on; with a bar where it is
/// known how long it is.
class Progress {
public:
    /// `what` is counted: "files".
    Progress(Terminal& terminal, std::string_view what, std::size_t total = 0);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void advance(std::size_t count = 1) { reach(done_ + count, total_); }
    void reach(std::size_t done, std::size_t total);

private:
    Terminal& terminal_;
    std::string_view what_;
    std::size_t total_;
    std::size_t done_ = 0;
    bool is_shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace cli
