#include <iostream>

#include "../journey/scenario.hpp"
#include "commands.hpp"

namespace cli {

int run(const RunOptions& options, Terminal& /*terminal*/) {
    return journey::run(options.scenario, options.store, std::cout, std::cerr);
}

}  // namespace cli
