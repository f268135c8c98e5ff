#include "terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <unistd.h>

namespace cli {
namespace {

constexpr std::chrono::milliseconds patience(1000);
constexpr std::chrono::milliseconds pace(100);

std::string_view code_of(Style style) {
    switch (style) {
        case Style::plain:
            return "";
        case Style::strong:
            return "\x1b[1m";
        case Style::error:
            return "\x1b[1;31m";
        case Style::warning:
            return "\x1b[1;35m";
        case Style::added:
            return "\x1b[32m";
        case Style::removed:
            return "\x1b[31m";
        case Style::changed:
            return "\x1b[33m";
        case Style::quiet:
            return "\x1b[2m";
    }
    return "";
}

std::string bar(std::size_t done, std::size_t total) {
    constexpr std::size_t width = 30;
    if (total == 0) {
        return "";
    }
    const std::size_t full = std::min(done, total) * width / total;
    return "[" + std::string(full, '#') + std::string(width - full, '-') + "] ";
}

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

void Output::paint(Style style, std::string_view text) {
    const std::string_view code = has_color_ ? code_of(style) : "";
    stream_ << code << text << (code.empty() ? "" : "\x1b[0m");
}

Terminal Terminal::of_process() {
    const bool may_color = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
    const bool err_is_terminal = ::isatty(STDERR_FILENO) == 1;
    return {Output(std::cout, may_color && ::isatty(STDOUT_FILENO) == 1),
            Output(std::cerr, may_color && err_is_terminal), err_is_terminal};
}

Progress::Progress(Terminal& terminal, std::string_view what, std::size_t total)
    : terminal_(terminal),
      what_(what),
      total_(total),
      next_(std::chrono::steady_clock::now() + patience) {}

Progress::~Progress() {
    if (is_shown_) {
        terminal_.err << "\r\x1b[K";
        terminal_.err.flush();
    }
}

void Progress::reach(std::size_t done, std::size_t total) {
    done_ = done;
    total_ = total;
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_.shows_progress || now < next_) {
        return;
    }
    terminal_.err << "\r\x1b[K" << bar(done_, total_) << done_;
    if (total_ > 0) {
        terminal_.err << " of " << total_;
    }
    terminal_.err << " " << what_;
    terminal_.err.flush();
    is_shown_ = true;
    next_ = now + pace;
}

}  // namespace cli
