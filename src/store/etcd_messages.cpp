#include "store/etcd_messages.hpp"

#include <charconv>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/outcome/try.hpp>

#include "store/base64.hpp"

namespace licet::etcd {
namespace {

namespace json = boost::json;

// Appends what `append` does for each item, with commas between them, in brackets.
template <class Items, class Append>
void append_list(std::string& out, const Items& items, const Append& append) {
    char before = '[';
    for (const auto& item : items) {
        out += before;
        append(item);
        before = ',';
    }
    out += before == '[' ? "[]" : "]";
}

Error nonsense(std::string_view what) { return {Errc::store_reply, std::string(what), {}}; }

const json::value* member(const json::value* in, std::string_view name) {
    const auto* object = in ? in->if_object() : nullptr;
    return object ? object->if_contains(name) : nullptr;
}

std::string_view text_of(const json::value* value) {
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

// Protobuf leaves out what is empty.
std::span<const json::value> items_of(const json::value* value) {
    const auto* list = value ? value->if_array() : nullptr;
    return list ? std::span(list->data(), list->size()) : std::span<const json::value>();
}

// Numbers of 64 bits are texts; 0 where there is none.
std::uint64_t number_of(const json::value* value) {
    const std::string_view text = text_of(value);
    const char* end = text.data() + text.size();
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? number : 0;
}

result<json::value> parse(std::string_view text) {
    json::error_code code;
    json::value root = json::parse(text, code);
    if (code || !root.is_object()) {
        return nonsense("no JSON object");
    }
    return root;
}

result<Record> record_of(const Keys& keys, const json::value& kv) {
    BOOST_OUTCOME_TRY(auto key, keys.from_wire(text_of(member(&kv, "key"))));
    auto text = from_base64(text_of(member(&kv, "value")));
    const Stamp stamp = number_of(member(&kv, "mod_revision"));
    if (!text || stamp == 0) {
        return nonsense(key);
    }
    return Record{std::move(key), *std::move(text), stamp};
}

result<std::vector<Record>> records_of(const Keys& keys, const json::value* range) {
    const auto kvs = items_of(member(range, "kvs"));
    std::vector<Record> records;
    records.reserve(kvs.size());
    for (const json::value& kv : kvs) {
        BOOST_OUTCOME_TRY(auto record, record_of(keys, kv));
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

std::string Keys::to_wire(std::string_view key) const {
    std::string wire;
    append_base64(wire, prefix_ + std::string(key));
    return wire;
}

std::string Keys::end_to_wire(std::string_view key) const {
    std::string wire;
    append_base64(wire, key.empty() ? prefix_end(prefix_) : prefix_ + std::string(key));
    return wire;
}

result<std::string> Keys::from_wire(std::string_view wire) const {
    auto key = from_base64(wire);
    if (!key || !key->starts_with(prefix_)) {
        return nonsense("a key that was not asked for");
    }
    return key->substr(prefix_.size());
}

std::string read_request(const Keys& keys, std::span<const std::string> wanted, Revision at) {
    std::string out = R"({"success":)";
    append_list(out, wanted, [&](const std::string& key) {
        out += R"({"request_range":{"key":")" + keys.to_wire(key) + R"(","revision":")" +
               std::to_string(at) + "\"}}";
    });
    return out += '}';
}

std::string scan_request(const Keys& keys, std::string_view from, std::string_view to,
                         std::size_t limit) {
    return R"({"key":")" + keys.to_wire(from) + R"(","range_end":")" + keys.end_to_wire(to) +
           R"(","limit":")" + std::to_string(limit) + "\"}";
}

std::string commit_request(const Keys& keys, const Batch& batch) {
    std::string out = R"({"compare":)";
    append_list(out, batch.expectations, [&](const Expectation& expected) {
        out += R"({"target":"MOD","key":")" + keys.to_wire(expected.key) + R"(","mod_revision":")" +
               std::to_string(expected.stamp) + "\"}";
    });
    out += R"(,"success":)";
    append_list(out, batch.writes, [&](const Write& write) {
        const std::string key = R"(":{"key":")" + keys.to_wire(write.key) + '"';
        if (write.text) {
            out += R"({"request_put)" + key + R"(,"value":")";
            append_base64(out, *write.text);
            out += "\"}}";
        } else {
            out += R"({"request_delete_range)" + key + "}}";
        }
    });
    out += R"(,"failure":)";
    append_list(out, batch.expectations, [&](const Expectation& expected) {
        out +=
            R"({"request_range":{"keys_only":true,"key":")" + keys.to_wire(expected.key) + "\"}}";
    });
    return out += '}';
}

std::string login_request(std::string_view user, std::string_view password) {
    return json::serialize(json::object({{"name", user}, {"password", password}}));
}

result<TxnAnswer> txn_answer(const Keys& keys, std::string_view text) {
    BOOST_OUTCOME_TRY(const auto root, parse(text));
    TxnAnswer answer;
    answer.at = number_of(member(member(&root, "header"), "revision"));
    if (answer.at == 0) {
        return nonsense("no revision");
    }
    const auto* succeeded = member(&root, "succeeded");
    answer.succeeded = succeeded && succeeded->is_bool() && succeeded->get_bool();
    for (const json::value& response : items_of(member(&root, "responses"))) {
        BOOST_OUTCOME_TRY(auto records, records_of(keys, member(&response, "response_range")));
        answer.ranges.push_back(std::move(records));
    }
    return answer;
}

result<std::vector<Record>> scan_answer(const Keys& keys, std::string_view text) {
    BOOST_OUTCOME_TRY(const auto root, parse(text));
    return records_of(keys, &root);
}

result<std::string> login_answer(std::string_view text) {
    BOOST_OUTCOME_TRY(const auto root, parse(text));
    const std::string_view token = text_of(member(&root, "token"));
    if (token.empty()) {
        return nonsense("no token");
    }
    return std::string(token);
}

}  // namespace licet::etcd
