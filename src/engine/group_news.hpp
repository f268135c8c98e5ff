#pragma once

/// \file
/// The details of a group's events.

#include <cstdint>
#include <optional>
#include <vector>

#include <licet/seats/group.hpp>

#include "formats/tables/groups.hpp"

namespace licet {

/// A group before or after.
struct GroupSide {
    std::vector<ServiceId> service_ids;
    std::int64_t member_count = 0;
};

/// What an event tells of a group.
struct GroupNews {
    std::optional<GroupSide> before;
    GroupSide after;
    std::vector<UserId> joined;
    std::vector<UserId> left;
    std::vector<GroupRow> rows;
};

namespace formats {

template <>
struct Table<GroupSide> {
    static constexpr Field fields[] = {
        field<GroupSide, &GroupSide::service_ids>("service_ids"),
        field<GroupSide, &GroupSide::member_count>("member_count"),
    };
};
template <>
struct Table<GroupNews> {
    static constexpr Field fields[] = {
        field<GroupNews, &GroupNews::before>("before", Need::nullable),
        field<GroupNews, &GroupNews::after>("after"),
        field<GroupNews, &GroupNews::joined>("joined", Need::optional),
        field<GroupNews, &GroupNews::left>("left", Need::optional),
        field<GroupNews, &GroupNews::rows>("rows", Need::optional),
    };
};

}  // namespace formats
}  // namespace licet
