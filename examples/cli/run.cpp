#include <iostream>

#include "../journey/scenario.hpp"
#include "commands.hpp"
#include "session.hpp"

namespace cli {

int run(const RunOptions& options, Terminal& terminal) {
    const std::string file = file_of(options.store);
    if (file.empty() && options.store != "memory") {
        print_error(terminal, "a scenario runs in memory or on an SQLite file");
        return could_not_run;
    }
    return journey::run(options.scenario, file, std::cout, std::cerr);
}

}  // namespace cli
