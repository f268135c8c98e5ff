// Any text as a plan definition, beside a mapping that is good.

#include "fuzz/judge.hpp"
#include "fuzz/plan_files.hpp"

void fuzz::judge(std::string_view definition) {
    judge_files({std::string(definition), published_files().mapping});
    judge_files({std::string(definition), "Service ID,Component name\n"});
}
