#include "formats/parse.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <iterator>
#include <string>

#include <boost/json/basic_parser_impl.hpp>

#include "formats/whole_number.hpp"
#include "quoted.hpp"

namespace licet::formats {

namespace json = boost::json;

/// Makes the nodes of a text, and watches for what Boost.JSON lets pass.
class TreeBuilder {
public:
    // What fits into a node.
    static constexpr std::size_t max_object_size = INT32_MAX;
    static constexpr std::size_t max_array_size = INT32_MAX;
    static constexpr std::size_t max_key_size = INT32_MAX;
    static constexpr std::size_t max_string_size = INT32_MAX;

    /// All must outlive this.
    TreeBuilder(std::string_view text, std::vector<Node>& nodes, std::unique_ptr<char[]>& unescaped,
                Findings& findings, const Path& at)
        : text_(text), nodes_(nodes), unescaped_(unescaped), findings_(findings), at_(at) {
        nodes_.reserve(std::min<std::size_t>(text.size() / 16, 4096) + 1);
    }

    bool on_document_begin(json::error_code& /*error*/) { return true; }
    bool on_document_end(json::error_code& /*error*/) { return true; }

    bool on_object_begin(json::error_code& /*error*/) { return open(Node::Kind::object); }
    bool on_object_end(std::size_t count, json::error_code& /*error*/) {
        report_duplicates(finish(count));
        --depth_;
        return true;
    }
    bool on_array_begin(json::error_code& /*error*/) { return open(Node::Kind::array); }
    bool on_array_end(std::size_t count, json::error_code& /*error*/) {
        finish(count);
        --depth_;
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        return append(part);
    }
    bool on_key(json::string_view part, std::size_t size, json::error_code& /*error*/) {
        key_ = whole(part, size);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
        return append(part);
    }
    bool on_string(json::string_view part, std::size_t size, json::error_code& /*error*/) {
        const std::string_view text = whole(part, size);
        Node& node = push(Node::Kind::text);
        node.text_ = text.data();
        node.size_ = static_cast<std::uint32_t>(text.size());
        return true;
    }

    bool on_number_part(json::string_view part, json::error_code& /*error*/) {
        number_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t value, json::string_view /*text*/, json::error_code& /*error*/) {
        push(Node::Kind::int64).int64_ = value;
        number_.clear();
        return true;
    }
    bool on_uint64(std::uint64_t value, json::string_view /*text*/, json::error_code& /*error*/) {
        push(Node::Kind::uint64).uint64_ = value;
        number_.clear();
        return true;
    }
    bool on_double(double value, json::string_view rest, json::error_code& /*error*/) {
        number_.append(rest.data(), rest.size());
        // Boost.JSON's own may be off in the last digit, and a kept number must not drift.
        std::from_chars(number_.data(), number_.data() + number_.size(), value);
        if (const auto whole = whole_number(number_)) {
            push(Node::Kind::int64).int64_ = *whole;
        } else if (std::isfinite(value)) {
            push(Node::Kind::real).real_ = value;
        } else {
            report(Errc::number_out_of_range, std::string_view(number_).substr(0, 40));
            push(Node::Kind::real).real_ = 0;
        }
        number_.clear();
        return true;
    }
    bool on_bool(bool value, json::error_code& /*error*/) {
        push(Node::Kind::boolean).boolean_ = value;
        return true;
    }
    bool on_null(json::error_code& /*error*/) {
        push(Node::Kind::null);
        return true;
    }
    bool on_comment_part(json::string_view /*part*/, json::error_code& /*error*/) { return true; }
    bool on_comment(json::string_view /*part*/, json::error_code& /*error*/) { return true; }

private:
    Node& push(Node::Kind kind) { return nodes_.emplace_back(kind, key_); }

    bool open(Node::Kind kind) {
        open_[depth_++] = nodes_.size();
        push(kind);
        return true;
    }

    // The innermost that is open.
    Node& finish(std::size_t children) {
        const std::size_t position = open_[depth_ - 1];
        Node& node = nodes_[position];
        node.size_ = static_cast<std::uint32_t>(children);
        node.extent_ = static_cast<std::uint32_t>(nodes_.size() - position);
        return node;
    }

    bool append(std::string_view part) {
        if (!unescaped_) {
            // Nothing is longer than it was in the text.
            unescaped_ = std::make_unique_for_overwrite<char[]>(text_.size());
        }
        std::ranges::copy(part, unescaped_.get() + unescaped_size_);
        unescaped_size_ += part.size();
        return true;
    }

