// Whatever a caller hands in, a status comes back, the outputs are as licet.h says, and the engine
// goes on. Run under ASan and valgrind, where a byte read too far ends the program.

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "bridge.hpp"
#include "market.h"

namespace {

/// A text that ends where its memory ends: no NUL, and nothing behind it to read.
class Bare {
public:
    explicit Bare(std::string_view text) : size_(text.size()), bytes_(new char[text.size()]) {
        std::memcpy(bytes_.get(), text.data(), text.size());
    }
    const char* data() const noexcept { return bytes_.get(); }
    std::size_t size() const noexcept { return size_; }

private:
    std::size_t size_;
    std::unique_ptr<char[]> bytes_;
};

struct Given {
    const char* data;
    std::size_t size;
};

/// Calls `use` with each text that is neither an id, nor an operation's name, nor a document.
void with_each_bad_text(const std::function<void(Given)>& use) {
    use({nullptr, 0});
    use({nullptr, 1000});
    use({nullptr, LICET_NUL_TERMINATED});
    use({"", 0});
    use({"", LICET_NUL_TERMINATED});
    use({"short", static_cast<std::size_t>(PTRDIFF_MAX) + 1});
    use({"short", LICET_NUL_TERMINATED - 1});
    const std::string huge(std::size_t{1} << 25, 'a');
    const std::string deep(std::size_t{1} << 20, '[');
    for (const std::string_view text :
         {std::string_view("?"), std::string_view("\xff\xfe\xc0\x80"), std::string_view("a\0b", 3),
          std::string_view("\xf0\x9f\x98", 3), std::string_view("{\"a\":\xed\xa0\x80}"),
          std::string_view("{"), std::string_view("{\"a\":1e400}"), std::string_view(huge),
          std::string_view(deep)}) {
        const Bare bare(text);
        use({bare.data(), bare.size()});
    }
}

/// What a failed call must leave behind: an error of the same status, with a line of text.
void expect_failure(licet_status status, licet_error*& error) {
    CHECK(status != LICET_OK);
    REQUIRE(error);
    CHECK(licet_error_status(error) == status);
    CHECK(std::strlen(licet_error_rule(error)) > 0);
    CHECK(std::strlen(licet_error_message(error)) > 0);
    CHECK(licet_error_findings(error)[0] == '[');
    licet_error_free(error);
    error = nullptr;
}

void expect_null_argument(licet_status status, licet_error*& error) {
    CHECK(status == LICET_INVALID_ARGUMENT);
    REQUIRE(error);
    CHECK(licet_error_rule(error) == std::string("null_argument"));
    licet_error_free(error);
    error = nullptr;
}

struct Engine {
    licet_engine* handle = market_open(MARKET_MEMORY, nullptr);
    ~Engine() {
        CHECK(market_check(handle, MARKET_ADELE) == LICET_LICENSED);
        licet_engine_close(handle);
    }
};

template <class T>
T* nowhere() {
    return reinterpret_cast<T*>(std::uintptr_t{64});
}

}  // namespace

TEST_CASE("licet_call takes any operation and any arguments") {
    const Engine engine;
    with_each_bad_text([&](Given given) {
        auto* answer = nowhere<licet_text>();
        licet_error* error = nullptr;
        expect_failure(licet_call(engine.handle, given.data, given.size, "{}", 2, &answer, &error),
                       error);
        CHECK(answer == nullptr);
        answer = nowhere<licet_text>();
        expect_failure(
            licet_call(engine.handle, "pools.get", 9, given.data, given.size, &answer, &error),
            error);
        CHECK(answer == nullptr);
        CHECK(licet_call(engine.handle, given.data, given.size, given.data, given.size, &answer,
                         nullptr) != LICET_OK);
    });
}

TEST_CASE("licet_call_stream takes any operation and any arguments") {
    const Engine engine;
    licet_stream_vtable stream{sizeof(licet_stream_vtable), nullptr, nullptr, nullptr};
    with_each_bad_text([&](Given given) {
        auto* answer = nowhere<licet_text>();
        licet_error* error = nullptr;
        expect_failure(licet_call_stream(engine.handle, given.data, given.size, given.data,
                                         given.size, &stream, nullptr, &answer, &error),
                       error);
        CHECK(answer == nullptr);
    });
}

