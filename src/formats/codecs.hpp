#pragma once

/// \file
/// How lists, maps and documents are read from and written to JSON, and the maker of table fields.

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <licet/page.hpp>

#include "formats/document.hpp"
#include "formats/node_text.hpp"
#include "formats/parse.hpp"
#include "formats/scalars.hpp"
#include "formats/schema.hpp"

namespace licet::formats {

template <class T>
struct Codec<std::optional<T>> {
    static void read(const Node& in, std::optional<T>& out, Reader& reader, const Path& at) {
        Codec<T>::read(in, out.emplace(), reader, at);
    }
    static void write(Writer& out, const std::optional<T>& value) {
        if (value) {
            Codec<T>::write(out, *value);
        } else {
            out.raw("null");
        }
    }
    static bool present(const std::optional<T>& value) { return value.has_value(); }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return Codec<T>::schema(in, bounds);
    }
};

template <class T>
struct Codec<std::vector<T>> {
    static void read(const Node& in, std::vector<T>& out, Reader& reader, const Path& at) {
        if (!in.is_array()) {
            reader.wrong_type(in, at, "an array");
            return;
        }
        out.clear();
        out.reserve(in.size());
        for (const Node& element : in.children()) {
            const std::size_t index = out.size();
            Codec<T>::read(element, out.emplace_back(), reader, at / index);
        }
    }
    static void write(Writer& out, const std::vector<T>& values) {
        char separator = '[';
        for (const T& value : values) {
            out.raw(separator);
            Codec<T>::write(out, value);
            separator = ',';
        }
        out.raw(separator == '[' ? "[]" : "]");
    }
    static bool present(const std::vector<T>& values) { return !values.empty(); }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return list_schema(Codec<T>::schema(in.elements(), {}), bounds);
    }
};

template <class T>
struct Codec<std::map<std::string, T, std::less<>>> {
    using Map = std::map<std::string, T, std::less<>>;

    static void read(const Node& in, Map& out, Reader& reader, const Path& at) {
        if (!in.is_object()) {
            reader.wrong_type(in, at, "an object");
            return;
        }
        for (const Node& member : in.children()) {
            const std::string_view name = member.key();
            Codec<T>::read(member, out[std::string(name)], reader, at / name);
        }
    }
    static void write(Writer& out, const Map& values) {
        char separator = '{';
        for (const auto& [name, value] : values) {
            out.raw(separator);
            out.text(name);
            out.raw(':');
            Codec<T>::write(out, value);
            separator = ',';
        }
        out.raw(separator == '{' ? "{}" : "}");
    }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return map_schema(Codec<T>::schema(in, {}), bounds);
    }
};

template <>
struct Codec<Json> {
    static void read(const Node& in, Json& out, Reader&, const Path&) { out.text = text_of(in); }
    static void write(Writer& out, const Json& value) {
        out.raw(value.text.empty() ? std::string_view("null") : value.text);
    }
    static std::string schema(const Schema&, const Bounds&) { return "{}"; }
};

template <Document T>
struct Codec<T> {
    static void read(const Node& in, T& out, Reader& reader, const Path& at) {
        read_object(in, {{&out, Table<T>::fields}}, reader, at);
    }
    static void write(Writer& out, const T& value) {
        write_object(out, {{&value, Table<T>::fields}});
    }
    static std::string schema(const Schema& in, const Bounds&) {
        if constexpr (requires { Table<T>::name; }) {
            return in.document(Table<T>::name, Table<T>::fields);
        } else {
            return object_schema({Table<T>::fields}, in);
        }
    }
};

