#include "formats/ingestion/resources.hpp"

#include "formats/ingestion/words.hpp"

namespace licet::formats::ingestion {
namespace {

namespace json = boost::json;

std::optional<std::string_view> text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::optional(std::string_view(text->data(), text->size())) : std::nullopt;
}

std::optional<std::size_t> look_up(const std::unordered_map<std::string, std::size_t>& positions,
                                   const std::string& key) {
    const auto found = positions.find(key);
    return found == positions.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Resources::Resources(const json::value& document, Reader& reader, const Path& at)
    : reader_(reader), at_(at) {
    const std::span<const json::value> found = find(document);
    for (std::size_t i = 0; i < found.size(); ++i) {
        open(found[i], are_list_ ? list_at_ / i : at_);
    }
}

std::span<const json::value> Resources::find(const json::value& document) {
    if (const json::array* array = document.if_array()) {
        are_list_ = true;
        list_at_ = at_;
        return {array->data(), array->size()};
    }
    const json::object* object = document.if_object();
    if (!object) {
        reader_.wrong_type(document, at_, "an object or an array");
        return {};
    }
    const auto url = text_of(*object, "$schema");
    const auto schema = url ? IngestionSchema::parse(*url) : std::nullopt;
    are_tree_ = schema && schema->resource == "resource-tree";
    if (!schema || schema->kind() == ResourceKind::other) {
        for (const std::string_view name : {"resources", "value"}) {
            if (object->contains(name)) {
                return list_in(*object, name);
            }
        }
    }
    if (are_tree_ || (schema && schema->resource == "configure")) {
        reader_.findings().error(Errc::missing_field, at_ / "resources", "resources");
        return {};
    }
    return {&document, 1};
}

std::span<const json::value> Resources::list_in(const json::object& envelope,
                                                std::string_view name) {
    for (const auto& member : envelope) {
        const std::string_view known(member.key().data(), member.key().size());
        if (known == "$schema") {
            const auto url = text_in(member.value(), reader_, at_ / known);
            if (url && !IngestionSchema::parse(*url)) {
                reader_.findings().error(Errc::schema_unknown, at_ / known, quoted(*url));
            }
        } else if (known != name && known != "root" && known != "target") {
            reader_.findings().warning(Errc::unknown_field, at_ / known, quoted(known),
                                       "it is the document's, not an offer's, and is not kept");
        }
    }
    const json::value& list = envelope.at(name);
    if (!list.is_array()) {
        reader_.wrong_type(list, at_ / name, "an array");
        return {};
    }
    are_list_ = true;
    list_at_ = at_ / name;
    return {list.get_array().data(), list.get_array().size()};
}

void Resources::open(const json::value& resource, const Path& at) {
    const json::object* object = resource.if_object();
    if (!object) {
        reader_.wrong_type(resource, at, "an object");
        return;
    }
    const json::value* member = object->if_contains("$schema");
    if (!member) {
        reader_.findings().error(Errc::missing_field, at / "$schema", "$schema");
        return;
    }
    const auto url = text_in(*member, reader_, at / "$schema");
    const auto schema = url ? IngestionSchema::parse(*url) : std::nullopt;
    if (url && !schema) {
        reader_.findings().error(Errc::schema_unknown, at / "$schema", quoted(*url),
                                 "use https://schema.mp.microsoft.com/schema/<resource>/<version>");
    }
    if (!schema) {
        return;
    }
    for (const std::string_view name : {"id", "resourceName"}) {
        const json::value* text = object->if_contains(name);
        if (text && !text->is_string()) {
            reader_.wrong_type(*text, at / name, "a string");
        }
    }
    all_.push_back({at, *url, schema->resource, schema->kind(), *object});
    all_.back().rest.erase("$schema");
}

bool Index::add(const json::object& resource, const std::string& external_id,
                std::size_t position) {
    if (const auto id = text_of(resource, "id")) {
        by_id_.emplace(*id, position);
    }
    if (const auto name = text_of(resource, "resourceName")) {
        by_name_.emplace(*name, position);
    }
    return external_id.empty() || by_external_id_.emplace(external_id, position).second;
}

std::optional<std::size_t> Index::find(const json::value& reference) const {
    if (const json::string* id = reference.if_string()) {
        return look_up(by_id_, std::string(id->data(), id->size()));
    }
    const json::object* named = reference.if_object();
    if (!named) {
        return std::nullopt;
    }
    for (const std::string_view spelling : external_id_names) {
        if (const auto text = text_of(*named, spelling)) {
            return look_up(by_external_id_, lowercase(*text));
        }
    }
    const auto name = text_of(*named, "resourceName");
    return name ? look_up(by_name_, std::string(*name)) : std::nullopt;
}

}  // namespace licet::formats::ingestion
