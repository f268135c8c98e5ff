#include "engine/holder_set.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "engine/sequence.hpp"

using licet::BucketMemory;
using licet::HolderSet;
using licet::Key128;
using licet::KeyHash;
using licet::KeyStream;
using licet::Sequence;

namespace {

Key128 key_of(std::uint64_t number) { return {number * 0x9e37'79b9'7f4a'7c15, number}; }

/// A set with its hash, growing as its owner would make it.
class Holders {
public:
    bool insert(Key128 key) {
        if (!set_.has_room(1)) {
            HolderSet larger(set_, 1);
            const Sequence::Window window(sequence_);
            set_.swap(larger);
        }
        const Sequence::Window window(sequence_);
        return set_.insert(key, hash_(key));
    }

    bool erase(Key128 key) {
        const Sequence::Window window(sequence_);
        return set_.erase(key, hash_(key));
    }

    bool contains(Key128 key) const {
        for (;;) {
            const auto seen = sequence_.enter();
            const HolderSet::View view = set_.view();
            if (!sequence_.still(seen)) {
                continue;
            }
            const bool found = view.contains(key, hash_(key));
            if (sequence_.still(seen)) {
                return found;
            }
        }
    }

    std::size_t size() const { return set_.size(); }
    std::size_t bytes() const { return memory_.bytes(); }

private:
    KeyStream keys_{11};
    KeyHash hash_{keys_};
    BucketMemory memory_;
    Sequence sequence_;
    HolderSet set_{memory_, hash_};
};

}  // namespace

TEST_CASE("an empty set holds nobody") {
    Holders holders;
    CHECK_FALSE(holders.contains(key_of(1)));
    CHECK_FALSE(holders.contains(Key128{}));
    CHECK_FALSE(holders.erase(key_of(1)));
    CHECK_FALSE(holders.erase(Key128{}));
    CHECK(holders.bytes() == 0);
}

TEST_CASE("the key of all zeros is a key like any other") {
    Holders holders;
    CHECK(holders.insert(Key128{}));
    CHECK_FALSE(holders.insert(Key128{}));
    CHECK(holders.contains(Key128{}));
    CHECK(holders.size() == 1);
    for (std::uint64_t n = 1; n <= 100; ++n) {
        holders.insert(key_of(n));  // makes it grow
    }
    CHECK(holders.contains(Key128{}));
    CHECK(holders.erase(Key128{}));
    CHECK_FALSE(holders.contains(Key128{}));
    CHECK(holders.size() == 100);
}

TEST_CASE("keys with a word of zeros are told apart") {
    Holders holders;
    CHECK(holders.insert({0, 5}));
    CHECK(holders.insert({5, 0}));
    CHECK(holders.contains({0, 5}));
    CHECK(holders.contains({5, 0}));
    CHECK_FALSE(holders.contains({5, 5}));
}

TEST_CASE("a random history leaves what a std::set has") {
    for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u}) {
        CAPTURE(seed);
        KeyStream random(seed);
        Holders holders;
        std::set<std::uint64_t> model;
        const std::uint64_t range = std::uint64_t{4} << (seed * 2);
        for (int step = 0; step < 20'000; ++step) {
            const std::uint64_t number = random.next() % range;
            // Waves: mostly growing, then mostly shrinking.
            const bool grows = random.next() % 8 < ((step / 5'000) % 2 == 0 ? 6u : 2u);
            if (grows) {
                REQUIRE(holders.insert(key_of(number)) == model.insert(number).second);
            } else {
                REQUIRE(holders.erase(key_of(number)) == (model.erase(number) == 1));
            }
            REQUIRE(holders.size() == model.size());
        }
        for (std::uint64_t number = 0; number < range; ++number) {
            REQUIRE(holders.contains(key_of(number)) == model.contains(number));
        }
    }
}

TEST_CASE("keys of one home line are all found, whichever of them go") {
    BucketMemory memory;
    KeyStream keys(1);
    const KeyHash hash(keys);
    constexpr std::uint64_t lines = 7;
    std::vector<Key128> crowd;  // at home in the last line, so that they run over the table's end
    for (std::uint64_t n = 1; crowd.size() < 12; ++n) {
        if (licet::home_of(hash(key_of(n)), lines) == lines - 1) {
            crowd.push_back(key_of(n));
        }
    }
    for (unsigned gone = 0; gone < 1u << 12; ++gone) {
        HolderSet set(memory, hash, std::vector(5 * lines / 2, crowd.front()));
        REQUIRE(set.view().count == lines);
        for (const Key128 key : crowd) {
            set.insert(key, hash(key));
        }
        for (unsigned i = 0; i < 12; ++i) {
            if ((gone >> i & 1) != 0) {
                REQUIRE(set.erase(crowd[i], hash(crowd[i])));
            }
        }
        for (unsigned i = 0; i < 12; ++i) {
            REQUIRE(set.view().contains(crowd[i], hash(crowd[i])) == ((gone >> i & 1) == 0));
        }
    }
}

TEST_CASE("keys given twice are taken once") {
    BucketMemory memory;
    KeyStream keys(1);
    const HolderSet set(memory, KeyHash(keys),
                        std::vector{key_of(1), key_of(2), key_of(1), Key128{}, Key128{}});
    CHECK(set.size() == 3);
}

TEST_CASE("a holder takes at most 26 bytes after a load and 32 while the set grows") {
    BucketMemory memory;
    KeyStream stream(1);
    const KeyHash hash(stream);
    std::vector<Key128> keys;
    for (std::uint64_t n = 0; n < 200'000; ++n) {
        keys.push_back(key_of(n + 1));
    }
    {
        const HolderSet set(memory, hash, keys);
        CHECK(memory.bytes() <= 26 * keys.size());
    }
    Holders grown;
    for (std::size_t n = 0; n < keys.size(); ++n) {
        grown.insert(keys[n]);
        if (n >= 100'000 && n % 1'000 == 0) {
            REQUIRE(grown.bytes() <= 32 * n);
        }
    }
}

TEST_CASE("memory that was given back is used again, empty") {
    BucketMemory memory;
    KeyStream stream(1);
    const KeyHash hash(stream);
    std::vector<Key128> keys;
    for (std::uint64_t n = 1; n <= 20'000; ++n) {
        keys.push_back(key_of(n));
    }
    std::size_t bytes = 0;
    for (int i = 0; i < 5; ++i) {
        const HolderSet set(memory, hash, keys);
        CHECK(set.size() == keys.size());
        bytes = i == 0 ? memory.bytes() : bytes;
        CHECK(memory.bytes() == bytes);
        CHECK_FALSE(set.view().contains(key_of(20'001), hash(key_of(20'001))));
    }
    CHECK(memory.bytes() <= bytes);
}

TEST_CASE("readers always find who stays and never who was never there, while others come and go") {
    Holders holders;
    constexpr std::uint64_t staying = 200;
    constexpr std::uint64_t others = 1'000;
    for (std::uint64_t n = 1; n <= staying; ++n) {
        holders.insert(key_of(n));
    }
    std::atomic<bool> right{true};
    std::vector<std::thread> readers;
    for (std::uint64_t r = 0; r < 3; ++r) {
        readers.emplace_back([&, r] {
            KeyStream random(r);
            for (int i = 0; i < 20'000; ++i) {
                if (!holders.contains(key_of(1 + random.next() % staying)) ||
                    holders.contains(key_of(staying + others + 1 + random.next() % 1'000))) {
                    right = false;
                }
            }
        });
    }
    KeyStream random(99);
    for (int i = 0; i < 20'000; ++i) {
        const Key128 key = key_of(staying + 1 + random.next() % others);
        if (random.next() % 2 == 0) {
            holders.insert(key);
        } else {
            holders.erase(key);
        }
    }
    for (std::thread& reader : readers) {
        reader.join();
    }
    CHECK(right);
}
