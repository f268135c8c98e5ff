#include "bridge.hpp"

#include <doctest/doctest.h>

namespace {

std::string_view view(licet_string text) { return {text.data, text.size}; }

int32_t failed(licet_reply* reply, const licet::Error& error) {
    if (error.code == licet::Errc::store_conflict) {
        licet_reply_conflict(reply, error.detail.data(), error.detail.size());
        return LICET_STORE_CONFLICT;
    }
    const std::string message = error.message();
    licet_reply_detail(reply, message.data(), message.size());
    return error.code == licet::Errc::outcome_unknown ? LICET_STORE_UNKNOWN : LICET_STORE_FAILED;
}

void tell(licet_reply* reply, std::size_t index, std::string_view key, std::string_view text,
          licet::Stamp stamp) {
    licet_reply_record(reply, index, key.data(), key.size(), text.data(), text.size(), stamp);
}

}  // namespace

licet_store* Bridge::open(const licet_store_vtable& functions) {
    licet_store* made = nullptr;
    REQUIRE(licet_store_new(&functions, this, &made, nullptr) == LICET_OK);
    return made;
}

Bridge& Bridge::from(void* self) {
    auto& bridge = *static_cast<Bridge*>(self);
    ++bridge.calls;
    if (bridge.only_thread && *bridge.only_thread != std::this_thread::get_id()) {
        ++bridge.strangers;
    }
    return bridge;
}

int32_t Bridge::read(void* self, const licet_string* keys, size_t count, licet_reply* reply) {
    Bridge& bridge = from(self);
    if (bridge.on_read) {
        return bridge.on_read(reply);
    }
    std::vector<std::string> wanted;
    for (size_t i = 0; i < count; ++i) {
        wanted.emplace_back(view(keys[i]));
    }
    const auto values = bridge.store.read(wanted);
    if (!values) {
        return failed(reply, values.error());
    }
    for (size_t i = 0; i < count; ++i) {
        if (const auto& value = values.value()[i]) {
            tell(reply, i, wanted[i], value->text, value->stamp);
        }
    }
    return LICET_STORE_OK;
}

int32_t Bridge::scan(void* self, const char* first, size_t first_size, const char* to,
                     size_t to_size, size_t limit, licet_reply* reply) {
    Bridge& bridge = from(self);
    if (bridge.on_scan) {
        return bridge.on_scan(reply);
    }
    const auto page = bridge.store.scan({first, first_size}, {to, to_size}, limit);
    if (!page) {
        return failed(reply, page.error());
    }
    std::size_t index = 0;
    for (const licet::Record& record : page.value().records) {
        tell(reply, index++, record.key, record.text, record.stamp);
    }
    return LICET_STORE_OK;
}

int32_t Bridge::commit(void* self, const licet_expectation* expectations, size_t expectation_count,
                       const licet_write* writes, size_t write_count, licet_reply* reply) {
    Bridge& bridge = from(self);
    if (bridge.on_commit) {
        return bridge.on_commit(reply);
    }
    licet::Batch batch;
    for (size_t i = 0; i < expectation_count; ++i) {
        batch.expectations.push_back(
            {std::string(view(expectations[i].key)), expectations[i].stamp});
    }
    for (size_t i = 0; i < write_count; ++i) {
        batch.writes.push_back({std::string(view(writes[i].key)), std::nullopt});
        if (writes[i].is_delete == 0) {
            batch.writes.back().text = view(writes[i].value);
        }
    }
    const auto stamp = bridge.store.commit(batch);
    if (!stamp) {
        return failed(reply, stamp.error());
    }
    licet_reply_stamp(reply, stamp.value());
    return LICET_STORE_OK;
}

int32_t Bridge::limits(void* self, licet_reply* reply) {
    Bridge& bridge = from(self);
    return bridge.on_limits ? bridge.on_limits(reply) : LICET_STORE_OK;
}

void Bridge::destroy(void* self) { ++from(self).destroyed; }
