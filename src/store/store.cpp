#include <licet/store/store.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include <boost/outcome/try.hpp>

#include "quoted.hpp"
#include "text.hpp"

namespace licet {
namespace {

// Printable ASCII but the space, eight at a time: each byte's highest bit tells.
bool are_key_bytes(std::string_view bytes) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::uint64_t wrong = 0;
    const auto look_at = [&wrong](std::uint64_t word) {
        const std::uint64_t past_last = word + each * (0x7f - '~');
        const std::uint64_t from_first = word + each * (0x80 - '!');
        wrong |= (word | past_last | ~from_first) & (each * 0x80);
    };
    std::uint64_t word = 0;
    for (; bytes.size() >= sizeof word; bytes.remove_prefix(sizeof word)) {
        std::memcpy(&word, bytes.data(), sizeof word);
        look_at(word);
    }
    word = each * '!';
    std::memcpy(&word, bytes.data(), bytes.size());
    look_at(word);
    return wrong == 0;
}

result<void> check_key(std::string_view key) {
    if (key.empty() || key.size() > key_size_max) {
        return Error{Errc::store_key, std::to_string(key.size()) + " bytes", {}};
    }
    if (!are_key_bytes(key)) {
        return Error{Errc::store_key, quoted(key), {}};
    }
    return boost::outcome_v2::success();
}

result<void> check_value(const std::string& key, std::string_view text) {
    const std::size_t bad = text::first_bad_byte(text);
    if (bad != text.size()) {
        return Error{Errc::store_value, key + ", byte " + std::to_string(bad), {}};
    }
    return boost::outcome_v2::success();
}

// A key that stands in more than one of a few.
std::optional<std::string_view> twice_in_few(const std::vector<Write>& writes) {
    for (auto write = writes.begin(); write != writes.end(); ++write) {
        if (std::any_of(writes.begin(), write,
                        [write](const Write& other) { return other.key == write->key; })) {
            return write->key;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> twice_in_many(const std::vector<Write>& writes) {
    std::vector<std::string_view> keys;
    keys.reserve(writes.size());
    for (const Write& write : writes) {
        keys.emplace_back(write.key);
    }
    // A large batch mostly is one long run in order, and a few more.
    const auto rest = std::ranges::is_sorted_until(keys);
    std::ranges::sort(rest, keys.end());
    std::vector<std::string_view> sorted(keys.size());
    std::merge(keys.begin(), rest, rest, keys.end(), sorted.begin());
    const auto twice = std::ranges::adjacent_find(sorted);
    return twice == sorted.end() ? std::nullopt : std::optional(*twice);
}

result<void> check_written_once(const std::vector<Write>& writes) {
    constexpr std::size_t few = 8;
    const auto twice = writes.size() <= few ? twice_in_few(writes) : twice_in_many(writes);
    if (twice) {
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
