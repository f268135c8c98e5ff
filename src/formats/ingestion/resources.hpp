#pragma once

/// \file
/// An ingestion document taken apart, before anything is made of it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/json/object.hpp>

#include <licet/catalog/ingestion.hpp>

#include "formats/document.hpp"

namespace licet::formats::ingestion {

/// A resource of the document. What has been understood is taken out of `rest`.
struct Resource {
    Path at;
    std::string_view schema;
    std::string_view name;  ///< As the schema has it: "plan-listing".
    ResourceKind kind;
    boost::json::object rest;
};

/// The resources of a document, which must outlive this. One without a schema that is known is a
/// finding, and not among them.
class Resources {
public:
    Resources(const boost::json::value& document, Reader& reader, const Path& at);
    Resources(const Resources&) = delete;  // their places refer to this
    Resources& operator=(const Resources&) = delete;

    std::vector<Resource>& all() noexcept { return all_; }
    /// True for the answer to a query for all that one product has.
    bool are_tree() const noexcept { return are_tree_; }

private:
    std::span<const boost::json::value> find(const boost::json::value& document);
    std::span<const boost::json::value> list_in(const boost::json::object& envelope,
                                                std::string_view name);
    void open(const boost::json::value& resource, const Path& at);

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
    bool add(const boost::json::object& resource, const std::string& external_id,
             std::size_t position);

    std::optional<std::size_t> find(const boost::json::value& reference) const;

private:
    using Positions = std::unordered_map<std::string, std::size_t>;

    Positions by_id_;
    Positions by_name_;
    Positions by_external_id_;
};

}  // namespace licet::formats::ingestion
