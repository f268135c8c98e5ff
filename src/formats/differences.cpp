#include "formats/differences.hpp"

#include <utility>

#include "formats/tables/catalog.hpp"

namespace licet::formats {
namespace {

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
        const std::string old_text = encode(before);
        const std::string new_text = encode(after);
        Findings none;
        Parsed old_document;
        Parsed new_document;
        if (old_document.parse(old_text, none) && new_document.parse(new_text, none)) {
            members(old_document.root(), new_document.root(), Path());
        }
    }

private:
    static Json json_of(const Node& value) { return {text_of(value)}; }

    void members(const Node& before, const Node& after, const Path& at) {
        const Members old_members(before);
        for (const Node& member : after.children()) {
            const Path place = at / member.key();
            const Node* const old = old_members.find(member.key());
            if (!old) {
                note(Change::added, place, std::nullopt, json_of(member));
            } else if (old->is_object() && member.is_object()) {
                members(*old, member, place);
            } else if (*old != member) {
                note(Change::changed, place, json_of(*old), json_of(member));
            }
        }
        const Members new_members(after);
        for (const Node& member : before.children()) {
            if (!new_members.find(member.key())) {
                note(Change::removed, at / member.key(), json_of(member), std::nullopt);
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
