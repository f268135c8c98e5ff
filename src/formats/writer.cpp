// What is written of a document, by its table.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "formats/document.hpp"

namespace licet::formats {
namespace {

bool is_written(const Field& field, const Writer& out) {
    return field.set != Set::in_store || out.audience() == Audience::store;
}

void write_member(Writer& out, const Field& field, const void* owner, char& separator) {
    const bool shown = !field.present || field.present(owner);
    if (!shown && (field.need == Need::optional || field.need == Need::known)) {
        return;
    }
    out.name(separator, field.name);
    separator = ',';
    if (!shown && field.need == Need::nullable) {
        out.raw("null");
    } else {
        field.write(out, owner);
    }
}

/// One just written, which may be taken back.
class Member {
public:
    Member(Writer& out, const Field& field, const void* owner, char& separator)
        : out_(out), begin_(out.written().size()), separator_(separator), before_(separator) {
        write_member(out, field, owner, separator);
    }

    /// Empty where it has nothing to show.
    std::string_view text() const {
        const std::string_view member = out_.written().substr(begin_);
        return member.substr(member.empty() ? 0 : 1);  // without the separator
    }

    void take_back() {
        out_.cut(begin_);
        separator_ = before_;
    }

private:
    Writer& out_;
    std::size_t begin_;
    char& separator_;
    char before_;
};

constexpr auto escapes = [] {
    std::array<bool, 256> table{};
    std::fill_n(table.begin(), 0x20, true);
    table['"'] = true;
    table['\\'] = true;
    return table;
}();

bool needs_escape(char c) noexcept { return escapes[static_cast<unsigned char>(c)]; }

/// Whether one of the eight bytes at `text` needs an escape.
bool word_needs_escape(const char* text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    // Taking away turns the high bit on in what is too small; of ASCII only, which had it off.
    const std::uint64_t small = word - ones * 0x20;
    const std::uint64_t quote = (word ^ (ones * '"')) - ones;
    const std::uint64_t backslash = (word ^ (ones * '\\')) - ones;
    return ((small | quote | backslash) & ~word & highs) != 0;
}

/// How many bytes the text begins with that need no escape.
std::size_t plain_size(std::string_view text) noexcept {
    constexpr std::size_t word = sizeof(std::uint64_t);
    std::size_t size = 0;
    while (text.size() - size >= word && !word_needs_escape(text.data() + size)) {
        size += word;
    }
    // The last word once more rather than what is left of it byte by byte.
    if (text.size() - size < word && text.size() >= word &&
        !word_needs_escape(text.data() + text.size() - word)) {
        return text.size();
    }
    while (size < text.size() && !needs_escape(text[size])) {
        ++size;
    }
    return size;
}

void write_escape(Writer& out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out.raw('\\');
    switch (c) {
        case '"':
        case '\\':
            return out.raw(c);
        case '\b':
            return out.raw('b');
        case '\f':
            return out.raw('f');
        case '\n':
            return out.raw('n');
        case '\r':
            return out.raw('r');
        case '\t':
            return out.raw('t');
        default:
            out.raw("u00");
            out.raw(digits[byte >> 4U]);
            out.raw(digits[byte & 15U]);
    }
}

char* put(char* to, std::string_view text) noexcept {
    return std::copy_n(text.data(), text.size(), to);
}

}  // namespace

void Writer::raw(std::string_view json) { put(room(json.size()), json); }

void Writer::word(std::string_view plain) {
    char* const at = room(plain.size() + 2);
    *at = '"';
    *put(at + 1, plain) = '"';
}

void Writer::name(char separator, std::string_view plain) {
    char* at = room(plain.size() + 4);
    *at = separator;
    at[1] = '"';
    at = put(at + 2, plain);
    *at = '"';
    at[1] = ':';
}

void Writer::text(std::string_view utf8) {
    std::size_t plain = plain_size(utf8);
    if (plain == utf8.size()) {
        return word(utf8);
    }
    raw('"');
    while (plain < utf8.size()) {
        raw(utf8.substr(0, plain));
        write_escape(*this, utf8[plain]);
        utf8.remove_prefix(plain + 1);
        plain = plain_size(utf8);
    }
    raw(utf8);
    raw('"');
}

void Writer::grow(std::size_t size) { text_.resize(std::max(2 * text_.size(), size_ + size)); }

void Writer::number(std::int64_t value) {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

void Writer::number(std::uint64_t value) {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    raw({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

void write_object(Writer& out, std::initializer_list<ConstPart> parts) {
    char separator = '{';
    for (const ConstPart& part : parts) {
        for (const Field& field : part.fields) {
            if (is_written(field, out)) {
                write_member(out, field, part.owner, separator);
            }
        }
    }
    out.raw(separator == '{' ? "{}" : "}");
}

void write_differing(Writer& before, Writer& after, std::initializer_list<ConstPair> pairs) {
    char before_separator = '{';
    char after_separator = '{';
    for (const ConstPair& pair : pairs) {
        for (const Field& field : pair.fields) {
            if (!is_written(field, before)) {
                continue;
            }
            Member old_member(before, field, pair.before, before_separator);
            Member new_member(after, field, pair.after, after_separator);
            if (old_member.text() == new_member.text()) {
                old_member.take_back();
                new_member.take_back();
            }
        }
    }
    before.raw(before_separator == '{' ? "{}" : "}");
    after.raw(after_separator == '{' ? "{}" : "}");
}

void write_known_by(Writer& out, ConstPart part) {
    char separator = '{';
    for (const Field& field : part.fields) {
        if (field.set == Set::by_caller || field.set == Set::once) {
            write_member(out, field, part.owner, separator);
        }
    }
    out.raw(separator == '{' ? "{}" : "}");
}

}  // namespace licet::formats
