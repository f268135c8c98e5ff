#include "engine/turnstile.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

using licet::Turnstile;

TEST_CASE("many are inside at once, and one who goes alone is alone") {
    constexpr int threads = 8;
    constexpr int rounds = 2000;
    Turnstile turnstile;
    std::atomic<int> inside{0};
    std::atomic<int> met{0};
    int alone = 0;  // guarded by being alone
    const auto come_and_go = [&] {
        for (int n = 0; n < rounds; ++n) {
            if (n % 8 == 7) {
                const auto lock = turnstile.enter_alone();
                met += inside;
                ++alone;
            } else {
                const auto lock = turnstile.enter();
                ++inside;
                --inside;
            }
        }
    };
    std::vector<std::thread> all;
    for (int n = 0; n < threads; ++n) {
        all.emplace_back(come_and_go);
    }
    for (std::thread& thread : all) {
        thread.join();
    }
    CHECK(met == 0);
    CHECK(alone == threads * rounds / 8);
}

TEST_CASE("two may be inside together") {
    Turnstile turnstile;
    const auto first = turnstile.enter();
    std::thread([&] { const auto second = turnstile.enter(); }).join();
    CHECK(first.owns_lock());
}

TEST_CASE("those who come and go all the time do not keep one waiting who wants to be alone") {
    Turnstile turnstile;
    std::atomic<bool> over{false};
    std::vector<std::thread> busy;
    for (int n = 0; n < 4; ++n) {
        busy.emplace_back([&] {
            while (!over) {
                const auto lock = turnstile.enter();
                std::this_thread::yield();
            }
        });
    }
    int alone = 0;
    for (int n = 0; n < 100; ++n) {
        const auto lock = turnstile.enter_alone();
        ++alone;
    }
    over = true;
    for (std::thread& thread : busy) {
        thread.join();
    }
    CHECK(alone == 100);
}
