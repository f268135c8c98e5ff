#pragma once

/// \file
/// Who holds a seat, as somebody knows who has read nothing but the events.

#include <map>
#include <optional>
#include <set>
#include <string>

#include "model/seat_model.hpp"
#include "unit/engine/world.hpp"

namespace licet::model {

class HoldersByEvents {
public:
    /// Reads the events of a plan's pool since it last did.
    void read_on(world::World& world, const Plan& plan);

    /// Licences that are gone for good take their seats with them, and no event says so.
    void forget(const Plan& plan) { pools_[plan].holders.clear(); }

    /// As SeatModel::holders tells them.
    std::string holders(const Plan& plan) const;

private:
    struct Pool {
        std::optional<std::string> last;  // of the events that were read
        std::set<UserId> holders;
    };

    std::map<Plan, Pool> pools_;
};

}  // namespace licet::model
