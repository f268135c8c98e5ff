// What happens where there is no more memory: at each allocation of each function, one after the
// other, the allocation fails. The function must say so, give nothing out, and leave an engine that
// goes on as if it had not been called.

#include <cstdint>
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "bridge.hpp"
#include "counted_memory.hpp"
#include "market.h"
#include "reply.hpp"

using counted::alive;
using counted::until_failure;

namespace {

constexpr std::int64_t allocations_max = 1'000'000;

/// Each of the first allocations, and of the many after them a part.
constexpr std::int64_t next_to_fail(std::int64_t n) { return n < 1000 ? n + 1 : n + n / 20; }

/// What a call may leave allocated when all it gave is freed.
enum class Leaves { nothing, what_the_engine_learnt };

/// Calls `attempt` again and again, with its first allocation failing, then its second, until it
/// comes through without a failure. `attempt` makes the call, frees what it gave, and returns the
/// status.
int fail_each_allocation(const std::function<licet_status()>& attempt,
                         Leaves leaves = Leaves::nothing) {
    for (std::int64_t n = 0; n < allocations_max; n = next_to_fail(n)) {
        const std::int64_t before = alive;
        until_failure = n;
        const licet_status status = attempt();
        const bool has_failed = until_failure < 0;
        until_failure = -1;
        if (leaves == Leaves::nothing) {
            REQUIRE(alive == before);
        }
        if (!has_failed) {
            CHECK(status == LICET_OK);
            return static_cast<int>(n);
        }
        CAPTURE(n);
        REQUIRE(status == LICET_OUT_OF_MEMORY);
    }
    FAIL("an end of the allocations");
    return 0;
}

/// One call through an operation, whose answer and error are freed.
licet_status call(licet_engine* engine, const char* operation, const char* arguments) {
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    const licet_status status = licet_call(engine, operation, LICET_NUL_TERMINATED, arguments,
                                           LICET_NUL_TERMINATED, &answer, &error);
    CHECK((answer == nullptr) == (status != LICET_OK));
    CHECK((error == nullptr) == (status == LICET_OK));
    CHECK(licet_error_status(error) == status);
    licet_text_free(answer);
    licet_error_free(error);
    return status;
}

struct Engine {
    licet_engine* handle = market_open(MARKET_MEMORY, nullptr);
    ~Engine() { licet_engine_close(handle); }
};

}  // namespace

TEST_CASE("opening an engine may run out of memory") {
    const auto open_and_close = [] {
        licet_engine* engine = nullptr;
        licet_error* error = nullptr;
        const licet_status status =
            licet_engine_open(MARKET_MEMORY, LICET_NUL_TERMINATED, &engine, &error);
        CHECK((engine == nullptr) == (status != LICET_OK));
        licet_engine_close(engine);
        licet_error_free(error);
        return status;
    };
    open_and_close();  // what is made once and stays is made now
    CHECK(fail_each_allocation(open_and_close) > 10);
}

TEST_CASE("a query may run out of memory") {
    const Engine engine;
    market_do(engine.handle, "pools.get", MARKET_GET_POOL);
    CHECK(fail_each_allocation([&] { return call(engine.handle, "pools.get", MARKET_GET_POOL); }) >
          10);
}

TEST_CASE("a change may run out of memory, and then under its key it is made once") {
    const Engine engine;
    const std::string bruno(MARKET_ASSIGN_BRUNO);
    const std::string keyed = bruno.substr(0, bruno.size() - 1) + R"(,"idempotency_key":"bruno"})";
    const auto assign = [&] { return call(engine.handle, "seats.assign", keyed.c_str()); };
    CHECK(fail_each_allocation(assign, Leaves::what_the_engine_learnt) > 50);
    licet_text* pool = market_must(engine.handle, "pools.get", MARKET_GET_POOL);
    CHECK(std::string(licet_text_data(pool)).find("\"consumed\":2") != std::string::npos);
    licet_text_free(pool);
    CHECK(market_check(engine.handle, MARKET_BRUNO) == LICET_LICENSED);
    CHECK(call(engine.handle, "events.verify",
               "{" MARKET_BEN ",\"stream\":\"pool/" MARKET_TENANT "/" MARKET_BRONZE
               "\"}") == LICET_OK);
}

TEST_CASE("a check may run out of memory while a pool becomes known, and never after") {
    const Engine engine;
    const auto check = [&] {
        int32_t decision = LICET_LICENSED;
        licet_error* error = nullptr;
        const licet_status status = licet_check(engine.handle, MARKET_TENANT, LICET_NUL_TERMINATED,
                                                MARKET_BRONZE, LICET_NUL_TERMINATED, MARKET_ADELE,
                                                LICET_NUL_TERMINATED, &decision, &error);
        CHECK(decision == (status == LICET_OK ? LICET_LICENSED : LICET_NO_SEAT));
        licet_error_free(error);
        return status;
    };
    CHECK(fail_each_allocation(check, Leaves::what_the_engine_learnt) > 0);
    CHECK(fail_each_allocation(check) == 0);
}

TEST_CASE("a check of many may run out of memory while a pool becomes known, and never after") {
    const Engine engine;
    const auto check = [&] {
        const licet_string users[] = {{MARKET_ADELE, LICET_NUL_TERMINATED},
                                      {"an id that is none and longer than a short string", 49},
                                      {MARKET_ADELE, LICET_NUL_TERMINATED}};
        int32_t decisions[3] = {-1, -1, -1};
        licet_error* error = nullptr;
        const licet_status status =
            licet_check_many(engine.handle, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                             LICET_NUL_TERMINATED, users, 3, decisions, &error);
        CHECK(decisions[0] == (status == LICET_OK ? LICET_LICENSED : LICET_NO_SEAT));
        CHECK(decisions[1] == (status == LICET_OK ? LICET_BAD_USER_ID : LICET_NO_SEAT));
        CHECK(decisions[2] == decisions[0]);
        licet_error_free(error);
        return status;
    };
    CHECK(fail_each_allocation(check, Leaves::what_the_engine_learnt) > 0);
    CHECK(fail_each_allocation(check) == 0);
}

