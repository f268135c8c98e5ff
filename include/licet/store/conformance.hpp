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
    std::vector<std::string> left_out;  ///< Names of cases that were not run.

    bool ok() const noexcept;
};

/// On which threads the store may be called.
enum class Threads { several, callers_own };

/// Runs all cases, on keys of its own that begin with `conformance/<a random part>/`, and removes
/// them afterwards: the store may hold other data. Uses 8 threads for some cases, or leaves those
/// out.
ConformanceReport check_store(Store& store, Threads threads = Threads::several);

}  // namespace licet
