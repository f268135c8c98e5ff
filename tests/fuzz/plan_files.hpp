#pragma once

#include <licet/catalog/plan_files.hpp>

namespace fuzz {

/// Microsoft's published sample.
licet::PlanFiles published_files();

void judge_files(const licet::PlanFiles& files);

}  // namespace fuzz
