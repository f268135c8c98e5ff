#include "formats/differences.hpp"

#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "formats/tables/catalog.hpp"

namespace licet::formats {
namespace {

namespace json = boost::json;

class Comparison {
public:
    std::vector<Difference> take() && { return std::move(differences_); }

    /// What is compared from now on is in this plan.
    void enter(const PlanId& plan) { plan_ = plan; }
    void leave() { plan_.reset(); }

    void note(Change change, const Path& at, std::optional<Json> before,
              std::optional<Json> after) {
        differences_.push_back({change, plan_, at.str(), std::move(before), std::move(after)});
    }

    template <class T>
    void compare(const T& before, const T& after) {
        Findings none;
        Parsed old_document;
        Parsed new_document;
        if (old_document.parse(encode(before), none) && new_document.parse(encode(after), none)) {
            members(old_document.root().get_object(), new_document.root().get_object(), Path());
        }
    }

private:
    static Json text_of(const json::value& value) { return {json::serialize(value)}; }
    static std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

    void members(const json::object& before, const json::object& after, const Path& at) {
        for (const auto& member : after) {
            const Path place = at / view(member.key());
            const json::value* old = before.if_contains(member.key());
            if (!old) {
                note(Change::added, place, std::nullopt, text_of(member.value()));
            } else if (old->is_object() && member.value().is_object()) {
                members(old->get_object(), member.value().get_object(), place);
            } else if (*old != member.value()) {
                note(Change::changed, place, text_of(*old), text_of(member.value()));
            }
        }
        for (const auto& member : before) {
            if (!after.contains(member.key())) {
                note(Change::removed, at / view(member.key()), text_of(member.value()),
                     std::nullopt);
            }
        }
    }

    std::vector<Difference> differences_;
    std::optional<PlanId> plan_;
};

Offer without_plans(Offer offer) {
    offer.plans.clear();
    return offer;
}

/// The ids of those plans that the other offer has too.
std::vector<PlanId> shared(const Offer& offer, const Offer& other) {
    std::vector<PlanId> ids;
    for (const Plan& plan : offer.plans) {
        if (other.find(plan.id)) {
            ids.push_back(plan.id);
        }
    }
    return ids;
}

void compare_plans(const Offer& before, const Offer& after, Comparison& comparison) {
    for (const Plan& plan : after.plans) {
        comparison.enter(plan.id);
        if (const Plan* old = before.find(plan.id)) {
            comparison.compare(*old, plan);
        } else {
            comparison.note(Change::added, Path(), std::nullopt, Json{encode(plan)});
        }
    }
    for (const Plan& plan : before.plans) {
        if (!after.find(plan.id)) {
            comparison.enter(plan.id);
            comparison.note(Change::removed, Path(), Json{encode(plan)}, std::nullopt);
        }
    }
    comparison.leave();
    const std::vector<PlanId> old_order = shared(before, after);
    const std::vector<PlanId> new_order = shared(after, before);
    if (old_order != new_order) {
        comparison.note(Change::changed, Path() / "plans", Json{encode(old_order)},
                        Json{encode(new_order)});
    }
}

}  // namespace

std::vector<Difference> differences(const Offer* before, const Offer& after) {
    Comparison comparison;
    if (before) {
        comparison.compare(without_plans(*before), without_plans(after));
        compare_plans(*before, after, comparison);
    } else {
        comparison.note(Change::added, Path(), std::nullopt, Json{encode(after)});
    }
    return std::move(comparison).take();
}

}  // namespace licet::formats
