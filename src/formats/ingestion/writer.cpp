#include <algorithm>
#include <unordered_map>
#include <utility>

#include "formats/ingestion.hpp"
#include "formats/ingestion/words.hpp"

namespace licet::formats {
namespace {

// Of what was not read from a document; the newest that Microsoft's pages name.
constexpr std::string_view configure_schema =
    "https://schema.mp.microsoft.com/schema/configure/2022-03-01-preview2";
constexpr std::string_view product_schema =
    "https://schema.mp.microsoft.com/schema/product/2022-03-01-preview3";
constexpr std::string_view setup_schema =
    "https://schema.mp.microsoft.com/schema/commercial-marketplace-setup/2022-03-01-preview2";
constexpr std::string_view plan_schema =
    "https://schema.mp.microsoft.com/schema/plan/2022-03-01-preview2";

/// What the offer says of a resource: names, and values in JSON.
using Members = std::vector<std::pair<std::string_view, std::string>>;

const Json* member(const KeptResource* kept, std::string_view name) {
    const auto found = kept ? kept->members.find(name) : decltype(kept->members.end())();
    return kept && found != kept->members.end() ? &found->second : nullptr;
}

std::string identity(const KeptResource* kept, std::string_view external_id) {
    constexpr std::string_view id_name = ingestion::external_id_names[0];
    Writer out(Audience::caller);
    const auto write_name = [&out](char separator, std::string_view name) {
        out.raw(separator);
        out.text(name);
        out.raw(':');
    };
    write_name('{', id_name);
    out.text(external_id);
    Findings none;
    Parsed more;
    if (const Json* text = member(kept, "identity");
        text && more.parse(text->text, none) && more.root().is_object()) {
        for (const Node& other : more.root().children()) {
            if (other.key() != id_name) {
                write_name(',', other.key());
                write_node(out, other);
            }
        }
    }
    out.raw('}');
    return std::move(out).take();
}

/// `prefix` is what a durable id of this kind begins with: "\"product/".
std::string reference(const KeptResource* kept, std::string_view prefix,
                      const std::string& external_id) {
    const Json* id = member(kept, "id");
    if (id && id->text.starts_with(prefix)) {
        return id->text;
    }
    return "{\"externalId\":" + encode(external_id) + "}";
}

class RequestWriter {
public:
    explicit RequestWriter(const Offer& offer) : offer_(offer) {
        for (const KeptResource& kept : offer.ingestion) {
            const auto schema = IngestionSchema::parse(kept.schema);
            const ResourceKind kind = schema ? schema->kind() : ResourceKind::other;
            if (kind == ResourceKind::product) {
                product_ = &kept;
            } else if (kind == ResourceKind::setup) {
                setup_ = &kept;
            } else if (kind == ResourceKind::plan && kept.plan) {
                plans_.emplace(kept.plan->str(), &kept);
            } else {
                others_.push_back(&kept);
            }
        }
        product_reference_ = reference(product_, "\"product/", offer.id.str());
    }

    std::string write() && {
        out_.raw("{\"$schema\":");
        out_.text(configure_schema);
        out_.raw(",\"resources\":");
        write_product();
        write_setup();
        for (const Plan& plan : offer_.plans) {
            write_resource(plan_schema, kept_of(plan.id),
                           {{"product", product_reference_},
                            {"identity", identity(kept_of(plan.id), plan.id.str())},
                            {"alias", encode(plan.name)}});
        }
        for (const KeptResource* other : others_) {
            write_other(*other);
        }
        out_.raw("]}");
        return std::move(out_).take();
    }

private:
    const KeptResource* kept_of(const PlanId& plan) const {
        const auto found = plans_.find(plan.str());
        return found == plans_.end() ? nullptr : found->second;
    }

    void write_product() {
        Members members{{"identity", identity(product_, offer_.id.str())},
                        {"alias", encode(offer_.alias)}};
        // A type that licet does not know; the offer's own says nothing then.
        if (!member(product_, "type")) {
            members.emplace_back(
                "type", encode(std::string(ingestion::word_of(ingestion::types, offer_.type))));
        }
        write_resource(product_schema, product_, members);
    }

    void write_setup() {
        const Setup& setup = offer_.setup;
        if (!setup_ && setup == Setup()) {
            return;
        }
        Members members{{"product", product_reference_}};
        for (const ingestion::Choice& choice : ingestion::choices) {
            if (const std::optional<bool>& chosen = setup.*choice.value) {
                members.emplace_back(choice.member, encode(*chosen));
            }
        }
        if (setup.call_to_action) {
            members.emplace_back(ingestion::call_to_action,
                                 encode(std::string(ingestion::word_of(ingestion::calls_to_action,
                                                                       *setup.call_to_action))));
        }
        write_resource(setup_schema, setup_, members);
    }

    void write_other(const KeptResource& kept) {
        Members members{{"product", product_reference_}};
        if (kept.plan) {
            members.emplace_back("plan",
                                 reference(kept_of(*kept.plan), "\"plan/", kept.plan->str()));
        }
        write_resource({}, &kept, members);
    }

    void write_resource(std::string_view schema, const KeptResource* kept, const Members& members) {
        out_.raw(std::exchange(separator_, ','));
        out_.raw("{\"$schema\":");
        out_.text(kept ? std::string_view(kept->schema) : schema);
        for (const auto& [name, value] : members) {
            write_member(name, value);
        }
        if (kept) {
            for (const auto& [name, value] : kept->members) {
                if (name != "$schema" &&
                    std::ranges::find(members, name, &Members::value_type::first) ==
                        members.end()) {
                    write_member(name, value.text);
                }
            }
        }
        out_.raw('}');
    }

    void write_member(std::string_view name, std::string_view value) {
        out_.raw(',');
        out_.text(name);
        out_.raw(':');
        out_.raw(value);
    }

    const Offer& offer_;
    const KeptResource* product_ = nullptr;
    const KeptResource* setup_ = nullptr;
    std::unordered_map<std::string_view, const KeptResource*> plans_;
    std::vector<const KeptResource*> others_;
    std::string product_reference_;
    Writer out_{Audience::caller};
    char separator_ = '[';
};

}  // namespace

std::string write_ingestion(const Offer& offer) { return RequestWriter(offer).write(); }

}  // namespace licet::formats
