#pragma once

/// \file
/// Two stores, of which one is to become a copy of the other.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <licet/engine/copy.hpp>

#include "people.hpp"
#include "store_in_hand.hpp"

namespace licet::world {

inline const std::string layout = "meta/format";
inline const std::string mark = "meta/unfinished";

inline void put(Store& store, const std::string& key, std::optional<std::string> text) {
    (void)store.commit({{}, {{key, std::move(text)}}}).value();
}

/// Seats of one pool, so many.
inline void fill(Store& store, std::size_t count) {
    constexpr std::size_t at_once = 10'000;
    put(store, layout, R"({"format":1})");
    for (std::size_t first = 0; first < count; first += at_once) {
        Batch batch;
        for (std::size_t n = first; n < std::min(count, first + at_once); ++n) {
            batch.writes.push_back({"seat/" + contoso().str() + "/1/" + person(n).str(),
                                    R"({"since":"2026-01-10T09:00:00.000Z"})"});
        }
        (void)store.commit(batch).value();
    }
}

/// A store of 500 records, and one into which they go ten at a time.
struct Pair {
    Pair() {
        fill(from, 499);
        to.limit({key_size_max, 0, 11});  // with what is expected of the mark
    }
    result<Copied> copy() { return copy_store(from, to); }

    StoreInHand from;
    StoreInHand to;
};

/// Lets so many commits through and fails those after them, of which the first one may land.
inline void cut_after(StoreInHand& store, int commits, bool lands) {
    store.on_commit(
        [left = std::make_shared<int>(commits), lands](Store& inner, const Batch& batch) {
            const int number = (*left)--;
            if (number > 0) {
                return inner.commit(batch);
            }
            if (number == 0 && lands) {
                (void)inner.commit(batch).value();
            }
            return result<Stamp>(Error{Errc::outcome_unknown, {}, {}});
        });
}

}  // namespace licet::world
