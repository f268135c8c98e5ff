// What a store of the host's answers to a scan.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "bridge.hpp"
#include "host_store.hpp"
#include "market.h"

namespace {

/// What comes of a scan of b to d, at most two records, where the host gives records with these
/// keys.
licet::result<licet::ScanPage> scanned(std::vector<std::string> keys, std::string_view to = "d") {
    Bridge bridge;
    bridge.on_scan = [&keys](licet_reply* reply) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            licet_reply_record(reply, i, keys[i].data(), keys[i].size(), "{}", 2, 1);
        }
        return LICET_STORE_OK;
    };
    const auto host = licet::capi::Host::make(Bridge::vtable(), &bridge);
    REQUIRE(host);
    return licet::capi::HostStore(host.value()).scan("b", to, 2);
}

bool is_refused(const std::vector<std::string>& keys, std::string_view to = "d") {
    const auto page = scanned(keys, to);
    return !page && page.error().code == licet::Errc::store_reply;
}

/// The rule that a list of offers fails with, where the host gives this record of it.
std::string rule_of_list(size_t index, const char* key) {
    Bridge bridge;
    licet_store* store = bridge.open();
    licet_engine* engine = market_open(MARKET_HOST, store);
    bridge.on_scan = [index, key](licet_reply* reply) {
        licet_reply_record(reply, index, key, LICET_NUL_TERMINATED, "{}", 2, 1);
        return LICET_STORE_OK;
    };
    licet_text* answer = nullptr;
    licet_error* error = nullptr;
    licet_call(engine, "offers.list", LICET_NUL_TERMINATED,
               "{" MARKET_ANA ",\"publisher\":\"fabrikam\"}", LICET_NUL_TERMINATED, &answer,
               &error);
    const std::string rule = licet_error_rule(error);
    licet_text_free(answer);
    licet_error_free(error);
    licet_engine_close(engine);
    licet_store_free(store);
    return rule;
}

/// A host that begins every scan at the first of all keys.
int32_t scan_from_the_first(void* self, const char* /*from*/, size_t /*from_size*/, const char* to,
                            size_t to_size, size_t limit, licet_reply* reply) {
    return Bridge::vtable().scan(self, "", 0, to, to_size, limit, reply);
}

}  // namespace

TEST_CASE("a scan that leaves an index out, or tells more than was asked for, is refused") {
    CHECK(rule_of_list(1, "offer/fabrikam/x") == "store_reply");
    CHECK(rule_of_list(SIZE_MAX, "offer/fabrikam/x") == "store_reply");
}

TEST_CASE("a scan that gives a key it was not asked for is refused") {
    CHECK(rule_of_list(0, "o") == "store_reply");  // shorter than what they all begin with
    CHECK(rule_of_list(0, "offer/fabrikan/x") == "store_reply");
    CHECK(scanned({"b", "czz"}));
    CHECK(is_refused({"azz", "c"}));
    CHECK(is_refused({"", "c"}));
    CHECK(is_refused({"b", "d"}));
    CHECK(is_refused({"b", "c", "d"}));  // where it would go on
    CHECK(scanned({"b", "d", "~"}, ""));
    CHECK(is_refused({"a", "d"}, ""));
}

TEST_CASE("a scan that gives its keys in another order, or one twice, is refused") {
    CHECK(is_refused({"c", "b"}));
    CHECK(is_refused({"b", "b"}));
    CHECK(is_refused({"bb", "b"}));
    CHECK(is_refused({"b", "cc", "c"}));
    CHECK(is_refused({"b", "c", "c"}));
}

TEST_CASE("a scan gives as many records as were asked for, and where it goes on") {
    const auto two = scanned({"b", "c"});
    REQUIRE(two);
    CHECK(two.value().records.size() == 2);
    CHECK_FALSE(two.value().next);
    const auto more = scanned({"b", "c", "cc"});
    REQUIRE(more);
    CHECK(more.value().records.size() == 2);
    CHECK(more.value().next == "cc");
    CHECK(is_refused({"b", "c", "cc", "ccc"}));
}

TEST_CASE("a host that always scans from its first key is refused, and not asked for ever") {
    Bridge bridge;
    licet_store_vtable functions = Bridge::vtable();
    functions.scan = scan_from_the_first;
    licet_store* store = bridge.open(functions);
    licet_engine* engine = market_open(MARKET_HOST, store);
    int32_t decision = -1;
    licet_error* error = nullptr;
    CHECK(licet_check(engine, MARKET_TENANT, LICET_NUL_TERMINATED, MARKET_BRONZE,
                      LICET_NUL_TERMINATED, MARKET_ADELE, LICET_NUL_TERMINATED, &decision,
                      &error) == LICET_STORAGE);
    CHECK(licet_error_rule(error) == std::string("store_reply"));
    licet_error_free(error);
    licet_engine_close(engine);
    licet_store_free(store);
}
