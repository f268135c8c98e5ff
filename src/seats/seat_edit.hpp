#pragma once

/// \file
/// One pool while its seats are given and taken.

#include <licet/seats/seat.hpp>

namespace licet {

/// Each user may be changed once. What it was made with must outlive it.
class SeatEdit {
public:
    /// For about so many users.
    SeatEdit(const Pool& pool, std::size_t users, SeatOf seat_of, Timestamp now,
             const Policy& policy);

    /// As of now, with what was changed so far.
    const Pool& pool() const noexcept { return change_.pool; }

    /// Null where the user holds no unit: a seat of an earlier epoch is none.
    const Seat* held(const UserId& user) const;

    /// How many more units the policy lets it give.
    std::int64_t free() const noexcept;

    /// Why it gives no more.
    Errc shortage() const noexcept;

    /// Adds a source, unless it is there, and the usage location, where one is given. `had` is what
    /// `held` gives: who holds no unit takes one. False where the seat was so already.
    bool give(const UserId& user, const Seat* had, const SeatSource& source,
              const std::optional<Country>& usage_location = std::nullopt);

    /// Takes a source, if it is there. The seat ends with its last.
    void take(const Seat& had, const SeatSource& source);

    /// Takes the whole seat of someone who holds a unit.
    void end(const UserId& user);

    void note(const UserId& user, Outcome outcome, std::optional<Errc> error = std::nullopt);

    SeatChange finish() &&;

private:
    SeatOf seat_of_;
    Timestamp now_;
    const Policy& policy_;
    SeatChange change_;
    std::int64_t allowed_;
};

}  // namespace licet
