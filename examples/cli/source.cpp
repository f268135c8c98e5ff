#include "source.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace cli {
namespace {

constexpr std::size_t block_size = 1024;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), lines_{0} {
    if (text_.starts_with("\xEF\xBB\xBF")) {
        text_.erase(0, 3);
    }
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (i % block_size == 0) {
            blocks_.push_back(characters);
        }
        characters += begins_character(text_[i]) ? 1U : 0U;
        if (text_[i] == '\n') {
            lines_.push_back(i + 1);
        }
    }
    blocks_.push_back(characters);
}

std::optional<Source> Source::read(const std::string& path) {
    std::ifstream file;
    if (path != "-") {
        file.open(path, std::ios::binary);
    }
    std::istream& in = path == "-" ? std::cin : file;
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in || file.bad()) {
        return std::nullopt;
    }
    return Source(path == "-" ? "<stdin>" : path, std::move(text));
}

Place Source::place_of(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::ranges::upper_bound(lines_, offset);
    const auto line = static_cast<std::size_t>(after - lines_.begin());
    return {line, characters_before(offset) - characters_before(lines_[line - 1]) + 1};
}

std::size_t Source::offset_of(Place place) const {
    const std::string_view text = line(place.line);
    std::size_t characters = 0;
    std::size_t at = 0;
    while (at < text.size() && characters + 1 < place.column) {
        ++at;
        while (at < text.size() && !begins_character(text[at])) {
            ++at;
        }
        ++characters;
    }
    return static_cast<std::size_t>(text.data() - text_.data()) + at;
}

Span Source::excerpt(std::size_t offset, std::size_t before, std::size_t length) const {
    const auto ends_line = [&](std::size_t at) {
        return at >= text_.size() || text_[at] == '\n' ||
               (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n');
    };
    Span span{std::min(offset, text_.size()), 0};
    while (before > 0 && span.begin > 0 && text_[span.begin - 1] != '\n') {
        --span.begin;
        before -= begins_character(text_[span.begin]) ? 1U : 0U;
    }
    span.end = span.begin;
    while (!ends_line(span.end) && (length > 0 || !begins_character(text_[span.end]))) {
        length -= begins_character(text_[span.end]) ? 1U : 0U;
        ++span.end;
    }
    return span;
}

std::string_view Source::line(std::size_t number) const {
    if (number == 0 || number > lines_.size()) {
        return std::string_view(text_).substr(text_.size());
    }
    const std::size_t begin = lines_[number - 1];
    const std::size_t end = number < lines_.size() ? lines_[number] - 1 : text_.size();
    std::string_view text = std::string_view(text_).substr(begin, end - begin);
    if (text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    return text;
}

std::size_t Source::characters_before(std::size_t offset) const {
    const std::size_t block = offset / block_size;
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(block * block_size);
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(offset);
    return blocks_[block] + static_cast<std::size_t>(std::count_if(begin, end, begins_character));
}

}  // namespace cli
