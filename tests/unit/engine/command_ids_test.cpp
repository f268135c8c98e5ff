#include "engine/command_ids.hpp"

#include <set>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using licet::CommandIds;

namespace {

CommandIds::Seed seed_of(unsigned byte) {
    CommandIds::Seed seed;
    seed.fill(std::byte(byte));
    return seed;
}

}  // namespace

TEST_CASE("no two attempts have one id, whichever thread makes them") {
    CommandIds ids(seed_of(0xff));  // the count goes past its end
    std::vector<std::vector<std::string>> made(8);
    {
        std::vector<std::jthread> threads;
        for (auto& own : made) {
            threads.emplace_back([&] {
                for (int n = 0; n < 1000; ++n) {
                    own.push_back(ids.next());
                }
            });
        }
    }
    std::set<std::string> all;
    for (const auto& own : made) {
        all.insert(own.begin(), own.end());
    }
    CHECK(all.size() == 8000);
    CHECK(all.begin()->size() == 32);
}

TEST_CASE("engines that begin elsewhere have other ids") {
    CHECK(CommandIds(seed_of(1)).next() != CommandIds(seed_of(2)).next());
}
