#include "formats/ingestion/resources.hpp"

#include <algorithm>

#include "formats/ingestion/words.hpp"

namespace licet::formats::ingestion {
namespace {

std::optional<std::string_view> text_if_any(const Node* node) {
    return node && node->is_text() ? std::optional(node->text()) : std::nullopt;
}

std::vector<const Node*> children_of(const Node& list) {
    std::vector<const Node*> all;
    all.reserve(list.size());
    for (const Node& child : list.children()) {
        all.push_back(&child);
    }
    return all;
}

std::optional<std::size_t> look_up(const std::unordered_map<std::string, std::size_t>& positions,
                                   const std::string& key) {
    const auto found = positions.find(key);
    return found == positions.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

const Node* Resource::find(std::string_view member) const noexcept {
    const auto is_it = [&](const Node* one) { return one->key() == member; };
    const auto found = std::ranges::find_if(rest, is_it);
    return found == rest.end() ? nullptr : *found;
}

void Resource::take(std::string_view member) {
    std::erase_if(rest, [&](const Node* one) { return one->key() == member; });
}

Resources::Resources(const Node& document, Reader& reader, const Path& at)
    : reader_(reader), at_(at) {
    const std::vector<const Node*> found = find(document);
    for (std::size_t i = 0; i < found.size(); ++i) {
        open(*found[i], are_list_ ? list_at_ / i : at_);
    }
}

std::vector<const Node*> Resources::find(const Node& document) {
    if (document.is_array()) {
        are_list_ = true;
        list_at_ = at_;
        return children_of(document);
    }
    if (!document.is_object()) {
        reader_.wrong_type(document, at_, "an object or an array");
        return {};
    }
    const auto url = text_if_any(document.find("$schema"));
    const auto schema = url ? IngestionSchema::parse(*url) : std::nullopt;
    are_tree_ = schema && schema->resource == "resource-tree";
    if (!schema || schema->kind() == ResourceKind::other) {
        for (const std::string_view name : {"resources", "value"}) {
            if (document.find(name)) {
                return list_in(document, name);
            }
        }
    }
    if (are_tree_ || (schema && schema->resource == "configure")) {
        reader_.findings().error(Errc::missing_field, at_ / "resources", "resources");
        return {};
    }
    return {&document};
}

std::vector<const Node*> Resources::list_in(const Node& envelope, std::string_view name) {
    for (const Node& member : envelope.children()) {
        const std::string_view known = member.key();
        if (known == "$schema") {
            const auto url = text_in(member, reader_, at_ / known);
            if (url && !IngestionSchema::parse(*url)) {
                reader_.findings().error(Errc::schema_unknown, at_ / known, quoted(*url));
            }
        } else if (known != name && known != "root" && known != "target") {
            reader_.findings().warning(Errc::unknown_field, at_ / known, quoted(known),
                                       "it is the document's, not an offer's, and is not kept");
        }
    }
    const Node& list = *envelope.find(name);
    if (!list.is_array()) {
        reader_.wrong_type(list, at_ / name, "an array");
        return {};
    }
    are_list_ = true;
    list_at_ = at_ / name;
    return children_of(list);
}

void Resources::open(const Node& resource, const Path& at) {
    if (!resource.is_object()) {
        reader_.wrong_type(resource, at, "an object");
        return;
    }
    const Node* member = resource.find("$schema");
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
        const Node* text = resource.find(name);
        if (text && !text->is_text()) {
            reader_.wrong_type(*text, at / name, "a string");
        }
    }
    all_.push_back({at, *url, schema->resource, schema->kind(), children_of(resource), nullptr});
    all_.back().take("$schema");
}

bool Index::add(const Resource& resource, const std::string& external_id, std::size_t position) {
    if (const auto id = text_if_any(resource.find("id"))) {
        by_id_.emplace(*id, position);
    }
    if (const auto name = text_if_any(resource.find("resourceName"))) {
        by_name_.emplace(*name, position);
    }
    return external_id.empty() || by_external_id_.emplace(external_id, position).second;
}

std::optional<std::size_t> Index::find(const Node& reference) const {
    if (const auto id = text_if_any(&reference)) {
        return look_up(by_id_, std::string(*id));
    }
    for (const std::string_view spelling : external_id_names) {
        if (const auto text = text_if_any(reference.find(spelling))) {
            return look_up(by_external_id_, lowercase(*text));
        }
    }
    const auto name = text_if_any(reference.find("resourceName"));
    return name ? look_up(by_name_, std::string(*name)) : std::nullopt;
}

}  // namespace licet::formats::ingestion
