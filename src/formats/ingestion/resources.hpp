#pragma once

/// \file
/// An ingestion document taken apart, before anything is made of it.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <licet/catalog/ingestion.hpp>

#include "formats/document.hpp"

namespace licet::formats::ingestion {

/// A resource of the document.
struct Resource {
    Path at;
    std::string_view schema;
    std::string_view name;  ///< As the schema has it: "plan-listing".
    ResourceKind kind;
    std::vector<const Node*> rest;  ///< The members that have not been understood.
    const Node* external_id;        ///< Understood, though what it is inside of may not be.

    /// Null where there is none in the rest.
    const Node* find(std::string_view member) const noexcept;
    void take(std::string_view member);
};

/// The resources of a document, which must outlive this. One without a schema that is known is a
/// finding, and not among them.
class Resources {
public:
    Resources(const Node& document, Reader& reader, const Path& at);
    Resources(const Resources&) = delete;  // their places refer to this
    Resources& operator=(const Resources&) = delete;

    std::vector<Resource>& all() noexcept { return all_; }
    /// True for the answer to a query for all that one product has.
    bool are_tree() const noexcept { return are_tree_; }

private:
    std::vector<const Node*> find(const Node& document);
    std::vector<const Node*> list_in(const Node& envelope, std::string_view name);
    void open(const Node& resource, const Path& at);

    Reader& reader_;
    Path at_;
    Path list_at_;
    bool are_list_ = false;
    bool are_tree_ = false;
    std::vector<Resource> all_;
};

/// Finds what a reference names, whichever of its three names it uses.
class Index {
public:
    /// False where another has this external id.
    bool add(const Resource& resource, const std::string& external_id, std::size_t position);

    std::optional<std::size_t> find(const Node& reference) const;

private:
    using Positions = std::unordered_map<std::string, std::size_t>;

    Positions by_id_;
    Positions by_name_;
    Positions by_external_id_;
};

}  // namespace licet::formats::ingestion
