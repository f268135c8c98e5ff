#pragma once

/// \file
/// What an offer keeps of the documents of Partner Center's product-ingestion API (DOMAIN §3.2).

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <licet/ids.hpp>
#include <licet/page.hpp>

namespace licet {

/// What a resource is: one of the four that fit an offer, or another.
enum class ResourceKind { product, plan, setup, submission, other };

/// What the "$schema" of a resource says: `https://<host>/schema/<resource>/<version>`, where the
/// host is `schema.mp.microsoft.com` or the older `product-ingestion.azureedge.net`. [P]
struct IngestionSchema {
    std::string_view resource;  ///< "commercial-marketplace-setup"
    std::string_view version;   ///< "2022-03-01-preview2"

    /// Nothing where it is any other URL. What it finds refers to `url`.
    static std::optional<IngestionSchema> parse(std::string_view url) noexcept;

    ResourceKind kind() const noexcept;
};

/// What an ingestion document said of one resource beyond what stands in the offer itself, kept
/// as it was (secrets too) and written back. Whatever the offer says wins over it.
///
/// An offer has at most one of its product, of its setup and of each plan, and any number of
/// others. One of a plan, or about a plan, goes when the plan is deleted.
struct KeptResource {
    std::string schema;          ///< The "$schema", with its host and version.
    std::optional<PlanId> plan;  ///< Which plan it is or refers to.
    std::map<std::string, Json, std::less<>> members;  ///< The rest, by name.

    friend bool operator==(const KeptResource&, const KeptResource&) = default;
};

/// A kept member nested deeper than this is a finding, so that it can be read wherever an offer
/// stands inside another document.
inline constexpr std::size_t kept_depth_max = 16;

/// How deep arrays and objects stand in each other: 0 for a text or a number.
std::size_t nesting_of(const Json& value) noexcept;

}  // namespace licet
