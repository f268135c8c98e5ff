#include "engine/unit.hpp"

#include <unordered_set>

#include <boost/outcome/try.hpp>

#include "engine/keys.hpp"

namespace licet {

Unit::Unit(PendingWrites& pending, std::string command, std::string_view operation,
           const Caller& caller, Timestamp clock_now)
    : pending_(pending),
      caller_(caller),
      command_(std::move(command)),
      operation_(operation),
      clock_now_(clock_now),
      newest_(Timestamp::from_ms(INT64_MIN)),
      number_(pending.next_job()) {}

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
    std::unordered_set<std::string_view> keys;
    for (const PendingWrites::Known* known : looked_at_) {
        keys.insert(known->key);
    }
    for (const PendingWrites::Change& change : changes_) {
        keys.insert(change.write.key);
    }
    return keys.size();
}

}  // namespace licet