TEST_CASE("a check takes any tenant, plan, app and user, and lets nobody in") {
    const Engine engine;
    const Given tenant{MARKET_TENANT, LICET_NUL_TERMINATED};
    const Given user{MARKET_ADELE, LICET_NUL_TERMINATED};
    with_each_bad_text([&](Given given) {
        const auto refuses = [](auto check, Given of, Given what, Given who, licet_engine* handle) {
            int32_t decision = LICET_LICENSED;
            licet_error* error = nullptr;
            expect_failure(check(handle, of.data, of.size, what.data, what.size, who.data, who.size,
                                 &decision, &error),
                           error);
            CHECK(decision == LICET_NO_SEAT);
        };
        refuses(licet_check, given, {MARKET_BRONZE, LICET_NUL_TERMINATED}, user, engine.handle);
        refuses(licet_check, tenant, given, user, engine.handle);
        refuses(licet_check, tenant, {MARKET_BRONZE, LICET_NUL_TERMINATED}, given, engine.handle);
        refuses(licet_check_app, given, {MARKET_APP, LICET_NUL_TERMINATED}, user, engine.handle);
        refuses(licet_check_app, tenant, {MARKET_APP, LICET_NUL_TERMINATED}, given, engine.handle);

        // An app is only looked up: whatever its name, it is none of ours.
        int32_t decision = LICET_LICENSED;
        licet_check_app(engine.handle, tenant.data, tenant.size, given.data, given.size, user.data,
                        user.size, &decision, nullptr);
        CHECK(decision != LICET_LICENSED);
    });
}

TEST_CASE("a check of many takes any tenant, plan and users, and lets in only who may") {
    const Engine engine;
    const Given tenant{MARKET_TENANT, LICET_NUL_TERMINATED};
    const Given plan{MARKET_BRONZE, LICET_NUL_TERMINATED};
    with_each_bad_text([&](Given given) {
        const licet_string users[] = {{MARKET_ADELE, LICET_NUL_TERMINATED},
                                      {given.data, given.size},
                                      {MARKET_ADELE, LICET_NUL_TERMINATED}};
        const auto check = [&](Given of, Given what, int32_t(&decisions)[3], licet_error** error) {
            return licet_check_many(engine.handle, of.data, of.size, what.data, what.size, users, 3,
                                    decisions, error);
        };
        for (const auto& [of, what] : {std::pair(given, plan), std::pair(tenant, given)}) {
            int32_t decisions[3] = {LICET_LICENSED, LICET_LICENSED, LICET_LICENSED};
            licet_error* error = nullptr;
            expect_failure(check(of, what, decisions, &error), error);
            CHECK(std::ranges::count(decisions, LICET_NO_SEAT) == 3);
        }
        int32_t decisions[3] = {LICET_NO_SEAT, LICET_LICENSED, LICET_NO_SEAT};
        licet_error* error = nullptr;
        if (check(tenant, plan, decisions, &error) == LICET_OK) {
            CHECK(decisions[0] == LICET_LICENSED);
            CHECK(decisions[1] == LICET_BAD_USER_ID);
            CHECK(decisions[2] == LICET_LICENSED);
        } else {  // a text that long cannot be
            expect_failure(licet_error_status(error), error);
            CHECK(std::ranges::count(decisions, LICET_NO_SEAT) == 3);
        }
    });
}

TEST_CASE("a check of many takes any count") {
    const Engine engine;
    const licet_string user{MARKET_ADELE, LICET_NUL_TERMINATED};
    for (const std::size_t count :
         {LICET_NUL_TERMINATED, static_cast<std::size_t>(PTRDIFF_MAX),
          static_cast<std::size_t>(PTRDIFF_MAX) / sizeof(licet_string) + 1}) {
        int32_t decision = LICET_LICENSED;
        licet_error* error = nullptr;
        expect_failure(
            licet_check_many(engine.handle, "t", 1, "p", 1, &user, count, &decision, &error),
            error);
    }
}

TEST_CASE("an engine is not opened with any config") {
    Bridge bridge;
    licet_store* store = bridge.open();
    with_each_bad_text([&](Given given) {
        auto* engine = nowhere<licet_engine>();
        licet_error* error = nullptr;
        expect_failure(licet_engine_open(given.data, given.size, &engine, &error), error);
        CHECK(engine == nullptr);
        const bool is_empty =
            !given.data || std::string_view(given.data, 1) == std::string_view("\0", 1);
        if (!is_empty) {  // nothing is a config of defaults
            engine = nowhere<licet_engine>();
            expect_failure(
                licet_engine_open_with_store(given.data, given.size, store, &engine, &error),
                error);
            CHECK(engine == nullptr);
        }
    });
    licet_store_free(store);
}

