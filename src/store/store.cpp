#include <licet/store/store.hpp>

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "quoted.hpp"
#include "text.hpp"

namespace licet {
namespace {

// Printable ASCII but the space. By their extremes: a compiler looks at many bytes at a time.
bool are_key_bytes(std::string_view bytes) noexcept {
    constexpr char first = '!';
    constexpr char last = '~';
    char least = last;
    char greatest = first;
    for (const char c : bytes) {
        least = std::min(least, c);
        greatest = std::max(greatest, c);
    }
    return least >= first && greatest <= last;
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

result<void> check_written_once(const std::vector<Write>& writes) {
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
    if (twice != sorted.end()) {
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
