#include "combiner.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <new>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using licet::Combiner;

namespace {

using Items = std::span<int* const>;

/// Runs each item in a thread of its own, in this order; the first holds the others up.
template <class Serve>
void run_all(Combiner<int>& combiner, std::span<int> own, const Serve& serve) {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < own.size(); ++i) {
        while (combiner.waiting() != i) {
            std::this_thread::yield();
        }
        threads.emplace_back([&, i] { combiner.run(own[i], serve); });
    }
}

}  // namespace

TEST_CASE("every item is served once, by one thread at a time, and hears its own outcome") {
    constexpr std::size_t threads = 8;
    constexpr int each = 50;
    std::atomic<int> inside = 0;
    std::atomic<bool> overlapped = false;
    std::atomic<std::size_t> seen = 0;
    Combiner<int> combiner;
    const auto serve = [&](Items items) {
        overlapped = overlapped || inside.fetch_add(1) != 0;
        const std::size_t served = (items.size() + 1) / 2;
        for (int* item : items.first(served)) {
            *item = -*item;
        }
        seen += served;
        inside.fetch_sub(1);
        return served;
    };
    std::array<int, threads> right{};
    {
        std::vector<std::jthread> running;
        for (int& count : right) {
            running.emplace_back([&] {
                for (int number = 1; number <= each; ++number) {
                    int item = number;
                    combiner.run(item, serve);
                    count += item == -number ? 1 : 0;
                }
            });
        }
    }
    CHECK(std::ranges::count(right, each) == threads);
    CHECK(seen == threads * each);
    CHECK_FALSE(overlapped);
    CHECK(combiner.waiting() == 0);
}

TEST_CASE("those who come while one is served are served together by the next") {
    std::array<int, 5> items{};
    std::vector<std::size_t> groups;
    Combiner<int> combiner;
    run_all(combiner, items, [&](Items group) {
        while (combiner.waiting() != items.size() && groups.empty()) {
            std::this_thread::yield();
        }
        groups.push_back(group.size());
        return group.size();
    });
    CHECK(groups == std::vector<std::size_t>{1, 4});
}

TEST_CASE("who is not served with the first waits for the next leader, in the same order") {
    std::array<int, 4> items{0, 1, 2, 3};
    std::vector<int> leaders;
    Combiner<int> combiner;
    run_all(combiner, items, [&](Items group) {
        while (combiner.waiting() != items.size() && leaders.empty()) {
            std::this_thread::yield();
        }
        leaders.push_back(*group.front());
        return std::size_t{1};
    });
    CHECK(leaders == std::vector{0, 1, 2, 3});
}

TEST_CASE("where memory runs out the leader fails alone, and the others are served") {
    std::array<int, 3> items{};
    std::atomic<int> failed = 0;
    std::atomic<bool> is_first = true;
    Combiner<int> combiner;
    const auto serve = [&](Items group) {
        if (is_first.exchange(false)) {
            while (combiner.waiting() != items.size()) {
                std::this_thread::yield();
            }
            throw std::bad_alloc();
        }
        std::ranges::for_each(group, [](int* item) { *item = 1; });
        return group.size();
    };
    {
        std::vector<std::jthread> threads;
        for (int& item : items) {
            threads.emplace_back([&] {
                try {
                    combiner.run(item, serve);
                } catch (const std::bad_alloc&) {
                    ++failed;
                }
            });
        }
    }
    CHECK(failed == 1);
    CHECK(std::ranges::count(items, 1) == 2);
    CHECK(combiner.waiting() == 0);
}
