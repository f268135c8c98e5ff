#include <algorithm>
#include <map>

#include <licet/operations/operations.hpp>

#include "formats/tables/catalog.hpp"
#include "formats/tables/deals.hpp"
#include "formats/tables/groups.hpp"
#include "formats/tables/history.hpp"
#include "formats/tables/seats.hpp"
#include "operations/config.hpp"
#include "operations/operation.hpp"

namespace licet {
namespace {

using formats::Form;
using formats::Schema;

constexpr std::string_view dialect = R"("$schema":"https://json-schema.org/draft/2020-12/schema")";

// A document that goes about by itself. What callers write too is described as they may write it,
// which takes what licet answers as well.
struct DocumentRow {
    std::string_view name;
    Form form;
    std::string (*schema)(const Schema&);
};

template <class T>
constexpr DocumentRow document(std::string_view name, Form form) {
    return {name, form, [](const Schema& in) { return formats::Codec<T>::schema(in, {}); }};
}

constexpr DocumentRow document_table[] = {
    document<Actor>("actor", Form::given),
    {"config", Form::given, config_schema},
    document<Deal>("deal", Form::given),
    document<Event>("event", Form::answered),
    document<Finding>("finding", Form::answered),
    document<GroupView>("group", Form::answered),
    document<Invite>("invite", Form::answered),
    document<Offer>("offer", Form::given),
    document<Plan>("plan", Form::given),
    document<PoolSummary>("pool", Form::answered),
    document<Relationship>("relationship", Form::answered),
    document<Seat>("seat", Form::answered),
};

std::string_view kind_of(const Operation& operation) {
    if (!operation.needs_actor) {
        return "host";
    }
    return operation.is_mutation ? "command" : "query";
}

std::string_view word_of(Side side) {
    switch (side) {
        case Side::host:
            return "host";
        case Side::marketplace:
            return "marketplace";
        case Side::publisher:
            return "publisher";
        case Side::customer:
            return "tenant";
    }
    return "";
}

// {"publisher":["global_admin"]}: for whom one acts, and the roles of which one is needed.
void write_roles(formats::Writer& out, const Operation& operation) {
    std::map<std::string, std::vector<Role>, std::less<>> sides;
    for (const Action action : operation.actions) {
        for (const Role role : roles_of(action)) {
            auto& roles = sides[std::string(word_of(side_of(action)))];
            if (std::ranges::find(roles, role) == roles.end()) {
                roles.push_back(role);
            }
        }
    }
    formats::Codec<decltype(sides)>::write(out, sides);
}

void write_operation(formats::Writer& out, const Operation& operation,
                     formats::Definitions& definitions) {
    out.raw(R"({"name":)");
    out.text(operation.name);
    out.raw(R"(,"kind":)");
    out.text(kind_of(operation));
    out.raw(R"(,"roles":)");
    write_roles(out, operation);
    out.raw(R"(,"arguments":)");
    out.raw(formats::object_schema({operation.fields, operation.caller_fields},
                                   Schema(Form::given, definitions)));
    out.raw(R"(,"answer":)");
    out.raw(operation.answer(Schema(Form::answered, definitions), {}));
    out.raw('}');
}

void write_definitions(formats::Writer& out, const formats::Definitions& definitions) {
    out.raw(R"("$defs":)");
    char separator = '{';
    for (const auto& [name, schema] : definitions) {
        out.raw(separator);
        out.text(name);
        out.raw(':');
        out.raw(schema);
        separator = ',';
    }
    out.raw('}');
}

}  // namespace

std::string operations_document() {
    formats::Definitions definitions;
    formats::Writer out(formats::Audience::caller);
    out.raw('{');
    out.raw(dialect);
    out.raw(R"(,"operations":)");
    char separator = '[';
    for (const Operation& operation : operation_table()) {
        out.raw(separator);
        write_operation(out, operation, definitions);
        separator = ',';
    }
    out.raw("],");
    write_definitions(out, definitions);
    out.raw('}');
    return std::move(out).take();
}

std::vector<std::string_view> documents() {
    std::vector<std::string_view> names;
    std::ranges::transform(document_table, std::back_inserter(names), &DocumentRow::name);
    return names;
}

std::optional<std::string> schema_of(std::string_view document) {
    const auto* const found = std::ranges::find(document_table, document, &DocumentRow::name);
    if (found == std::end(document_table)) {
        return std::nullopt;
    }
    formats::Definitions definitions;
    const std::string reference = found->schema(Schema(found->form, definitions));
    formats::Writer out(formats::Audience::caller);
    out.raw('{');
    out.raw(dialect);
    out.raw(R"(,"title":)");
    out.text(found->name);
    out.raw(',');
    out.raw(std::string_view(reference).substr(1, reference.size() - 2));
    out.raw(',');
    write_definitions(out, definitions);
    out.raw('}');
    return std::move(out).take();
}

}  // namespace licet
