#include <cstring>
#include <string>

#include <doctest/doctest.h>

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

TEST_CASE("a stream without functions, or with fewer than today, is one that takes all") {
    Sink sink;
    CHECK(rule_of_export({sizeof(licet_stream_vtable), nullptr, nullptr, nullptr}, sink).empty());
    CHECK(rule_of_export({offsetof(licet_stream_vtable, push), nullptr, push, progress}, sink)
              .empty());
    CHECK(sink.text.empty());
}
