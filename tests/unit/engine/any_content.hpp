#pragma once

/// \file
/// The whole content of a store: as it is, and at random.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <licet/store/store.hpp>

#include "dice.hpp"

namespace licet::world {

inline std::map<std::string, std::string> content_of(Store& store) {
    std::map<std::string, std::string> all;
    std::optional<std::string> from = "";
    while (from) {
        auto page = store.scan(*from, "", 100).value();
        for (Record& record : page.records) {
            all.emplace(std::move(record.key), std::move(record.text));
        }
        from = std::move(page.next);
    }
    return all;
}

/// Whatever a store can hold: any key, any text.
inline void fill_at_random(Store& store, Dice& dice) {
    const std::vector<std::string> pieces{"a", "\"", "\\",  "\n", "\x7f", "é", "\xf0\x9f\x8e\xab",
                                          "/", " ",  "\x01"};
    std::map<std::string, std::string> all;
    for (std::size_t left = dice.below(1500); left > 0; --left) {
        std::string key;
        for (std::size_t size = 1 + dice.below(dice.below(20) == 0 ? key_size_max : 12); size > 0;
             --size) {
            key += static_cast<char>('!' + dice.below('~' - '!' + 1));
        }
        std::string text;
        for (std::size_t size = dice.below(dice.below(50) == 0 ? 40'000 : 20); size > 0; --size) {
            text += pieces[dice.below(pieces.size())];
        }
        all.insert_or_assign(std::move(key), std::move(text));
    }
    Batch written;
    Batch deleted;
    for (const auto& [key, text] : all) {
        written.writes.push_back({key, text});
        if (dice.below(5) == 0) {
            deleted.writes.push_back({key, std::nullopt});
        }
    }
    (void)store.commit(written).value();
    (void)store.commit(deleted).value();
}

}  // namespace licet::world
