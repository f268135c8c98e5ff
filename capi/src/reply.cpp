// For callbacks: what they tell us.

#include "reply.hpp"

#include <algorithm>

#include "quoted.hpp"

using licet::Errc;
using licet::Error;

namespace capi = licet::capi;

namespace {

constexpr std::size_t detail_shown_max = 400;

// A callback's call cannot fail: what goes wrong is kept and told when the callback has returned.
template <class Note>
void take(licet_reply* reply, capi::Text text, Note&& note) noexcept {
    if (!reply) {
        return;
    }
    try {
        std::string problem = capi::is_possible(text) ? note() : "a size that cannot be";
        if (reply->broken.empty()) {
            reply->broken = std::move(problem);
        }
    } catch (...) {
        reply->is_out_of_memory = true;
    }
}

std::string place(licet_reply& reply, std::size_t index, std::string_view key,
                  std::string_view value, licet::Stamp stamp) {
    const bool is_read = reply.to == licet_reply::To::read;
    if (!is_read && reply.to != licet_reply::To::scan) {
        return "a record where none was asked for";
    }
    if (index >= reply.records_max) {
        return "record " + std::to_string(index) + " of " + std::to_string(reply.records_max);
    }
    if (is_read && key != (*reply.keys)[index]) {
        return "key " + licet::quoted(key) + " in place of " + licet::quoted((*reply.keys)[index]);
    }
    if (stamp == 0) {
        return "a stamp of 0 for " + licet::quoted(key);
    }
    if (index >= reply.records.size()) {
        reply.records.resize(index + 1);
    }
    if (reply.records[index]) {
        return "record " + std::to_string(index) + " twice";
    }
    reply.records[index] = licet::Record{std::string(key), std::string(value), stamp};
    return {};
}

std::string limit(licet::Limits& limits, std::string_view name, std::uint64_t value) {
    if (name == "key_bytes") {
        limits.key_bytes = value == 0 ? licet::key_size_max : std::min(value, licet::key_size_max);
    } else if (name == "value_bytes") {
        limits.value_bytes = value;
    } else if (name == "writes_per_batch") {
        limits.writes_per_batch = value;
    } else {
        return "limit " + licet::quoted(name);
    }
    return {};
}

}  // namespace

licet::result<void> licet_reply::outcome(std::int32_t status) const {
    const bool is_commit = to == To::commit;
    if (is_out_of_memory && !(is_commit && status == LICET_STORE_OK)) {
        return Error{Errc::out_of_memory, {}, {}};
    }
    std::string problem = broken;
    if (status == LICET_STORE_FAILED) {
        return Error{Errc::store_failed, detail, {}};
    }
    if (status == LICET_STORE_CONFLICT && is_commit) {
        if (conflict && problem.empty()) {
            return Error{Errc::store_conflict, *conflict, {}};
        }
        return Error{Errc::store_reply, problem.empty() ? "a conflict without a key" : problem, {}};
    }
    if (status == LICET_STORE_UNKNOWN && is_commit) {
        return Error{Errc::outcome_unknown, detail, {}};
    }
    if (status != LICET_STORE_OK) {
        problem = "status " + std::to_string(status);
    } else if (is_commit && stamp == 0 && problem.empty()) {
        problem = "no stamp";
    }
    if (problem.empty()) {
        return boost::outcome_v2::success();
    }
    // A commit that may have happened is settled by looking, as every unknown one.
    return Error{is_commit ? Errc::outcome_unknown : Errc::store_reply, problem, {}};
}

void licet_reply_record(licet_reply* reply, size_t index, const char* key, size_t key_size,
                        const char* value, size_t value_size, uint64_t stamp) {
    const capi::Text key_text{key, key_size};
    const capi::Text value_text{value, value_size};
    take(reply, key_text, [&]() -> std::string {
        return capi::is_possible(value_text)
                   ? place(*reply, index, capi::view(key_text), capi::view(value_text), stamp)
                   : "a size that cannot be";
    });
}

void licet_reply_stamp(licet_reply* reply, uint64_t stamp) {
    take(reply, {}, [&]() -> std::string {
        if (reply->to != licet_reply::To::commit || stamp == 0) {
            return "stamp " + std::to_string(stamp);
        }
        reply->stamp = stamp;
        return {};
    });
}

void licet_reply_conflict(licet_reply* reply, const char* key, size_t key_size) {
    const capi::Text text{key, key_size};
    take(reply, text, [&]() -> std::string {
        reply->conflict = capi::view(text);
        return {};
    });
}

void licet_reply_limit(licet_reply* reply, const char* name, size_t name_size, uint64_t value) {
    const capi::Text text{name, name_size};
    take(reply, text, [&] { return limit(reply->limits, capi::view(text), value); });
}

void licet_reply_detail(licet_reply* reply, const char* text, size_t text_size) {
    const capi::Text given{text, text_size};
    take(reply, given, [&]() -> std::string {
        reply->detail = licet::quoted(capi::view(given), detail_shown_max);
        return {};
    });
}
