#include "store/sqlite_readers.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet::sqlite {
namespace {

constexpr std::size_t readers_max = 8;

constexpr std::string_view after_all_keys = "\x7f";

}  // namespace

result<std::unique_ptr<Reader>> Reader::open(const std::string& path,
                                             std::chrono::milliseconds timeout) {
    BOOST_OUTCOME_TRY(auto connection, Connection::open(path, false, timeout));
    BOOST_OUTCOME_TRY(auto reader, on(connection));
    reader->own_connection_ = std::move(connection);
    return reader;
}

result<std::unique_ptr<Reader>> Reader::on(const Connection& connection) {
    const auto prepare = [&](std::string_view sql) { return Statement::prepare(connection, sql); };
    BOOST_OUTCOME_TRY(auto view, prepare("SELECT last FROM licet_stamp"));
    BOOST_OUTCOME_TRY(auto get, prepare("SELECT stamp, value FROM licet WHERE key = ?1"));
    BOOST_OUTCOME_TRY(auto range, prepare("SELECT key, stamp, value FROM licet "
                                          "WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3"));
    return std::unique_ptr<Reader>(new Reader({std::move(view), std::move(get), std::move(range)}));
}

Reader::Reader(Statements statements) noexcept : statements_(std::move(statements)) {}

result<std::vector<std::optional<Value>>> Reader::read(const std::vector<std::string>& keys) {
    // A statement that is not finished holds one view of the file for all that run beside it.
    Run view(statements_.view);
    BOOST_OUTCOME_TRY(view.next());
    std::vector<std::optional<Value>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) {
        Run look(statements_.get, key);
        BOOST_OUTCOME_TRY(const bool found, look.next());
        values.emplace_back();
        if (found) {
            values.back() = Value{std::string(look.text(1)), static_cast<Stamp>(look.number(0))};
        }
    }
    return values;
}

result<ScanPage> Reader::scan(std::string_view from, std::string_view to, std::size_t limit) {
    constexpr std::size_t limit_max = std::numeric_limits<std::int64_t>::max() - 1;
    const std::size_t rows = std::min(limit, limit_max) + 1;  // the last one says where to go on
    Run range(statements_.range, from, to.empty() ? after_all_keys : to, rows);
    ScanPage page;
    for (;;) {
        BOOST_OUTCOME_TRY(const bool found, range.next());
        if (!found) {
            return page;
        }
        std::string key(range.text(0));
        if (page.records.size() == limit) {
            page.next = std::move(key);
            return page;
        }
        page.records.push_back(
            {std::move(key), std::string(range.text(2)), static_cast<Stamp>(range.number(1))});
    }
}

Readers::Readers(std::string path, std::chrono::milliseconds timeout)
    : path_(std::move(path)), timeout_(timeout) {
    idle_.reserve(readers_max);
}

result<Readers::Loan> Readers::borrow() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return lent_ < readers_max; });
    if (idle_.empty()) {
        BOOST_OUTCOME_TRY(auto reader, Reader::open(path_, timeout_));
        idle_.push_back(std::move(reader));
    }
    Loan loan(idle_.back().release(), GiveBack{this});
    idle_.pop_back();
    ++lent_;
    return loan;
}

void Readers::give_back(Reader* reader) noexcept {
    const std::lock_guard lock(mutex_);
    idle_.emplace_back(reader);
    --lent_;
    returned_.notify_one();
}

}  // namespace licet::sqlite
