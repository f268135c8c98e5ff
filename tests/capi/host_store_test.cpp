#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "bridge.hpp"
#include "market.h"

namespace {

/// licet_store_vtable as it was first released. Never changed: what was compiled against it runs
/// with every later library of the same major version.
struct FirstReleased {
    size_t size;
    int32_t (*read)(void*, const licet_string*, size_t, licet_reply*);
    int32_t (*scan)(void*, const char*, size_t, const char*, size_t, size_t, licet_reply*);
    int32_t (*commit)(void*, const licet_expectation*, size_t, const licet_write*, size_t,
                      licet_reply*);
    int32_t (*limits)(void*, licet_reply*);
    void (*destroy)(void*);
};

/// The rule that opening an engine on the store fails with; "" where it does not.
std::string rule_of_opening(Bridge& bridge) {
    licet_store* store = bridge.open();
    licet_engine* engine = nullptr;
    licet_error* error = nullptr;
    licet_engine_open_with_store("{}", 2, store, &engine, &error);
    const std::string rule = licet_error_rule(error);
    licet_error_free(error);
    licet_engine_close(engine);
    licet_store_free(store);
    return rule;
}

/// What registers of `vtable`'s first bytes alone.
licet_status status_of_new(const void* vtable, void* self) {
    licet_store* store = nullptr;
    const licet_status status =
        licet_store_new(static_cast<const licet_store_vtable*>(vtable), self, &store, nullptr);
    CHECK((store != nullptr) == (status == LICET_OK));
    licet_store_free(store);
    return status;
}

struct Reported {
    std::string text;
    bool ok() const { return text.starts_with(R"({"ok":true)"); }
    bool fails(const std::string& name) const {
        return text.find(R"({"name":")" + name + R"(","ok":false)") != std::string::npos;
    }
};

Reported report_of(Bridge& bridge) {
    licet_store* store = bridge.open();
    licet_text* text = nullptr;
    REQUIRE(licet_store_check(store, &text, nullptr) == LICET_OK);
    Reported report{licet_text_data(text)};
    licet_text_free(text);
    licet_store_free(store);
    return report;
}

thread_local int own_commits = 0;

/// Gives the others the time to queue up.
int32_t commit_slowly(void* self, const licet_expectation* expectations, size_t expectation_count,
                      const licet_write* writes, size_t write_count, licet_reply* reply) {
    ++own_commits;
    for (int i = 0; i < 100; ++i) {
        std::this_thread::yield();
    }
    return Bridge::vtable().commit(self, expectations, expectation_count, writes, write_count,
                                   reply);
}

}  // namespace

TEST_CASE("a good store of the host's passes the suite") {
    Bridge bridge;
    const Reported report = report_of(bridge);
    CHECK_MESSAGE(report.ok(), report.text);
    CHECK(report.text.find("increments by 8 threads") > report.text.find("left_out"));
}

TEST_CASE("the suite calls a store on its caller's thread only") {
    Bridge bridge;
    bridge.only_thread = std::this_thread::get_id();
    report_of(bridge);
    CHECK(bridge.calls > 100);
    CHECK(bridge.strangers == 0);
}

TEST_CASE("an engine runs on a store of the host's, on the caller's thread") {
    Bridge bridge;
    bridge.only_thread = std::this_thread::get_id();
    licet_store* store = bridge.open();
    licet_engine* engine = market_open(MARKET_HOST, store);
    CHECK(market_check(engine, MARKET_ADELE) == LICET_LICENSED);
    market_do(engine, "seats.assign", MARKET_ASSIGN_BRUNO);
    CHECK(market_check(engine, MARKET_BRUNO) == LICET_LICENSED);
    CHECK(bridge.strangers == 0);
    licet_engine_close(engine);
    licet_store_free(store);
}

TEST_CASE("each of many threads reaches a store of the host's itself, for its own calls") {
    constexpr int threads = 4;
    constexpr int rounds = 20;
    Bridge bridge;
    licet_store_vtable slow = Bridge::vtable();
    slow.commit = commit_slowly;
    licet_store* store = bridge.open(slow);
    licet_engine* engine = market_open(MARKET_HOST, store);
    market_do(engine, "licenses.update",
              "{" MARKET_ANA
              ",\"publisher\":\"fabrikam\",\"deal\":\"d-1001\","
              "\"lines\":[{\"plan\":\"bronze\",\"quantity\":100}]}");
    std::atomic<int> served_by_others = 0;
    {
        std::vector<std::jthread> running;
        for (int number = 0; number < threads; ++number) {
            running.emplace_back([&, number] {
                const std::string seat = "{" MARKET_BEN "," MARKET_POOL ",\"users\":[\"user-" +
                                         std::to_string(number) + "\"]}";
                for (int round = 0; round < rounds; ++round) {
                    market_do(engine, "seats.assign", seat.c_str());
                    market_do(engine, "seats.unassign", seat.c_str());
                }
                served_by_others += own_commits < 2 * rounds ? 1 : 0;
            });
        }
    }
    CHECK(served_by_others == 0);
    licet_engine_close(engine);
    licet_store_free(store);
}

