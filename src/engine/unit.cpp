#include "engine/unit.hpp"

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"

namespace licet {

Unit::Unit(Store& store, std::string command, std::string_view operation, const Caller& caller,
           Timestamp clock_now)
    : store_(store),
      caller_(caller),
      command_(std::move(command)),
      operation_(operation),
      clock_now_(clock_now),
      newest_(Timestamp::from_ms(INT64_MIN)) {}

result<void> Unit::fetch(const std::vector<std::string>& keys) {
    std::vector<std::string> missing;
    for (const std::string& key : keys) {
        if (!by_key_.contains(key)) {
            missing.push_back(key);
        }
    }
    if (missing.empty()) {
        return boost::outcome_v2::success();
    }
    ++reads_;
    BOOST_OUTCOME_TRY(auto values, store_.read(missing));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (!by_key_.contains(missing[i])) {
            const Known& known =
                known_.emplace_back(Known{std::move(missing[i]), std::move(values[i])});
            by_key_.emplace(known.key, &known);
        }
    }
    return boost::outcome_v2::success();
}

result<const std::optional<Value>*> Unit::look(const std::string& key) {
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        BOOST_OUTCOME_TRYV(fetch({key}));
        found = by_key_.find(key);
    }
    return &found->second->value;
}

result<void> Unit::about(std::uint64_t revision) {
    is_about_something_ = true;
    if (caller_.expected_revision && *caller_.expected_revision != revision) {
        return Error{Errc::revision_differs,
                     "it is " + std::to_string(revision) + ", not " +
                         std::to_string(*caller_.expected_revision),
                     {}};
    }
    return boost::outcome_v2::success();
}

void Unit::add_event(Head& head, std::string_view stream, std::string_view details) {
    std::string text = chain(head, stream, now(), {command_, operation_, caller_.as}, details);
    std::string key = keys::event(stream, head.number);
    if (first_event_.empty()) {
        first_event_ = key;
    }
    writes_.push_back({std::move(key), std::move(text)});
}

void Unit::put(const std::string& key, std::string text) {
    writes_.push_back({key, std::move(text)});
}

void Unit::erase(const std::string& key) { writes_.push_back({key, std::nullopt}); }

result<bool> Unit::still_holds() {
    std::vector<std::string> keys;
    for (const Known& known : known_) {
        keys.push_back(known.key);
    }
    BOOST_OUTCOME_TRY(const auto values, store_.read(keys));
    const auto stamp = [](const std::optional<Value>& value) { return value ? value->stamp : 0; };
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (stamp(values[i]) != stamp(known_[i].value)) {
            return false;
        }
    }
    return true;
}

Batch Unit::batch() && {
    Batch batch;
    batch.writes = std::move(writes_);
    batch.expectations.reserve(known_.size());
    for (Known& known : known_) {
        batch.expectations.push_back({std::move(known.key), known.value ? known.value->stamp : 0});
    }
    return batch;
}

}  // namespace licet
