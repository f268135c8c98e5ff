#pragma once

/// \file
/// Some lines of a seats file, given their seats in one step.

#include <optional>
#include <span>
#include <vector>

#include <licet/seats/commands.hpp>

#include "formats/seats_file.hpp"

namespace licet {

class Core;

/// The lines that come next in an import.
struct ImportPart {
    static constexpr std::string_view name = ImportSeats::name;
    static constexpr Action action = ImportSeats::action;
    /// How it went for those that name a seat, in their order, and how many lines that is in all.
    struct Answer {
        std::vector<SeatOutcome> outcomes;
        std::size_t lines = 0;
    };

    TenantId tenant;
    std::optional<Country> usage_location;
    std::span<const formats::SeatsFileRow> rest;  ///< All that are at hand.
    bool is_end = false;                          ///< After them no more come.
};

/// Gives their seats to the first `size` of the lines, or answers for as many as it was done for
/// under this key before. Fails with `usage_location_missing` where a policy asks for one, and with
/// `idempotency_key_reused` where it was done for other lines.
result<Written<ImportPart::Answer>> import_part(Core& core, const ImportPart& part,
                                                std::size_t size, const Caller& caller);

}  // namespace licet
