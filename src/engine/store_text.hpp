#pragma once

/// \file
/// The text of a store (archive.hpp): written line by line, and read so that no damage gets
/// further than its line.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/finding.hpp>
#include <licet/store/store.hpp>
#include <licet/stream.hpp>

#include "formats/node.hpp"
#include "store/record_walk.hpp"

namespace licet::store_text {

/// Lines with their ends.
std::string first_line();
std::string line(const Record& record, std::string_view hash);
std::string last_line(const RecordChain& all);

/// A stream's text line by line. A line is at most 256 MiB long: `text_length`.
class Lines {
public:
    explicit Lines(Stream& stream) : stream_(stream), buffer_(std::size_t{1} << 16U) {}

    /// Without its end, until the next one; nothing after the last.
    result<std::optional<std::string_view>> next();
    /// Of the line that was given last, or of that which is missing; from 1.
    std::size_t number() const noexcept { return number_; }

private:
    result<bool> fill();

    Stream& stream_;
    std::vector<char> buffer_;
    std::string_view unread_;  // in buffer_
    std::string line_;
    std::size_t number_ = 0;
};

class Reader {
public:
    explicit Reader(Stream& stream) : lines_(stream) {}

    /// The first line. Fails with findings, or `store_format_newer`.
    result<void> begin();

    /// The next record; nothing after the last line. From the first damage on there are no more:
    /// the rest is looked through for further damage, and all of it is told.
    result<std::optional<Record>> next();

    /// Of the records that were given.
    const RecordChain& chain() const noexcept { return chain_; }

private:
    enum class Kind { record, last, damaged };

    Kind judge(std::string_view line, Record& record);
    Kind judge_record(const formats::Node& document, Record& record);
    Kind judge_last(const formats::Node& document);
    bool is_in_order(const Record& record);
    Kind damaged(Errc rule, std::string_view detail);

    Lines lines_;
    Findings findings_;
    RecordChain chain_;
    std::string last_key_;
    std::optional<std::string> last_hash_ = "";  // none after a line that said none
};

}  // namespace licet::store_text
