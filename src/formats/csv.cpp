#include "formats/csv.hpp"

#include <algorithm>
#include <utility>

#include <licet/ids.hpp>

#include "quoted.hpp"
#include "text.hpp"

namespace licet::formats {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view without_frame(std::string_view file) {
    const std::string_view text = text::without_byte_order_mark(file);
    return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

constexpr bool is_special(char c) noexcept {
    return c == ',' || c == '"' || c == '\n' || c == '\r';
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::deque<std::string>& unescaped, FileReport& report)
    : text_(without_frame(text)),
      unescaped_(unescaped),
      report_(report),
      all_bytes_good_(text::first_bad_byte(text_) == text_.size()) {}

CsvReader::CsvReader(std::string_view line, std::size_t number, std::deque<std::string>& unescaped,
                     FileReport& report)
    : text_(line),
      unescaped_(unescaped),
      report_(report),
      all_bytes_good_(text::first_bad_byte(text_) == text_.size()),
      line_(number) {}

bool CsvReader::next(std::vector<Cell>& row) {
    while (at_ < text_.size()) {
        if (read_row(row)) {
            return true;
        }
        whole_ = false;
    }
    row.clear();
    return false;
}

bool CsvReader::read_row(std::vector<Cell>& row) {
    row.clear();
    bool good = true;
    for (;;) {
        if (row.size() == columns_max) {
            skip_line();
            return broken(Errc::csv_columns, row.front(), {}, "is this the right file?");
        }
        Cell& field = row.emplace_back(place());
        if (!read_field(field)) {
            skip_line();
            return false;
        }
        good = has_good_bytes(field) && good;
        if (here() != ',') {
            return end_row() && good;
        }
        ++at_;
    }
}

bool CsvReader::read_field(Cell& field) {
    return here() == '"' ? read_quoted(field) : read_plain(field);
}

bool CsvReader::read_plain(Cell& field) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_special(text_[at_])) {
        ++at_;
    }
    field.text = text_.substr(begin, at_ - begin);
    if (here() == '"') {
        return broken(Errc::csv_quote_misplaced, place(), quoted(field.text),
                      "quote the whole field and double the quotes inside it");
    }
    return true;
}

bool CsvReader::read_quoted(Cell& field) {
    const std::size_t begin = ++at_;
    std::size_t end = text_.find('"', begin);
    bool doubled = false;
    while (end != npos && end + 1 < text_.size() && text_[end + 1] == '"') {
        doubled = true;
        end = text_.find('"', end + 2);
    }
    if (end == npos) {
        at_ = text_.size();
        return broken(Errc::csv_quote_unclosed, field, {}, "close the quote");
    }
    field.text = text_.substr(begin, end - begin);
    const auto breaks = static_cast<std::size_t>(std::ranges::count(field.text, '\n'));
    if (breaks > 0) {
        line_ += breaks - 1;
        begin_line(begin + field.text.rfind('\n') + 1);
    }
    at_ = end + 1;
    if (here() != ',' && !at_row_end()) {
        return broken(Errc::csv_quote_misplaced, place(), quoted(field.text),
                      "double the quotes inside the field");
    }
    if (doubled) {
        std::string& plain = unescaped_.emplace_back();
        plain.reserve(field.text.size());
        for (std::size_t i = 0; i < field.text.size(); i += field.text[i] == '"' ? 2U : 1U) {
            plain += field.text[i];
        }
        field.text = plain;
    }
    return true;
}

bool CsvReader::has_good_bytes(const Cell& field) {
    if (all_bytes_good_) {
        return true;
    }
    const std::size_t bad = text::first_bad_byte(field.text);
    return bad == field.text.size() ||
           broken(Errc::csv_bad_byte, field, "byte " + std::to_string(bad + 1) + " of the field",
                  "save the file as UTF-8");
}

bool CsvReader::at_row_end() const noexcept {
    return here() == '\n' || text_.substr(at_, 2) == "\r\n";
}

bool CsvReader::end_row() {
    if (!at_row_end()) {
        const Cell found = place();
        skip_line();
        return broken(Errc::csv_line_end, found, {}, "end lines with LF or CRLF");
    }
    skip_line();
    return true;
}

void CsvReader::skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == npos ? text_.size() : end + 1;
    begin_line(at_);
}

void CsvReader::begin_line(std::size_t at) {
    ++line_;
    column_ = 1;
    counted_ = at;
}

Cell CsvReader::place() {
    column_ += text::characters(text_.substr(counted_, at_ - counted_));
    counted_ = at_;
    return {{}, line_, column_};
}

bool CsvReader::broken(Errc rule, const Cell& at, std::string_view detail, std::string_view hint) {
    report_.error(rule, at, detail, hint);
    return false;
}

bool is_column(std::string_view found, std::string_view name) {
    const auto bare = [](std::string_view text) {
        std::string letters = lowercase(text);
        std::erase(letters, ' ');
        return letters;
    };
    return bare(found) == bare(name);
}

void append_csv_row(std::string& out, std::initializer_list<std::string_view> fields) {
    bool first = true;
    for (const std::string_view field : fields) {
        if (!std::exchange(first, false)) {
            out += ',';
        }
        if (std::ranges::none_of(field, is_special)) {
            out += field;
            continue;
        }
        out += '"';
        for (const char c : field) {
            out.append(c == '"' ? 2 : 1, c);
        }
        out += '"';
    }
    out += '\n';
}

}  // namespace licet::formats
