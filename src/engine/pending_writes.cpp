#include "engine/pending_writes.hpp"

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"

namespace licet {
namespace {

constexpr std::size_t scan_size = 1000;

struct KeyOf {
    std::string_view operator()(const auto* known) const noexcept { return known->key; }
};

Stamp stamp_of(const std::optional<Value>& value) noexcept { return value ? value->stamp : 0; }

}  // namespace

result<bool> all_hold(Store& store, const std::vector<Expectation>& expectations) {
    std::vector<std::string> keys;
    keys.reserve(expectations.size());
    for (const Expectation& expectation : expectations) {
        keys.push_back(expectation.key);
    }
    BOOST_OUTCOME_TRY(const auto values, store.read(keys));
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (stamp_of(values[i]) != expectations[i].stamp) {
            return false;
        }
    }
    return true;
}

result<void> PendingWrites::fetch(std::vector<std::string> keys) {
    if (!by_key_.empty()) {
        std::erase_if(keys, [this](const std::string& key) { return knows(key); });
    }
    if (keys.empty()) {
        return boost::outcome_v2::success();
    }
    if (!std::ranges::is_sorted(keys)) {
        std::ranges::sort(keys);
    }
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    BOOST_OUTCOME_TRY(auto contents, basis_ == Basis::store
                                         ? read(keys)
                                         : result<std::vector<Content>>(presume(keys)));
    std::vector<Known> found;
    found.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        found.push_back({std::move(keys[i]), std::move(contents[i])});
    }
    add(std::move(found));
    return boost::outcome_v2::success();
}

result<std::vector<PendingWrites::Content>> PendingWrites::read(
    const std::vector<std::string>& keys) {
    ++reads_;
    BOOST_OUTCOME_TRY(auto values, store_.read(keys));
    std::vector<Content> contents;
    contents.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Decoded decoded = cache_ && values[i] ? cache_->find(keys[i], values[i]->stamp) : nullptr;
        contents.push_back({std::move(values[i]), std::move(decoded)});
    }
    return contents;
}

std::vector<PendingWrites::Content> PendingWrites::presume(
    const std::vector<std::string>& keys) const {
    std::vector<Content> contents(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        RecordCache::Newest newest = cache_->newest(keys[i]);
        if (newest.record) {
            contents[i] = {Value{{}, newest.stamp}, std::move(newest.record)};
        }
    }
    return contents;
}

bool PendingWrites::was_foreseeable(std::string_view home) const noexcept {
    return std::ranges::none_of(
        expected_, [&](const Known* known) { return known->content.value && known->key != home; });
}

void PendingWrites::add(std::vector<Known> found) {
    const bool is_first = by_key_.empty();
    by_key_.reserve(by_key_.size() + found.size());
    for (Known& known : found) {
        by_key_.push_back(&known);
    }
    if (!is_first) {
        std::ranges::sort(by_key_, {}, KeyOf());
    }
    next_ = 0;
    known_.push_back(std::move(found));  // which leaves them where they are
}

PendingWrites::Known* PendingWrites::find(std::string_view key) noexcept {
    if (next_ == by_key_.size() || by_key_[next_]->key != key) {
        const auto found = std::ranges::lower_bound(by_key_, key, {}, KeyOf());
        if (found == by_key_.end() || (*found)->key != key) {
            return nullptr;
        }
        next_ = static_cast<std::size_t>(found - by_key_.begin());
    }
    return by_key_[next_++];
}

const PendingWrites::Content* PendingWrites::changed(const std::string& key) {
    settle_newest();
    const auto found = changed_.find(key);
    return found == changed_.end() ? nullptr : &found->second;
}

result<PendingWrites::Known*> PendingWrites::look(const std::string& key) {
    if (Known* const known = find(key)) {
        return known;
    }
    BOOST_OUTCOME_TRYV(fetch({key}));
    return find(key);
}

result<void> PendingWrites::scan(const std::string& prefix,
                                 const std::function<result<void>(const Record&)>& use) {
    settle_newest();
    const std::string end = prefix_end(prefix);
    auto change = changed_.lower_bound(prefix);
    // Those changed before `key`, and true where `key` itself is one of them.
    const auto use_changes = [&](const std::string& key) -> result<bool> {
        for (; change != changed_.end() && change->first < key; ++change) {
            if (change->second.value) {
                BOOST_OUTCOME_TRYV(use({change->first, change->second.value->text, 0}));
            }
        }
        return change != changed_.end() && change->first == key;
    };
    std::string from = prefix;
    for (bool more = true; more;) {
        BOOST_OUTCOME_TRY(const ScanPage page, store_.scan(from, end, scan_size));
        for (const Record& record : page.records) {
            BOOST_OUTCOME_TRY(const bool is_changed, use_changes(record.key));
            if (!is_changed) {
                BOOST_OUTCOME_TRYV(use(record));
            } else if (change->second.value) {
                BOOST_OUTCOME_TRYV(use({change->first, change->second.value->text, 0}));
            }
            if (is_changed) {
                ++change;
            }
        }
        more = page.next.has_value();
        from = page.next.value_or("");
    }
    BOOST_OUTCOME_TRYV(use_changes(end));
    return boost::outcome_v2::success();
}

void PendingWrites::join(const std::vector<Known*>& looked_at, std::vector<Change> changes) {
    if (expected_.empty()) {
        expected_.reserve(looked_at.size());
    }
    for (Known* known : looked_at) {
        if (!known->is_expected) {
            known->is_expected = true;
            expected_.push_back(known);
        }
    }
    if (!changes.empty()) {
        settle_newest();
        newest_ = std::move(changes);
    }
}

void PendingWrites::settle_newest() {
    for (Change& change : newest_) {
        std::optional<std::string>& text = change.write.text;
        changed_[std::move(change.write.key)] = {
            text ? std::optional(Value{*std::move(text), 0}) : std::nullopt,
            std::move(change.decoded)};
    }
    newest_.clear();
}

result<bool> PendingWrites::still_holds() {
    std::vector<Expectation> expectations;
    for (const Known* known : expected_) {
        expectations.push_back({known->key, stamp_of(known->content.value)});
    }
    return all_hold(store_, expectations);
}

Batch PendingWrites::batch() {
    Batch batch;
    const auto add = [&](Write write, Decoded& decoded) {
        if (decoded) {
            made_.emplace_back(batch.writes.size(), std::move(decoded));
        }
        batch.writes.push_back(std::move(write));
    };
    if (!changed_.empty()) {
        settle_newest();
    }
    batch.writes.reserve(newest_.size() + changed_.size());
    for (Change& change : newest_) {
        add(std::move(change.write), change.decoded);
    }
    while (!changed_.empty()) {
        auto change = changed_.extract(changed_.begin());
        auto& [value, decoded] = change.mapped();
        add({std::move(change.key()), value ? std::optional(std::move(value->text)) : std::nullopt},
            decoded);
    }
    batch.expectations.reserve(expected_.size() + 1);
    for (Known* known : expected_) {
        batch.expectations.push_back({std::move(known->key), stamp_of(known->content.value)});
    }
    // Nobody looked, for the record that names the head of a stream says where it goes on; but what
    // happened is never written over.
    for (const Write& write : batch.writes) {
        if (keys::is_event(write.key)) {
            batch.expectations.push_back({write.key, 0});
        }
    }
    return batch;
}

void PendingWrites::remember(Batch& batch, Stamp stamp) noexcept {
    for (auto& [place, decoded] : made_) {
        cache_->keep(std::move(batch.writes[place].key), stamp, std::move(decoded));
    }
}

}  // namespace licet
