#include "store/mirror.hpp"

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet {
namespace {

constexpr std::size_t batch_writes_max = 1000;
constexpr std::size_t batch_bytes_max = std::size_t{1} << 20U;
constexpr std::string_view meta = "meta/";

// What a batch expects of the mark counts as one.
std::size_t writes_of_a_batch(const Limits& limits) {
    return limits.writes_per_batch == 0
               ? batch_writes_max
               : std::clamp<std::size_t>(limits.writes_per_batch, 2, batch_writes_max + 1) - 1;
}

result<bool> is_empty(Store& store) {
    BOOST_OUTCOME_TRY(const ScanPage before, store.scan("", meta, 1));
    BOOST_OUTCOME_TRY(const ScanPage after, store.scan(prefix_end(meta), "", 1));
    return before.records.empty() && after.records.empty();
}

// What the store holds from here on; the mark is none of it.
result<const Record*> record_at(RecordWalk& walk) {
    BOOST_OUTCOME_TRY(const Record* found, walk.record());
    if (found && found->key == unfinished_key) {
        walk.advance();
        return walk.record();
    }
    return found;
}

}  // namespace

result<Mirror> Mirror::begin(Store& store) {
    const std::string mark(unfinished_key);
    BOOST_OUTCOME_TRY(const auto marks, store.read({mark}));
    const Stamp before = marks[0] ? marks[0]->stamp : 0;
    const bool is_new = before == 0;
    if (is_new) {
        BOOST_OUTCOME_TRY(const bool empty, is_empty(store));
        if (!empty) {
            return Mirror(store, 0, false);
        }
    }
    BOOST_OUTCOME_TRY(const Stamp stamp, store.commit({{{mark, before}}, {{mark, "{}"}}}));
    Mirror mirror(store, stamp, is_new);
    if (is_new) {
        // Another may have begun and finished since the store was seen to be empty.
        BOOST_OUTCOME_TRY(const bool empty, is_empty(store));
        if (!empty) {
            BOOST_OUTCOME_TRYV(mirror.withdraw());
        }
    }
    return mirror;
}

result<void> Mirror::withdraw() {
    if (is_new_) {
        BOOST_OUTCOME_TRYV(remove_mark());
        mark_ = 0;
        is_new_ = false;
    }
    return boost::outcome_v2::success();
}

Mirror::Mirror(Store& store, Stamp mark, bool is_new)
    : store_(store),
      limits_(store.limits()),
      writes_max_(writes_of_a_batch(limits_)),
      mark_(mark),
      is_new_(is_new),
      walk_(store) {}

result<void> Mirror::add(const Record& given) {
    for (;;) {
        BOOST_OUTCOME_TRY(const Record* found, record_at(walk_));
        if (!found || found->key > given.key) {
            return put(given, 0);
        }
        if (found->key == given.key) {
            if (found->text != given.text) {
                BOOST_OUTCOME_TRYV(put(given, found->stamp));
            }
            walk_.advance();
            return boost::outcome_v2::success();
        }
        BOOST_OUTCOME_TRYV(write(found->key, found->stamp, nullptr));
        walk_.advance();
    }
}

result<void> Mirror::finish(const RecordChain& given,
                            const std::function<result<void>(std::uint64_t count)>& verified) {
    BOOST_OUTCOME_TRYV(remove_the_rest());
    BOOST_OUTCOME_TRYV(flush());
    RecordChain seen;
    RecordWalk again(store_);
    for (;;) {
        BOOST_OUTCOME_TRY(const Record* found, record_at(again));
        if (!found) {
            break;
        }
        seen.add(found->key, found->text);
        BOOST_OUTCOME_TRYV(verified(seen.count()));
        again.advance();
    }
    if (seen != given) {
        return Error{Errc::copy_differs,
                     std::to_string(seen.count()) + " records for " + std::to_string(given.count()),
                     {}};
    }
    return mark_ == 0 ? boost::outcome_v2::success() : remove_mark();
}

result<void> Mirror::put(const Record& given, Stamp stamp) {
    BOOST_OUTCOME_TRYV(check_fits(given, limits_));
    return write(given.key, stamp, &given.text);
}

result<void> Mirror::write(const std::string& key, Stamp stamp, const std::string* text) {
    if (mark_ == 0) {
        return Error{Errc::store_not_empty, key, {}};
    }
    const std::size_t bytes = key.size() + (text ? text->size() : 0);
    if (batch_.writes.size() == writes_max_ || batch_bytes_ + bytes > batch_bytes_max) {
        BOOST_OUTCOME_TRYV(flush());
    }
    if (batch_.writes.empty()) {
        batch_.expectations.push_back({std::string(unfinished_key), mark_});
    }
    batch_.expectations.push_back({key, stamp});
    batch_.writes.push_back({key, text ? std::optional(*text) : std::nullopt});
    batch_bytes_ += bytes;
    return boost::outcome_v2::success();
}

result<void> Mirror::remove_the_rest() {
    for (;;) {
        BOOST_OUTCOME_TRY(const Record* found, record_at(walk_));
        if (!found) {
            return boost::outcome_v2::success();
        }
        BOOST_OUTCOME_TRYV(write(found->key, found->stamp, nullptr));
        walk_.advance();
    }
}

result<void> Mirror::flush() {
    if (!batch_.writes.empty()) {
        BOOST_OUTCOME_TRYV(store_.commit(batch_));
        written_ += batch_.writes.size();
        batch_ = {};
        batch_bytes_ = 0;
    }
    return boost::outcome_v2::success();
}

result<void> Mirror::remove_mark() {
    const std::string mark(unfinished_key);
    BOOST_OUTCOME_TRYV(store_.commit({{{mark, mark_}}, {{mark, std::nullopt}}}));
    return boost::outcome_v2::success();
}

result<void> check_fits(const Record& record, const Limits& limits) {
    const bool fits = (limits.key_bytes == 0 || record.key.size() <= limits.key_bytes) &&
                      (limits.value_bytes == 0 || record.text.size() <= limits.value_bytes);
    if (!fits) {
        return Error{Errc::batch_too_large, record.key, {}};
    }
    return boost::outcome_v2::success();
}

}  // namespace licet
