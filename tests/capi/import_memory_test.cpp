// How much memory an import takes that gives seats: that of a part of it, however long it is.
// LICET_LINES says how long. The store is a file, so that what it holds is not counted, and nobody
// has checked a user yet: from then on the pool's holders are in memory, for the checks.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "counted_memory.hpp"
#include "market.h"
#include "support/temporary_folder.hpp"

namespace {

/// Lines about as many people, in no order, made as they are pulled.
struct Host {
    std::uint64_t lines = 0;  // yet to come
    std::string rest = "User,Service ID\n";
    std::uint64_t pushed = 0;
};

int32_t pull(void* self, char* buffer, size_t capacity, size_t* written) {
    auto& host = *static_cast<Host*>(self);
    while (host.rest.size() < capacity && host.lines > 0) {
        char line[80];
        const unsigned person = static_cast<unsigned>(host.lines--) * 0x9E3779B1U;  // no two alike
        std::snprintf(line, sizeof line, "%08x-0000-4000-8000-000000000000," MARKET_BRONZE "\n",
                      person);
        host.rest += line;
    }
    *written = host.rest.copy(buffer, capacity);
    host.rest.erase(0, *written);
    return 0;
}

int32_t push(void* self, const char* data, size_t data_size) {
    static_cast<Host*>(self)->pushed +=
        static_cast<std::uint64_t>(std::count(data, data + data_size, '\n'));
    return 0;
}

/// The most memory that an import of so many lines has at once.
std::int64_t memory_of_import(std::uint64_t lines) {
    const TemporaryFolder folder;
    const std::string path = folder.file("market.db");
    licet_engine* engine = market_open(
        (R"({"store":"sqlite","path":")" + path + "\"," MARKET_CLOCK "}").c_str(), nullptr);
    market_do(engine, "licenses.update",
              ("{" MARKET_ANA ",\"publisher\":\"fabrikam\",\"deal\":\"d-1001\","
               "\"lines\":[{\"plan\":\"bronze\",\"quantity\":" +
               std::to_string(lines + 1) + "}]}")
                  .c_str());
    const licet_stream_vtable stream = {sizeof(licet_stream_vtable), pull, push, nullptr};
    Host host;
    host.lines = lines;
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    const std::int64_t before = counted::bytes;
    counted::bytes_most = before;
    const licet_status status =
        licet_call_stream(engine, "seats.import", LICET_NUL_TERMINATED,
                          "{" MARKET_BEN ",\"tenant\":\"" MARKET_TENANT "\"}", LICET_NUL_TERMINATED,
                          &stream, &host, &answer, &error);
    const std::int64_t most = counted::bytes_most - before;
    CHECK(status == LICET_OK);
    CHECK(host.pushed == lines + 1);
    const std::string number = std::to_string(lines);
    CHECK(std::string(licet_text_data(answer))
              .starts_with("{\"count\":" + number + ",\"assigned\":" + number + ","));
    licet_text_free(answer);
    licet_error_free(error);
    licet_engine_close(engine);
    return most;
}

}  // namespace

TEST_CASE("an import of many lines takes no more memory than one of a few parts") {
    const char* given = std::getenv("LICET_LINES");
    const std::int64_t some = memory_of_import(20'000);
    const std::int64_t many = memory_of_import(given ? std::strtoull(given, nullptr, 10) : 100'000);
    CAPTURE(some);
    CAPTURE(many);
    CHECK(many < some + some / 10);
}
