#include <licet/catalog/ingestion.hpp>

#include <algorithm>
#include <string>
#include <unordered_set>

#include "catalog/report.hpp"
#include "quoted.hpp"

namespace licet {
namespace {

constexpr std::string_view hosts[] = {"schema.mp.microsoft.com", "product-ingestion.azureedge.net"};

bool is_segment(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    });
}

/// What is unique in an offer, as a text; nothing of what is not.
std::string identity_of(ResourceKind kind, const KeptResource& kept) {
    switch (kind) {
        case ResourceKind::product:
            return "product";
        case ResourceKind::setup:
            return "setup";
        case ResourceKind::plan:
            return "plan/" + (kept.plan ? kept.plan->str() : std::string());
        case ResourceKind::submission:
        case ResourceKind::other:
            break;
    }
    return {};
}

void check_members(const KeptResource& kept, Report& report, const Path& at) {
    for (const auto& [name, value] : kept.members) {
        const std::size_t depth = nesting_of(value);
        if (depth > kept_depth_max) {
            report.error(Errc::json_too_deep, at / name, std::to_string(depth) + " levels",
                         "keep at most 16");
        }
    }
}

}  // namespace

std::optional<IngestionSchema> IngestionSchema::parse(std::string_view url) noexcept {
    constexpr std::string_view scheme = "https://";
    constexpr std::string_view folder = "/schema/";
    if (!url.starts_with(scheme)) {
        return std::nullopt;
    }
    url.remove_prefix(scheme.size());
    const auto host = url.substr(0, url.find('/'));
    url.remove_prefix(host.size());
    if (std::ranges::find(hosts, host) == std::end(hosts) || !url.starts_with(folder)) {
        return std::nullopt;
    }
    url.remove_prefix(folder.size());
    const auto resource = url.substr(0, url.find('/'));
    url.remove_prefix(std::min(resource.size() + 1, url.size()));
    if (!is_segment(resource) || !is_segment(url)) {
        return std::nullopt;
    }
    return IngestionSchema{resource, url};
}

ResourceKind IngestionSchema::kind() const noexcept {
    if (resource == "product") {
        return ResourceKind::product;
    }
    if (resource == "commercial-marketplace-setup") {
        return ResourceKind::setup;
    }
    if (resource == "plan") {
        return ResourceKind::plan;
    }
    return resource == "submission" ? ResourceKind::submission : ResourceKind::other;
}

std::size_t nesting_of(const Json& value) noexcept {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < value.text.size(); ++i) {
        const char c = value.text[i];
        if (c == '"') {
            in_text = !in_text;
        } else if (in_text) {
            i += c == '\\' ? 1U : 0U;
        } else if (c == '[' || c == '{') {
            deepest = std::max(deepest, ++depth);
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return deepest;
}

void check_kept(const Offer& offer, Report& report, const Path& at) {
    if (offer.ingestion.empty()) {
        return;
    }
    std::unordered_set<std::string_view> plans;
    for (const Plan& plan : offer.plans) {
        plans.insert(plan.id.str());
    }
    std::unordered_set<std::string> met;
    for (std::size_t i = 0; i < offer.ingestion.size(); ++i) {
        const KeptResource& kept = offer.ingestion[i];
        const Path here = at / i;
        const auto schema = IngestionSchema::parse(kept.schema);
        const ResourceKind kind = schema ? schema->kind() : ResourceKind::other;
        const std::string identity = identity_of(kind, kept);
        if (!schema) {
            report.error(Errc::schema_unknown, here / "schema", quoted(kept.schema),
                         "use https://schema.mp.microsoft.com/schema/<resource>/<version>");
        }
        if (kind == ResourceKind::plan && !kept.plan) {
            report.error(Errc::missing_field, here / "plan", "plan", "say which plan it is");
        } else if (kept.plan && !plans.contains(kept.plan->str())) {
            report.error(Errc::kept_plan_unknown, here / "plan", quoted(kept.plan->str()),
                         "remove it, or add the plan");
        } else if (!identity.empty() && !met.insert(identity).second) {
            report.error(Errc::resource_duplicate, here, quoted(identity), "keep one of them");
        }
        check_members(kept, report, here / "members");
    }
}

}  // namespace licet
