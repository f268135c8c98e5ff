#include <licet/store/etcd.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

#include <boost/outcome/try.hpp>

#include "store/etcd_client.hpp"
#include "store/etcd_messages.hpp"

namespace licet {
namespace {

constexpr std::size_t operations_max = 128;
constexpr std::size_t request_bytes_max = std::size_t{3} << 19;
/// What its key, in an expectation twice, and the prefix leave to a value.
constexpr std::size_t value_bytes_max = request_bytes_max - (std::size_t{2} << 10);
constexpr std::size_t prefix_size_max = 200;
constexpr std::size_t page_size_max = 1000;
constexpr int rereads_max = 3;

constexpr std::string_view range_path = "/v3/kv/range";
constexpr std::string_view txn_path = "/v3/kv/txn";

result<void> check_prefix(const std::string& prefix) {
    const bool is_printable =
        std::ranges::all_of(prefix, [](char c) { return c >= '\x21' && c <= '\x7e'; });
    if (prefix.empty() || prefix.size() > prefix_size_max || !is_printable) {
        return Error{Errc::store_key, "prefix", {}};
    }
    return boost::outcome_v2::success();
}

// What is too long as a whole etcd refuses itself.
result<void> check_limits(const Batch& batch) {
    const std::size_t operations = std::max(batch.expectations.size(), batch.writes.size());
    if (operations > operations_max) {
        return Error{Errc::batch_too_large, std::to_string(operations) + " operations", {}};
    }
    for (const Write& write : batch.writes) {
        if (write.text && write.text->size() > value_bytes_max) {
            return Error{Errc::batch_too_large, write.key, {}};
        }
    }
    return boost::outcome_v2::success();
}

// Whether what is expected cannot be as it was once the batch has been written.
bool shows_when_written(const Batch& batch) {
    return std::ranges::any_of(batch.writes, [&](const Write& write) {
        const auto expected = std::ranges::find(batch.expectations, write.key, &Expectation::key);
        return expected != batch.expectations.end() && (write.text || expected->stamp != 0);
    });
}

std::optional<Value> value_of(std::vector<Record>& range) {
    if (range.empty()) {
        return std::nullopt;
    }
    return Value{std::move(range.front().text), range.front().stamp};
}

}  // namespace

struct EtcdStore::State {
    State(std::vector<etcd::Endpoint> endpoints, const EtcdOptions& options)
        : client(std::move(endpoints), options.timeout, options.tls), keys(options.prefix) {}

    result<etcd::TxnAnswer> read(std::span<const std::string> wanted, etcd::Revision at);
    result<std::vector<std::optional<Value>>> read_all(std::span<const std::string> wanted);
    result<Stamp> judge(const Batch& batch, const etcd::TxnAnswer& answer) const;
    result<Stamp> judge_full(const Batch& batch, Error full);

