#pragma once

/// \file
/// How texts, ids, numbers, times and words are read from and written to JSON.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <licet/money.hpp>
#include <licet/time.hpp>

#include "enum_words.hpp"
#include "formats/document.hpp"
#include "formats/patterns.hpp"
#include "formats/schema.hpp"
#include "quoted.hpp"
#include "time_text.hpp"

namespace licet::formats {

/// Why a text is not a `T`: the finding that its `parse` would fail with.
template <class T>
void parse_text(std::string_view text, T& out, Reader& reader, const Path& at) {
    if (auto parsed = T::parse(text)) {
        out = std::move(parsed).value();
    } else {
        const auto& error = parsed.error();
        reader.findings().error(static_cast<Errc>(error.code.value()), at,
                                quoted(text) + (error.detail.empty() ? "" : ", " + error.detail));
    }
}

/// As few digits as tell the number from every other: 2.5, not 2.5E0.
inline std::string shortest(double value) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

inline std::optional<std::string_view> text_in(const Node& in, Reader& reader, const Path& at) {
    if (in.is_text()) {
        return in.text();
    }
    reader.wrong_type(in, at, "a string");
    return std::nullopt;
}

/// For types with `static result<T> parse(std::string_view)` and `str()`.
template <class T>
struct TextCodec {
    static void read(const Node& in, T& out, Reader& reader, const Path& at) {
        if (const auto text = text_in(in, reader, at)) {
            parse_text(*text, out, reader, at);
        }
    }
    static void write(Writer& out, const T& value) { out.text(value.str()); }
    static std::string schema(const Schema& in, const Bounds&) {
        const bool answered = in.form() == Form::answered;
        return pattern_schema(answered ? Pattern<T>::answered : Pattern<T>::given);
    }
};

/// For ids that are lowercase by rule: real data is not always (DOMAIN §1).
template <class T>
struct LowercaseCodec : TextCodec<T> {
    static void read(const Node& in, T& out, Reader& reader, const Path& at) {
        const auto text = text_in(in, reader, at);
        if (!text) {
            return;
        }
        const bool forgiving = reader.profile() == Profile::import || std::is_same_v<T, ServiceId>;
        if (forgiving && !is_lowercase(*text)) {
            reader.findings().warning(Errc::id_not_lowercase, at, quoted(*text),
                                      "write it in small letters");
            parse_text(lowercase(*text), out, reader, at);
        } else {
            parse_text(*text, out, reader, at);
        }
    }
};

template <>
struct Codec<PublisherId> : LowercaseCodec<PublisherId> {
    static bool present(const PublisherId& id) { return !id.str().empty(); }
};
template <>
struct Codec<OfferId> : LowercaseCodec<OfferId> {};
template <>
struct Codec<PlanId> : LowercaseCodec<PlanId> {};
template <>
struct Codec<ServiceId> : LowercaseCodec<ServiceId> {
    static bool present(const ServiceId& id) { return !id.empty(); }
};
template <>
struct Codec<DealId> : TextCodec<DealId> {};
template <>
struct Codec<TenantId> : TextCodec<TenantId> {};
template <>
struct Codec<UserId> : TextCodec<UserId> {};
template <>
struct Codec<GroupId> : TextCodec<GroupId> {};
template <>
struct Codec<Timestamp> : TextCodec<Timestamp> {
    static void write(Writer& out, Timestamp value) { out.text(TimestampText(value).str()); }
};
template <>
struct Codec<Date> : TextCodec<Date> {};
template <>
struct Codec<Decimal> : TextCodec<Decimal> {};
template <>
struct Codec<Currency> : TextCodec<Currency> {};
template <>
struct Codec<Country> : TextCodec<Country> {};

template <>
struct Codec<std::string> {
    static void read(const Node& in, std::string& out, Reader& reader, const Path& at) {
        if (!in.is_text()) {
            reader.wrong_type(in, at, "a string");
        } else if (const std::string_view text = in.text(); text.size() <= out.capacity()) {
            out = text;
        } else {
            out = std::string(text);  // cheaper than to make room in what is there
        }
    }
    static void write(Writer& out, const std::string& value) { out.text(value); }
    static std::string schema(const Schema&, const Bounds& bounds) { return text_schema(bounds); }
};

template <>
struct Codec<bool> {
    static void read(const Node& in, bool& out, Reader& reader, const Path& at) {
        if (in.kind() == Node::Kind::boolean) {
            out = in.boolean();
        } else {
            reader.wrong_type(in, at, "true or false");
        }
    }
    static void write(Writer& out, bool value) { out.raw(value ? "true" : "false"); }
    static std::string schema(const Schema&, const Bounds&) { return R"({"type":"boolean"})"; }
};

template <class T>
requires(std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint64_t>) struct Codec<T> {
    static void read(const Node& in, T& out, Reader& reader, const Path& at) {
        switch (in.kind()) {
            case Node::Kind::int64:
                return take(in.int64(), out, reader, at);
            case Node::Kind::uint64:
                return take(in.uint64(), out, reader, at);
            case Node::Kind::real: {
                const bool too_large = std::abs(in.real()) >= 0x1p63;
                return reader.findings().error(
                    too_large ? Errc::number_out_of_range : Errc::not_an_integer, at,
                    shortest(in.real()));
            }
            default:
                reader.wrong_type(in, at, "a number");
        }
    }
    static void write(Writer& out, T value) { out.number(value); }
    static std::string schema(const Schema&, const Bounds& bounds) {
        return std::is_signed_v<T>
                   ? integer_schema(bounds.min, static_cast<std::uint64_t>(bounds.max))
                   : integer_schema(0, UINT64_MAX);
    }

private:
    template <class Given>
    static void take(Given given, T& out, Reader& reader, const Path& at) {
        if (std::in_range<T>(given)) {
            out = static_cast<T>(given);
        } else {
            reader.findings().error(Errc::number_out_of_range, at, std::to_string(given));
        }
    }
};

template <>
struct Codec<Duration> {
    static void read(const Node& in, Duration& out, Reader& reader, const Path& at) {
        std::int64_t ms = out.count();
        Codec<std::int64_t>::read(in, ms, reader, at);
        out = Duration(ms);
    }
    static void write(Writer& out, Duration value) {
        out.number(static_cast<std::int64_t>(value.count()));
    }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return Codec<std::int64_t>::schema(in, bounds);
    }
};

template <class E>
requires requires { Words<E>::all; }
struct Codec<E> {
    static void read(const Node& in, E& out, Reader& reader, const Path& at) {
        const auto text = text_in(in, reader, at);
        if (!text) {
            return;
        }
        for (const auto& [word, value] : Words<E>::all) {
            if (word == *text) {
                out = value;
                return;
            }
        }
        std::string known;
        for (const auto& [word, value] : Words<E>::all) {
            known.append(known.empty() ? "" : ", ").append(word);
        }
        reader.findings().error(Errc::unknown_word, at, quoted(*text), "one of " + known);
    }
    static void write(Writer& out, E value) {
        const std::string_view word = word_of(value);
        if (word.empty()) {
            out.raw("null");
        } else {
            out.word(word);
        }
    }
    static std::string schema(const Schema&, const Bounds&) {
        std::array<std::string_view, std::size(Words<E>::all)> words;
        std::ranges::transform(Words<E>::all, words.begin(),
                               [](const auto& row) { return row.first; });
        return words_schema(words);
    }
};

}  // namespace licet::formats