    // A text that ends in `part`, in the text itself if it stands there as it is.
    std::string_view whole(std::string_view part, std::size_t size) {
        const bool stands_in_text = std::less_equal<>()(text_.data(), part.data()) &&
                                    std::less<>()(part.data(), text_.data() + text_.size());
        if (part.size() == size && stands_in_text) {
            return part;
        }
        append(part);
        return {unescaped_.get() + unescaped_size_ - size, size};
    }

    void report_duplicates(const Node& object) {
        if (object.size() > 16) {
            return report_duplicates_of_many(object);
        }
        // Two that are the same are alike; few others are.
        std::uint64_t alike = 0;
        for (const Node& member : object.children()) {
            const std::string_view key = member.key();
            const auto likeness =
                key.empty() ? 0U : key.size() + 8U * static_cast<unsigned char>(key.back());
            const std::uint64_t bit = std::uint64_t{1} << (likeness % 64);
            if ((alike & bit) != 0 && object.find(key) != &member) {
                report_key(key);
            }
            alike |= bit;
        }
    }

    void report_duplicates_of_many(const Node& object) {
        std::vector<std::string_view> sorted;
        sorted.reserve(object.size());
        std::ranges::transform(object.children(), std::back_inserter(sorted), &Node::key);
        std::ranges::sort(sorted);
        for (auto key = std::ranges::adjacent_find(sorted); key != sorted.end();
             key = std::adjacent_find(std::next(key), sorted.end())) {
            report_key(*key);
        }
    }

    void report_key(std::string_view key) {
        if (!is_enough()) {
            descend(0, at_, key, Errc::json_duplicate_key, quoted(key));
        }
    }

    bool is_enough() const { return findings_.all().size() >= json_findings_max; }

    // At the value that comes next.
    void report(Errc rule, std::string_view detail) {
        if (is_enough()) {
            return;
        }
        if (depth_ == 0) {
            findings_.error(rule, at_, detail);
        } else if (nodes_[open_[depth_ - 1]].is_object()) {
            descend(0, at_, key_, rule, detail);
        } else {
            const std::string index = std::to_string(index_of(nodes_.size(), depth_ - 1));
            descend(0, at_, index, rule, detail);
        }
    }

    // To `last` in the innermost that is open. Path refers to its parents, hence the recursion.
    void descend(std::size_t level, const Path& at, std::string_view last, Errc rule,
                 std::string_view detail) {
        if (level + 1 == depth_) {
            findings_.error(rule, at / last, detail);
        } else if (nodes_[open_[level]].is_object()) {
            descend(level + 1, at / nodes_[open_[level + 1]].key(), last, rule, detail);
        } else {
            descend(level + 1, at / index_of(open_[level + 1], level), last, rule, detail);
        }
    }

    // Of the node at that position, in the array that is open at that level.
    std::size_t index_of(std::size_t position, std::size_t level) const {
        std::size_t index = 0;
        for (auto at = open_[level] + 1; at < position; at += nodes_[at].extent_) {
            ++index;
        }
        return index;
    }

    std::string_view text_;
    std::vector<Node>& nodes_;
    std::unique_ptr<char[]>& unescaped_;
    std::size_t unescaped_size_ = 0;
    Findings& findings_;
    const Path& at_;
    std::array<std::size_t, json_depth_max> open_;  // so many of them as depth_ says
    std::size_t depth_ = 0;
    std::string_view key_;  // of what comes next
    std::string number_;
};

namespace {

std::string place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto line_start = before.rfind('\n');
    const auto column = offset - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

bool Parsed::parse(std::string_view text, Findings& findings, const Path& at) {
    nodes_.clear();
    unescaped_.reset();
    if (text.size() > UINT32_MAX) {
        findings.error(Errc::text_length, at, std::to_string(text.size()) + " bytes");
        return false;
    }
    json::parse_options options;
    options.max_depth = json_depth_max;
    Findings found;
    json::basic_parser<TreeBuilder> parser(options, text, nodes_, unescaped_, found, at);
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
        nodes_.clear();
        findings.error(rule, at, place_of(text, end) + ", " + code.message());
        return false;
    }
    for (const Finding& finding : found.all()) {
        findings.add(finding);
    }
    return found.empty();
}

}  // namespace licet::formats
