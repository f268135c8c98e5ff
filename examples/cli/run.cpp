#include <iostream>

#include "../journey/scenario.hpp"
#include "commands.hpp"
#include "session.hpp"

namespace cli {

int run(const RunOptions& options, Terminal& terminal) {
    if (!check_store_name(options.store, true, terminal)) {
        return could_not_run;
    }
    return journey::run(options.scenario, options.store, std::cout, std::cerr);
}

}  // namespace cli
