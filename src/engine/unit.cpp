#include "engine/unit.hpp"

#include <algorithm>
#include <iterator>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"

namespace licet {
namespace {

constexpr std::size_t records_hint = 4;  // a seat, its pool, the event, the answer

}  // namespace

Unit::Unit(PendingWrites& pending, std::string command, std::string_view operation,
           const Caller& caller, Timestamp clock_now)
    : pending_(pending),
      caller_(caller),
      command_(std::move(command)),
      operation_(operation),
      clock_now_(clock_now),
      newest_(Timestamp::from_ms(INT64_MIN)),
      number_(pending.next_job()) {
    looked_at_.reserve(records_hint);
    changes_.reserve(records_hint);
}

result<void> Unit::fetch(const std::vector<std::string>& keys) {
    std::vector<std::string> missing;
    std::ranges::copy_if(keys, std::back_inserter(missing),
                         [this](const std::string& key) { return !pending_.knows(key); });
    return pending_.fetch(std::move(missing));
}

result<const std::optional<Value>*> Unit::look(const std::string& key) {
    BOOST_OUTCOME_TRY(const auto* const found, content(key));
    return &found->value;
}

result<const PendingWrites::Content*> Unit::content(const std::string& key) {
    if (const auto* const changed = pending_.changed(key)) {
        return changed;
    }
    BOOST_OUTCOME_TRY(PendingWrites::Known* const known, pending_.look(key));
    if (known->last_job != number_) {
        known->last_job = number_;
        looked_at_.push_back(known);
    }
    return &known->content;
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
    put(std::move(key), std::move(text));
}

void Unit::put(std::string key, std::string text, Decoded decoded) {
    changes_.push_back({{std::move(key), std::move(text)}, std::move(decoded)});
}

void Unit::erase(std::string key) { changes_.push_back({{std::move(key), std::nullopt}, {}}); }

std::size_t Unit::records() const {
    std::vector<std::string_view> keys;
    keys.reserve(looked_at_.size() + changes_.size());
    for (const PendingWrites::Known* known : looked_at_) {
        keys.emplace_back(known->key);
    }
    for (const PendingWrites::Change& change : changes_) {
        keys.emplace_back(change.write.key);
    }
    std::ranges::sort(keys);
    return static_cast<std::size_t>(std::unique(keys.begin(), keys.end()) - keys.begin());
}

}  // namespace licet
