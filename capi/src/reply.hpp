#pragma once

/// \file
/// What a host's callback tells us, and whether it makes sense.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <licet/store/store.hpp>

#include "boundary.hpp"

/// Filled by the licet_reply_... functions, during one callback. What it is not told stays empty;
/// the first thing that makes no sense is kept in `broken`.
struct licet_reply {
    enum class To { read, scan, commit, limits };

    explicit licet_reply(To callback) noexcept : to(callback) {}

    To to;
    std::size_t records_max = 0;
    const std::vector<std::string>* keys = nullptr;  // that were asked for, of a read

    std::vector<std::optional<licet::Record>> records;
    licet::Stamp stamp = 0;
    std::optional<std::string> conflict;
    licet::Limits limits;
    std::string detail;
    std::string broken;
    bool is_out_of_memory = false;

    /// What all of this means when the callback has returned `status`. A commit for which there was
    /// no memory is `out_of_memory` only where the host says that nothing is written; else it is
    /// `outcome_unknown`, and that throws nothing.
    licet::result<void> outcome(std::int32_t status) const;
};
