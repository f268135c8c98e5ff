// Any text as a plan mapping, beside a definition that is good.

#include "fuzz/judge.hpp"
#include "fuzz/plan_files.hpp"

void fuzz::judge(std::string_view mapping) {
    judge_files({published_files().definition, std::string(mapping)});
}
