#include "support/masked.hpp"

#include <algorithm>

namespace licet::test {
namespace {

constexpr std::size_t word_size_min = 22;  // 16 bytes at random in base64

bool is_of_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

}  // namespace

std::string masked(std::string_view text) {
    std::string all;
    while (!text.empty()) {
        const auto end = std::ranges::find_if_not(text, is_of_word);
        const auto size = static_cast<std::size_t>(end - text.begin());
        if (size == 0) {
            all += text.front();
            text.remove_prefix(1);
        } else {
            all += size < word_size_min ? text.substr(0, size) : "#";
            text.remove_prefix(size);
        }
    }
    return all;
}

Lines masked_lines(const std::vector<Record>& records) {
    Lines lines;
    for (const Record& record : records) {
        lines.push_back(masked(record.key) + ' ' + masked(record.text));
    }
    std::ranges::sort(lines);
    return lines;
}

std::string difference(const Lines& is, const Lines& wanted) {
    const auto [here, there] = std::ranges::mismatch(is, wanted);
    if (here != is.end() && (there == wanted.end() || *here < *there)) {
        return "not wanted: " + *here;
    }
    return there == wanted.end() ? "" : "missing: " + *there;
}

}  // namespace licet::test
