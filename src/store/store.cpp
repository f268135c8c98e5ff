#include <licet/store/store.hpp>

#include <algorithm>
#include <cstring>

#include <boost/outcome/try.hpp>

#include "quoted.hpp"

namespace licet {
namespace {

constexpr bool is_key_byte(char c) noexcept { return c >= '\x21' && c <= '\x7e'; }

result<void> check_key(std::string_view key) {
    if (key.empty() || key.size() > key_size_max) {
        return Error{Errc::store_key, std::to_string(key.size()) + " bytes", {}};
    }
    if (!std::ranges::all_of(key, is_key_byte)) {
        return Error{Errc::store_key, quoted(key), {}};
    }
    return boost::outcome_v2::success();
}

/// How many of the eight bytes at `text` can be passed over at once: all, where each is ASCII
/// and none is NUL.
bool is_plain_word(const char* text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    return ((word | (word - ones)) & highs) == 0;
}

/// The size of the character that `text` begins with; 0 where it is NUL or not UTF-8 (Unicode
/// 15, table 3-7).
std::size_t character_size(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto continues = [byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return lead == 0 ? 0 : 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return continues(1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return byte(1) >= low && byte(1) <= high && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
        const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
        return byte(1) >= low && byte(1) <= high && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

/// Where the first byte stands that a value cannot hold; the size of the text where there is none.
std::size_t first_bad_byte(std::string_view text) noexcept {
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.size() - at >= sizeof(std::uint64_t) && is_plain_word(text.data() + at)) {
            at += sizeof(std::uint64_t);
            continue;
        }
        const std::size_t size = character_size(text.substr(at));
        if (size == 0) {
            return at;
        }
        at += size;
    }
    return at;
}

result<void> check_value(const std::string& key, std::string_view text) {
    const std::size_t bad = first_bad_byte(text);
    if (bad != text.size()) {
        return Error{Errc::store_value, key + ", byte " + std::to_string(bad), {}};
    }
    return boost::outcome_v2::success();
}

result<void> check_written_once(const std::vector<Write>& writes) {
    std::vector<std::string_view> keys;
    keys.reserve(writes.size());
    for (const Write& write : writes) {
        keys.emplace_back(write.key);
    }
    if (!std::ranges::is_sorted(keys)) {
        std::ranges::sort(keys);
    }
    const auto twice = std::ranges::adjacent_find(keys);
    if (twice != keys.end()) {
        return Error{Errc::store_key, "written twice: " + std::string(*twice), {}};
    }
    return boost::outcome_v2::success();
}

}  // namespace

result<void> check_batch(const Batch& batch) {
    for (const Expectation& expectation : batch.expectations) {
        BOOST_OUTCOME_TRY(check_key(expectation.key));
    }
    for (const Write& write : batch.writes) {
        BOOST_OUTCOME_TRY(check_key(write.key));
        if (write.text) {
            BOOST_OUTCOME_TRY(check_value(write.key, *write.text));
        }
    }
    return check_written_once(batch.writes);
}

std::string prefix_end(std::string_view prefix) {
    std::string end(prefix);
    while (!end.empty() && end.back() == '\xff') {
        end.pop_back();
    }
    if (!end.empty()) {
        ++end.back();
    }
    return end;
}

}  // namespace licet
