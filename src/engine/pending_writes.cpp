#include "engine/pending_writes.hpp"

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet {
namespace {

constexpr std::size_t scan_size = 1000;

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

result<void> PendingWrites::fetch(const std::vector<std::string>& keys) {
    std::vector<std::string> missing;
    for (const std::string& key : keys) {
        if (!by_key_.contains(key)) {
            missing.push_back(key);
        }
    }
    if (missing.empty()) {
        return boost::outcome_v2::success();
    }
    by_key_.reserve(by_key_.size() + missing.size());
    if (basis_ == Basis::presumed) {
        for (std::string& key : missing) {
            Content content = presumed(key);
            add(std::move(key), std::move(content));
        }
        return boost::outcome_v2::success();
    }
    ++reads_;
    BOOST_OUTCOME_TRY(auto values, store_.read(missing));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        Decoded decoded =
            cache_ && values[i] ? cache_->find(missing[i], values[i]->stamp) : nullptr;
        add(std::move(missing[i]), {std::move(values[i]), std::move(decoded)});
    }
    return boost::outcome_v2::success();
}

void PendingWrites::add(std::string key, Content content) {
    Known& known = known_.emplace_back(Known{std::move(key), std::move(content)});
    if (!by_key_.emplace(known.key, &known).second) {
        known_.pop_back();  // a key asked for twice
    }
}

PendingWrites::Content PendingWrites::presumed(std::string_view key) const {
    RecordCache::Newest newest = cache_->newest(key);
    return newest.record ? Content{Value{{}, newest.stamp}, std::move(newest.record)} : Content{};
}

bool PendingWrites::was_foreseeable(std::string_view home) const noexcept {
    return std::ranges::none_of(
        expected_, [&](const Known* known) { return known->content.value && known->key != home; });
}

const PendingWrites::Content* PendingWrites::changed(const std::string& key) {
    settle_newest();
    const auto found = changed_.find(key);
    return found == changed_.end() ? nullptr : &found->second;
}

result<PendingWrites::Known*> PendingWrites::look(const std::string& key) {
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        BOOST_OUTCOME_TRYV(fetch({key}));
        found = by_key_.find(key);
    }
    return found->second;
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
    for (auto& [key, content] : changed_) {
        add({key, content.value ? std::optional(std::move(content.value->text)) : std::nullopt},
            content.decoded);
    }
    batch.expectations.reserve(expected_.size());
    for (Known* known : expected_) {
        batch.expectations.push_back({std::move(known->key), stamp_of(known->content.value)});
    }
    return batch;
}

void PendingWrites::remember(Batch& batch, Stamp stamp) noexcept {
    for (auto& [place, decoded] : made_) {
        cache_->keep(std::move(batch.writes[place].key), stamp, std::move(decoded));
    }
}

}  // namespace licet
