#pragma once

/// \file
/// What it means when etcd, or what stands before it, answers that it did not do what was asked.

#include <string_view>

#include <licet/error.hpp>

namespace licet::etcd {

struct Refusal {
    enum class Kind {
        refused,        ///< Nothing was done, nor will be when it is asked again.
        not_now,        ///< Nothing was done.
        not_logged_in,  ///< Nothing was done.
        lost,           ///< It may have been done, or be done yet.
    };
    Kind kind = Kind::lost;
    /// `store_full`: there is no room; of a batch it is also said when that has filled the room
    /// and was written. `batch_too_large`: what was asked is too long, or its answer is.
    /// `contended`: what was is no longer kept, ask for what is.
    Error error;
};

/// Of an HTTP status that is no success, and the body that came with it.
Refusal refusal_of(long status, std::string_view body);

}  // namespace licet::etcd
