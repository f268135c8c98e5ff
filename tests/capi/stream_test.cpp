#include <cstdint>
#include <cstring>
#include <string>

#include <doctest/doctest.h>

#include "bridge.hpp"
#include "market.h"

namespace {

struct Sink {
    std::string text;
    int pushes_max = 1000;
    bool stops_at_progress = false;
};

int32_t push(void* self, const char* data, size_t data_size) {
    auto& sink = *static_cast<Sink*>(self);
    sink.text.append(data, data_size);
    return --sink.pushes_max < 0 ? 1 : 0;
}

int32_t progress(void* self, uint64_t /*done*/, uint64_t /*total*/) {
    return static_cast<Sink*>(self)->stops_at_progress ? 1 : 0;
}

/// The rule that the export fails with; "" where it does not.
std::string rule_of_export(const licet_stream_vtable& stream, Sink& sink) {
    licet_engine* engine = market_open(MARKET_MEMORY, nullptr);
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    licet_call_stream(engine, "seats.export", LICET_NUL_TERMINATED,
                      "{" MARKET_BEN ",\"tenant\":\"" MARKET_TENANT "\"}", LICET_NUL_TERMINATED,
                      &stream, &sink, &answer, &error);
    const std::string rule = licet_error_rule(error);
    CHECK((answer != nullptr) == rule.empty());
    if (answer) {
        CHECK(licet_text_data(answer) == std::string(R"({"count":1})"));
    }
    licet_text_free(answer);
    licet_error_free(error);
    licet_engine_close(engine);
    return rule;
}

}  // namespace

TEST_CASE("a stream takes the long text in place of the answer's member") {
    Sink sink;
    CHECK(rule_of_export({sizeof(licet_stream_vtable), nullptr, push, progress}, sink).empty());
    CHECK(sink.text == "User,Service ID\n" MARKET_ADELE "," MARKET_BRONZE "\n");
}

TEST_CASE("a callback that answers other than 0 cancels the work") {
    Sink sink;
    sink.pushes_max = 0;
    CHECK(rule_of_export({sizeof(licet_stream_vtable), nullptr, push, progress}, sink) ==
          "cancelled");
    Sink other;
    other.stops_at_progress = true;
    CHECK(rule_of_export({sizeof(licet_stream_vtable), nullptr, push, progress}, other) ==
          "cancelled");
}

namespace {

/// What a call comes to: its answer, or the rule that it fails with and the message.
struct Came {
    licet_status status;
    std::string answer;
    std::string rule;
    std::string message;
};

/// Bruno and Clara in lines of an import, of which the host gives a few bytes at a time; and how
/// far the work is.
struct Host {
    std::string input =
        "User,Service ID\n" MARKET_BRUNO "," MARKET_BRONZE "\nclara," MARKET_BRONZE "\n";
    std::string output;
    std::string told;
    std::uint64_t stops_at = UINT64_MAX;  // so much done
};

constexpr licet_stream_vtable host_stream = {
    sizeof(licet_stream_vtable),
    [](void* self, char* buffer, size_t capacity, size_t* written) -> int32_t {
        auto& host = *static_cast<Host*>(self);
        *written = host.input.copy(buffer, capacity < 7 ? capacity : 7);
        host.input.erase(0, *written);
        return 0;
    },
    [](void* self, const char* data, size_t data_size) -> int32_t {
        static_cast<Host*>(self)->output.append(data, data_size);
        return 0;
    },
    [](void* self, uint64_t done, uint64_t total) -> int32_t {
        auto& host = *static_cast<Host*>(self);
        host.told += std::to_string(done) + '/' + std::to_string(total) + ' ';
        return done >= host.stops_at ? 1 : 0;
    }};

Came call_stream(licet_engine* engine, const char* operation, const char* arguments, Host& host) {
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    const licet_status status =
        licet_call_stream(engine, operation, LICET_NUL_TERMINATED, arguments, LICET_NUL_TERMINATED,
                          &host_stream, &host, &answer, &error);
    Came came{status, answer ? licet_text_data(answer) : "", licet_error_rule(error),
              error ? licet_error_message(error) : ""};
    licet_text_free(answer);
    licet_error_free(error);
    return came;
}

}  // namespace

TEST_CASE("an import comes by a stream and its outcomes go by it") {
    licet_engine* engine = market_open(MARKET_MEMORY, nullptr);
    Host host;
    const Came came = call_stream(engine, "seats.import",
                                  "{" MARKET_BEN ",\"tenant\":\"" MARKET_TENANT "\"}", host);
    CHECK(came.rule.empty());
    CHECK(came.answer ==
          R"({"count":2,"assigned":1,"already":0,"failed":1,"revision":0,"findings":[]})");
    CHECK(host.output == "Line,User,Service ID,Outcome,Error\n2," MARKET_BRUNO "," MARKET_BRONZE
                         ",assigned,\n3,clara," MARKET_BRONZE ",failed,no_free_license\n");
    CHECK(host.told == "0/0 2/2 ");
    CHECK(market_check(engine, MARKET_BRUNO) == LICET_LICENSED);
    licet_engine_close(engine);
}

