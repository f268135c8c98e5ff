#include "store/postgres_batch.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licet::postgres {
namespace {

/// The second segment of a key, as split_part(key, '/', 2) has it.
std::string_view shard_of(std::string_view key) {
    const auto slash = std::min(key.find('/'), key.size() - 1);
    const std::string_view rest = key.substr(slash + 1);
    return rest.substr(0, rest.find('/'));
}

/// The turns of a batch in order, and whether it writes in them.
class Turns {
public:
    void add(std::string_view key, bool is_written) {
        const std::string_view shard = shard_of(key);
        if (last_ == turns_.end() || shard != shard_) {
            last_ = turns_.try_emplace(turn_of(shard), false).first;
            shard_ = shard;
        }
        last_->second = last_->second || is_written;
    }

    Array array() const {
        Array array(Array::Of::numbers);
        for (const auto& [turn, is_written] : turns_) {
            array.add_number(is_written ? turn : -turn);
        }
        return array;
    }

private:
    std::map<std::int64_t, bool> turns_;
    std::map<std::int64_t, bool>::iterator last_ = turns_.end();
    std::string_view shard_;
};

/// For each expectation the write of its key, where it is first expected, or null.
struct Paired {
    std::vector<const Write*> expected;
    std::vector<const Write*> others;
};

Paired pair(const Batch& batch) {
    std::unordered_map<std::string_view, std::size_t> places;
    places.reserve(batch.expectations.size());
    for (std::size_t place = 0; place < batch.expectations.size(); ++place) {
        places.emplace(batch.expectations[place].key, place);
    }
    Paired paired;
    paired.expected.resize(batch.expectations.size());
    for (const Write& write : batch.writes) {
        const auto place = places.find(write.key);
        if (place == places.end()) {
            paired.others.push_back(&write);
        } else {
            paired.expected[place->second] = &write;
        }
    }
    return paired;
}

/// Records of one kind, as far as licet_commit asks for it.
struct Lines {
    Array keys{Array::Of::texts};
    Array stamps{Array::Of::numbers};
    Array texts{Array::Of::texts};

    void add(const Expectation& expectation) {
        keys.add_text(expectation.key);
        stamps.add_number(static_cast<std::int64_t>(expectation.stamp));
    }
    void add(const Write& write) {
        keys.add_text(write.key);
        if (write.text) {
            texts.add_text(*write.text);
        }
    }
};

/// The arguments of licet_commit, in its words.
struct Kinds {
    Turns turns;
    Lines relied;
    Lines changed;
    Lines made;
    Lines given;
    Lines removed;

    void add(const Expectation& expectation, const Write* write) {
        turns.add(expectation.key, write != nullptr);
        if (!write) {
            relied.add(expectation);
        } else if (!write->text) {
            relied.add(expectation);
            removed.add(*write);
        } else if (expectation.stamp == 0) {
            made.add(*write);
        } else {
            changed.add(expectation);
            changed.texts.add_text(*write->text);
        }
    }

    void add(const Write& write) {
        turns.add(write.key, true);
        (write.text ? given : removed).add(write);
    }
};

}  // namespace

// FNV-1a, folded. Who changed it would have to change licet_commit's class of locks with it.
std::int64_t turn_of(std::string_view shard) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : shard) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return 1 + static_cast<std::int64_t>((hash ^ (hash >> 32U)) % turns_max);
}

Arguments arguments_of(const Batch& batch) {
    const Paired paired = pair(batch);
    Kinds kinds;
    for (std::size_t place = 0; place < paired.expected.size(); ++place) {
        kinds.add(batch.expectations[place], paired.expected[place]);
    }
    for (const Write* write : paired.others) {
        kinds.add(*write);
    }
    Array turns = kinds.turns.array();
    Arguments arguments;
    for (Array* array :
         {&turns, &kinds.relied.keys, &kinds.relied.stamps, &kinds.changed.keys,
          &kinds.changed.stamps, &kinds.changed.texts, &kinds.made.keys, &kinds.made.texts,
          &kinds.given.keys, &kinds.given.texts, &kinds.removed.keys}) {
        arguments.push_back(std::move(*array).take());
    }
    return arguments;
}

Arguments arguments_of(const std::vector<Expectation>& expectations) {
    Lines lines;
    for (const Expectation& expectation : expectations) {
        lines.add(expectation);
    }
    Arguments arguments;
    arguments.push_back(std::move(lines.keys).take());
    arguments.push_back(std::move(lines.stamps).take());
    return arguments;
}

}  // namespace licet::postgres
