#include "engine/store_text.hpp"

#include <algorithm>
#include <utility>

#include <boost/outcome/try.hpp>

#include "engine/layout.hpp"
#include "formats/tables/archive.hpp"
#include "quoted.hpp"
#include "store/mirror.hpp"
#include "text.hpp"

namespace licet::store_text {
namespace {

using formats::StoreTextEnd;
using formats::StoreTextHead;
using formats::StoreTextLine;

constexpr std::size_t line_size_max = std::size_t{1} << 28U;
constexpr std::size_t findings_max = 100;
constexpr std::string_view mark = "store";

template <class T>
std::optional<T> read(const formats::Node& document, Findings& findings, const Path& at) {
    T value;
    Findings found;
    formats::Reader reader(found, formats::Origin::caller);
    formats::Codec<T>::read(document, value, reader, at);
    for (const Finding& finding : found.all()) {
        findings.add(finding);
    }
    return found.has_errors() ? std::nullopt : std::optional(std::move(value));
}

}  // namespace

std::string first_line() { return R"({"licet":"store",)" + layout_text().substr(1) + '\n'; }

std::string line(const Record& record, std::string_view hash) {
    return formats::encode(StoreTextLine{record.key, record.text, std::string(hash)}) + '\n';
}

std::string last_line(const RecordChain& all) {
    return formats::encode(StoreTextEnd{all.count(), all.hash()}) + '\n';
}

result<std::optional<std::string_view>> Lines::next() {
    ++number_;
    line_.clear();
    for (;;) {
        const std::size_t end = std::min(unread_.find('\n'), unread_.size());
        line_ += unread_.substr(0, end);
        if (line_.size() > line_size_max) {
            Findings findings;
            findings.error(Errc::text_length, Path() / "lines" / number_);
            return error_of(findings);
        }
        if (end < unread_.size()) {
            unread_.remove_prefix(end + 1);
            return std::optional<std::string_view>(line_);
        }
        BOOST_OUTCOME_TRY(const bool more, fill());
        if (!more) {
            return line_.empty() ? std::nullopt : std::optional<std::string_view>(line_);
        }
    }
}

result<bool> Lines::fill() {
    BOOST_OUTCOME_TRY(const std::size_t size, stream_.pull(buffer_));
    unread_ = std::string_view(buffer_.data(), size);
    return size > 0;
}

result<void> Reader::begin() {
    BOOST_OUTCOME_TRY(const auto text, lines_.next());
    formats::Parsed document;
    Findings unused;
    std::optional<StoreTextHead> head;
    if (text && document.parse(text::without_byte_order_mark(*text), unused)) {
        head = read<StoreTextHead>(document.root(), unused, Path());
    }
    if (!head || head->licet != mark) {
        Findings findings;
        findings.error(Errc::store_text_head, Path() / "lines" / lines_.number());
        return error_of(findings);
    }
    return check_layout(R"({"format":)" + std::to_string(head->format) + '}');
}

result<std::optional<Record>> Reader::next() {
    Record record;
    auto kind = Kind::damaged;
    while (kind != Kind::last && findings_.all().size() < findings_max) {
        BOOST_OUTCOME_TRY(const auto text, lines_.next());
        if (!text) {
            damaged(Errc::store_text_cut, {});
            break;
        }
        kind = judge(*text, record);
        if (kind == Kind::record && findings_.empty()) {
            chain_.add(record.key, record.text);
            return std::optional(std::move(record));
        }
    }
    if (kind == Kind::last) {
        BOOST_OUTCOME_TRY(const auto text, lines_.next());
        if (text) {
            damaged(Errc::store_text_line, "after the last line");
        }
    }
    if (findings_.has_errors()) {
        return error_of(findings_);
    }
    return std::optional<Record>();
}

Reader::Kind Reader::judge(std::string_view text, Record& record) {
    formats::Parsed document;
    if (!document.parse(text, findings_, Path() / "lines" / lines_.number())) {
        last_hash_.reset();
        return Kind::damaged;
    }
    const bool is_last = document.root().find("count") != nullptr;
    return is_last ? judge_last(document.root()) : judge_record(document.root(), record);
}

Reader::Kind Reader::judge_record(const formats::Node& document, Record& record) {
    auto given = read<StoreTextLine>(document, findings_, Path() / "lines" / lines_.number());
    if (!given) {
        last_hash_.reset();
        return Kind::damaged;
    }
    record = {std::move(given->key), std::move(given->value), 0};
    const std::optional<std::string> before = std::exchange(last_hash_, given->hash);
    if (before && given->hash != chained_hash(*before, record.key, record.text)) {
        return damaged(Errc::store_text_line, "its hash is another");
    }
    if (!is_in_order(record)) {
        return damaged(Errc::store_text_line, quoted(record.key) + " has no place here");
    }
    Batch batch;
    batch.writes.push_back({record.key, std::move(record.text)});
    const auto good = check_batch(batch);
    record.text = *std::move(batch.writes[0].text);
    return good ? Kind::record
                : damaged(static_cast<Errc>(good.error().code.value()), good.error().detail);
}

Reader::Kind Reader::judge_last(const formats::Node& document) {
    const auto given = read<StoreTextEnd>(document, findings_, Path() / "lines" / lines_.number());
    if (given && findings_.empty() &&
        (given->count != chain_.count() || given->hash != chain_.hash())) {
        damaged(Errc::store_text_line, "it is the end of another text");
    }
    return Kind::last;
}

bool Reader::is_in_order(const Record& record) {
    const bool is_next = record.key > last_key_ && record.key != unfinished_key;
    last_key_ = record.key;
    return is_next;
}

Reader::Kind Reader::damaged(Errc rule, std::string_view detail) {
    findings_.error(rule, Path() / "lines" / lines_.number(), detail);
    return Kind::damaged;
}

}  // namespace licet::store_text
