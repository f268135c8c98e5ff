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

bool lets_in_quickly(Gate& gate) { return static_cast<bool>(Gate::QuickStay(gate)); }

/// Runs a test with the fence that the system has, and with one in each call.
template <class Test>
void with_each_fence(Test test) {
    for (const bool is_fenced : {!Gate::can_fence_threads(), true}) {
        CAPTURE(is_fenced);
        test(is_fenced);
    }
}

}  // namespace

TEST_CASE("a closed gate lets nobody in") {
    with_each_fence([](bool is_fenced) {
        Gate gate(is_fenced);
        CHECK(lets_in(gate));
        gate.close();
        CHECK_FALSE(lets_in(gate));
    });
}

TEST_CASE("a gate is closed only when a thousand calls within calls have all left") {
    with_each_fence([](bool is_fenced) {
        Gate gate(is_fenced);
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
    });
}

TEST_CASE("a gate is closed only when everybody has left, also who is of the crowd") {
    constexpr int threads = 400;  // more than there are slots
    with_each_fence([&](bool is_fenced) {
        Gate gate(is_fenced);
        std::latch all_inside(threads);
        std::atomic<bool> may_leave{false};
        std::atomic<int> left{0};
        std::vector<std::jthread> visitors;
        for (int i = 0; i < threads; ++i) {
            visitors.emplace_back([&] {
                const Gate::Stay stay(gate);
                CHECK(static_cast<bool>(stay));
                all_inside.count_down();
                may_leave.wait(false);
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
        may_leave.notify_all();
    });
}

TEST_CASE("a quick stay is there from the second call of a thread to the closing of the gate") {
    Gate gate;
    CHECK_FALSE(lets_in_quickly(gate));
    CHECK(lets_in(gate));
    CHECK(lets_in_quickly(gate) == Gate::can_fence_threads());
    gate.close();
    CHECK_FALSE(lets_in_quickly(gate));

    Gate fenced(true);
    CHECK(lets_in(fenced));
    CHECK_FALSE(lets_in_quickly(fenced));
}

TEST_CASE("a gate is closed only when a quick stay is over") {
    if (!Gate::can_fence_threads()) {
        return;
    }
    Gate gate;
    CHECK(lets_in(gate));
    std::atomic<bool> closed{false};
    std::jthread closer;
    {
        const Gate::QuickStay stay(gate);
        CHECK(static_cast<bool>(stay));
        closer = std::jthread([&] {
            gate.close();
            closed = true;
        });
        while (lets_in(gate)) {
            std::this_thread::yield();
        }
        CHECK_FALSE(closed);
    }
    closer.join();
    CHECK(closed);
}

TEST_CASE("a gate that threads went through and ended is closed at once") {
    with_each_fence([](bool is_fenced) {
        Gate gate(is_fenced);
        for (int i = 0; i < 300; ++i) {
            std::jthread([&] { CHECK(lets_in(gate)); }).join();
        }
        gate.close();
        CHECK_FALSE(lets_in(gate));
    });
}

TEST_CASE("whoever comes while a gate is being closed turns back, or is waited for") {
    constexpr int threads = 4;
    constexpr int rounds = 100;
    with_each_fence([&](bool is_fenced) {
        std::atomic<int> missed{0};
        for (int round = 0; round < rounds; ++round) {
            Gate gate(is_fenced);
            std::latch all_here(threads + 1);
            int guarded = 0;  // written when the gate is closed, read inside
            std::vector<std::jthread> visitors;
            for (int i = 0; i < threads; ++i) {
                visitors.emplace_back([&] {
                    int seen = 0;
                    const auto look = [&] {
                        for (int times = 0; times < 20; ++times) {
                            seen += *const_cast<volatile int*>(&guarded);
                        }
                        std::this_thread::yield();
                        return true;
                    };
                    const auto come = [&] {
                        const Gate::Stay stay(gate);
                        return stay && look();
                    };
                    const auto come_quickly = [&] {
                        const Gate::QuickStay stay(gate);
                        return stay && look();
                    };
                    all_here.arrive_and_wait();
                    while (come_quickly() || come()) {
                    }
                    missed += seen;
                });
            }
            all_here.arrive_and_wait();
            for (int i = 0; i < round; ++i) {  // sooner and later
                std::this_thread::yield();
            }
            gate.close();
            guarded = 1;
        }
        CHECK(missed == 0);
    });
}
