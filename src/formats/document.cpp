#include "formats/document.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "formats/node_text.hpp"
#include "formats/parse.hpp"
#include "quoted.hpp"

namespace licet::formats {
namespace {

std::string_view kind_name(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::boolean:
            return "a boolean";
        case Node::Kind::int64:
        case Node::Kind::uint64:
        case Node::Kind::real:
            return "a number";
        case Node::Kind::text:
            return "a string";
        case Node::Kind::array:
            return "an array";
        case Node::Kind::object:
            return "an object";
    }
    return "something else";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

bool is_read_from(const Field& field, Origin origin) {
    return field.set != Set::in_store || origin == Origin::store;
}

/// Whether it is a finding that the field is missing.
bool is_expected(const Field& field, Origin origin) {
    const bool must = field.need == Need::required || field.need == Need::known;
    return must && is_read_from(field, origin) &&
           (field.set != Set::by_licet || origin != Origin::caller);
}

// "did you mean …" for a name that is close to one of the fields'.
template <class Names>
std::string hint_for(std::string_view name, const Names& names) {
    std::string_view best;
    std::size_t best_distance = 3;
    if (name.size() <= 64) {
        for (const std::string_view known : names) {
            if (known.size() > name.size() + 2 || name.size() > known.size() + 2) {
                continue;
            }
            const std::size_t distance = edit_distance(name, known);
            if (distance < best_distance && distance < known.size()) {
                best = known;
                best_distance = distance;
            }
        }
    }
    return best.empty() ? std::string() : "did you mean " + std::string(best) + "?";
}

std::vector<std::string_view> names_of(std::span<const Field> fields, Origin origin) {
    std::vector<std::string_view> names;
    for (const Field& field : fields) {
        if (is_read_from(field, origin)) {
            names.push_back(field.name);
        }
    }
    return names;
}

const Field* find(std::span<const Field> fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

/// A field in the part that it is read into.
struct Target {
    const Part* part = nullptr;
    const Field* field = nullptr;

    /// True where this is the one, as documents mostly have their fields in the order of the table.
    bool next_is(std::string_view name, Origin origin) {
        return field && ++field != part->fields.data() + part->fields.size() &&
               field->name == name && is_read_from(*field, origin);
    }
};

Target find(std::initializer_list<Part> parts, std::string_view name, Origin origin) {
    for (const Part& part : parts) {
        const Field* field = find(part.fields, name);
        if (field && is_read_from(*field, origin)) {
            return {&part, field};
        }
    }
    return {};
}

void report_unknown(std::initializer_list<Part> parts, std::string_view name, Reader& reader,
                    const Path& at) {
    std::vector<std::string_view> names;
    for (const Part& part : parts) {
        std::ranges::copy(names_of(part.fields, reader.origin()), std::back_inserter(names));
    }
    reader.findings().error(Errc::unknown_field, at / name, quoted(name), hint_for(name, names));
}

void read_field(const Field& field, const Node& value, void* owner, Reader& reader,
                const Path& at) {
    if (field.set == Set::by_licet && reader.origin() == Origin::caller) {
        reader.findings().warning(Errc::derived_field_ignored, at);
    } else if (!value.is_null() || field.need != Need::nullable) {
        field.read(value, owner, reader, at, field.bounds);
    }
}

void report_missing(const Node& object, std::initializer_list<Part> parts, Reader& reader,
                    const Path& at) {
    for (const Part& part : parts) {
        for (const Field& field : part.fields) {
            if (is_expected(field, reader.origin()) && !object.find(field.name)) {
                reader.findings().error(Errc::missing_field, at / field.name, field.name);
            }
        }
    }
}

void append_differing(Writer& out, const Node& shown, const Node& other) {
    const Members others(other);
    char separator = '{';
    for (const Node& member : shown.children()) {
        const Node* const counterpart = others.find(member.key());
        if (counterpart && *counterpart == member) {
            continue;
        }
        out.raw(separator);
        out.text(member.key());
        out.raw(':');
        if (counterpart && member.is_object() && counterpart->is_object()) {
            append_differing(out, member, *counterpart);
        } else {
            write_node(out, member);
        }
        separator = ',';
    }
    out.raw(separator == '{' ? "{}" : "}");
}

}  // namespace

std::string Bounds::words() const {
    return max == INT64_MAX ? "at least " + std::to_string(min)
                            : "from " + std::to_string(min) + " to " + std::to_string(max);
}

void Reader::wrong_type(const Node& value, const Path& at, std::string_view expected) {
    findings_.error(
        Errc::wrong_type, at,
        "expected " + std::string(expected) + ", found " + std::string(kind_name(value.kind())));
}

void read_object(const Node& in, std::initializer_list<Part> parts, Reader& reader,
                 const Path& at) {
    if (!in.is_object()) {
        reader.wrong_type(in, at, "an object");
        return;
    }
    std::size_t met = 0;  // of the expected fields
    std::size_t expected = 0;
    Target target;
    for (const Node& member : in.children()) {
        const std::string_view name = member.key();
        if (!target.next_is(name, reader.origin())) {
            target = find(parts, name, reader.origin());
        }
        if (target.field) {
            met += is_expected(*target.field, reader.origin()) ? 1U : 0U;
            read_field(*target.field, member, target.part->owner, reader, at / name);
        } else {
            report_unknown(parts, name, reader, at);
        }
    }
    for (const Part& part : parts) {
        for (const Field& field : part.fields) {
            expected += is_expected(field, reader.origin()) ? 1U : 0U;
        }
    }
    if (met != expected) {
        report_missing(in, parts, reader, at);
    }
}

std::string patched(const Node& base, const Node& patch, std::span<const Field> fields,
                    Findings& findings, const Path& at) {
    if (!patch.is_object()) {
        Reader(findings, Origin::patch).wrong_type(patch, at, "an object");
        return text_of(base);
    }
    for (const Node& member : patch.children()) {
        const std::string_view name = member.key();
        const Field* field = find(fields, name);
        if (!field || field->set == Set::in_store) {
            findings.error(Errc::unknown_field, at / name, quoted(name),
                           hint_for(name, names_of(fields, Origin::patch)));
        } else if (field->set != Set::by_caller) {
            findings.error(Errc::field_not_changeable, at / name, name);
        }
    }
    if (findings.has_errors()) {
        return text_of(base);
    }
    Writer out(Audience::caller);
    write_merged(out, &base, patch);
    return std::move(out).take();
}

std::string difference(std::string_view before, std::string_view after) {
    Findings none;
    Parsed old_document;
    Parsed new_document;
    Writer out(Audience::caller);
    out.raw("{\"before\":");
    if (old_document.parse(before, none) && new_document.parse(after, none) &&
        old_document.root().is_object() && new_document.root().is_object()) {
        append_differing(out, old_document.root(), new_document.root());
        out.raw(",\"after\":");
        append_differing(out, new_document.root(), old_document.root());
    } else {
        out.raw(before);
        out.raw(",\"after\":");
        out.raw(after);
    }
    out.raw('}');
    return std::move(out).take();
}

}  // namespace licet::formats
