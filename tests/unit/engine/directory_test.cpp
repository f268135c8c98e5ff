#include "engine/directory.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using licet::Directory;
using licet::KeyStream;

namespace {

Directory<int> empty_directory() {
    KeyStream keys(7);
    return Directory<int>(keys);
}

// Of every length around the hash's steps of 4, 8 and 16 bytes.
std::string name_of(int i) {
    return std::to_string(i) + std::string(static_cast<std::size_t>(i) % 40, 'x');
}

}  // namespace

TEST_CASE("an entry is found under exactly its two texts") {
    auto directory = empty_directory();
    directory.find_or_add("ab", "c", 1);
    REQUIRE(directory.find("ab", "c") != nullptr);
    CHECK(*directory.find("ab", "c") == 1);
    CHECK(directory.find("a", "bc") == nullptr);
    CHECK(directory.find("abc", "") == nullptr);
    CHECK(directory.find("", "abc") == nullptr);
    CHECK(directory.find("c", "ab") == nullptr);
    CHECK(directory.find("AB", "c") == nullptr);
    CHECK(directory.find("", "") == nullptr);
}

TEST_CASE("adding what is there gives what is there") {
    auto directory = empty_directory();
    int& first = directory.find_or_add("contoso", "plan", 1);
    CHECK(&directory.find_or_add("contoso", "plan", 2) == &first);
    CHECK(first == 1);
    CHECK(directory.size() == 1);
}

TEST_CASE("looking for what is not there leaves no trace") {
    const auto directory = empty_directory();
    for (int i = 0; i < 1'000; ++i) {
        CHECK(directory.find("tenant", std::to_string(i)) == nullptr);
    }
    CHECK(directory.size() == 0);
}

TEST_CASE("entries stay where they are while the directory grows") {
    auto directory = empty_directory();
    std::vector<int*> entries;
    for (int i = 0; i < 10'000; ++i) {
        entries.push_back(&directory.find_or_add("tenant", name_of(i), i));
    }
    CHECK(directory.size() == 10'000);
    for (int i = 0; i < 10'000; ++i) {
        REQUIRE(directory.find("tenant", name_of(i)) == entries[static_cast<std::size_t>(i)]);
        REQUIRE(*entries[static_cast<std::size_t>(i)] == i);
    }
}

TEST_CASE("readers find every entry that was there before they looked, while others are added") {
    auto directory = empty_directory();
    constexpr int count = 2'000;
    directory.find_or_add("tenant", "0", 0);
    std::atomic<int> added{1};
    std::atomic<bool> right{true};
    std::vector<std::thread> readers;
    for (int r = 0; r < 2; ++r) {
        readers.emplace_back([&] {
            for (int i = 0; i < 20'000; ++i) {
                const int wanted = i % added.load();
                const int* entry = directory.find("tenant", std::to_string(wanted));
                if (entry == nullptr || *entry != wanted) {
                    right = false;
                }
            }
        });
    }
    for (int i = 1; i < count; ++i) {
        directory.find_or_add("tenant", std::to_string(i), i);
        added = i + 1;
    }
    for (std::thread& reader : readers) {
        reader.join();
    }
    CHECK(right);
}
