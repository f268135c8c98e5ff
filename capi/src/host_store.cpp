#include "host_store.hpp"

#include <algorithm>

#include <boost/outcome/try.hpp>

#include "quoted.hpp"
#include "reply.hpp"

namespace licet::capi {
namespace {

licet_string string_of(std::string_view text) noexcept { return {text.data(), text.size()}; }

/// What makes no sense in the records of a scan of these keys; "" where all of it does. The engine
/// cuts off prefixes and goes on behind keys: it relies on both.
std::string nonsense_of(const std::vector<std::optional<Record>>& records, std::string_view from,
                        std::string_view to) {
    std::string_view before;
    for (const std::optional<Record>& record : records) {
        if (!record) {
            return "a scan left an index out";
        }
        const std::string_view key = record->key;
        if (key < from || (!to.empty() && key >= to)) {
            return "key " + quoted(key) + " outside of the scan";
        }
        if (key <= before) {
            return "key " + quoted(key) + " behind " + quoted(before);
        }
        before = key;
    }
    return {};
}

/// Where the values of a scan go on: the key of the one more that was asked for.
ScanPage page_of(std::vector<std::optional<Record>> records, std::size_t limit) {
    ScanPage page;
    for (std::optional<Record>& record : records) {
        if (page.records.size() == limit) {
            page.next = std::move(record->key);
            break;
        }
        page.records.push_back(std::move(*record));
    }
    return page;
}

}  // namespace

result<std::shared_ptr<Host>> Host::make(const licet_store_vtable& vtable, void* self) {
    if (!vtable.read || !vtable.scan || !vtable.commit) {
        return Error{Errc::store_vtable_incomplete, {}, {}};
    }
    std::shared_ptr<Host> host(new Host(vtable, self));
    if (vtable.limits) {
        licet_reply reply(licet_reply::To::limits);
        const std::int32_t status = vtable.limits(self, &reply);
        BOOST_OUTCOME_TRY(reply.outcome(status));
        host->limits_ = reply.limits;
    }
    host->limits_.on_own_thread = true;
    host->is_owned_ = true;
    return host;
}

Host::~Host() {
    if (is_owned_ && vtable_.destroy) {
        vtable_.destroy(self_);
    }
}

result<std::vector<std::optional<Value>>> HostStore::read(const std::vector<std::string>& keys) {
    std::vector<licet_string> asked(keys.size());
    std::ranges::transform(keys, asked.begin(), string_of);
    licet_reply reply(licet_reply::To::read);
    reply.records_max = keys.size();
    reply.keys = &keys;
    const std::int32_t status =
        host_->functions().read(host_->self(), asked.data(), asked.size(), &reply);
    BOOST_OUTCOME_TRY(reply.outcome(status));
    std::vector<std::optional<Value>> values(keys.size());
    for (std::size_t i = 0; i < reply.records.size(); ++i) {
        if (auto& record = reply.records[i]) {
            values[i] = Value{std::move(record->text), record->stamp};
        }
    }
    return values;
}

result<ScanPage> HostStore::scan(std::string_view from, std::string_view to, std::size_t limit) {
    const std::size_t asked = limit == SIZE_MAX ? limit : limit + 1;
    licet_reply reply(licet_reply::To::scan);
    reply.records_max = asked;
    const std::int32_t status = host_->functions().scan(host_->self(), from.data(), from.size(),
                                                        to.data(), to.size(), asked, &reply);
    BOOST_OUTCOME_TRY(reply.outcome(status));
    if (std::string problem = nonsense_of(reply.records, from, to); !problem.empty()) {
        return Error{Errc::store_reply, std::move(problem), {}};
    }
    return page_of(std::move(reply.records), limit);
}

result<Stamp> HostStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    std::vector<licet_expectation> expectations;
    for (const Expectation& expectation : batch.expectations) {
        expectations.push_back({string_of(expectation.key), expectation.stamp});
    }
    std::vector<licet_write> writes;
    for (const Write& write : batch.writes) {
        writes.push_back({string_of(write.key),
                          write.text ? string_of(*write.text) : licet_string{nullptr, 0},
                          write.text ? 0 : 1});
    }
    licet_reply reply(licet_reply::To::commit);
    const std::int32_t status =
        host_->functions().commit(host_->self(), expectations.data(), expectations.size(),
                                  writes.data(), writes.size(), &reply);
    BOOST_OUTCOME_TRY(reply.outcome(status));
    return reply.stamp;
}

}  // namespace licet::capi