namespace detail {

template <class Owner, auto First, auto... Rest>
auto& reach(Owner& owner) {
    auto& member = owner.*First;
    if constexpr (sizeof...(Rest) == 0) {
        return member;
    } else {
        return reach<std::remove_reference_t<decltype(member)>, Rest...>(member);
    }
}

template <class T>
void check_bounds(const T& value, Reader& reader, const Path& at, const Bounds& bounds) {
    if constexpr (std::is_same_v<T, Duration>) {
        check_bounds<std::int64_t>(value.count(), reader, at, bounds);
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        if (value < bounds.min || value > bounds.max) {
            reader.findings().error(Errc::number_out_of_range, at, std::to_string(value),
                                    bounds.words());
        }
    } else if constexpr (requires { value.size(); }) {
        const auto size = static_cast<std::int64_t>(value.size());
        if (size < bounds.min || size > bounds.max) {
            constexpr Errc rule =
                std::is_same_v<T, std::string> ? Errc::text_length : Errc::list_length;
            reader.findings().error(rule, at, std::to_string(size), bounds.words());
        }
    } else if constexpr (requires { value.has_value(); }) {
        if (value) {
            check_bounds(*value, reader, at, bounds);
        }
    }
}

}  // namespace detail

/// One row of a table: the member (or a member's member) of `Owner` that `name` stands for.
template <class Owner, auto... Members>
constexpr Field field(std::string_view name, Need need = Need::required, Set set = Set::by_caller,
                      Bounds bounds = {}) {
    using Value =
        std::remove_cvref_t<decltype(detail::reach<Owner, Members...>(std::declval<Owner&>()))>;
    Field row{name, need, set, bounds, nullptr, nullptr, nullptr, Codec<Value>::schema};
    row.read = [](const Node& in, void* owner, Reader& reader, const Path& at,
                  const Bounds& limits) {
        Value& value = detail::reach<Owner, Members...>(*static_cast<Owner*>(owner));
        const auto before = reader.findings().all().size();
        Codec<Value>::read(in, value, reader, at);
        if (reader.findings().all().size() == before) {
            detail::check_bounds(value, reader, at, limits);
        }
    };
    row.write = [](Writer& out, const void* owner) {
        Codec<Value>::write(
            out, detail::reach<const Owner, Members...>(*static_cast<const Owner*>(owner)));
    };
    if constexpr (requires(const Value& value) { Codec<Value>::present(value); }) {
        row.present = [](const void* owner) {
            return Codec<Value>::present(
                detail::reach<const Owner, Members...>(*static_cast<const Owner*>(owner)));
        };
    }
    return row;
}

/// The same row for a field that is a merge patch of a `T`.
template <Document T>
constexpr Field patch_of(Field row) {
    row.schema = [](const Schema& in, const Bounds& bounds) {
        return Codec<T>::schema(in.as(Form::patch), bounds);
    };
    return row;
}

/// The document as text.
template <class T>
std::string encode(const T& value, Audience audience = Audience::caller) {
    Writer out(audience);
    Codec<T>::write(out, value);
    return std::move(out).take();
}

/// What licet wrote into the store. Fails with `record_corrupt`.
template <class T>
result<T> decode(std::string_view text) {
    Findings findings;
    Parsed document;
    T value{};
    if (document.parse(text, findings)) {
        Reader reader(findings, Origin::store);
        Codec<T>::read(document.root(), value, reader, Path());
    }
    if (findings.has_errors()) {
        return Error{Errc::record_corrupt, error_of(findings).message(), {}};
    }
    return value;
}

/// `base` changed by a caller's merge patch, which stands at `at` in the caller's arguments.
template <class T>
T patch(const T& base, const Json& changes, Profile profile, Findings& findings, const Path& at) {
    const std::string base_text = encode(base, Audience::caller);
    Parsed old_tree;
    Parsed patch_tree;
    Findings none;
    T value{};
    if (patch_tree.parse(changes.text, findings, at) && old_tree.parse(base_text, none)) {
        const std::string changed =
            patched(old_tree.root(), patch_tree.root(), Table<T>::fields, findings, at);
        Parsed tree;
        tree.parse(changed, none);
        Reader reader(findings, Origin::patch, profile);
        Codec<T>::read(tree.root(), value, reader, at);
    }
    return value;
}

}  // namespace licet::formats
