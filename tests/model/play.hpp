#pragma once

/// \file
/// Plays stories at the engine and in the model, and makes short those that fail.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/step.hpp"

namespace licet::model {

/// A history of steps, and what it happens under.
struct Story {
    Policy policy;
    std::uint64_t faults = 0;  ///< What the store's failures are drawn from; 0: it has none.
    std::vector<Step> steps;
};

/// The same for the same seed.
Story draw_story(std::uint64_t seed);

/// Plays until engine and model differ; gives in what, or nothing where they never do.
std::optional<std::string> play(const Story& story);
/// The same where the model goes by another policy.
std::optional<std::string> play(const Story& story, const Policy& in_model);

/// The story with as much left out as can be while it still fails: the store's failures, steps
/// until none of those left is too much, and users of the steps.
Story shrink(Story story, const std::function<bool(const Story&)>& fails);

std::string text_of(const Story& story);

}  // namespace licet::model
