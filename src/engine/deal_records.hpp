#pragma once

/// \file
/// Reading and writing the record of a deal within a command.

#include <string>

#include <boost/outcome/try.hpp>

#include <licet/deals/deal.hpp>

#include "engine/unit.hpp"
#include "formats/tables/deals.hpp"

namespace licet {

using DealRecord = Stored<Deal>;

/// As it is now; the command is about it. Fails with `deal_not_found`.
inline result<DealRecord> load_deal(Unit& unit, const std::string& key, const Policy& policy) {
    BOOST_OUTCOME_TRY(auto record, unit.record<Deal>(key));
    if (!record) {
        return Error{Errc::deal_not_found, key, {}};
    }
    BOOST_OUTCOME_TRYV(unit.about(record->revision));
    record->value = settle(std::move(record->value), unit.now(), policy);
    return *std::move(record);
}

inline void save_deal(Unit& unit, const std::string& key, DealRecord& record, Deal changed) {
    const std::string before = record.revision == 0 ? "null" : formats::encode(record.value);
    record.value = std::move(changed);
    unit.save(key, record, key, formats::difference(before, formats::encode(record.value)));
}

}  // namespace licet
