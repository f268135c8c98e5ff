#pragma once

/// \file
/// What is wrong with a text file of rows.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <licet/finding.hpp>

namespace licet {

/// A field of a file and where it begins. Lines and columns count from 1, columns in Unicode code
/// points; a line break inside a field begins a line. Made by default it is the file as a whole.
struct Cell {
    std::string_view text;
    std::size_t line = 0;
    std::size_t column = 0;
};

/// Collects findings about one file. Of errors and of warnings the first hundred each that are
/// met are told, and then that there are more: what is wrong with a long file fits an answer.
class FileReport {
public:
    static constexpr std::size_t told_max = 100;

    /// The findings will stand at `/<file>/<line>/<column>`, or at `/<file>`.
    explicit FileReport(std::string_view file) : file_(file) {}

    void error(Errc rule, const Cell& at, std::string_view detail, std::string_view hint);
    void warning(Errc rule, const Cell& at, std::string_view detail, std::string_view hint);
    void add(Errc rule, Severity severity, const Cell& at, std::string_view detail,
             std::string_view hint);

    bool has_errors() const noexcept { return met(Severity::error) > 0; }

    /// All that is told, by line and column.
    void tell(Findings& findings) const;

private:
    struct Noted {
        Errc rule;
        Severity severity;
        std::size_t line;
        std::size_t column;
        std::string detail;
        std::string hint;
    };

    std::size_t met(Severity severity) const noexcept {
        return met_[static_cast<std::size_t>(severity)];
    }

    std::string file_;
    std::vector<Noted> noted_;
    std::array<std::size_t, 2> met_{};  // by severity
};

}  // namespace licet
