#include "formats/document.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <boost/json/serialize.hpp>

#include "formats/parse.hpp"
#include "quoted.hpp"

namespace licet::formats {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

std::string_view kind_name(json::kind kind) {
    switch (kind) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return "a boolean";
        case json::kind::int64:
        case json::kind::uint64:
        case json::kind::double_:
            return "a number";
        case json::kind::string:
            return "a string";
        case json::kind::array:
            return "an array";
        case json::kind::object:
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

/// Documents mostly have their fields in the order of the table: the likely one is tried first.
const Field* find(std::span<const Field> fields, std::string_view name, std::size_t likely = 0) {
    if (likely < fields.size() && fields[likely].name == name) {
        return &fields[likely];
    }
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

void read_field(const Field& field, const json::value& value, void* owner, Reader& reader,
                const Path& at) {
    if (field.set == Set::by_licet && reader.origin() == Origin::caller) {
        reader.findings().warning(Errc::derived_field_ignored, at);
    } else if (!value.is_null() || field.need != Need::nullable) {
        field.read(value, owner, reader, at, field.bounds);
    }
}

void report_missing(const json::object& object, std::initializer_list<Part> parts, Reader& reader,
                    const Path& at) {
    for (const Part& part : parts) {
        for (const Field& field : part.fields) {
            if (is_expected(field, reader.origin()) && !object.contains(field.name)) {
                reader.findings().error(Errc::missing_field, at / field.name, field.name);
            }
        }
    }
}

void merge(json::value& target, const json::value& patch) {
    const json::object* changes = patch.if_object();
    if (!changes) {
        target = patch;
        return;
    }
    if (!target.is_object()) {
        target.emplace_object();
    }
    json::object& object = target.get_object();
    for (const auto& member : *changes) {
        if (member.value().is_null()) {
            object.erase(member.key());
        } else {
            merge(object[member.key()], member.value());
        }
    }
}

void append_differing(std::string& out, const json::object& shown, const json::object& other) {
    char separator = '{';
    for (const auto& member : shown) {
        const json::value* counterpart = other.if_contains(member.key());
        if (!counterpart || *counterpart != member.value()) {
            out += separator;
            out += json::serialize(json::value(member.key()));
            out += ':';
            if (counterpart && member.value().is_object() && counterpart->is_object()) {
                append_differing(out, member.value().get_object(), counterpart->get_object());
            } else {
                out += json::serialize(member.value());
            }
            separator = ',';
        }
    }
    out += separator == '{' ? "{}" : "}";
}

}  // namespace

void Reader::wrong_type(const json::value& value, const Path& at, std::string_view expected) {
    findings_.error(
        Errc::wrong_type, at,
        "expected " + std::string(expected) + ", found " + std::string(kind_name(value.kind())));
}

void read_object(const json::value& in, std::initializer_list<Part> parts, Reader& reader,
                 const Path& at) {
    const json::object* object = in.if_object();
    if (!object) {
        reader.wrong_type(in, at, "an object");
        return;
    }
    std::size_t met = 0;  // of the expected fields
    std::size_t expected = 0;
    std::size_t likely = 0;
    for (const auto& member : *object) {
        const std::string_view name = view(member.key());
        const Part* owner = nullptr;
        const Field* field = nullptr;
        for (const Part& part : parts) {
            field = find(part.fields, name, likely);
            if (field && is_read_from(*field, reader.origin())) {
                owner = &part;
                break;
            }
        }
        if (owner) {
            likely = static_cast<std::size_t>(field - owner->fields.data()) + 1;
            met += is_expected(*field, reader.origin()) ? 1U : 0U;
            read_field(*field, member.value(), owner->owner, reader, at / name);
            continue;
        }
        std::vector<std::string_view> names;
        for (const Part& part : parts) {
            std::ranges::copy(names_of(part.fields, reader.origin()), std::back_inserter(names));
        }
        reader.findings().error(Errc::unknown_field, at / name, quoted(name),
                                hint_for(name, names));
    }
    for (const Part& part : parts) {
        for (const Field& field : part.fields) {
            expected += is_expected(field, reader.origin()) ? 1U : 0U;
        }
    }
    if (met != expected) {
        report_missing(*object, parts, reader, at);
    }
}

json::value patched(json::value base, const json::value& patch, std::span<const Field> fields,
                    Findings& findings, const Path& at) {
    const json::object* changes = patch.if_object();
    if (!changes) {
        Reader(findings, Origin::patch).wrong_type(patch, at, "an object");
        return base;
    }
    for (const auto& member : *changes) {
        const std::string_view name = view(member.key());
        const Field* field = find(fields, name);
        if (!field || field->set == Set::in_store) {
            findings.error(Errc::unknown_field, at / name, quoted(name),
                           hint_for(name, names_of(fields, Origin::patch)));
        } else if (field->set != Set::by_caller) {
            findings.error(Errc::field_not_changeable, at / name, name);
        }
    }
    if (!findings.has_errors()) {
        merge(base, patch);
    }
    return base;
}

std::string difference(std::string_view before, std::string_view after) {
    Findings none;
    Parsed old_document;
    Parsed new_document;
    std::string out = "{\"before\":";
    if (old_document.parse(before, none) && new_document.parse(after, none) &&
        old_document.root().is_object() && new_document.root().is_object()) {
        append_differing(out, old_document.root().get_object(), new_document.root().get_object());
        out += ",\"after\":";
        append_differing(out, new_document.root().get_object(), old_document.root().get_object());
    } else {
        out.append(before).append(",\"after\":").append(after);
    }
    out += '}';
    return out;
}

}  // namespace licet::formats