    etcd::Client client;
    etcd::Keys keys;
};

result<etcd::TxnAnswer> EtcdStore::State::read(std::span<const std::string> wanted,
                                               etcd::Revision at) {
    BOOST_OUTCOME_TRY(const auto text, client.ask(txn_path, etcd::read_request(keys, wanted, at),
                                                  etcd::Again::harmless));
    BOOST_OUTCOME_TRY(auto answer, etcd::txn_answer(keys, text));
    if (answer.ranges.size() != wanted.size()) {
        return Error{Errc::store_reply, std::to_string(answer.ranges.size()) + " ranges", {}};
    }
    return answer;
}

// What does not fit into one answer is read in pieces, all at the revision of the first one.
result<std::vector<std::optional<Value>>> EtcdStore::State::read_all(
    std::span<const std::string> wanted) {
    std::vector<std::optional<Value>> values;
    values.reserve(wanted.size());
    etcd::Revision at = 0;
    for (std::size_t piece = operations_max; values.size() < wanted.size();) {
        const auto rest = wanted.subspan(values.size());
        piece = std::min(piece, rest.size());
        auto answer = read(rest.first(piece), at);
        if (!answer && answer.error().code == Errc::batch_too_large && piece > 1) {
            piece /= 2;
            continue;
        }
        BOOST_OUTCOME_TRY(etcd::TxnAnswer read, std::move(answer));
        at = at == 0 ? read.at : at;
        std::ranges::transform(read.ranges, std::back_inserter(values), value_of);
    }
    return values;
}

result<Stamp> EtcdStore::State::judge(const Batch& batch, const etcd::TxnAnswer& answer) const {
    if (answer.succeeded) {
        return answer.at;
    }
    if (answer.ranges.size() == batch.expectations.size()) {
        for (std::size_t i = 0; i < answer.ranges.size(); ++i) {
            const auto& range = answer.ranges[i];
            if ((range.empty() ? 0 : range.front().stamp) != batch.expectations[i].stamp) {
                return Error{Errc::store_conflict, batch.expectations[i].key, {}};
            }
        }
    }
    return Error{Errc::store_reply, "a conflict without a difference", {}};
}

// etcd says that it is full also of the batch that has filled it, and wrote that one.
result<Stamp> EtcdStore::State::judge_full(const Batch& batch, Error full) {
    if (shows_when_written(batch)) {
        const auto text = client.ask(txn_path, etcd::commit_request(keys, {batch.expectations, {}}),
                                     etcd::Again::harmless);
        const auto answer = text ? etcd::txn_answer(keys, text.value()) : text.error();
        if (answer && answer.value().succeeded) {
            return full;
        }
    }
    full.code = Errc::outcome_unknown;
    return full;
}

result<std::unique_ptr<EtcdStore>> EtcdStore::open(const std::vector<std::string>& endpoints,
                                                   EtcdOptions options) {
    BOOST_OUTCOME_TRY(check_prefix(options.prefix));
    std::vector<etcd::Endpoint> parsed;
    for (const std::string& endpoint : endpoints) {
        auto one = etcd::endpoint_of(endpoint);
        if (!one) {
            return Error{Errc::url_syntax, "endpoint " + std::to_string(parsed.size()), {}};
        }
        parsed.push_back(*std::move(one));
    }
    if (parsed.empty()) {
        return Error{Errc::url_syntax, "no endpoint", {}};
    }
    return std::unique_ptr<EtcdStore>(
        new EtcdStore(std::make_unique<State>(std::move(parsed), options)));
}

EtcdStore::EtcdStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
EtcdStore::~EtcdStore() = default;

result<std::vector<std::optional<Value>>> EtcdStore::read(const std::vector<std::string>& keys) {
    for (int rereads = 0;; ++rereads) {
        auto values = state_->read_all(keys);
        if (values || values.error().code != Errc::contended || rereads == rereads_max) {
            return values;
        }
    }
}

result<ScanPage> EtcdStore::scan(std::string_view from, std::string_view to, std::size_t limit) {
    assert(limit > 0);
    for (std::size_t count = std::min(limit, page_size_max);; count /= 2) {
        const auto text =
            state_->client.ask(range_path, etcd::scan_request(state_->keys, from, to, count + 1),
                               etcd::Again::harmless);
        if (!text && text.error().code == Errc::batch_too_large && count > 1) {
            continue;
        }
        BOOST_OUTCOME_TRY(const std::string& answer, text);
        BOOST_OUTCOME_TRY(auto records, etcd::scan_answer(state_->keys, answer));
        ScanPage page{std::move(records), std::nullopt};
        if (page.records.size() > count) {
            page.next = std::move(page.records[count].key);
            page.records.resize(count);
        }
        return page;
    }
}

result<Stamp> EtcdStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    BOOST_OUTCOME_TRY(check_limits(batch));
    const bool writes = !batch.writes.empty();
    auto text = state_->client.ask(txn_path, etcd::commit_request(state_->keys, batch),
                                   writes ? etcd::Again::harmful : etcd::Again::harmless);
    if (!text && text.error().code == Errc::store_full) {
        return state_->judge_full(batch, std::move(text).error());
    }
    BOOST_OUTCOME_TRY(const std::string answer, std::move(text));
    const auto read = etcd::txn_answer(state_->keys, answer);
    if (!read) {
        return Error{writes ? Errc::outcome_unknown : Errc::store_reply, read.error().detail, {}};
    }
    return state_->judge(batch, read.value());
}

Limits EtcdStore::limits() const noexcept {
    Limits limits;
    limits.value_bytes = value_bytes_max;
    limits.writes_per_batch = operations_max;
    return limits;
}

}  // namespace licet
