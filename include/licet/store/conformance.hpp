#pragma once

/// \file
/// What every store must do, as one suite that any store can be run through.

#include <string>
#include <vector>

#include <licet/store/store.hpp>

namespace licet {

/// One thing a store must do: its name is a sentence.
struct ConformanceCase {
    std::string name;
    bool ok = false;
    std::string detail;  ///< What was seen instead, where it is not ok.
};

struct ConformanceReport {
    std::vector<ConformanceCase> cases;

    bool ok() const noexcept;
};

/// Runs all cases, on keys of its own that begin with `conformance/<a random part>/`, and removes
/// them afterwards: the store may hold other data. Uses up to 8 threads.
ConformanceReport check_store(Store& store);

}  // namespace licet