TEST_CASE("a check of an app may run out of memory while its offers become known") {
    const Engine engine;
    const auto check = [&] {
        int32_t decision = LICET_LICENSED;
        licet_error* error = nullptr;
        const licet_status status = licet_check_app(
            engine.handle, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_APP, LICET_NUL_TERMINATED,
            MARKET_ADELE, LICET_NUL_TERMINATED, &decision, &error);
        licet_error_free(error);
        return status;
    };
    CHECK(fail_each_allocation(check, Leaves::what_the_engine_learnt) > 0);
    CHECK(fail_each_allocation(check) == 0);
}

TEST_CASE("telling what there is to call may run out of memory") {
    fail_each_allocation([] {
        licet_text* text = nullptr;
        licet_error* error = nullptr;
        const licet_status status = licet_operations(&text, &error);
        licet_text_free(text);
        licet_error_free(error);
        return status;
    });
}

TEST_CASE("a failure that cannot be told for want of memory is one of memory") {
    const Engine engine;
    const std::int64_t before = alive;
    for (std::int64_t n = 0; n < 200; ++n) {
        until_failure = n;
        licet_error* error = nullptr;
        licet_text* answer = nullptr;
        const licet_status status =
            licet_call(engine.handle, "offers.create", 13, "{}", 2, &answer, &error);
        const bool has_failed = until_failure < 0;
        until_failure = -1;
        CHECK(status == (has_failed ? LICET_OUT_OF_MEMORY : LICET_INVALID_ARGUMENT));
        licet_error_free(error);
    }
    CHECK(alive == before);
}

TEST_CASE("making and checking a store may run out of memory") {
    Bridge bridge;
    const licet_store_vtable functions = Bridge::vtable();
    fail_each_allocation([&] {
        licet_store* store = nullptr;
        licet_error* error = nullptr;
        const licet_status status = licet_store_new(&functions, &bridge, &store, &error);
        licet_store_free(store);
        licet_error_free(error);
        return status;
    });
    CHECK(bridge.destroyed == 1);
}

namespace {

/// What a commit comes to that returns this status, where memory runs out while the host tells, and
/// there is none to say why either.
std::error_code code_of_untold(std::int32_t status, void (*tell)(licet_reply*)) {
    licet_reply reply(licet_reply::To::commit);
    until_failure = 0;
    tell(&reply);
    until_failure = 0;
    const auto outcome = reply.outcome(status);
    until_failure = -1;
    REQUIRE(reply.is_out_of_memory);
    return outcome ? std::error_code() : outcome.error().code;
}

/// Writes all of it, and then runs out of memory while it says why it does not know.
int32_t commit_untold(void* self, const licet_expectation* expectations, size_t expectation_count,
                      const licet_write* writes, size_t write_count, licet_reply* reply) {
    const int32_t status =
        Bridge::vtable().commit(self, expectations, expectation_count, writes, write_count, reply);
    if (status != LICET_STORE_OK) {
        return status;
    }
    until_failure = 0;
    licet_reply_detail(reply, "the connection was reset", LICET_NUL_TERMINATED);
    until_failure = -1;
    return LICET_STORE_UNKNOWN;
}

}  // namespace

TEST_CASE("a commit that runs out of memory is not done only where the host says so") {
    const auto detail = [](licet_reply* reply) {
        licet_reply_detail(reply, "the connection was reset", LICET_NUL_TERMINATED);
    };
    const auto conflict = [](licet_reply* reply) {
        licet_reply_conflict(reply, "offer/fabrikam/f365", LICET_NUL_TERMINATED);
    };
    const auto record = [](licet_reply* reply) {
        licet_reply_stamp(reply, 7);
        licet_reply_record(reply, 0, "offer/fabrikam/f365", LICET_NUL_TERMINATED, "{}", 2, 7);
    };
    CHECK(code_of_untold(LICET_STORE_CONFLICT, conflict) == licet::Errc::out_of_memory);
    CHECK(code_of_untold(LICET_STORE_FAILED, detail) == licet::Errc::out_of_memory);
    CHECK(code_of_untold(LICET_STORE_UNKNOWN, detail) == licet::Errc::outcome_unknown);
    CHECK(code_of_untold(LICET_STORE_OK, detail) == licet::Errc::outcome_unknown);
    CHECK(code_of_untold(LICET_STORE_OK, record) == licet::Errc::outcome_unknown);
    CHECK(code_of_untold(4, detail) == licet::Errc::outcome_unknown);
    CHECK(code_of_untold(INT32_MIN, detail) == licet::Errc::outcome_unknown);
}

TEST_CASE("a commit whose host runs out of memory to say that it does not know is looked up") {
    Bridge bridge;
    licet_store_vtable functions = Bridge::vtable();
    functions.commit = commit_untold;
    licet_store* store = bridge.open(functions);
    licet_engine* engine = market_open(MARKET_HOST, store);
    CHECK(call(engine, "seats.assign", MARKET_ASSIGN_BRUNO) == LICET_OK);
    CHECK(market_check(engine, MARKET_BRUNO) == LICET_LICENSED);
    licet_engine_close(engine);
    licet_store_free(store);
}
