#include "engine/group_loss.hpp"

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"
#include "formats/tables/groups.hpp"

namespace licet {

LostBy groups_of(const std::vector<UserId>& users, const SeatOf& seat_of) {
    LostBy groups;
    for (const UserId& user : users) {
        for (const SeatSource& source : seat_of(user)->sources) {
            if (source.group) {
                groups[*source.group].push_back(user);
            }
        }
    }
    return groups;
}

result<std::vector<GroupLoss>> lose_rows(Unit& unit, const TenantId& tenant,
                                         const std::map<ServiceId, LostBy>& taken) {
    std::map<GroupId, std::map<ServiceId, std::vector<UserId>>> by_group;
    std::vector<std::string> wanted;
    for (const auto& [service_id, groups] : taken) {
        for (const auto& [group, users] : groups) {
            by_group[group].emplace(service_id, users);
            wanted.push_back(keys::group(tenant, group));
        }
    }
    BOOST_OUTCOME_TRYV(unit.fetch(wanted));
    std::vector<GroupLoss> losses;
    for (const auto& [group, products] : by_group) {
        const std::string key = keys::group(tenant, group);
        BOOST_OUTCOME_TRY(auto record, unit.record<Group>(key));
        if (!record) {
            return Error{Errc::record_corrupt, key + ", of which there are seats", {}};
        }
        GroupLoss loss{*std::move(record), {}};
        loss.after = loss.record.value;
        for (const auto& [service_id, users] : products) {
            loss.after = with_violation(std::move(loss.after), service_id, users);
        }
        losses.push_back(std::move(loss));
    }
    return losses;
}

}  // namespace licet
