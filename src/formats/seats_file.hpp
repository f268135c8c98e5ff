#pragma once

/// \file
/// Seats as a table: `User,Service ID`, a line each, whatever pieces it comes in.

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/seats/commands.hpp>
#include <licet/stream.hpp>

#include "file_report.hpp"

namespace licet::formats {

/// A line as it was given, and the seat it names; where it names none, its outcome says why.
struct SeatsFileRow {
    std::string text;  ///< Without its end.
    UserId user;
    ServiceId service_id;
    ImportOutcome outcome;

    bool names_seat() const noexcept { return !outcome.error; }
};

/// Gives the rows of a seats file one by one, in memory that does not grow with the file: neither
/// field can have a line break in it, so a row is a line, and a longer one than any seat's is
/// passed over. A line that breaks a rule is a row as well, and reading goes on in the next.
class SeatsFileReader {
public:
    static constexpr std::size_t line_size_max = 4096;

    /// The stream must outlive it.
    explicit SeatsFileReader(Stream& stream);

    /// Comes first. Fails with findings at /csv where it is not the header, and with what the
    /// stream fails with.
    result<void> read_header();

    /// Nothing at the end. Fails with what the stream fails with.
    result<std::optional<SeatsFileRow>> next();

    /// Warnings of the rows so far, at /csv/<line>/<column>.
    const FileReport& noticed() const noexcept { return noticed_; }

private:
    result<std::optional<std::string_view>> next_line();
    result<bool> find_line_end();
    result<void> pull_more();
    void read_row(SeatsFileRow& row);

    Stream& stream_;
    std::string buffer_;       // what is pulled and not yet given is [begin_, end_)
    std::size_t begin_ = 0;    // of the line
    std::size_t scanned_ = 0;  // no line ends between begin_ and here
    std::size_t end_ = 0;
    bool at_end_ = false;
    bool too_long_ = false;  // the line that is being read
    std::size_t number_ = 0;
    std::deque<std::string> unescaped_;
    std::vector<Cell> cells_;
    FileReport noticed_{"csv"};
};

/// The header of outcomes, and a line of them: `Line,User,Service ID,Outcome,Error`.
void append_outcome_header(std::string& out);
void append_outcome(std::string& out, const ImportOutcome& outcome);

}  // namespace licet::formats
