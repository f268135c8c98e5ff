#include "figures.hpp"

#include <utility>

namespace bench {

std::vector<Figure> figures() {
    std::vector<Figure> all{
        {"check in 1 M holders / parse and bare look-up", "check/1M_holders/1_plan",
         "baseline/check/1M_holders", 1.5},
        {"check over 1000 plans / over 1 plan", "check/1M_holders/1000_plans",
         "check/1M_holders/1_plan", 1.1},
        {"check in 1 M holders, ns", "check/1M_holders/1_plan", "", 75, "ns"},
        {"index bytes a holder", "check/1M_holders/1_plan:bytes_per_holder", "", 40, "bytes"},
        {"check in 10 M holders / parse and bare look-up", "check/10M_holders",
         "baseline/check/10M_holders", 1.3},
        {"index memory of 10 M holders / their ids of 16 bytes",
         "check/10M_holders:resident_over_ids", "", 2, ""},
        {"check_many of 32, a user / check", "check_many/10M_holders:ns_per_user",
         "baseline/check_many/10M_holders", 0.65},
        {"check from 2 threads over 1 / the look-up's own", "check/2_threads:over_bare", "",
         1 / 0.95, ""},
        {"load an index from memory / bare scan, a seat", "load/memory:ns_per_seat",
         "baseline/load/memory:ns_per_seat", 1.5},
        {"load an index from SQLite / bare scan, a seat", "load/sqlite:ns_per_seat",
         "baseline/load/sqlite:ns_per_seat", 1.5},
        {"durable assign / hand-written SQLite", "assign/sqlite/one", "baseline/assign/sqlite/one",
         1.5},
        {"assign 1000 in one call / hand-written SQLite", "assign/sqlite/1000",
         "baseline/assign/sqlite/1000", 3},
        {"assign 1 M in one call / hand-written SQLite", "assign/sqlite/1M",
         "baseline/assign/sqlite/1M", 2.5},
        {"32 threads that assign / hand-written group commit", "assign/sqlite/32_threads",
         "baseline/assign/sqlite/32_threads", 1 / 0.6},
        {"32 threads that assign / the same that keeps events", "assign/sqlite/32_threads",
         "baseline/assign/sqlite/32_threads/events", 1 / 0.6},
        {"assign in memory, 1 M holders / 1 k holders", "assign/memory/1M", "assign/memory/1k", 3},
        {"assign in memory, 1 M holders / hand-written SQLite", "assign/memory/1M",
         "baseline/assign/memory/1M", 1},
        {"assign in memory, 1 M holders / the same that keeps events", "assign/memory/1M",
         "baseline/assign/memory/1M/events", 1},
        {"bytes of the file a seat / hand-written SQLite", "size/sqlite:bytes",
         "baseline/size/sqlite:bytes", 4, "bytes"},
        {"ns that licet_check costs over check", "capi/check", "baseline/capi/check", 15, "ns",
         Compare::difference},
        {"licet_call / call", "capi/call", "baseline/capi/call", 1.05},
        {"megabytes of liblicet.so, stripped", "capi/size:megabytes", "", 3, "MB"},
        {"lint an offer of 100 plans / parse its JSON", "offers/check/100_plans",
         "baseline/offers/100_plans", 1.5},
        {"lint it with 100 findings / parse and write them", "offers/check/100_findings",
         "baseline/offers/100_findings", 1.5},
        {"lint an offer of 100 plans / parse it into an arena", "offers/check/100_plans",
         "baseline/offers/100_plans/arena", 2},
        {"instructions of licet lint / of an empty program", "lint/process:instructions",
         "baseline/lint/process:instructions", 1.3, "instr"},
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
