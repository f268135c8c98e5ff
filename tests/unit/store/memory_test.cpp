#include <licet/store/memory.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <string>

#include <unistd.h>

using namespace licet;

namespace {

std::size_t resident_bytes() {
    std::size_t in_all = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> in_all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

TEST_CASE("a store in which records come and go takes no more memory than those that are there") {
    MemoryStore store;
    Batch comes{{}, {{"", std::string(2'000, 'x')}, {"pool", std::string(2'000, 'y')}}};
    Batch goes{{}, {{"", std::nullopt}}};
    const Batch longer{{}, {{"longer", std::string(20'000, 'z')}}};
    const auto come_and_go = [&](int from, int until) {
        for (int i = from; i < until; ++i) {
            comes.writes[0].key = goes.writes[0].key = "seat/" + std::to_string(i);
            REQUIRE(store.commit(comes));
            REQUIRE(store.commit(goes));
            if (i % 100 == 0) {
                REQUIRE(store.commit(longer));
            }
        }
    };
    come_and_go(0, 2'000);
    const std::size_t before = resident_bytes();
    come_and_go(2'000, 40'000);  // 160 MB in all
    CHECK(resident_bytes() < before + (std::size_t{32} << 20));
}

TEST_CASE("a record keeps its place in the order, however often and with whatever it is replaced") {
    MemoryStore store;
    const auto keys = [&store] {
        const auto page = store.scan("", "", 100);
        REQUIRE(page);
        std::string all;
        for (const Record& record : page.value().records) {
            all += record.key + "=" + record.text.substr(0, 2) + " ";
        }
        return all;
    };
    REQUIRE(store.commit({{}, {{"b", "1"}, {"a", "1"}, {"c", "1"}}}));
    SUBCASE("before they are put in order") {}
    SUBCASE("after that") { CHECK(keys() == "a=1 b=1 c=1 "); }
    REQUIRE(store.commit({{}, {{"b", std::string(10'000, '2')}, {"ab", "2"}}}));
    REQUIRE(store.commit({{}, {{"b", ""}, {"c", std::nullopt}, {"ab", "3"}}}));
    CHECK(keys() == "a=1 ab=3 b= ");
    const auto values = store.read({"b", "c"});
    REQUIRE(values);
    REQUIRE(values.value()[0]);
    CHECK(values.value()[0]->stamp == 3);
    CHECK_FALSE(values.value()[1]);
}

TEST_CASE("a record of any size is read as it was written, and as it was written over") {
    MemoryStore store;
    const auto key = [](std::size_t size) { return "size/" + std::to_string(size); };
    const auto text = [](std::size_t size) { return std::string(size, "abcdefg"[size % 7]); };
    // With key and hooks it is 4096 bytes somewhere among these.
    for (std::size_t size = 3'700; size < 4'200; ++size) {
        REQUIRE(store.commit({{}, {{key(size), text(size)}, {"over", text(size)}}}));
        const auto over = store.read({"over"});
        REQUIRE(over);
        REQUIRE(over.value()[0]);
        CHECK(over.value()[0]->text == text(size));
    }
    for (std::size_t size = 3'700; size < 4'200; ++size) {
        const auto kept = store.read({key(size)});
        REQUIRE(kept);
        REQUIRE(kept.value()[0]);
        CHECK(kept.value()[0]->text == text(size));
    }
}
