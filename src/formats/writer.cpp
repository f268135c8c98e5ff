// What is written of a document, by its table.

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

// At once: appending costs more than copying so few bytes twice.
void write_name(Writer& out, char separator, std::string_view name) {
    std::array<char, 64> text;
    if (name.size() + 4 > text.size()) {
        out.raw(separator);
        out.raw('"');
        out.raw(name);
        out.raw("\":");
        return;
    }
    char* at = text.data();
    *at++ = separator;
    *at++ = '"';
    at += name.copy(at, name.size());
    *at++ = '"';
    *at++ = ':';
    out.raw({text.data(), at});
}

void write_member(Writer& out, const Field& field, const void* owner, char& separator) {
    const bool shown = !field.present || field.present(owner);
    if (!shown && (field.need == Need::optional || field.need == Need::known)) {
        return;
    }
    write_name(out, separator, field.name);
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

bool needs_escape(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// Whether one of the eight bytes at `text` needs an escape.
bool word_needs_escape(const char* text) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    std::uint64_t word = 0;
    std::memcpy(&word, text, sizeof word);
    const auto has_below = [](std::uint64_t bytes, std::uint64_t limit) {
        return (bytes - ones * limit) & ~bytes & highs;
    };
    return (has_below(word, 0x20) | has_below(word ^ (ones * '"'), 1) |
            has_below(word ^ (ones * '\\'), 1)) != 0;
}

/// How many bytes the text begins with that need no escape.
std::size_t plain_size(std::string_view text) noexcept {
    std::size_t size = 0;
    while (text.size() - size >= sizeof(std::uint64_t) && !word_needs_escape(text.data() + size)) {
        size += sizeof(std::uint64_t);
    }
    while (size < text.size() && !needs_escape(text[size])) {
        ++size;
    }
    return size;
}

void append_escape(std::string& out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += '\\';
    switch (c) {
        case '"':
        case '\\':
            out += c;
            break;
        case '\n':
            out += 'n';
            break;
        case '\r':
            out += 'r';
            break;
        case '\t':
            out += 't';
            break;
        default:
            out += "u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
    }
}

}  // namespace

void Writer::text(std::string_view utf8) {
    text_ += '"';
    for (;;) {
        const std::size_t plain = plain_size(utf8);
        text_.append(utf8, 0, plain);
        if (plain == utf8.size()) {
            break;
        }
        append_escape(text_, utf8[plain]);
        utf8.remove_prefix(plain + 1);
    }
    text_ += '"';
}

void Writer::number(std::int64_t value) {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    text_.append(buffer.data(), end);
}

void Writer::number(std::uint64_t value) {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    text_.append(buffer.data(), end);
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
