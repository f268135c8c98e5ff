#include "engine/lanes.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using licet::Lanes;

TEST_CASE("those of one home wait for one another, those of another do not") {
    Lanes<int> lanes;
    int first = 0;
    int second = 0;
    int elsewhere = 0;
    std::atomic<bool> over = false;
    const auto hold = [&](std::span<int* const> items) {
        while (!over) {
            std::this_thread::yield();
        }
        return items.size();
    };
    std::jthread holder([&] { lanes.run("a", first, hold); });
    while (lanes.waiting("a") != 1) {
        std::this_thread::yield();
    }
    std::jthread waiter([&] { lanes.run("a", second, hold); });
    while (lanes.waiting("a") != 2) {
        std::this_thread::yield();
    }
    lanes.run("b", elsewhere, [](std::span<int* const> items) { return items.size(); });
    CHECK(lanes.waiting("a") == 2);
    over = true;
    holder.join();
    waiter.join();
    CHECK(lanes.waiting("a") == 0);
    CHECK(lanes.waiting("b") == 0);
}

TEST_CASE("nobody is at home where all have left, whoever came to another one since") {
    Lanes<int> lanes;
    int item = 0;
    std::size_t at_home = 0;
    for (const char* home : {"a", "b", "a"}) {
        lanes.run(home, item, [&](std::span<int* const> items) {
            at_home += lanes.waiting(home);
            return items.size();
        });
        CHECK(lanes.waiting("a") == 0);
        CHECK(lanes.waiting("b") == 0);
    }
    CHECK(at_home == 3);
}
