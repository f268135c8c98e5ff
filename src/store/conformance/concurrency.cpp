// Cases about several threads at once.

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <latch>
#include <set>
#include <thread>

#include "store/conformance/room.hpp"

namespace licet::conformance {
namespace {

constexpr std::size_t thread_count = 8;

/// Calls `work` with 0, 1, … in a thread each, all at once.
template <class Work>
void in_threads(std::size_t count, const Work& work) {
    std::latch start(static_cast<std::ptrdiff_t>(count));
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            work(i);
        });
    }
}

std::size_t number_in(const std::optional<Value>& value) {
    std::size_t number = 0;
    if (value) {
        std::from_chars(value->text.data(), value->text.data() + value->text.size(), number);
    }
    return number;
}

/// False where it failed, or others came first for too long.
bool increment(Room& room) {
    constexpr int tries_max = 10'000;
    for (int i = 0; i < tries_max; ++i) {
        const auto value = room.get("sum");
        const auto stamp =
            room.store().commit({{room.at("sum", value ? value->stamp : 0)},
                                 {room.write("sum", std::to_string(number_in(value) + 1))}});
        if (stamp) {
            return true;
        }
        if (stamp.error().code != Errc::store_conflict) {
            break;
        }
    }
    return false;
}

void increments(Room& room) {
    constexpr std::size_t each = 10;
    in_threads(thread_count, [&](std::size_t) {
        for (std::size_t i = 0; i < each; ++i) {
            room.expect(increment(room), "an increment did not come through");
        }
    });
    room.expect_text("sum", std::to_string(thread_count * each));
}

void claims(Room& room) {
    constexpr std::size_t prizes = 20;
    std::array<std::atomic<int>, prizes> winners{};
    in_threads(thread_count, [&](std::size_t self) {
        for (std::size_t i = 0; i < prizes; ++i) {
            const std::string name = std::to_string(i);
            const auto stamp = room.store().commit(
                {{room.absent(name)}, {room.write(name, std::to_string(self))}});
            room.expect(stamp || stamp.error().code == Errc::store_conflict, "a claim failed");
            winners[i] += stamp ? 1 : 0;
        }
    });
    for (const auto& count : winners) {
        room.expect(count == 1, std::to_string(count) + " threads won the same claim");
    }
}

void stamps_are_distinct(Room& room) {
    constexpr std::size_t each = 10;
    std::array<std::vector<Stamp>, thread_count> stamps;
    in_threads(thread_count, [&](std::size_t self) {
        for (std::size_t i = 0; i < each; ++i) {
            stamps[self].push_back(room.put("a", std::to_string(self)));
        }
    });
    std::set<Stamp> all;
    for (const auto& own : stamps) {
        room.expect(std::ranges::is_sorted(own), "a thread's stamps did not grow");
        all.insert(own.begin(), own.end());
    }
    room.expect(all.size() == thread_count * each, "two commits of one key had the same stamp");
}

void no_torn_pair(Room& room) {
    constexpr std::size_t readers = 3;
    constexpr int writes_min = 30;
    constexpr int reads_min = 100;
    constexpr int reads_max = 20'000;
    room.commit({{}, {room.write("a", "0"), room.write("b", "0")}});
    std::atomic<int> reads = 0;
    std::atomic<bool> done = false;
    in_threads(readers + 1, [&](std::size_t self) {
        if (self == 0) {
            int reads_wanted = reads_max;
            for (int i = 1; i <= writes_min || reads < reads_wanted; ++i) {
                const std::string text = std::to_string(i);
                room.commit({{}, {room.write("a", text), room.write("b", text)}});
                if (i == 1) {  // reads from before the first write show nothing
                    reads_wanted = std::min(reads + reads_min, reads_max);
                }
            }
            done = true;
        }
        for (; !done && reads < reads_max; ++reads) {
            const auto pair = room.read({"b", "a"});
            room.expect(pair[0] && pair[1] && pair[0]->text == pair[1]->text,
                        "a read saw one record without the other");
            const auto page = room.scan(2);
            room.expect(page.records.size() == 2 && page.records[0].text == page.records[1].text,
                        "a scan saw one record without the other");
        }
    });
}

void seen_by_all(Room& room) {
    constexpr std::size_t rounds = 5;
    for (std::size_t round = 0; round < rounds; ++round) {
        room.put("a", std::to_string(round));
        in_threads(thread_count,
                   [&](std::size_t) { room.expect_text("a", std::to_string(round)); });
    }
}

constexpr Case cases[] = {
    {"increments by 8 threads at once lose nothing", increments},
    {"of 8 threads that claim one key exactly one wins", claims},
    {"no two commits of a key by several threads have one stamp", stamps_are_distinct},
    {"records written together are never seen one without the other", no_torn_pair},
    {"what was committed is seen by every thread", seen_by_all},
};

}  // namespace

std::span<const Case> concurrency_cases() noexcept { return cases; }

}  // namespace licet::conformance
