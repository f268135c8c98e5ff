#include <licet/clock.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <thread>

using licet::Duration;
using licet::ManualClock;
using licet::SystemClock;
using licet::Timestamp;

namespace {

const Timestamp start = Timestamp::from_ms(1'000'000);

}  // namespace

TEST_CASE("a manual clock stands still until told to move") {
    const ManualClock clock(start);
    CHECK(clock.now() == start);
    CHECK(clock.now() == start);
    CHECK(clock.monotonic_ms() == 0);
}

TEST_CASE("advancing a manual clock moves both its times") {
    ManualClock clock(start);
    clock.advance(Duration(250));
    clock.advance(Duration(0));
    clock.advance(Duration(1));
    CHECK(clock.now() == start + Duration(251));
    CHECK(clock.monotonic_ms() == 251);
}

TEST_CASE("a manual clock set forward moves both its times") {
    ManualClock clock(start);
    clock.set(start + Duration(40));
    CHECK(clock.now() == start + Duration(40));
    CHECK(clock.monotonic_ms() == 40);
}

TEST_CASE("a manual clock set back keeps its monotonic time") {
    ManualClock clock(start);
    clock.advance(Duration(10));
    clock.set(start);
    CHECK(clock.now() == start);
    CHECK(clock.monotonic_ms() == 10);
    clock.advance(Duration(-5));
    CHECK(clock.now() == start + Duration(-5));
    CHECK(clock.monotonic_ms() == 10);
    clock.advance(Duration(5));
    CHECK(clock.monotonic_ms() == 15);
}

TEST_CASE("a manual clock stops at the last moment there is") {
    ManualClock clock(Timestamp::latest() + Duration(-3));
    clock.advance(Duration::max());
    CHECK(clock.now() == Timestamp::latest());
    CHECK(clock.monotonic_ms() == 3);
}

TEST_CASE("two clocks in one process live at different times") {
    ManualClock one(start);
    const ManualClock other(start);
    one.advance(Duration(1));
    CHECK(one.now() != other.now());
}

TEST_CASE("threads that move one manual clock lose no movement") {
    ManualClock clock(start);
    std::array<std::thread, 4> threads;
    for (auto& thread : threads) {
        thread = std::thread([&clock] {
            for (int i = 0; i < 1'000; ++i) {
                clock.advance(Duration(1));
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(clock.now() == start + Duration(4'000));
    CHECK(clock.monotonic_ms() == 4'000);
}

TEST_CASE("the machine's monotonic time never goes back, and its day is after this was written") {
    const SystemClock clock;
    std::int64_t before = clock.monotonic_ms();
    for (int i = 0; i < 1'000; ++i) {
        const std::int64_t now = clock.monotonic_ms();
        REQUIRE(now >= before);
        before = now;
    }
    CHECK(clock.now() > Timestamp::parse("2024-01-01T00:00:00Z").value());
    CHECK(clock.now() < Timestamp::parse("9000-01-01T00:00:00Z").value());
}
