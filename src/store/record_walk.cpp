#include "store/record_walk.hpp"

#include <utility>

#include <boost/outcome/try.hpp>

#include "sha256.hpp"

namespace licet {
namespace {

constexpr std::size_t page_size = 500;

}  // namespace

result<const Record*> RecordWalk::record() {
    while (at_ == page_.size() && next_) {
        BOOST_OUTCOME_TRY(ScanPage page, store_.scan(*next_, "", page_size));
        page_ = std::move(page.records);
        at_ = 0;
        next_ = std::move(page.next);
    }
    return at_ < page_.size() ? &page_[at_] : nullptr;
}

std::string chained_hash(std::string_view previous, std::string_view key, std::string_view text) {
    std::string bytes;
    bytes.reserve(previous.size() + key.size() + 1 + text.size());
    bytes.append(previous).append(key).append(1, '\0').append(text);
    return sha256_hex(bytes);
}

void RecordChain::add(std::string_view key, std::string_view text) {
    hash_ = chained_hash(hash_, key, text);
    ++count_;
}

result<Collected> collect(
    Store& store,
    const std::function<result<void>(const Record& record, const RecordChain& content)>& visit) {
    Collected seen;
    RecordWalk walk(store);
    for (;;) {
        BOOST_OUTCOME_TRY(const Record* record, walk.record());
        if (!record) {
            return seen;
        }
        seen.content.add(record->key, record->text);
        seen.stamps.add(record->key, std::to_string(record->stamp));
        BOOST_OUTCOME_TRYV(visit(*record, seen.content));
        walk.advance();
    }
}

}  // namespace licet
