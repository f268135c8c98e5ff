#include "store/conformance/room.hpp"

#include <algorithm>
#include <utility>

namespace licet::conformance {

Room::Room(Store& store, std::string prefix) : store_(store), prefix_(std::move(prefix)) {}

std::size_t Room::key_bytes() const noexcept {
    const std::size_t limit = store_.limits().key_bytes;
    return limit == 0 ? key_size_max : std::min(limit, key_size_max);
}

Write Room::write(std::string_view name, std::string text) const {
    return {key(name), std::move(text)};
}

Stamp Room::commit(const Batch& batch) {
    const auto stamp = store_.commit(batch);
    if (!stamp) {
        expect(false, "commit failed: " + stamp.error().message());
        return 0;
    }
    return stamp.value();
}

Stamp Room::put(std::string_view name, std::string text) {
    return commit({{}, {write(name, std::move(text))}});
}

void Room::put_all(const std::vector<std::string>& names) {
    const std::size_t limit = store_.limits().writes_per_batch;
    Batch batch;
    for (const std::string& name : names) {
        batch.writes.push_back(write(name, name));
        if (batch.writes.size() == limit) {
            commit(std::exchange(batch, {}));
        }
    }
    commit(batch);
}

std::optional<Value> Room::get(std::string_view name) { return read({std::string(name)}).front(); }

std::vector<std::optional<Value>> Room::read(const std::vector<std::string>& names) {
    std::vector<std::string> keys;
    for (const std::string& name : names) {
        keys.push_back(key(name));
    }
    auto values = store_.read(keys);
    if (!values) {
        expect(false, "read failed: " + values.error().message());
        return std::vector<std::optional<Value>>(names.size());
    }
    if (values.value().size() != names.size()) {
        expect(false, std::to_string(values.value().size()) + " answers to " +
                          std::to_string(names.size()) + " keys");
        values.value().resize(names.size());
    }
    return std::move(values).value();
}

ScanPage Room::scan(std::size_t limit) { return scan_keys(prefix_, prefix_end(prefix_), limit); }

ScanPage Room::scan(std::string_view from, std::string_view to, std::size_t limit) {
    return scan_keys(key(from), key(to), limit);
}

ScanPage Room::scan_keys(const std::string& from, const std::string& to, std::size_t limit) {
    auto page = store_.scan(from, to, limit);
    if (!page) {
        expect(false, "scan failed: " + page.error().message());
        return {};
    }
    return std::move(page).value();
}

void Room::expect(bool ok, std::string_view seen_instead) {
    if (ok) {
        return;
    }
    const std::lock_guard lock(mutex_);
    if (seen_.empty()) {
        seen_ = seen_instead;
    }
}

void Room::expect_text(std::string_view name, std::string_view text) {
    const auto value = get(name);
    expect(value.has_value(), std::string(name) + " was absent");
    expect(!value || value->text == text, std::string(name) + " held another value");
}

void Room::expect_absent(std::string_view name) {
    expect(!get(name), std::string(name) + " was there");
}

void Room::expect_names(const ScanPage& page, const std::vector<std::string>& names) {
    std::string seen = "a scan gave";
    bool same = page.records.size() == names.size();
    for (std::size_t i = 0; i < page.records.size(); ++i) {
        const std::string& found = page.records[i].key;
        same = same && found == key(names[i]);
        seen += ' ';
        seen += found.starts_with(prefix_) ? found.substr(prefix_.size()) : found;
    }
    expect(same, seen);
}

void Room::expect_refused(const Batch& batch, Errc code, std::string_view what) {
    const auto stamp = store_.commit(batch);
    if (stamp) {
        expect(false, std::string(what) + " was taken");
    } else {
        expect(stamp.error().code == code,
               std::string(what) + " was refused with: " + stamp.error().message());
    }
}

void Room::expect_conflict(const Batch& batch, std::string_view name) {
    const auto stamp = store_.commit(batch);
    if (stamp) {
        expect(false, "a batch was written against its expectation");
    } else if (stamp.error().code != Errc::store_conflict) {
        expect(false, "a conflict was told as: " + stamp.error().message());
    } else {
        expect(stamp.error().detail == key(name), "a conflict named " + stamp.error().detail);
    }
}

std::string Room::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

}  // namespace licet::conformance
