#pragma once

/// \file
/// `Seats::check` inline, for the C interface: a call more is a tenth of what it costs.

#include <licet/engine/seats.hpp>

#include "engine/core.hpp"
#include "engine/index_state.hpp"

namespace licet {

class QuickCheck {
public:
    /// Not for longer than the engine lives.
    explicit QuickCheck(Seats& seats) noexcept : index_(*seats.core_.index().state_) {}

    /// False where it takes more than memory: ask `Seats::check` then.
    bool operator()(std::string_view tenant, std::string_view service_id, std::string_view user,
                    Decision& decision) const noexcept {
        return index_.check_in_memory(tenant, service_id, user, decision);
    }

private:
    Index::State& index_;
};

}  // namespace licet
