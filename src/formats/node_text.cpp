#include "formats/node_text.hpp"

#include <utility>

#include <boost/json/serialize.hpp>

namespace licet::formats {
namespace {

void write_key(Writer& out, char separator, const Node& member) {
    out.raw(separator);
    out.text(member.key());
    out.raw(':');
}

void write_array(Writer& out, const Node& array, const Node* without) {
    char separator = '[';
    for (const Node& element : array.children()) {
        out.raw(std::exchange(separator, ','));
        write_node(out, element, without);
    }
    out.raw(separator == '[' ? "[]" : "]");
}

void write_object(Writer& out, const Node& object, const Node* without) {
    char separator = '{';
    for (const Node& member : object.children()) {
        if (&member != without) {
            write_key(out, std::exchange(separator, ','), member);
            write_node(out, member, without);
        }
    }
    out.raw(separator == '{' ? "{}" : "}");
}

}  // namespace

void write_node(Writer& out, const Node& node, const Node* without) {
    switch (node.kind()) {
        case Node::Kind::null:
            return out.raw("null");
        case Node::Kind::boolean:
            return out.raw(node.boolean() ? "true" : "false");
        case Node::Kind::int64:
            return out.number(node.int64());
        case Node::Kind::uint64:
            return out.number(node.uint64());
        case Node::Kind::real:
            return out.raw(boost::json::serialize(boost::json::value(node.real())));
        case Node::Kind::text:
            return out.text(node.text());
        case Node::Kind::array:
            return write_array(out, node, without);
        case Node::Kind::object:
            return write_object(out, node, without);
    }
}

std::string text_of(const Node& node, const Node* without) {
    Writer out(Audience::caller);
    write_node(out, node, without);
    return std::move(out).take();
}

void write_merged(Writer& out, const Node* target, const Node& patch) {
    if (!patch.is_object()) {
        return write_node(out, patch);
    }
    const Members changes(patch);
    const bool is_changed = target && target->is_object();
    const Members old = is_changed ? Members(*target) : Members();
    char separator = '{';
    const auto write_member = [&](const Node* before, const Node* change) {
        if (change && change->is_null()) {
            return;
        }
        write_key(out, std::exchange(separator, ','), change ? *change : *before);
        if (change) {
            write_merged(out, before, *change);
        } else {
            write_node(out, *before);
        }
    };
    if (is_changed) {
        for (const Node& member : target->children()) {
            write_member(&member, changes.find(member.key()));
        }
    }
    for (const Node& change : patch.children()) {
        if (!old.find(change.key())) {
            write_member(nullptr, &change);
        }
    }
    out.raw(separator == '{' ? "{}" : "}");
}

}  // namespace licet::formats
