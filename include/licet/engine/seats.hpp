#pragma once

/// \file
/// Pools and seats over a store, and the check. What each method takes, answers and needs is
/// said where its command is (seats/commands.hpp); the rules are in seats/.
///
/// A pool of which no licence was ever ordered fails with `pool_not_found`. One whose orders were
/// all taken back before they began stays, without licences, and is `no_pool` to a check.

#include <span>
#include <string_view>

#include <licet/seats/commands.hpp>
#include <licet/stream.hpp>

namespace licet {

class Core;

class Seats {
public:
    explicit Seats(Core& core) noexcept : core_(core) {}

    result<Written<SeatsAnswer>> assign(const AssignSeats& command, const Caller& caller);
    result<Written<SeatsAnswer>> unassign(const UnassignSeats& command, const Caller& caller);
    /// The same, with progress in users.
    result<Written<SeatsAnswer>> assign(const AssignSeats& command, const Caller& caller,
                                        Stream& stream);
    result<Written<SeatsAnswer>> unassign(const UnassignSeats& command, const Caller& caller,
                                          Stream& stream);
    result<Written<MoveAnswer>> move(const MoveSeats& command, const Caller& caller);
    result<TouchAnswer> touch(const TouchSeats& command);
    result<PageOf<Seat>> list_seats(const ListSeats& query, const Caller& caller);
    result<ExportedSeats> export_seats(const ExportSeats& query, const Caller& caller);
    /// The same, to a stream.
    result<ExportedSeats> export_seats(const ExportSeats& query, const Caller& caller,
                                       Stream& stream);
    result<Written<ImportedSeats>> import_seats(const ImportSeats& command, const Caller& caller);
    /// The same from a stream (unless the command has a table) and to it: the outcomes of each
    /// part, when it is done, as lines `Line,User,Service ID,Outcome,Error` under such a header,
    /// with progress in lines. No more than a part is ever in memory.
    result<Written<ImportedSeats>> import_seats(const ImportSeats& command, const Caller& caller,
                                                Stream& stream);
    result<UserSeatsAnswer> seats_of(const SeatsOfUser& query, const Caller& caller);
    result<PoolView> get_pool(const GetPool& query, const Caller& caller);
    result<PageOf<PoolSummary>> list_pools(const ListPools& query, const Caller& caller);

    /// May this user use what this plan gives? Answered from memory, in nanoseconds, without
    /// allocating, once the pool is known; readers never wait for one another. Ids in any form
    /// their `parse` takes. Fails with the rule an id breaks, or with what the store fails with.
    result<Decision> check(std::string_view tenant, std::string_view service_id,
                           std::string_view user);
    /// May this user open this app? By any plan that maps to it; the name is compared ignoring
    /// case.
    result<Decision> check_app(std::string_view tenant, std::string_view app,
                               std::string_view user);

    /// What `check` and `check_app` answer for each of many users: decisions[i] is about users[i].
    /// Costs each of them less than a check of their own; as of some moment during the call. A
    /// text that is no user's id is `bad_user_id` and does not make the call fail. `decisions` is
    /// as long as `users`; where the call fails, all of it is `no_seat`.
    result<void> check_many(std::string_view tenant, std::string_view service_id,
                            std::span<const std::string_view> users, std::span<Decision> decisions);
    result<void> check_app_many(std::string_view tenant, std::string_view app,
                                std::span<const std::string_view> users,
                                std::span<Decision> decisions);

    /// The same, with the plans it rests on, what to show a user who may not, and why; these are
    /// read from the store.
    result<CheckAnswer> check(const Check& query);
    result<CheckAnswer> check_app(const CheckApp& query);
    /// Fails with `missing_field` unless there are plans or apps, not both.
    result<CheckManyAnswer> check_many(const CheckMany& query);

private:
    friend class QuickCheck;

    Core& core_;
};

}  // namespace licet
