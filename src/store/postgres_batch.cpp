#include "store/postgres_batch.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licet::postgres {
namespace {

// A key is sent once, whether it is expected, given a value, or both.
struct Line {
    std::string_view key;
    std::optional<Stamp> stamp;
    const std::string* text = nullptr;
    bool is_written = false;
};

/// The expectations first, in their order.
std::vector<Line> lines_of(const Batch& batch) {
    std::vector<Line> lines;
    lines.reserve(batch.expectations.size() + batch.writes.size());
    std::unordered_map<std::string_view, std::size_t> places;
    places.reserve(batch.expectations.size());
    for (const Expectation& expectation : batch.expectations) {
        places.emplace(expectation.key, lines.size());
        lines.push_back({expectation.key, expectation.stamp});
    }
    for (const Write& write : batch.writes) {
        const auto [place, is_first] = places.emplace(write.key, lines.size());
        if (is_first) {
            lines.push_back({write.key, std::nullopt});
        }
        Line& line = lines[place->second];
        line.text = write.text ? &*write.text : nullptr;
        line.is_written = true;
    }
    return lines;
}

/// The second segment of a key, as split_part(key, '/', 2) has it.
std::string_view shard_of(std::string_view key) {
    const auto slash = std::min(key.find('/'), key.size() - 1);
    const std::string_view rest = key.substr(slash + 1);
    return rest.substr(0, rest.find('/'));
}

/// The shards of a batch in order, and whether it writes to them.
std::map<std::string_view, bool> shards_of(const std::vector<Line>& lines) {
    std::map<std::string_view, bool> shards;
    auto last = shards.end();
    for (const Line& line : lines) {
        const std::string_view shard = shard_of(line.key);
        if (last == shards.end() || last->first != shard) {
            last = shards.try_emplace(shard, false).first;
        }
        last->second = last->second || line.is_written;
    }
    return shards;
}

}  // namespace

Arguments arguments_of(const Batch& batch) {
    const std::vector<Line> lines = lines_of(batch);
    Array shards(Array::Of::texts);
    Array written(Array::Of::booleans);
    for (const auto& [shard, is_written] : shards_of(lines)) {
        shards.add_text(shard);
        written.add_truth(is_written);
    }
    Array keys(Array::Of::texts);
    Array stamps(Array::Of::numbers);
    Array texts(Array::Of::texts);
    Array removed(Array::Of::texts);
    for (const Line& line : lines) {
        keys.add_text(line.key);
        line.stamp ? stamps.add_number(static_cast<std::int64_t>(*line.stamp)) : stamps.add_null();
        line.text ? texts.add_text(*line.text) : texts.add_null();
        if (line.is_written && !line.text) {
            removed.add_text(line.key);
        }
    }
    Arguments arguments;
    for (Array* array : {&shards, &written, &keys, &stamps, &texts, &removed}) {
        arguments.push_back(std::move(*array).take());
    }
    return arguments;
}

}  // namespace licet::postgres
