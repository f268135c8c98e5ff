#pragma once

/// \file
/// Who holds a seat, and how it is with groups, as somebody knows who has read nothing but the
/// events.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/naive_model.hpp"
#include "unit/engine/world.hpp"

namespace licet::model {

class ByEvents {
public:
    /// Reads the events since it last did.
    void read_pool(world::World& world, const Plan& plan);
    void read_group(world::World& world, const Source& group);

    /// Licences that are gone for good take their seats with them, and no event says so.
    void forget(const Plan& plan);

    /// As holders_text tells them.
    std::string holders(const Plan& plan) const;
    /// As group_text tells them; "" for a group that never was.
    std::string rows(const Source& group) const;

private:
    using Rows = std::map<std::pair<UserId, Plan>, std::string>;

    std::vector<Event> next_events(world::World& world, const std::string& stream);

    std::map<std::string, std::string> last_;  // of the events that were read, by stream
    std::map<Plan, std::set<UserId>> holders_;
    std::map<Source, Rows> rows_;
};

}  // namespace licet::model