TEST_CASE("a change tells its progress, which may cancel it before it begins") {
    licet_engine* engine = market_open(MARKET_MEMORY, nullptr);
    Host host;
    host.stops_at = 0;
    for (const char* operation : {"seats.assign", "seats.import"}) {
        const std::string arguments = operation == std::string("seats.assign")
                                          ? MARKET_ASSIGN_BRUNO
                                          : "{" MARKET_BEN ",\"tenant\":\"" MARKET_TENANT "\"}";
        const Came came = call_stream(engine, operation, arguments.c_str(), host);
        CHECK(came.rule == "cancelled");
        CHECK(market_check(engine, MARKET_BRUNO) == LICET_NO_SEAT);
    }
    host.told.clear();
    host.stops_at = UINT64_MAX;
    const Came came = call_stream(engine, "seats.assign", MARKET_ASSIGN_BRUNO, host);
    CHECK(came.rule.empty());
    CHECK(came.answer.find("\"outcome\":\"assigned\"") != std::string::npos);
    CHECK(host.told == "0/1 1/1 ");
    CHECK(host.output.empty());
    licet_engine_close(engine);
}

TEST_CASE("a stream without functions, or with fewer than today, is one that takes all") {
    Sink sink;
    CHECK(rule_of_export({sizeof(licet_stream_vtable), nullptr, nullptr, nullptr}, sink).empty());
    CHECK(rule_of_export({offsetof(licet_stream_vtable, push), nullptr, push, progress}, sink)
              .empty());
    CHECK(sink.text.empty());
}

namespace {

/// An id of its own for each number up to 99.
std::string user_of(int number) { return "user-" + std::to_string(100 + number); }

/// The outcomes of so many users in an answer, in their order; "" where one is missing.
std::string outcomes_of(const std::string& answer, int users) {
    const std::string outcome_is = R"("outcome":")";
    std::string outcomes;
    std::size_t at = 0;
    for (int number = 0; number < users; ++number) {
        at = answer.find('"' + user_of(number) + '"', at);
        const std::size_t found = answer.find(outcome_is, at);
        if (found == std::string::npos) {
            return {};
        }
        const std::size_t begin = found + outcome_is.size();
        outcomes += answer.substr(begin, answer.find('"', begin) - begin) + ' ';
        at = begin;
    }
    return outcomes;
}

}  // namespace

TEST_CASE("a change stopped between its parts says how far it is, and the same call ends it") {
    constexpr int users = 12;
    Bridge bridge;
    bridge.on_limits = [](licet_reply* reply) {  // five seats, and three records beside them
        licet_reply_limit(reply, "writes_per_batch", LICET_NUL_TERMINATED, 8);
        return LICET_STORE_OK;
    };
    licet_store* store = bridge.open();
    licet_engine* engine = market_open(MARKET_HOST, store);
    market_do(engine, "licenses.update",
              "{" MARKET_ANA
              ",\"publisher\":\"fabrikam\",\"deal\":\"d-1001\","
              "\"lines\":[{\"plan\":\"bronze\",\"quantity\":12}]}");  // one is adele's
    std::string arguments =
        "{" MARKET_BEN "," MARKET_POOL R"(,"mode":"best_effort","idempotency_key":"all","users":[)";
    for (int number = 0; number < users; ++number) {
        arguments += (number > 0 ? ",\"" : "\"") + user_of(number) + '"';
    }
    arguments += "]}";

    Host host;
    host.stops_at = 5;
    const Came stopped = call_stream(engine, "seats.assign", arguments.c_str(), host);
    CHECK(stopped.status == LICET_FAILED_PRECONDITION);
    CHECK(stopped.rule == "cancelled");
    CHECK_MESSAGE(stopped.message.ends_with("5 of 12 users are done"), stopped.message);
    CHECK(stopped.answer.empty());
    CHECK(host.told == "0/12 5/12 ");
    for (int number = 0; number < users; ++number) {
        CAPTURE(number);
        CHECK(market_check(engine, user_of(number).c_str()) ==
              (number < 5 ? LICET_LICENSED : LICET_NO_SEAT));
    }

    Host again;
    const Came came = call_stream(engine, "seats.assign", arguments.c_str(), again);
    CHECK(came.status == LICET_OK);
    CHECK(again.told == "0/12 5/12 10/12 12/12 ");
    std::string all_but_the_last;
    for (int number = 1; number < users; ++number) {
        all_but_the_last += "assigned ";
    }
    CHECK_MESSAGE(outcomes_of(came.answer, users) == all_but_the_last + "failed ", came.answer);
    CHECK(market_check(engine, user_of(10).c_str()) == LICET_LICENSED);
    CHECK(market_check(engine, user_of(11).c_str()) == LICET_NO_SEAT);
    licet_engine_close(engine);
    licet_store_free(store);
}
