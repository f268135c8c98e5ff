#include "formats/seats_file.hpp"

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "formats/csv.hpp"
#include "quoted.hpp"
#include "seats/words.hpp"
#include "text.hpp"

namespace licet::formats {
namespace {

constexpr std::size_t piece_size = 65'536;

// The rule that a report is about.
Errc rule_of(const FileReport& report) {
    Findings findings;
    report.tell(findings);
    return findings.all().front().rule;
}

template <class Id>
std::optional<Errc> parse_into(Id& id, std::string_view text) {
    auto parsed = Id::parse(text);
    if (!parsed) {
        return static_cast<Errc>(parsed.error().code.value());
    }
    id = std::move(parsed).value();
    return std::nullopt;
}

}  // namespace

SeatsFileReader::SeatsFileReader(Stream& stream)
    : stream_(stream), buffer_(line_size_max + piece_size, '\0') {}

result<void> SeatsFileReader::read_header() {
    BOOST_OUTCOME_TRY(const auto line, next_line());
    std::string_view header = line.value_or("");
    if (number_ == 1) {
        header = text::without_byte_order_mark(header);
    }
    FileReport report("csv");
    CsvReader(header, std::max<std::size_t>(number_, 1), unescaped_, report).next(cells_);
    const bool is_header = cells_.size() == 2 && is_column(cells_[0].text, "User") &&
                           is_column(cells_[1].text, "Service ID");
    if (!is_header && !report.has_errors()) {
        report.error(Errc::seats_file_header, Cell{{}, std::max<std::size_t>(number_, 1), 1},
                     quoted(header), "write User,Service ID");
    }
    if (report.has_errors()) {
        Findings findings;
        report.tell(findings);
        return error_of(findings);
    }
    return boost::outcome_v2::success();
}

result<std::optional<SeatsFileRow>> SeatsFileReader::next() {
    BOOST_OUTCOME_TRY(const auto line, next_line());
    if (!line) {
        return std::nullopt;
    }
    SeatsFileRow row;
    row.text = *line;
    row.outcome.line = number_;
    read_row(row);
    return std::optional(std::move(row));
}

void SeatsFileReader::read_row(SeatsFileRow& row) {
    ImportOutcome& outcome = row.outcome;
    if (too_long_) {
        outcome.error = Errc::seats_file_line_length;
        return;
    }
    FileReport report("csv");
    unescaped_.clear();
    CsvReader(row.text, number_, unescaped_, report).next(cells_);
    if (report.has_errors()) {
        outcome.error = rule_of(report);
        return;
    }
    if (cells_.size() != 2) {
        outcome.error = Errc::seats_file_row_length;
        return;
    }
    outcome.user = cells_[0].text;
    outcome.service_id = cells_[1].text;
    outcome.error = parse_into(row.user, outcome.user);
    if (!outcome.error) {
        outcome.user = row.user.str();
        outcome.error = parse_into(row.service_id, lowercase(outcome.service_id));
    }
    if (!outcome.error && outcome.service_id != row.service_id.str()) {
        noticed_.warning(Errc::id_not_lowercase, cells_[1], quoted(outcome.service_id),
                         "write it in small letters");
        outcome.service_id = row.service_id.str();
    }
}

// The next line that is not blank, without its end; valid until the next call.
result<std::optional<std::string_view>> SeatsFileReader::next_line() {
    for (;;) {
        too_long_ = false;
        BOOST_OUTCOME_TRY(const bool found, find_line_end());
        if (!found && begin_ == end_ && !too_long_) {
            return std::nullopt;
        }
        std::string_view line(buffer_.data() + begin_, scanned_ - begin_);
        begin_ = scanned_ = found ? scanned_ + 1 : scanned_;
        ++number_;
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        too_long_ = too_long_ || line.size() > line_size_max;
        if (too_long_ || !line.empty()) {
            return std::optional(too_long_ ? std::string_view() : line);
        }
    }
}

// Moves `scanned_` to the line's end; false where the text ends without one.
result<bool> SeatsFileReader::find_line_end() {
    for (;;) {
        const std::size_t found = std::string_view(buffer_).substr(0, end_).find('\n', scanned_);
        if (found != std::string_view::npos) {
            scanned_ = found;
            return true;
        }
        scanned_ = end_;
        if (at_end_) {
            return false;
        }
        if (end_ - begin_ > line_size_max + 1) {  // with the CR that may belong to its end
            too_long_ = true;
            begin_ = end_;
        }
        BOOST_OUTCOME_TRYV(pull_more());
    }
}

result<void> SeatsFileReader::pull_more() {
    std::copy(buffer_.data() + begin_, buffer_.data() + end_, buffer_.data());
    end_ -= begin_;
    scanned_ -= begin_;
    begin_ = 0;
    const std::span<char> room(buffer_.data() + end_, buffer_.size() - end_);
    BOOST_OUTCOME_TRY(const std::size_t pulled, stream_.pull(room));
    end_ += std::min(pulled, room.size());
    at_end_ = pulled == 0;
    return boost::outcome_v2::success();
}

void append_outcome_header(std::string& out) {
    append_csv_row(out, {"Line", "User", "Service ID", "Outcome", "Error"});
}

void append_outcome(std::string& out, const ImportOutcome& outcome) {
    append_csv_row(out, {std::to_string(outcome.line), outcome.user, outcome.service_id,
                         word_of(outcome.outcome), outcome.error ? name_of(*outcome.error) : ""});
}

}  // namespace licet::formats
