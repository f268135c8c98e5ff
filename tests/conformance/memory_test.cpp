#include <licet/store/memory.hpp>

#include "conformance/conformance_checks.hpp"

TEST_CASE("the store in memory does all that a store must") {
    licet::MemoryStore store;
    check_conformance(store);
}

TEST_CASE("the conformance suite leaves nothing behind and what it found alone") {
    licet::MemoryStore store;
    REQUIRE(
        store.commit({{}, {{"conformance", "1"}, {"conformance/", "2"}, {"offer/f/f365", "3"}}}));
    const auto report = licet::check_store(store);
    CHECK(report.ok());
    const auto page = store.scan("", "", 9);
    REQUIRE(page);
    REQUIRE(page.value().records.size() == 3);
    CHECK(page.value().records[0].text == "1");
    CHECK(page.value().records[1].text == "2");
    CHECK(page.value().records[2].text == "3");
}