TEST_CASE("a store is destroyed once, by the last who lets go of it") {
    Bridge bridge;
    licet_store* store = bridge.open();
    licet_engine* one = market_open(MARKET_HOST, store);
    licet_engine* two = nullptr;
    REQUIRE(licet_engine_open_with_store(nullptr, 0, store, &two, nullptr) == LICET_OK);
    licet_store_free(store);
    licet_engine_close(one);
    CHECK(bridge.destroyed == 0);
    CHECK(market_check(two, MARKET_ADELE) == LICET_LICENSED);
    licet_engine_close(two);
    CHECK(bridge.destroyed == 1);
}

TEST_CASE("a store that was never used is destroyed too") {
    Bridge bridge;
    licet_store_free(bridge.open());
    CHECK(bridge.destroyed == 1);
}

TEST_CASE("the table of functions as first released keeps working") {
    const licet_store_vtable today = Bridge::vtable();
    const FirstReleased old{sizeof(FirstReleased), today.read,   today.scan,
                            today.commit,          today.limits, today.destroy};
    Bridge bridge;
    licet_store* store = nullptr;
    REQUIRE(licet_store_new(reinterpret_cast<const licet_store_vtable*>(&old), &bridge, &store,
                            nullptr) == LICET_OK);
    licet_engine* engine = market_open(MARKET_HOST, store);
    CHECK(market_check(engine, MARKET_ADELE) == LICET_LICENSED);
    licet_engine_close(engine);
    licet_store_free(store);
    CHECK(bridge.destroyed == 1);
}

TEST_CASE("a table cut after a member has the members before it only") {
    FirstReleased functions{};
    const licet_store_vtable today = Bridge::vtable();
    std::memcpy(&functions, &today, sizeof functions);
    Bridge bridge;
    bridge.on_limits = [](licet_reply*) { return LICET_STORE_FAILED; };  // not to be called
    const auto cut_to = [&](size_t size) {
        functions.size = size;
        return status_of_new(&functions, &bridge);
    };
    CHECK(cut_to(offsetof(FirstReleased, limits)) == LICET_OK);
    CHECK(bridge.destroyed == 0);  // it had no destroy
    CHECK(cut_to(offsetof(FirstReleased, commit)) == LICET_UNSUPPORTED);
    CHECK(cut_to(offsetof(FirstReleased, scan)) == LICET_UNSUPPORTED);
    CHECK(cut_to(offsetof(FirstReleased, read)) == LICET_UNSUPPORTED);
    CHECK(cut_to(offsetof(FirstReleased, commit) + 4) == LICET_UNSUPPORTED);  // half a pointer
    CHECK(cut_to(1) == LICET_UNSUPPORTED);
    CHECK(cut_to(0) == LICET_UNSUPPORTED);
    CHECK(bridge.destroyed == 0);
}

TEST_CASE("a table of a later licet is taken as far as it is known") {
    struct Later {
        licet_store_vtable known;
        void* more[4];
    } later{Bridge::vtable(), {}};
    later.known.size = sizeof later;
    Bridge bridge;
    CHECK(status_of_new(&later, &bridge) == LICET_OK);
    CHECK(bridge.destroyed == 1);
}

TEST_CASE("a store without read, scan or commit is none") {
    Bridge bridge;
    for (const int missing : {0, 1, 2}) {
        licet_store_vtable functions = Bridge::vtable();
        (missing == 0 ? functions.read = nullptr : nullptr);
        (missing == 1 ? functions.scan = nullptr : nullptr);
        (missing == 2 ? functions.commit = nullptr : nullptr);
        CHECK(status_of_new(&functions, &bridge) == LICET_UNSUPPORTED);
    }
    CHECK(bridge.destroyed == 0);
}

TEST_CASE("limits that a store tells are kept to") {
    // An offer, its event and the kept answer are three writes.
    for (const uint64_t writes : {uint64_t{3}, uint64_t{2}}) {
        Bridge bridge;
        bridge.on_limits = [writes](licet_reply* reply) {
            licet_reply_limit(reply, "writes_per_batch", LICET_NUL_TERMINATED, writes);
            return LICET_STORE_OK;
        };
        licet_store* store = bridge.open();
        licet_engine* engine = nullptr;
        REQUIRE(licet_engine_open_with_store(nullptr, 0, store, &engine, nullptr) == LICET_OK);
        licet_text* answer = nullptr;
        licet_error* error = nullptr;
        const licet_status status =
            licet_call(engine, "offers.create", LICET_NUL_TERMINATED,
                       "{" MARKET_ANA ",\"idempotency_key\":\"k\",\"offer\":{" MARKET_OFFER
                       ",\"alias\":\"A\",\"type\":\"dynamics365_dataverse_powerapps\"}}",
                       LICET_NUL_TERMINATED, &answer, &error);
        CHECK(status == (writes == 3 ? LICET_OK : LICET_UNSUPPORTED));
        CHECK(licet_error_rule(error) == std::string(writes == 3 ? "" : "batch_too_large"));
        licet_text_free(answer);
        licet_error_free(error);
        licet_engine_close(engine);
        licet_store_free(store);
    }
}

