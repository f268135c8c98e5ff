#include <map>
#include <utility>

#include "catalog/plan_rows.hpp"
#include "catalog/report.hpp"

namespace licet {

void check_plan_names(const PlanRows& rows, FileReport& definition) {
    for (const DefinitionRow& row : rows.definitions) {
        const std::size_t length = text::characters(row.display_name.text);
        if (length > plan_name_max) {
            definition.error(Errc::plan_name_length, row.display_name,
                             std::to_string(length) + " characters", "use at most 200 characters");
        }
    }
}

std::vector<Offer> offers_of(const PlanRows& rows) {
    std::vector<Offer> offers;
    std::map<std::pair<PublisherId, OfferId>, std::size_t> by_name;
    std::map<ServiceId, std::pair<std::size_t, std::size_t>> by_id;
    for (const DefinitionRow& row : rows.definitions) {
        const ServiceId id = ServiceId::parse(row.service_id.text).value();
        const auto [found, is_new] =
            by_name.try_emplace(std::pair(id.publisher(), id.offer()), offers.size());
        if (is_new) {
            Offer& offer = offers.emplace_back();
            offer.publisher = id.publisher();
            offer.id = id.offer();
            offer.alias = offer.id.str();
            offer.setup.license_management = true;
        }
        std::vector<Plan>& plans = offers[found->second].plans;
        by_id.emplace(id, std::pair(found->second, plans.size()));
        Plan& plan = plans.emplace_back();
        plan.id = id.plan();
        plan.name = row.display_name.text;
        if (!row.more_info_url.text.empty()) {
            plan.more_info_url = row.more_info_url.text;
        }
        plan.service_id = id;
    }
    for (const MappingRow& row : rows.mappings) {
        const auto [offer, plan] = by_id.at(ServiceId::parse(row.service_id.text).value());
        offers[offer].plans[plan].apps.emplace_back(row.component.text);
    }
    return offers;
}

}  // namespace licet
