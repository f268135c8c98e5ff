#pragma once

/// \file
/// The commands and queries about pools and seats: name, permission, answer.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/page.hpp>
#include <licet/seats/seat.hpp>

namespace licet {

/// At most so many users in one call. [D]
inline constexpr std::size_t users_max = 1'000'000;

struct SeatsAnswer {
    std::vector<SeatOutcome> outcomes;  ///< One a distinct user, sorted.
    PoolSummary pool;
    std::uint64_t duplicates = 0;  ///< How many of the users given had been named before.
};

struct MoveAnswer {
    std::vector<SeatOutcome> outcomes;  ///< One a distinct user, sorted.
    PoolSummary from;
    PoolSummary to;
    std::uint64_t duplicates = 0;  ///< As of SeatsAnswer.
};

/// A best-effort call of many users goes in parts, each of which is written with its own answer:
/// what is done stays done where the call then fails, and the same call under the same idempotency
/// key goes on from there and answers for all. An atomic call is written whole or, where the store
/// cannot take so much at once, not at all (`batch_too_large`). Fails with `list_length` at /users.
struct AssignSeats {
    static constexpr std::string_view name = "seats.assign";
    static constexpr Action action = Action::assign_seats;
    using Answer = SeatsAnswer;
    TenantId tenant;
    ServiceId service_id;
    std::vector<UserId> users;  ///< In any order; one named twice counts once.
    Mode mode = Mode::atomic;
    std::optional<Country> usage_location;  ///< One of ISO 3166. Absent: as it was, or none.
};
/// As AssignSeats.
struct UnassignSeats {
    static constexpr std::string_view name = "seats.unassign";
    static constexpr Action action = Action::assign_seats;
    using Answer = SeatsAnswer;
    TenantId tenant;
    ServiceId service_id;
    std::vector<UserId> users;
    Mode mode = Mode::atomic;
};
/// Gives direct seats of one plan for direct seats of another: whoever is moved has the one from
/// the moment in which the other is gone. All in one step or, with best effort, in parts as
/// AssignSeats.
/// `expected_revision` and the answer's `revision` are those of the pool that is moved to.
struct MoveSeats {
    static constexpr std::string_view name = "seats.move";
    static constexpr Action action = Action::assign_seats;
    using Answer = MoveAnswer;
    TenantId tenant;
    ServiceId from;
    ServiceId to;
    std::vector<UserId> users;
    Mode mode = Mode::atomic;
    std::optional<Country> usage_location;  ///< Absent: as it was.
};
/// A user's use of an app, by a seat of a plan that opens it.
struct SeatTouch {
    UserId user;
    std::optional<Timestamp> at;  ///< Absent: now.
};
struct TouchAnswer {
    /// Users whose last use is later than was known; fewer where the store did not answer at once
    /// whether it was written.
    std::int64_t recorded = 0;
    std::vector<Finding> findings;  ///< Warnings: uses that are not recorded.
};
/// The host tells when seats were last used, some at a time and never on the way of a check. What
/// is known never goes back, so that telling it again does no harm: it takes no key, and goes in
/// parts where the store takes fewer at once. Leaves no event. Warnings are `use_without_seat`,
/// `use_before_seat` and `use_in_future`, at `/uses/<n>`.
struct TouchSeats {
    static constexpr std::string_view name = "seats.touch";
    static constexpr Action action = Action::host;
    using Answer = TouchAnswer;
    TenantId tenant;
    ServiceId service_id;
    std::vector<SeatTouch> uses;  ///< 1 to 10,000, in any order.
};
struct ListSeats {
    static constexpr std::string_view name = "seats.list";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    ServiceId service_id;
    PageRequest page;
};
/// The direct seats of a tenant as `User,Service ID` lines, pool by pool and user by user, each as
/// it stands when its page of 1000 is read. Usage locations are not in it.
struct ExportSeats {
    static constexpr std::string_view name = "seats.export";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
};
struct ExportedSeats {
    std::uint64_t count = 0;         ///< Seats, without the header.
    std::optional<std::string> csv;  ///< Absent where it went to a stream.
};
struct ImportOutcome {
    std::uint64_t line = 0;  ///< The first of the file is 1.
    std::string user;        ///< As it is known or, where it is wrong, as it was given.
    std::string service_id;
    Outcome outcome = Outcome::failed;  ///< assigned, already or failed.
    std::optional<Errc> error;          ///< Only with `failed`.

