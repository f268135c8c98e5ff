#pragma once

/// \file
/// The texts that licet gives out.

#include <string>
#include <utility>

#include <licet.h>

struct licet_text {
    std::string text;
};

namespace licet::capi {

inline void give(licet_text** out, std::string&& text) { *out = new licet_text{std::move(text)}; }

}  // namespace licet::capi
