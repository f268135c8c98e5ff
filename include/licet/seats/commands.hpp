#pragma once

/// \file
/// The commands and queries about pools and seats: name, permission, answer.

#include <string_view>

#include <licet/page.hpp>
#include <licet/seats/seat.hpp>

namespace licet {

struct SeatsAnswer {
    std::vector<SeatOutcome> outcomes;  ///< One a distinct user, sorted.
    PoolSummary pool;
};

struct AssignSeats {
    static constexpr std::string_view name = "seats.assign";
    static constexpr Action action = Action::assign_seats;
    using Answer = SeatsAnswer;
    TenantId tenant;
    ServiceId service_id;
    std::vector<UserId> users;  ///< In any order; one named twice counts once.
    Mode mode = Mode::atomic;
    std::optional<Country> usage_location;
};
struct UnassignSeats {
    static constexpr std::string_view name = "seats.unassign";
    static constexpr Action action = Action::assign_seats;
    using Answer = SeatsAnswer;
    TenantId tenant;
    ServiceId service_id;
    std::vector<UserId> users;
    Mode mode = Mode::atomic;
};
struct ListSeats {
    static constexpr std::string_view name = "seats.list";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    ServiceId service_id;
    PageRequest page;
};
struct SeatsOfUser {
    static constexpr std::string_view name = "seats.of_user";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    UserId user;
};
struct UserSeatsAnswer {
    std::vector<Seat> seats;
};
struct GetPool {
    static constexpr std::string_view name = "pools.get";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    ServiceId service_id;
};
struct PoolView {
    PoolSummary pool;
    std::uint64_t revision = 0;
};
struct ListPools {
    static constexpr std::string_view name = "pools.list";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    PageRequest page;
};

/// What an unlicensed user is shown of a plan that would do. [P]
struct PlanNotice {
    std::string display_name;
    std::optional<std::string> more_info_url;
};
struct Check {
    static constexpr std::string_view name = "check";
    static constexpr Action action = Action::host;
    TenantId tenant;
    UserId user;
    ServiceId service_id;
};
struct CheckApp {
    static constexpr std::string_view name = "check_app";
    static constexpr Action action = Action::host;
    TenantId tenant;
    UserId user;
    std::string app;
};
struct CheckAnswer {
    Decision decision = Decision::no_pool;
    std::vector<ServiceId> by;       ///< The Service IDs the decision rests on.
    std::optional<PlanNotice> show;  ///< Only where not licensed and a plan is known.
};

}  // namespace licet
