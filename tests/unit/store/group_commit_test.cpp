#include "store/group_commit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <new>
#include <string>
#include <thread>
#include <vector>

using namespace licet;

TEST_CASE("every batch is committed once, one group at a time, and hears its own outcome") {
    constexpr std::size_t threads = 8;
    constexpr std::size_t each = 200;
    std::atomic<int> inside = 0;
    std::atomic<bool> overlapped = false;
    std::atomic<std::size_t> seen = 0;
    GroupCommit commits([&](std::span<PendingBatch* const> group) {
        overlapped = overlapped || inside.fetch_add(1) != 0;
        for (PendingBatch* pending : group) {
            pending->outcome = std::stoull(pending->batch->writes.at(0).key);
        }
        seen += group.size();
        inside.fetch_sub(1);
    });
    std::array<std::size_t, threads> right{};
    {
        std::vector<std::jthread> running;
        for (std::size_t self = 0; self < threads; ++self) {
            running.emplace_back([&, self] {
                for (std::size_t i = 0; i < each; ++i) {
                    const std::size_t number = self * each + i;
                    const auto stamp = commits.commit({{}, {{std::to_string(number), "1"}}});
                    right[self] += stamp && stamp.value() == number ? 1U : 0U;
                }
            });
        }
    }
    CHECK(std::ranges::count(right, each) == threads);
    CHECK(seen == threads * each);
    CHECK_FALSE(overlapped);
}

TEST_CASE("where memory runs out in a group, its batches fail and the next group is served") {
    bool full = true;
    GroupCommit commits([&](std::span<PendingBatch* const> group) {
        if (full) {
            throw std::bad_alloc();
        }
        group.front()->outcome = Stamp{1};
    });
    CHECK_THROWS_AS((void)commits.commit({}), std::bad_alloc);
    full = false;
    CHECK(commits.commit({}));
}
