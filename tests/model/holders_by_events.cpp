#include "model/holders_by_events.hpp"

#include "engine/seat_event.hpp"
#include "model/step.hpp"

namespace licet::model {

void HoldersByEvents::read_on(world::World& world, const Plan& plan) {
    Pool& pool = pools_[plan];
    for (bool more = true; more;) {
        const auto page =
            world.history()
                .list_events({world::pool_stream(plan), {1000, pool.last}}, world::ben())
                .value();
        for (const Event& event : page.items) {
            const HolderChange change = holder_change(event.details).value();
            for (const UserId& user : change.lost) {
                pool.holders.erase(user);
            }
            pool.holders.insert(change.gained.begin(), change.gained.end());
            const std::string number = std::to_string(event.number);
            pool.last = std::string(20 - number.size(), '0') + number;
        }
        more = page.next.has_value();
    }
}

std::string HoldersByEvents::holders(const Plan& plan) const {
    std::string text;
    if (const auto pool = pools_.find(plan); pool != pools_.end()) {
        for (const UserId& user : pool->second.holders) {
            text += number_of(user) + ' ';
        }
    }
    return text;
}

}  // namespace licet::model