TEST_CASE("NULL where something is needed is an invalid argument") {
    const Engine engine;
    Bridge bridge;
    licet_store* store = bridge.open();
    licet_engine* other = nullptr;
    licet_text* text = nullptr;
    licet_error* error = nullptr;
    int32_t decision = 0;
    const licet_stream_vtable stream{sizeof(licet_stream_vtable), nullptr, nullptr, nullptr};
    licet_store* made = nullptr;

    expect_null_argument(licet_engine_open("{}", 2, nullptr, &error), error);
    expect_null_argument(licet_engine_open_with_store("{}", 2, nullptr, &other, &error), error);
    expect_null_argument(licet_engine_open_with_store("{}", 2, store, nullptr, &error), error);
    expect_null_argument(licet_call(nullptr, "x", 1, "{}", 2, &text, &error), error);
    expect_null_argument(licet_call(engine.handle, "x", 1, "{}", 2, nullptr, &error), error);
    expect_null_argument(licet_operations(nullptr, &error), error);
    expect_null_argument(licet_check(nullptr, "t", 1, "p", 1, "u", 1, &decision, &error), error);
    expect_null_argument(licet_check(engine.handle, "t", 1, "p", 1, "u", 1, nullptr, &error),
                         error);
    expect_null_argument(licet_check_app(nullptr, "t", 1, "p", 1, "u", 1, &decision, &error),
                         error);
    expect_null_argument(licet_check_app(engine.handle, "t", 1, "p", 1, "u", 1, nullptr, &error),
                         error);
    const licet_string user{"u", 1};
    expect_null_argument(licet_check_many(nullptr, "t", 1, "p", 1, &user, 1, &decision, &error),
                         error);
    expect_null_argument(licet_check_many(nullptr, "t", 1, "p", 1, nullptr, 0, nullptr, &error),
                         error);
    decision = LICET_LICENSED;
    expect_null_argument(
        licet_check_many(engine.handle, "t", 1, "p", 1, nullptr, 1, &decision, &error), error);
    CHECK(decision == LICET_NO_SEAT);
    expect_null_argument(licet_check_many(engine.handle, "t", 1, "p", 1, &user, 1, nullptr, &error),
                         error);
    expect_null_argument(
        licet_call_stream(nullptr, "x", 1, "{}", 2, &stream, nullptr, &text, &error), error);
    expect_null_argument(
        licet_call_stream(engine.handle, "x", 1, "{}", 2, nullptr, nullptr, &text, &error), error);
    expect_null_argument(
        licet_call_stream(engine.handle, "x", 1, "{}", 2, &stream, nullptr, nullptr, &error),
        error);
    expect_null_argument(licet_store_new(nullptr, nullptr, &made, &error), error);
    const licet_store_vtable vtable = Bridge::vtable();
    expect_null_argument(licet_store_new(&vtable, nullptr, nullptr, &error), error);
    expect_null_argument(licet_store_check(nullptr, &text, &error), error);
    expect_null_argument(licet_store_check(store, nullptr, &error), error);
    CHECK(licet_call(nullptr, nullptr, 0, nullptr, 0, nullptr, nullptr) == LICET_INVALID_ARGUMENT);
    licet_store_free(store);
}

TEST_CASE("a callback's tools take anything too") {
    licet_reply_record(nullptr, 0, "a", 1, "b", 1, 1);
    licet_reply_stamp(nullptr, 1);
    licet_reply_conflict(nullptr, "a", 1);
    licet_reply_limit(nullptr, "a", 1, 1);
    licet_reply_detail(nullptr, "a", 1);
    with_each_bad_text([&](Given given) {
        Bridge bridge;
        bridge.on_read = [&](licet_reply* reply) {
            licet_reply_detail(reply, given.data, given.size);
            licet_reply_conflict(reply, given.data, given.size);
            licet_reply_limit(reply, given.data, given.size, 7);
            licet_reply_stamp(reply, 7);
            licet_reply_record(reply, 0, given.data, given.size, given.data, given.size, 7);
            return LICET_STORE_OK;
        };
        licet_store* store = bridge.open();
        licet_engine* engine = nullptr;
        licet_error* error = nullptr;
        const licet_status status = licet_engine_open_with_store("{}", 2, store, &engine, &error);
        expect_failure(status, error);
        CHECK(status == LICET_STORAGE);
        licet_store_free(store);
    });
}