    friend bool operator==(const ImportOutcome&, const ImportOutcome&) = default;
};
struct ImportedSeats {
    std::uint64_t count = 0;  ///< Lines, without the header and blank ones.
    std::uint64_t assigned = 0;
    std::uint64_t already = 0;
    std::uint64_t failed = 0;
    std::optional<std::vector<ImportOutcome>> outcomes;  ///< Absent where they went to a stream.
};
/// Gives a direct seat for each line of a table `User,Service ID`: UTF-8, perhaps with a byte-order
/// mark, lines that end with LF or CRLF, the header in any case. Blank lines are passed over. Best
/// effort, line by line in their order and in parts as AssignSeats; a line that cannot be read, or
/// names no pool, is an outcome like any other. A Service ID that is not lowercase is read as if it
/// were, with the warning `id_not_lowercase` at /csv/<line>/<column>: a hundred of them are told,
/// and that there are more (`findings_omitted`). [D]
///
/// Fails with `seats_file_header` and what the fields of a first line may break, at /csv/1, before
/// anything is read or written. It is about no single record: its revision is 0.
struct ImportSeats {
    static constexpr std::string_view name = "seats.import";
    static constexpr Action action = Action::assign_seats;
    using Answer = ImportedSeats;
    TenantId tenant;
    std::optional<std::string> csv;         ///< Absent only where it comes from a stream.
    std::optional<Country> usage_location;  ///< For all of them.
};
struct SeatsOfUser {
    static constexpr std::string_view name = "seats.of_user";
    static constexpr Action action = Action::read_seats;
    TenantId tenant;
    UserId user;
};
/// A seat, and the licences that carry its pool.
struct HeldSeat {
    Seat seat;
    std::vector<PoolLine> deals;
};
struct UserSeatsAnswer {
    std::vector<HeldSeat> seats;
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
/// Why a check came out as it did: by which ways the user has a seat of this plan, and which deals
/// carry its pool.
struct Provenance {
    ServiceId service_id;
    std::vector<SeatSource> sources;  ///< Empty: no seat.
    std::vector<PoolLine> deals;      ///< By deal; empty: no licence any more, or never.
};
struct Check {
    static constexpr std::string_view name = "check";
    static constexpr Action action = Action::host;
    TenantId tenant;
    UserId user;
    ServiceId service_id;
    bool why = false;  ///< Asks for the answer's `why`, for which the store is read.
};
struct CheckApp {
    static constexpr std::string_view name = "check_app";
    static constexpr Action action = Action::host;
    TenantId tenant;
    UserId user;
    std::string app;
    bool why = false;
};
struct CheckAnswer {
    Decision decision = Decision::no_pool;
    std::vector<ServiceId> by;       ///< The Service IDs the decision rests on.
    std::optional<PlanNotice> show;  ///< Only where not licensed and a plan is known.
    std::vector<Provenance> why{};   ///< Of each in `by`, as the store has it now, where asked for.
};

/// What each of many users may: of each of some plans, or of some apps.
struct CheckMany {
    static constexpr std::string_view name = "check_many";
    static constexpr Action action = Action::host;
    TenantId tenant;
    std::vector<std::string> users;  ///< As text: what is no user's id is told beside that user.
    std::vector<ServiceId> service_ids;
    std::vector<std::string> apps;
};
struct UserDecisions {
    std::string user;                 ///< As given.
    std::optional<Errc> error;        ///< The rule that keeps it from being a user's id.
    std::vector<Decision> decisions;  ///< In the order of the plans, or of the apps.
};
struct CheckManyAnswer {
    std::vector<UserDecisions> users;  ///< In the order given.
};

}  // namespace licet
