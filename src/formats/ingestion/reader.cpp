#include <algorithm>
#include <utility>

#include "formats/ingestion.hpp"
#include "formats/ingestion/resources.hpp"
#include "formats/ingestion/setup.hpp"
#include "formats/ingestion/words.hpp"

namespace licet::formats {
namespace ingestion {
namespace {

/// An offer while its resources are being read.
struct Draft {
    Offer offer;
    Index plans;
    bool has_setup = false;
};

class OfferReader {
public:
    OfferReader(Reader& reader, bool are_tree)
        : reader_(reader), findings_(reader.findings()), are_tree_(are_tree) {}

    /// Products first, plans next.
    void read(Resource& resource);

    std::vector<Offer> take() &&;

private:
    void read_product(Resource& resource);
    void read_plan(Resource& resource);
    void read_other(Resource& resource);

    template <class Id>
    Id take_external_id(Resource& resource);
    OfferType take_type(Resource& resource);
    std::string take_alias(Resource& resource);
    Draft* take_owner(Resource& resource);
    std::optional<PlanId> take_plan(Resource& resource, const Draft& draft);
    void check_target(const Resource& resource);
    void keep(const Resource& resource, std::optional<PlanId> plan, Draft& draft);

    Reader& reader_;
    Findings& findings_;
    bool are_tree_;
    Index products_;
    std::vector<Draft> drafts_;
};

void OfferReader::read(Resource& resource) {
    switch (resource.kind) {
        case ResourceKind::product:
            return read_product(resource);
        case ResourceKind::plan:
            return read_plan(resource);
        case ResourceKind::setup:
        case ResourceKind::submission:
        case ResourceKind::other:
            return read_other(resource);
    }
}

void OfferReader::read_product(Resource& resource) {
    Draft& draft = drafts_.emplace_back();
    Offer& offer = draft.offer;
    offer.id = take_external_id<OfferId>(resource);
    if (!products_.add(resource, offer.id.str(), drafts_.size() - 1)) {
        findings_.error(Errc::resource_duplicate, resource.at, quoted(offer.id.str()),
                        "give every product an external id of its own");
    }
    offer.type = take_type(resource);
    offer.alias = take_alias(resource);
    keep(resource, std::nullopt, draft);
}

void OfferReader::read_plan(Resource& resource) {
    Draft* draft = take_owner(resource);
    Plan plan;
    plan.id = take_external_id<PlanId>(resource);
    plan.name = take_alias(resource);
    if (!draft || plan.id.empty()) {
        return;
    }
    if (!draft->plans.add(resource, plan.id.str(), draft->offer.plans.size())) {
        findings_.error(Errc::resource_duplicate, resource.at, quoted(plan.id.str()),
                        "give every plan of a product an external id of its own");
    }
    keep(resource, plan.id, *draft);
    draft->offer.plans.push_back(std::move(plan));
}

void OfferReader::read_other(Resource& resource) {
    Draft* draft = take_owner(resource);
    if (resource.kind == ResourceKind::submission) {
        check_target(resource);
    } else if (resource.kind == ResourceKind::other) {
        findings_.warning(Errc::resource_unknown, resource.at / "$schema", quoted(resource.name));
    }
    if (!draft) {
        return;
    }
    if (resource.kind == ResourceKind::setup) {
        if (std::exchange(draft->has_setup, true)) {
            findings_.error(Errc::resource_duplicate, resource.at, quoted(resource.name),
                            "keep one of them");
        }
        draft->offer.setup = take_setup(resource, draft->offer.type, reader_);
    }
    keep(resource, take_plan(resource, *draft), *draft);
}

std::vector<Offer> OfferReader::take() && {
    std::vector<Offer> offers;
    for (Draft& draft : drafts_) {
        offers.push_back(std::move(draft.offer));
    }
    return offers;
}

template <class Id>
Id OfferReader::take_external_id(Resource& resource) {
    Id id;
    const Node* identity = resource.find("identity");
    if (identity && !identity->is_object()) {
        reader_.wrong_type(*identity, resource.at / "identity", "an object");
        return id;
    }
    const Path inside = resource.at / "identity";
    const auto take = [&](const Node* text, const Path& at) {
        if (text) {
            Codec<Id>::read(*text, id, reader_, at / text->key());
            resource.external_id = text;
        }
        return text != nullptr;
    };
    for (const std::string_view name : external_id_names) {
        if (identity && take(identity->find(name), inside)) {
            if (identity->size() == 1) {
                resource.take("identity");
            }
            return id;
        }
    }
    for (const std::string_view name : external_id_names) {  // as older documents have it
        if (take(resource.find(name), resource.at)) {
            resource.take(name);
            if (identity && identity->size() == 0) {
                resource.take("identity");
            }
            return id;
        }
    }
    findings_.error(Errc::missing_field, inside / "externalId", "externalId");
    return id;
}

OfferType OfferReader::take_type(Resource& resource) {
    const Path at = resource.at / "type";
    const Node* given = resource.find("type");
    if (!given) {
        findings_.error(Errc::missing_field, at, "type");
    } else if (const auto word = text_in(*given, reader_, at)) {
        if (const auto type = meaning_of(types, *word)) {
            resource.take("type");
            return *type;
        }
        findings_.warning(Errc::unknown_word, at, quoted(*word), "it is kept as it is");
    }
    return Offer().type;
}

std::string OfferReader::take_alias(Resource& resource) {
    std::string alias;
    if (const Node* given = resource.find("alias")) {
        Codec<std::string>::read(*given, alias, reader_, resource.at / "alias");
        resource.take("alias");
    } else {
        findings_.error(Errc::missing_field, resource.at / "alias", "alias");
    }
    return alias;
}

// Whose resource it is, which need not be said where there is one product only. A tree is of one
// product too, and the references in published ones are not all right.
Draft* OfferReader::take_owner(Resource& resource) {
    const Path at = resource.at / "product";
    const Node* reference = resource.find("product");
    const bool is_sole = drafts_.size() == 1;
    std::optional<std::size_t> owner;
    if (!reference || reference->is_null()) {
        if (is_sole) {
            owner = 0;
        } else {
            findings_.error(Errc::missing_field, at, "product");
        }
    } else if (!reference->is_text() && !reference->is_object()) {
        reader_.wrong_type(*reference, at, "a durable id or an object");
    } else if (owner = products_.find(*reference); !owner) {
        const std::string named = quoted(text_of(*reference));
        if (is_sole && are_tree_) {
            owner = 0;
            findings_.warning(Errc::product_unknown, at, named, "the tree's product is taken");
        } else {
            findings_.error(Errc::product_unknown, at, named, "name a product of the document");
        }
    }
    if (!owner) {
        return nullptr;
    }
    resource.take("product");
    return &drafts_[*owner];
}

std::optional<PlanId> OfferReader::take_plan(Resource& resource, const Draft& draft) {
    const Node* reference = resource.find("plan");
    const auto position = reference ? draft.plans.find(*reference) : std::nullopt;
    if (!position) {
        return std::nullopt;
    }
    resource.take("plan");
    return draft.offer.plans[*position].id;
}

void OfferReader::check_target(const Resource& resource) {
    const Path at = resource.at / "target";
    const Node* target = resource.find("target");
    if (!target) {
        findings_.error(Errc::missing_field, at, "target");
    } else if (!target->is_object()) {
        reader_.wrong_type(*target, at, "an object");
    } else if (const Node* type = target->find("targetType")) {
        const auto word = text_in(*type, reader_, at / "targetType");
        if (word && std::ranges::find(targets, *word) == std::end(targets)) {
            findings_.warning(Errc::unknown_word, at / "targetType", quoted(*word),
                              "one of draft, preview, live");
        }
    } else {
        findings_.error(Errc::missing_field, at / "targetType", "targetType");
    }
}

void OfferReader::keep(const Resource& resource, std::optional<PlanId> plan, Draft& draft) {
    KeptResource kept{std::string(resource.schema), std::move(plan), {}};
    for (const Node* member : resource.rest) {
        const std::string_view name = member->key();
        Json value{text_of(*member, resource.external_id)};
        if (const std::size_t depth = nesting_of(value); depth > kept_depth_max) {
            findings_.error(Errc::json_too_deep, resource.at / name,
                            std::to_string(depth) + " levels", "keep at most 16");
        }
        kept.members.emplace(name, std::move(value));
    }
    draft.offer.ingestion.push_back(std::move(kept));
}

// In the order of their kinds: the others refer to products and plans from wherever they stand.
std::vector<Offer> offers_of(Resources& resources, Reader& reader, const Path& at) {
    auto& all = resources.all();
    std::ranges::stable_sort(all, {}, &Resource::kind);
    if (all.empty() || all.front().kind != ResourceKind::product) {
        if (!reader.findings().has_errors()) {
            reader.findings().error(Errc::product_missing, at, {}, "add the product's resource");
        }
        return {};
    }
    OfferReader offers(reader, resources.are_tree());
    for (Resource& resource : all) {
        offers.read(resource);
    }
    return std::move(offers).take();
}

}  // namespace
}  // namespace ingestion

std::vector<Offer> read_ingestion(const Node& document, const std::optional<PublisherId>& publisher,
                                  Findings& findings, const Path& at) {
    // Ids that real documents spell in capitals are a warning.
    Reader reader(findings, Origin::caller, Profile::import);
    ingestion::Resources resources(document, reader, at);
    std::vector<Offer> offers = ingestion::offers_of(resources, reader, at);
    if (publisher) {
        for (Offer& offer : offers) {
            offer.publisher = *publisher;
            for (Plan& plan : offer.plans) {
                plan.service_id = ServiceId::of(*publisher, offer.id, plan.id);
            }
        }
    }
    return offers;
}

}  // namespace licet::formats
