#include "formats/parse.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <forward_list>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include "quoted.hpp"

namespace licet::formats {
namespace {

namespace json = boost::json;

// The whole number that a text like "30.0", "3e1" or "-1200e-2" stands for, if it is one.
std::optional<std::int64_t> whole_number(std::string_view text) {
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const auto mantissa_end = std::min(text.find_first_of("eE"), text.size());
    std::string digits;
    std::int64_t exponent = 0;
    bool after_point = false;
    for (const char c : text.substr(0, mantissa_end)) {
        if (c == '.') {
            after_point = true;
        } else {
            digits += c;
            exponent -= after_point ? 1 : 0;
        }
    }
    if (mantissa_end < text.size()) {
        std::string_view power = text.substr(mantissa_end + 1);
        power.remove_prefix(power.starts_with('+') ? 1 : 0);
        std::int64_t value = 0;
        if (std::from_chars(power.data(), power.data() + power.size(), value).ec != std::errc()) {
            return std::nullopt;
        }
        exponent += std::clamp<std::int64_t>(value, -1'000'000, 1'000'000);
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    while (!digits.empty() && digits.back() == '0') {
        digits.pop_back();
        ++exponent;
    }
    if (digits.empty()) {
        return 0;
    }
    if (exponent < 0 || digits.size() + static_cast<std::size_t>(exponent) > 19) {
        return std::nullopt;
    }
    std::string whole(negative ? 1 : 0, '-');
    whole.append(digits).append(static_cast<std::size_t>(exponent), '0');
    std::int64_t value = 0;
    const auto parsed = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

// Builds the DOM and watches for what Boost.JSON lets pass.
class Handler {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    /// The text must outlive this.
    Handler(json::storage_ptr memory, std::string_view text, Findings& findings, const Path& at)
        : stack_(memory), text_(text), findings_(findings), at_(at) {
        stack_.reset(std::move(memory));
    }

    json::value release() { return stack_.release(); }

    bool on_document_begin(json::error_code& /*error*/) { return true; }
    bool on_document_end(json::error_code& /*error*/) { return true; }

    bool on_object_begin(json::error_code& /*error*/) {
        open(true);
        return true;
    }
    bool on_object_end(std::size_t count, json::error_code& /*error*/) {
        report_duplicates(count);
        stack_.push_object(count);
        close();
        return true;
    }
    bool on_array_begin(json::error_code& /*error*/) {
        open(false);
        return true;
    }
    bool on_array_end(std::size_t count, json::error_code& /*error*/) {
        stack_.push_array(count);
        close();
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        key_parts_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        if (key_parts_.empty() && stands_in_text(part.data())) {
            keys_.emplace_back(part.data(), part.size());
        } else {
            key_parts_.append(part.data(), part.size());
            keys_.push_back(unescaped_keys_.emplace_front(std::exchange(key_parts_, {})));
        }
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        stack_.push_string(part);
        count();
        return true;
    }

    bool on_number_part(json::string_view part, json::error_code& /*error*/) {
        number_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t value, json::string_view /*text*/, json::error_code& /*error*/) {
        stack_.push_int64(value);
        return number_done();
    }
    bool on_uint64(std::uint64_t value, json::string_view /*text*/, json::error_code& /*error*/) {
        stack_.push_uint64(value);
        return number_done();
    }
    bool on_double(double value, json::string_view rest, json::error_code& /*error*/) {
        number_.append(rest.data(), rest.size());
        // Boost.JSON's own may be off in the last digit, and a kept number must not drift.
        std::from_chars(number_.data(), number_.data() + number_.size(), value);
        if (const auto whole = whole_number(number_)) {
            stack_.push_int64(*whole);
        } else {
            if (!std::isfinite(value)) {
                report(Errc::number_out_of_range, number_.substr(0, 40));
                value = 0;
            }
            stack_.push_double(value);
        }
        return number_done();
    }
    bool on_bool(bool value, json::error_code& /*error*/) {
        stack_.push_bool(value);
        count();
        return true;
    }
    bool on_null(json::error_code& /*error*/) {
        stack_.push_null();
        count();
        return true;
    }
    bool on_comment_part(json::string_view /*part*/, json::error_code& /*error*/) { return true; }
    bool on_comment(json::string_view /*part*/, json::error_code& /*error*/) { return true; }

private:
    struct Frame {
        bool is_object;
        std::size_t index;      // of the next element, in an array
        std::size_t first_key;  // in keys_
    };

    bool stands_in_text(const char* part) const {
        return std::less_equal<>()(text_.data(), part) &&
               std::less<>()(part, text_.data() + text_.size());
    }

    void open(bool is_object) { frames_.push_back({is_object, 0, keys_.size()}); }

    void close() {
        keys_.resize(frames_.back().first_key);
        frames_.pop_back();
        count();
    }

    void count() {
        if (!frames_.empty()) {
            ++frames_.back().index;
        }
    }

    bool number_done() {
        number_.clear();
        count();
        return true;
    }

    void report_duplicates(std::size_t count) {
        if (count < 2) {
            return;
        }
        const auto begin = keys_.end() - static_cast<std::ptrdiff_t>(count);
        if (count <= 16) {
            for (auto key = begin; key != keys_.end(); ++key) {
                if (std::find(begin, key, *key) != key) {
                    report_key(*key);
                }
            }
            return;
        }
        std::vector<std::string_view> sorted(begin, keys_.end());
        std::ranges::sort(sorted);
        for (auto key = std::ranges::adjacent_find(sorted); key != sorted.end();
             key = std::adjacent_find(std::next(key), sorted.end())) {
            report_key(*key);
        }
    }

    void report_key(std::string_view key) {
        report_at(frames_.size() - 1, key, Errc::json_duplicate_key, quoted(key));
    }

    // At the value that is being read now.
    void report(Errc rule, std::string_view detail) {
        if (frames_.empty()) {
            findings_.error(rule, at_, detail);
        } else if (frames_.back().is_object) {
            report_at(frames_.size() - 1, keys_.back(), rule, detail);
        } else {
            report_at(frames_.size() - 1, std::to_string(frames_.back().index), rule, detail);
        }
    }

    // At `last` in the frame of that depth. Path refers to its parents, hence the recursion.
    void report_at(std::size_t depth, std::string_view last, Errc rule, std::string_view detail) {
        if (findings_.all().size() < json_findings_max) {
            descend(0, depth, at_, last, rule, detail);
        }
    }
    void descend(std::size_t frame, std::size_t depth, const Path& at, std::string_view last,
                 Errc rule, std::string_view detail) {
        if (frame == depth) {
            findings_.error(rule, at / last, detail);
        } else if (frames_[frame].is_object) {
            const std::string_view key = keys_[frames_[frame + 1].first_key - 1];
            descend(frame + 1, depth, at / key, last, rule, detail);
        } else {
            descend(frame + 1, depth, at / frames_[frame].index, last, rule, detail);
        }
    }

    json::value_stack stack_;
    std::string_view text_;
    Findings& findings_;
    const Path& at_;
    std::vector<Frame> frames_;
    std::vector<std::string_view> keys_;  // in text_, or of the unescaped
    std::forward_list<std::string> unescaped_keys_;
    std::string key_parts_;
    std::string number_;
};

std::string place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto line_start = before.rfind('\n');
    const auto column = offset - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

bool Parsed::parse(std::string_view text, Findings& findings, const Path& at) {
    json::parse_options options;
    options.max_depth = json_depth_max;
    Findings found;
    json::basic_parser<Handler> parser(options, root_.storage(), text, found, at);
    json::error_code code;
    std::size_t end = parser.write_some(false, text.data(), text.size(), code);
    if (!code) {
        end = std::min(text.find_first_not_of(" \t\r\n", end), text.size());
        if (end < text.size()) {
            code = json::error::extra_data;
        }
    }
    if (code) {
        const Errc rule = code == json::error::too_deep ? Errc::json_too_deep : Errc::json_syntax;
        found = {};
        found.error(rule, at, place_of(text, end) + ", " + code.message());
    } else {
        root_ = parser.handler().release();
    }
    for (const Finding& finding : found.all()) {
        findings.add(finding);
    }
    return !found.has_errors();
}

}  // namespace licet::formats
