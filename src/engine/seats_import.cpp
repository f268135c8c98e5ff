// Seats from a table, by pieces: no more than a part of it is ever in memory.

#include <licet/engine/seats.hpp>

#include <algorithm>
#include <functional>
#include <iterator>

#include <boost/outcome/try.hpp>

#include "engine/core.hpp"
#include "engine/import_part.hpp"
#include "engine/parts.hpp"
#include "formats/seats_file.hpp"

namespace licet {
namespace {

using formats::SeatsFileReader;
using formats::SeatsFileRow;

// A text as a stream has it.
class TextSource final : public Stream {
public:
    explicit TextSource(std::string_view text) noexcept : text_(text) {}

    result<std::size_t> pull(std::span<char> buffer) override {
        const std::size_t size = text_.copy(buffer.data(), buffer.size());
        text_.remove_prefix(size);
        return size;
    }

private:
    std::string_view text_;
};

// The lines that come next: a part and one more, which says whether that is the last part.
class Lines {
public:
    explicit Lines(Stream& source) : reader_(source) {}

    result<void> begin() { return reader_.read_header(); }

    result<void> fill() {
        while (!at_end_ && rest().size() <= part_max) {
            BOOST_OUTCOME_TRY(auto row, reader_.next());
            at_end_ = !row;
            if (row) {
                rows_.push_back(*std::move(row));
            }
        }
        return boost::outcome_v2::success();
    }

    std::span<const SeatsFileRow> rest() const noexcept { return std::span(rows_).subspan(taken_); }
    bool at_end() const noexcept { return at_end_; }
    const FileReport& noticed() const noexcept { return reader_.noticed(); }

    // The outcomes of the first so many, which are gone then.
    std::vector<ImportOutcome> take(std::size_t count, const std::vector<SeatOutcome>& of_seats) {
        std::vector<ImportOutcome> outcomes;
        outcomes.reserve(count);
        auto of_seat = of_seats.begin();
        for (SeatsFileRow& row : std::span(rows_).subspan(taken_, count)) {
            if (row.names_seat()) {
                row.outcome.outcome = of_seat->outcome;
                row.outcome.error = of_seat->error;
                ++of_seat;
            }
            outcomes.push_back(std::move(row.outcome));
        }
        taken_ += count;
        if (taken_ >= part_max || taken_ == rows_.size()) {
            rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(taken_));
            taken_ = 0;
        }
        return outcomes;
    }

private:
    SeatsFileReader reader_;
    std::vector<SeatsFileRow> rows_;
    std::size_t taken_ = 0;  // of the rows, at their begin
    bool at_end_ = false;
};

void count(ImportedSeats& answer, const std::vector<ImportOutcome>& outcomes) {
    answer.count += outcomes.size();
    for (const ImportOutcome& outcome : outcomes) {
        std::uint64_t& counted = outcome.outcome == Outcome::assigned  ? answer.assigned
                                 : outcome.outcome == Outcome::already ? answer.already
                                                                       : answer.failed;
        ++counted;
    }
}

using Sink = std::function<result<void>(std::vector<ImportOutcome>)>;

// Gives `sink` the outcomes of each part when it is done.
result<Written<ImportedSeats>> import_lines(Core& core, const ImportSeats& command,
                                            const Caller& caller, Stream& source, Stream& stream,
                                            const Sink& sink) {
    Lines lines(source);
    BOOST_OUTCOME_TRYV(lines.begin());
    Parts parts(caller, stream, "lines", 0);
    std::size_t size = part_size(core.store().limits());
    Written<ImportedSeats> answer;
    answer.replayed = true;
    do {
        BOOST_OUTCOME_TRYV(parts.begin());
        if (auto filled = lines.fill(); !filled) {
            return parts.stopped(std::move(filled).error());
        }
        const ImportPart part{command.tenant, command.usage_location, lines.rest(), lines.at_end()};
        auto done = import_part(core, part, size, parts.caller());
        if (!done) {
            if (is_halved(done.error(), size)) {
                continue;
            }
            return parts.stopped(std::move(done).error());
        }
        parts.advance(done.value().value.lines);
        answer.replayed = answer.replayed && done.value().replayed;
        auto outcomes = lines.take(done.value().value.lines, done.value().value.outcomes);
        count(answer.value, outcomes);
        if (auto told = sink(std::move(outcomes)); !told) {
            return parts.stopped(std::move(told).error());
        }
    } while (!lines.at_end() || !lines.rest().empty());
    parts.end();
    Findings warnings;
    lines.noticed().tell(warnings);
    answer.findings = std::move(warnings).take();
    return answer;
}

}  // namespace

result<Written<ImportedSeats>> Seats::import_seats(const ImportSeats& command,
                                                   const Caller& caller) {
    if (!command.csv) {
        Findings findings;
        findings.error(Errc::missing_field, Path() / "csv", "csv");
        return error_of(findings);
    }
    BOOST_OUTCOME_TRYV(authorize(caller.as, ImportSeats::action, {{}, command.tenant}));
    TextSource source(*command.csv);
    std::vector<ImportOutcome> all;
    BOOST_OUTCOME_TRY(auto answer,
                      import_lines(core_, command, caller, source, source,
                                   [&](std::vector<ImportOutcome> outcomes) -> result<void> {
                                       std::ranges::move(outcomes, std::back_inserter(all));
                                       return boost::outcome_v2::success();
                                   }));
    answer.value.outcomes = std::move(all);
    return answer;
}

result<Written<ImportedSeats>> Seats::import_seats(const ImportSeats& command, const Caller& caller,
                                                   Stream& stream) {
    BOOST_OUTCOME_TRYV(authorize(caller.as, ImportSeats::action, {{}, command.tenant}));
    TextSource given(command.csv ? std::string_view(*command.csv) : std::string_view());
    std::string piece;
    formats::append_outcome_header(piece);
    return import_lines(core_, command, caller, command.csv ? given : stream, stream,
                        [&](const std::vector<ImportOutcome>& outcomes) -> result<void> {
                            for (const ImportOutcome& outcome : outcomes) {
                                formats::append_outcome(piece, outcome);
                            }
                            auto told = stream.push(piece);
                            piece.clear();
                            return told;
                        });
}

}  // namespace licet
