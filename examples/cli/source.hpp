#pragma once

/// \file
/// A file as people see it: its lines, and columns that count characters.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Bytes of a text, from `begin` up to and without `end`.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Both from 1.
struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
};

class Source {
public:
    /// A byte-order mark is not part of the text.
    Source(std::string name, std::string text);

    /// The file, or for "-" what comes on standard input; nothing where it cannot be read.
    static std::optional<Source> read(const std::string& path);

    const std::string& name() const noexcept { return name_; }
    std::string_view text() const noexcept { return text_; }

    /// In constant time, however long the lines are.
    Place place_of(std::size_t offset) const;
    /// Where a line (from 1) and a column (from 1) stand, or the nearest to it.
    std::size_t offset_of(Place place) const;
    /// Part of the line around an offset: from at most so many characters before it, of at most
    /// that length.
    Span excerpt(std::size_t offset, std::size_t before, std::size_t length) const;
    /// A line without its end.
    std::string_view line(std::size_t number) const;

private:
    std::size_t characters_before(std::size_t offset) const;

    std::string name_;
    std::string text_;
    std::vector<std::size_t> lines_;   // where each begins
    std::vector<std::size_t> blocks_;  // characters before each block of bytes
};

}  // namespace cli
