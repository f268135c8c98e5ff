#pragma once

/// \file
/// Tables of pools and seats, and of the commands about them.

#include <licet/seats/commands.hpp>

#include "formats/tables/common.hpp"

namespace licet::formats {

template <>
struct Table<LaterQuantity> {
    static constexpr Field fields[] = {
        field<LaterQuantity, &LaterQuantity::from>("from"),
        field<LaterQuantity, &LaterQuantity::quantity>("quantity"),
    };
};

template <>
struct Table<Contribution> {
    static constexpr Field fields[] = {
        field<Contribution, &Contribution::deal>("deal"),
        field<Contribution, &Contribution::quantity>("quantity"),
        field<Contribution, &Contribution::ends>("ends", Need::nullable),
        field<Contribution, &Contribution::later>("later", Need::optional),
    };
};

template <>
struct Table<Pool> {
    static constexpr Field fields[] = {
        field<Pool, &Pool::tenant>("tenant"),
        field<Pool, &Pool::service_id>("service_id"),
        field<Pool, &Pool::number>("number"),
        field<Pool, &Pool::epoch>("epoch"),
        field<Pool, &Pool::holders>("holders"),
        field<Pool, &Pool::contributions>("contributions"),
        field<Pool, &Pool::over_since>("over_since", Need::nullable),
        field<Pool, &Pool::changed_at>("changed_at"),
    };
};

template <>
struct Table<Capacity> {
    static constexpr std::string_view name = "Capacity";
    static constexpr Field fields[] = {
        field<Capacity, &Capacity::enabled>("enabled"),
        field<Capacity, &Capacity::warning>("warning"),
        field<Capacity, &Capacity::suspended>("suspended"),
        field<Capacity, &Capacity::locked_out>("locked_out"),
    };
};

template <>
struct Table<PendingQuantity> {
    static constexpr std::string_view name = "PendingQuantity";
    static constexpr Field fields[] = {
        field<PendingQuantity, &PendingQuantity::effective>("effective"),
        field<PendingQuantity, &PendingQuantity::deal>("deal"),
        field<PendingQuantity, &PendingQuantity::quantity>("quantity"),
    };
};

template <>
struct Table<PoolSummary> {
    static constexpr std::string_view name = "Pool";
    static constexpr Field fields[] = {
        field<PoolSummary, &PoolSummary::tenant>("tenant"),
        field<PoolSummary, &PoolSummary::service_id>("service_id"),
        field<PoolSummary, &PoolSummary::capacity>("capacity"),
        field<PoolSummary, &PoolSummary::consumed>("consumed"),
        field<PoolSummary, &PoolSummary::available>("available"),
        field<PoolSummary, &PoolSummary::over_by>("over_by"),
        field<PoolSummary, &PoolSummary::over_since>("over_since", Need::nullable),
        field<PoolSummary, &PoolSummary::overdue>("overdue"),
        field<PoolSummary, &PoolSummary::pending>("pending", Need::optional),
    };
};

struct GroupSource {
    GroupId group;
};
template <>
struct Table<GroupSource> {
    static constexpr Field fields[] = {field<GroupSource, &GroupSource::group>("group")};
};

/// `"direct"` or `{"group":"<id>"}`.
template <>
struct Codec<SeatSource> {
    static void read(const Node& in, SeatSource& out, Reader& reader, const Path& at) {
        if (in.is_text() && in.text() == "direct") {
            out.group.reset();
        } else {
            GroupSource source;
            Codec<GroupSource>::read(in, source, reader, at);
            out.group = std::move(source.group);
        }
    }
    static void write(Writer& out, const SeatSource& value) {
        if (value.group) {
            Codec<GroupSource>::write(out, {*value.group});
        } else {
            out.raw("\"direct\"");
        }
    }
    static std::string schema(const Schema& in, const Bounds& bounds) {
        return any_of({R"({"const":"direct"})", Codec<GroupSource>::schema(in, bounds)});
    }
};

template <>
struct Table<Seat> {
    static constexpr std::string_view name = "Seat";
    static constexpr Field fields[] = {
        field<Seat, &Seat::user>("user"),
        field<Seat, &Seat::service_id>("service_id"),
        field<Seat, &Seat::sources>("sources"),
        field<Seat, &Seat::since>("since"),
        field<Seat, &Seat::usage_location>("usage_location", Need::nullable),
    };
};

/// A seat in the store, where its key says whose it is. A direct one of the first epoch has
/// nothing but `since`.
inline constexpr Field seat_record_fields[] = {
    field<Seat, &Seat::since>("since"),
    field<Seat, &Seat::sources>("sources", Need::optional),
    field<Seat, &Seat::usage_location>("usage_location", Need::optional),
    field<Seat, &Seat::epoch>("epoch", Need::optional),
};

template <>
struct Table<SeatOutcome> {
    static constexpr std::string_view name = "SeatOutcome";
    static constexpr Field fields[] = {
        field<SeatOutcome, &SeatOutcome::user>("user"),
        field<SeatOutcome, &SeatOutcome::outcome>("outcome"),
        field<SeatOutcome, &SeatOutcome::error>("error", Need::optional),
    };
};
template <>
struct Table<SeatsAnswer> {
    static constexpr Field fields[] = {
        field<SeatsAnswer, &SeatsAnswer::outcomes>("outcomes"),
        field<SeatsAnswer, &SeatsAnswer::pool>("pool"),
        field<SeatsAnswer, &SeatsAnswer::duplicates>("duplicates"),
    };
};
template <>
struct Table<MoveAnswer> {
    static constexpr Field fields[] = {
        field<MoveAnswer, &MoveAnswer::outcomes>("outcomes"),
        field<MoveAnswer, &MoveAnswer::from>("from"),
        field<MoveAnswer, &MoveAnswer::to>("to"),
        field<MoveAnswer, &MoveAnswer::duplicates>("duplicates"),
    };
};
template <>
struct Table<PoolLine> {
    static constexpr std::string_view name = "PoolLine";
    static constexpr Field fields[] = {
        field<PoolLine, &PoolLine::deal>("deal"),
        field<PoolLine, &PoolLine::quantity>("quantity"),
        field<PoolLine, &PoolLine::state>("state"),
        field<PoolLine, &PoolLine::ends>("ends", Need::nullable),
    };
};
template <>
struct Table<HeldSeat> {
    static constexpr std::string_view name = "HeldSeat";
    static constexpr Field fields[] = {
        field<HeldSeat, &HeldSeat::seat, &Seat::user>("user"),
        field<HeldSeat, &HeldSeat::seat, &Seat::service_id>("service_id"),
        field<HeldSeat, &HeldSeat::seat, &Seat::sources>("sources"),
        field<HeldSeat, &HeldSeat::seat, &Seat::since>("since"),
        field<HeldSeat, &HeldSeat::seat, &Seat::usage_location>("usage_location", Need::nullable),
        field<HeldSeat, &HeldSeat::deals>("deals"),
    };
};
template <>
struct Table<UserSeatsAnswer> {
    static constexpr Field fields[] = {field<UserSeatsAnswer, &UserSeatsAnswer::seats>("seats")};
};
template <>
struct Table<PoolView> {
    static constexpr Field fields[] = {
        field<PoolView, &PoolView::pool>("pool"),
        field<PoolView, &PoolView::revision>("revision"),
    };
};
template <class Command>
inline constexpr Field users_field = field<Command, &Command::users>(
    "users", Need::required, Set::by_caller, {INT64_MIN, static_cast<std::int64_t>(users_max)});

template <>
struct Table<AssignSeats> {
    static constexpr Field fields[] = {
        field<AssignSeats, &AssignSeats::tenant>("tenant"),
        field<AssignSeats, &AssignSeats::service_id>("service_id"),
        users_field<AssignSeats>,
        field<AssignSeats, &AssignSeats::mode>("mode", Need::defaulted),
        field<AssignSeats, &AssignSeats::usage_location>("usage_location", Need::nullable),
    };
};
template <>
struct Table<UnassignSeats> {
    static constexpr Field fields[] = {
        field<UnassignSeats, &UnassignSeats::tenant>("tenant"),
        field<UnassignSeats, &UnassignSeats::service_id>("service_id"),
        users_field<UnassignSeats>,
        field<UnassignSeats, &UnassignSeats::mode>("mode", Need::defaulted),
    };
};
template <>
struct Table<MoveSeats> {
    static constexpr Field fields[] = {
        field<MoveSeats, &MoveSeats::tenant>("tenant"),
        field<MoveSeats, &MoveSeats::from>("from"),
        field<MoveSeats, &MoveSeats::to>("to"),
        users_field<MoveSeats>,
        field<MoveSeats, &MoveSeats::mode>("mode", Need::defaulted),
        field<MoveSeats, &MoveSeats::usage_location>("usage_location", Need::nullable),
    };
};
template <>
struct Table<SeatTouch> {
    static constexpr std::string_view name = "SeatTouch";
    static constexpr Field fields[] = {
        field<SeatTouch, &SeatTouch::user>("user"),
        field<SeatTouch, &SeatTouch::at>("at", Need::nullable),
    };
};
template <>
struct Table<TouchAnswer> {
    static constexpr Field fields[] = {
        field<TouchAnswer, &TouchAnswer::recorded>("recorded"),
        field<TouchAnswer, &TouchAnswer::findings>("findings"),
    };
};
template <>
struct Table<TouchSeats> {
    static constexpr Field fields[] = {
        field<TouchSeats, &TouchSeats::tenant>("tenant"),
        field<TouchSeats, &TouchSeats::service_id>("service_id"),
        field<TouchSeats, &TouchSeats::uses>("uses", Need::required, Set::by_caller, {1, 10'000}),
    };
};
template <>
struct Table<ListSeats> {
    static constexpr Field fields[] = {
        field<ListSeats, &ListSeats::tenant>("tenant"),
        field<ListSeats, &ListSeats::service_id>("service_id"),
        limit_field<ListSeats>,
        after_field<ListSeats>,
    };
};
template <>
struct Table<ExportSeats> {
    static constexpr Field fields[] = {field<ExportSeats, &ExportSeats::tenant>("tenant")};
};
template <>
struct Table<ExportedSeats> {
    static constexpr Field fields[] = {
        field<ExportedSeats, &ExportedSeats::count>("count"),
        field<ExportedSeats, &ExportedSeats::csv>("csv", Need::optional),
    };
};
template <>
struct Table<ImportSeats> {
    static constexpr Field fields[] = {
        field<ImportSeats, &ImportSeats::tenant>("tenant"),
        field<ImportSeats, &ImportSeats::csv>("csv", Need::optional),
        field<ImportSeats, &ImportSeats::usage_location>("usage_location", Need::nullable),
    };
};
template <>
struct Table<ImportOutcome> {
    static constexpr std::string_view name = "ImportOutcome";
    static constexpr Field fields[] = {
        field<ImportOutcome, &ImportOutcome::line>("line"),
        field<ImportOutcome, &ImportOutcome::user>("user"),
        field<ImportOutcome, &ImportOutcome::service_id>("service_id"),
        field<ImportOutcome, &ImportOutcome::outcome>("outcome"),
        field<ImportOutcome, &ImportOutcome::error>("error", Need::optional),
    };
};
template <>
struct Table<ImportedSeats> {
    static constexpr Field fields[] = {
        field<ImportedSeats, &ImportedSeats::count>("count"),
        field<ImportedSeats, &ImportedSeats::assigned>("assigned"),
        field<ImportedSeats, &ImportedSeats::already>("already"),
        field<ImportedSeats, &ImportedSeats::failed>("failed"),
        field<ImportedSeats, &ImportedSeats::outcomes>("outcomes", Need::optional),
    };
};
template <>
struct Table<SeatsOfUser> {
    static constexpr Field fields[] = {
        field<SeatsOfUser, &SeatsOfUser::tenant>("tenant"),
        field<SeatsOfUser, &SeatsOfUser::user>("user"),
    };
};
template <>
struct Table<GetPool> {
    static constexpr Field fields[] = {
        field<GetPool, &GetPool::tenant>("tenant"),
        field<GetPool, &GetPool::service_id>("service_id"),
    };
};
template <>
struct Table<ListPools> {
    static constexpr Field fields[] = {
        field<ListPools, &ListPools::tenant>("tenant"),
        limit_field<ListPools>,
        after_field<ListPools>,
    };
};

}  // namespace licet::formats
