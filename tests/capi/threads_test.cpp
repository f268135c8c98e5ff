#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "bridge.hpp"
#include "market.h"

namespace {

licet_status call(licet_engine* engine, const char* operation, const std::string& arguments) {
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    const licet_status status = licet_call(engine, operation, LICET_NUL_TERMINATED,
                                           arguments.data(), arguments.size(), &answer, &error);
    licet_text_free(answer);
    licet_error_free(error);
    return status;
}

/// Whether adele may, and this user may or may not, as is expected.
bool check_both(licet_engine* engine, const std::string& user, int32_t expected) {
    const licet_string users[] = {{MARKET_ADELE, LICET_NUL_TERMINATED}, {user.data(), user.size()}};
    int32_t decisions[2] = {-1, -1};
    return licet_check_many(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                            LICET_NUL_TERMINATED, users, 2, decisions, nullptr) == LICET_OK &&
           decisions[0] == LICET_LICENSED && decisions[1] == expected;
}

}  // namespace

TEST_CASE("one engine is used by 8 threads at once, for calls, checks and errors") {
    constexpr int threads = 8;
    constexpr int rounds = 60;
    licet_engine* engine = market_open(MARKET_MEMORY, nullptr);
    market_do(engine, "licenses.update",
              "{" MARKET_ANA
              ",\"publisher\":\"fabrikam\",\"deal\":\"d-1001\","
              "\"lines\":[{\"plan\":\"bronze\",\"quantity\":100}]}");
    std::atomic<int> wrong{0};
    std::latch start(threads);
    const auto expect = [&wrong](bool ok) { wrong += ok ? 0 : 1; };
    {
        std::vector<std::jthread> all;
        for (int number = 0; number < threads; ++number) {
            all.emplace_back([&, number] {
                start.arrive_and_wait();
                const std::string user = "user-" + std::to_string(number);
                const std::string seat =
                    "{" MARKET_BEN "," MARKET_POOL ",\"users\":[\"" + user + "\"]}";
                for (int round = 0; round < rounds; ++round) {
                    expect(call(engine, "seats.assign", seat) == LICET_OK);
                    expect(market_check(engine, user.c_str()) == LICET_LICENSED);
                    expect(market_check(engine, MARKET_ADELE) == LICET_LICENSED);
                    expect(check_both(engine, user, LICET_LICENSED));
                    expect(call(engine, "seats.unassign", seat) == LICET_OK);
                    expect(market_check(engine, user.c_str()) == LICET_NO_SEAT);
                    expect(check_both(engine, user, LICET_NO_SEAT));
                    expect(call(engine, "offers.create", "{}") == LICET_INVALID_ARGUMENT);
                    expect(call(engine, "pools.get", MARKET_GET_POOL) == LICET_OK);
                    expect(market_check(engine, "no user") == -1);
                }
            });
        }
    }
    CHECK(wrong == 0);
    CHECK(call(engine, "events.verify",
               "{" MARKET_BEN ",\"stream\":\"pool/" MARKET_TENANT "/" MARKET_BRONZE
               "\"}") == LICET_OK);
    licet_engine_close(engine);
}

TEST_CASE("closing an engine waits for the calls that run, and lets none begin") {
    Bridge bridge;
    licet_store* store = bridge.open();
    licet_engine* engine = market_open(MARKET_HOST, store);
    licet_store_free(store);
    std::latch is_inside(1);
    std::latch may_go_on(1);
    bridge.on_commit = [&](licet_reply*) {
        is_inside.count_down();
        may_go_on.wait();
        return LICET_STORE_FAILED;
    };

    std::jthread caller(
        [&] { CHECK(call(engine, "seats.assign", MARKET_ASSIGN_BRUNO) == LICET_STORAGE); });
    is_inside.wait();
    std::atomic<bool> is_closed{false};
    std::jthread closer([&] {
        licet_engine_close(engine);
        is_closed = true;
    });
    licet_status status = LICET_OK;
    while (status == LICET_OK) {  // until the closer has begun
        status = call(engine, "pools.get", MARKET_GET_POOL);
    }
    CHECK(status == LICET_FAILED_PRECONDITION);
    CHECK(market_check(engine, MARKET_ADELE) == -1);
    CHECK_FALSE(is_closed);
    CHECK(bridge.destroyed == 0);
    may_go_on.count_down();
    caller.join();
    closer.join();
    CHECK(bridge.destroyed == 1);
}
