#include "figures.hpp"

#include <utility>

namespace bench {

std::vector<Figure> figures() {
    std::vector<Figure> all{
        {"check in 1 M holders / parse and bare look-up", "check/1M_holders/1_plan",
         "baseline/check/1M_holders", 1.5},
        {"check over 1000 plans / over 1 plan", "check/1M_holders/1000_plans",
         "check/1M_holders/1_plan", 1.1},
        {"index bytes a holder", "check/1M_holders/1_plan:bytes_per_holder", "", 40, "bytes"},
        {"durable assign / hand-written SQLite", "assign/sqlite/one", "baseline/assign/sqlite/one",
         1.5},
        {"assign 1000 in one call / hand-written SQLite", "assign/sqlite/1000",
         "baseline/assign/sqlite/1000", 3},
        {"assign in memory, 1 M holders / 1 k holders", "assign/memory/1M", "assign/memory/1k", 3},
        {"ns that licet_check costs over check", "capi/check", "baseline/capi/check", 15, "ns",
         Compare::difference},
        {"licet_call / call", "capi/call", "baseline/capi/call", 1.05},
        {"megabytes of liblicet.so, stripped", "capi/size:megabytes", "", 3, "MB"},
        {"check an offer of 100 plans / parse its JSON", "offers/check/100_plans",
         "baseline/offers/100_plans", 1.5},
        {"check 100 k rows of plan files / split them by hand", "plan_files/check/100k",
         "baseline/plan_files/100k", 50},
        {"check 100 k rows of plan files, ns a byte", "plan_files/check/100k:ns_per_byte", "", 20,
         "ns"},
    };
#ifdef LICET_POSTGRES
    for (Figure& figure : postgres_figures()) {
        all.push_back(std::move(figure));
    }
#endif
    return all;
}

}  // namespace bench
