#include "gate.hpp"

#include <atomic>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using licet::capi::Gate;

namespace {

bool lets_in(Gate& gate) { return static_cast<bool>(Gate::Stay(gate)); }

}  // namespace

TEST_CASE("a closed gate lets nobody in") {
    Gate gate;
    CHECK(lets_in(gate));
    gate.close();
    CHECK_FALSE(lets_in(gate));
}

TEST_CASE("a thousand calls within calls are a crowd, and all counted") {
    Gate gate;
    std::atomic<bool> closed{false};
    std::jthread closer;
    {
        std::vector<std::unique_ptr<Gate::Stay>> stays;
        for (int i = 0; i < 1000; ++i) {
            stays.push_back(std::make_unique<Gate::Stay>(gate));
            CHECK(static_cast<bool>(*stays.back()));
        }
        closer = std::jthread([&] {
            gate.close();
            closed = true;
        });
        while (lets_in(gate)) {
            std::this_thread::yield();
        }
        while (stays.size() > 1) {
            stays.pop_back();
        }
        CHECK_FALSE(closed);
    }
    closer.join();
    CHECK(closed);
}

TEST_CASE("a gate is closed only when everybody has left") {
    constexpr int threads = 100;
    Gate gate;
    std::latch all_inside(threads);
    std::atomic<bool> may_leave{false};
    std::atomic<int> left{0};
    std::vector<std::jthread> visitors;
    for (int i = 0; i < threads; ++i) {
        visitors.emplace_back([&] {
            const Gate::Stay stay(gate);
            CHECK(static_cast<bool>(stay));
            all_inside.count_down();
            while (!may_leave) {
                std::this_thread::yield();
            }
            ++left;
        });
    }
    all_inside.wait();
    std::atomic<bool> closed{false};
    std::jthread closer([&] {
        gate.close();
        closed = true;
        CHECK(left == threads);
    });
    while (lets_in(gate)) {  // until the closer has begun
        std::this_thread::yield();
    }
    CHECK_FALSE(closed);
    may_leave = true;
}
