#include "store/record_walk.hpp"

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

#include "sha256.hpp"

namespace licet {
namespace {

constexpr std::size_t page_bytes = std::size_t{1} << 20;
constexpr std::size_t page_size_max = 1000;

/// Of a page after this one. It grows slowly: what comes may be longer than what came.
std::size_t next_page_size(const std::vector<Record>& page, std::size_t wanted) {
    std::size_t bytes = 1;
    for (const Record& record : page) {
        bytes += record.key.size() + record.text.size();
    }
    return std::clamp<std::size_t>(page_bytes * page.size() / bytes, 1,
                                   std::min(2 * wanted, page_size_max));
}

}  // namespace

result<const Record*> RecordWalk::record() {
    while (at_ == page_.size() && next_) {
        BOOST_OUTCOME_TRY(ScanPage page, store_.scan(*next_, "", page_size_));
        page_size_ = next_page_size(page.records, page_size_);
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
