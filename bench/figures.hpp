#pragma once

/// \file
/// What licet promises of its speed and size. To add a figure: its benchmarks, and a line in
/// figures.cpp.

#include <string>
#include <vector>

namespace bench {

/// The ratio of two benchmarks of the same round; without `against`, a counter
/// ("benchmark:counter") as it is.
struct Figure {
    std::string name;
    std::string measured;
    std::string against;
    double limit = 0;  ///< At most.
    std::string unit = "ns";
};

std::vector<Figure> figures();

}  // namespace bench
