#pragma once

/// \file
/// What licet promises of its speed and size. To add a figure: its benchmarks, and a line in
/// figures.cpp.

#include <string>
#include <vector>

namespace bench {

/// How a benchmark stands against another of the same round.
enum class Compare { ratio, difference };

/// A benchmark against another; without `against`, a counter ("benchmark:counter") as it is.
struct Figure {
    std::string name;
    std::string measured;
    std::string against;
    double limit = 0;  ///< At most.
    std::string unit = "ns";
    Compare compare = Compare::ratio;
};

std::vector<Figure> figures();

/// Those of the store in PostgreSQL, where there are a server's programs (LICET_POSTGRES_BIN) or a
/// cluster (LICET_POSTGRES_URI) to measure.
std::vector<Figure> postgres_figures();

}  // namespace bench
