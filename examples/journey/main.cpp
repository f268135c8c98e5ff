#include <iostream>

#include "scenario.hpp"

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: journey SCENARIO [STORE]\n"
                     "Runs a scenario on an SQLite file, postgresql://... or a configuration, else "
                     "in memory.\n";
        return 2;
    }
    return journey::run(argv[1], argc > 2 ? argv[2] : "memory", std::cout, std::cerr);
}
