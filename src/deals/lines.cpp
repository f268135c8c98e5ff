#include "deals/lines.hpp"

#include <algorithm>
#include <functional>

namespace licet {

void set_line(std::vector<LicenseLine>& licenses, const PendingLine& change) {
    const auto line =
        std::ranges::lower_bound(licenses, change.plan, std::less{}, &LicenseLine::plan);
    const bool is_there = line != licenses.end() && line->plan == change.plan;
    if (is_there && change.quantity) {
        line->quantity = *change.quantity;
    } else if (is_there) {
        licenses.erase(line);
    } else if (change.quantity) {
        licenses.insert(line, {change.plan, change.service_id, *change.quantity, change.effective});
    }
}

}  // namespace licet