TEST_CASE("limits that make no sense make no store") {
    Bridge bridge;
    bridge.on_limits = [](licet_reply* reply) {
        licet_reply_limit(reply, "pages", LICET_NUL_TERMINATED, 3);
        return LICET_STORE_OK;
    };
    const licet_store_vtable functions = Bridge::vtable();
    CHECK(status_of_new(&functions, &bridge) == LICET_STORAGE);
    CHECK(bridge.destroyed == 0);
}

TEST_CASE("what a store answers is believed only where it makes sense") {
    const auto rule_of_read = [](auto answer) {
        Bridge bridge;
        bridge.on_read = answer;
        return rule_of_opening(bridge);
    };
    const auto ok_with = [](auto tell) {
        return [tell](licet_reply* reply) -> int32_t {
            tell(reply);
            return LICET_STORE_OK;
        };
    };
    CHECK(rule_of_read([](licet_reply*) -> int32_t { return LICET_STORE_FAILED; }) ==
          "store_failed");
    CHECK(rule_of_read([](licet_reply*) -> int32_t { return LICET_STORE_CONFLICT; }) ==
          "store_reply");
    CHECK(rule_of_read([](licet_reply*) -> int32_t { return LICET_STORE_UNKNOWN; }) ==
          "store_reply");
    CHECK(rule_of_read([](licet_reply*) -> int32_t { return 4; }) == "store_reply");
    CHECK(rule_of_read([](licet_reply*) -> int32_t { return -1; }) == "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) {
              licet_reply_record(reply, 1, "meta/format", 11, "1", 1, 1);
          })) == "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) {
              licet_reply_record(reply, 0, "meta/other", 10, "1", 1, 1);
          })) == "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) {
              licet_reply_record(reply, 0, "meta/format", 11, "1", 1, 0);
          })) == "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) {
              licet_reply_record(reply, 0, "meta/format", 11, "1", 1, 1);
              licet_reply_record(reply, 0, "meta/format", 11, "1", 1, 1);
          })) == "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) { licet_reply_stamp(reply, 1); })) ==
          "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) {
              licet_reply_conflict(reply, "meta/format", 11);
          })) == "store_reply");
    CHECK(rule_of_read(ok_with([](licet_reply* reply) {
              licet_reply_limit(reply, "key_bytes", 9, 100);
          })) == "store_reply");
}

TEST_CASE("a commit of which it is not known whether it happened is looked up") {
    Bridge bridge;
    licet_store* store = bridge.open();
    licet_engine* engine = market_open(MARKET_HOST, store);
    // It says ok and no stamp, and has not happened: the engine finds nothing and does it again.
    int times = 0;
    bridge.on_commit = [&](licet_reply*) {
        if (++times == 2) {
            bridge.on_commit = nullptr;
        }
        return LICET_STORE_OK;
    };
    market_do(engine, "seats.assign", MARKET_ASSIGN_BRUNO);
    CHECK(times == 2);
    CHECK(market_check(engine, MARKET_BRUNO) == LICET_LICENSED);
    licet_engine_close(engine);
    licet_store_free(store);
}

TEST_CASE("a conflict that names no key fails the call, and nothing is written") {
    Bridge bridge;
    licet_store* store = bridge.open();
    licet_engine* engine = market_open(MARKET_HOST, store);
    bridge.on_commit = [](licet_reply*) { return LICET_STORE_CONFLICT; };
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    CHECK(licet_call(engine, "seats.assign", LICET_NUL_TERMINATED, MARKET_ASSIGN_BRUNO,
                     LICET_NUL_TERMINATED, &answer, &error) == LICET_STORAGE);
    CHECK(licet_error_rule(error) == std::string("store_reply"));
    licet_error_free(error);
    licet_engine_close(engine);
    licet_store_free(store);
}

TEST_CASE("a store with a function that does not work fails the suite") {
    SUBCASE("a scan that finds nothing") {
        Bridge bridge;
        bridge.on_scan = [](licet_reply*) { return LICET_STORE_OK; };
        CHECK_FALSE(report_of(bridge).ok());
    }
    SUBCASE("a store that is down") {
        Bridge bridge;
        bridge.on_read = [](licet_reply*) { return LICET_STORE_FAILED; };
        CHECK_FALSE(report_of(bridge).ok());
    }
}
