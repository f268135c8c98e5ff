#pragma once

/// \file
/// Tables as text: RFC 4180, read strictly, in time linear in the text.

#include <cstddef>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "file_report.hpp"

namespace licet::formats {

/// Gives the rows of a text one by one. Takes a byte-order mark, LF or CRLF, and blank lines at
/// the end; a blank line before that is a row of one empty field.
///
/// A row that breaks a rule is reported and left out, and reading goes on in the next line:
/// `csv_quote_misplaced`, `csv_line_end` (a CR alone), `csv_bad_byte` (NUL or not UTF-8),
/// `csv_columns`. After `csv_quote_unclosed` nothing is left to read.
class CsvReader {
public:
    static constexpr std::size_t columns_max = 1000;

    /// The fields refer to the text and, where a quote stood in them twice, to `unescaped`. These
    /// and the report must outlive reader and fields.
    CsvReader(std::string_view text, std::deque<std::string>& unescaped, FileReport& report);

    /// The same for one line of a longer text, which is that number, without its end. A quote that
    /// is not closed in it is not closed at all.
    CsvReader(std::string_view line, std::size_t number, std::deque<std::string>& unescaped,
              FileReport& report);

    /// False, with `row` empty, at the end.
    bool next(std::vector<Cell>& row);

    /// False once a row has been left out.
    bool is_whole() const noexcept { return whole_; }

private:
    bool read_row(std::vector<Cell>& row);
    bool read_field(Cell& field);
    bool read_plain(Cell& field);
    bool read_quoted(Cell& field);
    bool has_good_bytes(const Cell& field);
    bool end_row();
    bool at_row_end() const noexcept;
    void skip_line();

    char here() const noexcept { return at_ < text_.size() ? text_[at_] : '\n'; }
    Cell place();
    void begin_line(std::size_t at);
    bool broken(Errc rule, const Cell& at, std::string_view detail, std::string_view hint);

    std::string_view text_;
    std::deque<std::string>& unescaped_;
    FileReport& report_;
    bool all_bytes_good_;
    bool whole_ = true;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;  // of the byte at counted_
    std::size_t counted_ = 0;
};

/// True where a header's field is this column, ignoring case and spaces.
bool is_column(std::string_view found, std::string_view name);

/// Adds a row that ends with LF; a field is quoted only where it needs to be.
void append_csv_row(std::string& out, std::initializer_list<std::string_view> fields);

}  // namespace licet::formats
