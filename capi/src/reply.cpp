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

/// What makes no sense in a reply that came with this status; "" where all of it does.
std::string nonsense_of(const licet_reply& reply, std::int32_t status) {
    if (status != LICET_STORE_OK) {
        return "status " + std::to_string(status);
    }
    if (reply.to == licet_reply::To::commit && reply.stamp == 0 && reply.broken.empty()) {
        return "no stamp";
    }
    return reply.broken;
}

/// Of a commit that does not say that nothing is written: it is done, or it is settled by looking,
/// as every unknown one. Also where there was no memory to take what the host told, or is none now
/// to say why.
licet::result<void> outcome_of_written(const licet_reply& reply, std::int32_t status) noexcept {
    if (status == LICET_STORE_OK && reply.stamp != 0 && reply.broken.empty() &&
        !reply.is_out_of_memory) {
        return boost::outcome_v2::success();
    }
    Error unknown{Errc::outcome_unknown, {}, {}};
    try {
        unknown.detail = status == LICET_STORE_UNKNOWN ? reply.detail : nonsense_of(reply, status);
    } catch (...) {  // then it says no more than that
    }
    return unknown;
}

}  // namespace

licet::result<void> licet_reply::outcome(std::int32_t status) const {
    const bool is_commit = to == To::commit;
    const bool is_conflict = is_commit && status == LICET_STORE_CONFLICT;
    const bool is_failed = status == LICET_STORE_FAILED;
    if (is_commit && !is_conflict && !is_failed) {
        return outcome_of_written(*this, status);
    }
    if (is_out_of_memory) {
        return Error{Errc::out_of_memory, {}, {}};
    }
    if (is_failed) {
        return Error{Errc::store_failed, detail, {}};
    }
    if (is_conflict && conflict && broken.empty()) {
        return Error{Errc::store_conflict, *conflict, {}};
    }
    if (is_conflict) {
        return Error{Errc::store_reply, broken.empty() ? "a conflict without a key" : broken, {}};
    }
    if (std::string problem = nonsense_of(*this, status); !problem.empty()) {
        return Error{Errc::store_reply, std::move(problem), {}};
    }
    return boost::outcome_v2::success();
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
        if (reply->to != licet_reply::To::commit) {
            return "a conflict where nothing was expected";
        }
        reply->conflict = capi::view(text);
        return {};
    });
}

void licet_reply_limit(licet_reply* reply, const char* name, size_t name_size, uint64_t value) {
    const capi::Text text{name, name_size};
    take(reply, text, [&]() -> std::string {
        return reply->to == licet_reply::To::limits ? limit(reply->limits, capi::view(text), value)
                                                    : "a limit where none was asked for";
    });
}

void licet_reply_detail(licet_reply* reply, const char* text, size_t text_size) {
    const capi::Text given{text, text_size};
    take(reply, given, [&]() -> std::string {
        reply->detail = licet::quoted(capi::view(given), detail_shown_max);
        return {};
    });
}
