#pragma once

/// \file
/// Long texts that come and go by pieces.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <licet/error.hpp>

namespace licet {

/// Where an operation gets its long text from and puts it to. Called on the thread that called the
/// operation, and only during that call. Each may fail, as with `cancelled`: then the operation
/// stops and fails with it. One that is not overridden has no input, takes all output and lets the
/// work go on.
class Stream {
public:
    virtual ~Stream() = default;

    /// The next piece of input, in `buffer`, and its size; 0: the end.
    virtual result<std::size_t> pull(std::span<char> /*buffer*/) { return std::size_t{0}; }
    /// The next piece of output.
    virtual result<void> push(std::string_view /*piece*/) { return boost::outcome_v2::success(); }
    /// How far the work is; `total` is 0 where that is not known. A change tells it before each of
    /// its parts, and once more when all is done: then its failure is passed over.
    virtual result<void> progress(std::uint64_t /*done*/, std::uint64_t /*total*/) {
        return boost::outcome_v2::success();
    }
};

}  // namespace licet
