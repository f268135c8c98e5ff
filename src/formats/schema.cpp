#include "formats/schema.hpp"

#include <cassert>
#include <utility>

namespace licet::formats {
namespace {

void append(std::string& list, std::string_view item) {
    list.append(list.empty() ? "" : ",").append(item);
}

std::string in_quotes(std::string_view plain) { return '"' + std::string(plain) + '"'; }

// `,"minLength":1,"maxLength":10` for "Length", where there is anything to say.
std::string limits(const std::string& of, const Bounds& bounds) {
    std::string text;
    if (bounds.min > 0) {
        text += ",\"min" + of + "\":" + std::to_string(bounds.min);
    }
    if (bounds.max < INT64_MAX) {
        text += ",\"max" + of + "\":" + std::to_string(bounds.max);
    }
    return text;
}

std::string_view suffix_of(Form form) {
    switch (form) {
        case Form::answered:
            return "";
        case Form::given:
            return "Input";
        case Form::patch:
            return "Patch";
    }
    return "";
}

bool is_described(const Field& field, Form form) {
    return field.set != Set::in_store && (form != Form::patch || field.set == Set::by_caller);
}

bool is_always_there(const Field& field, Form form) {
    switch (form) {
        case Form::answered:
            return field.need != Need::optional && field.need != Need::known;
        case Form::given:
            return (field.need == Need::required || field.need == Need::known) &&
                   field.set != Set::by_licet;
        case Form::patch:
            return false;
    }
    return false;
}

bool may_be_null(const Field& field, Form form) {
    // Null takes a member away: RFC 7396.
    return field.need == Need::nullable || (form == Form::patch && field.need != Need::required);
}

// `readOnly` and `writeOnly`, in front of whatever else the schema says.
std::string with_access(std::string_view access, std::string schema) {
    return schema.insert(1, in_quotes(access) + (schema == "{}" ? ":true" : ":true,"));
}

std::string property(const Field& field, const Schema& in) {
    const bool is_given = in.form() == Form::given;
    const bool is_derived = is_given && field.set == Set::by_licet;
    std::string schema = field.schema(is_derived ? in.as(Form::answered) : in, field.bounds);
    if (may_be_null(field, in.form())) {
        schema = any_of({schema, R"({"type":"null"})"});
    }
    if (is_derived) {
        return with_access("readOnly", std::move(schema));
    }
    return is_given && field.set == Set::secret ? with_access("writeOnly", std::move(schema))
                                                : schema;
}

}  // namespace

std::string Schema::definition(const std::string& name, const std::string& schema) const {
    [[maybe_unused]] const auto [found, is_new] = definitions_->try_emplace(name, schema);
    assert(is_new || found->second == schema);
    return R"({"$ref":"#/$defs/)" + name + "\"}";
}

std::string Schema::document(std::string_view name, std::span<const Field> fields) const {
    const std::string schema = object_schema({fields}, *this);
    Definitions apart;
    const bool differs = schema != object_schema({fields}, Schema(Form::answered, apart));
    return definition(std::string(name).append(differs ? suffix_of(form_) : ""), schema);
}

std::string object_schema(std::initializer_list<std::span<const Field>> parts, const Schema& in) {
    std::string properties;
    std::string required;
    for (const std::span<const Field> part : parts) {
        for (const Field& field : part) {
            if (!is_described(field, in.form())) {
                continue;
            }
            append(properties, in_quotes(field.name) + ':' + property(field, in));
            if (is_always_there(field, in.form())) {
                append(required, in_quotes(field.name));
            }
        }
    }
    if (!required.empty()) {
        required = R"("required":[)" + required + "],";
    }
    return R"({"type":"object","properties":{)" + properties + "}," + required +
           R"("additionalProperties":false})";
}

std::string text_schema(const Bounds& length) {
    return R"({"type":"string")" + limits("Length", length) + '}';
}

std::string pattern_schema(std::string_view pattern) {
    return R"({"type":"string","pattern":)" + in_quotes(pattern) + '}';
}

std::string words_schema(std::span<const std::string_view> words) {
    std::string all;
    for (const std::string_view word : words) {
        append(all, in_quotes(word));
    }
    return R"({"type":"string","enum":[)" + all + "]}";
}

std::string integer_schema(std::int64_t min, std::uint64_t max) {
    return R"({"type":"integer","minimum":)" + std::to_string(min) + R"(,"maximum":)" +
           std::to_string(max) + '}';
}

std::string list_schema(const std::string& elements, const Bounds& length) {
    return R"({"type":"array","items":)" + elements + limits("Items", length) + '}';
}

std::string map_schema(const std::string& values, const Bounds& size) {
    return R"({"type":"object","additionalProperties":)" + values + limits("Properties", size) +
           '}';
}

std::string any_of(std::initializer_list<std::string_view> schemas) {
    std::string all;
    for (const std::string_view schema : schemas) {
        append(all, schema);
    }
    return R"({"anyOf":[)" + all + "]}";
}

}  // namespace licet::formats
