#include <licet/store/sqlite.hpp>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <mutex>
#include <utility>

#include <boost/outcome/try.hpp>

#include "store/group_commit.hpp"
#include "store/sqlite_readers.hpp"
#include "store/sqlite_schema.hpp"
#include "store/sqlite_writer.hpp"

namespace licet {
namespace {

/// What is left of SQLite's limit on a row when key, stamp and header have their part.
std::size_t value_size_max(const sqlite::Connection& connection) noexcept {
    constexpr int rest = 1024;
    return static_cast<std::size_t>(sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, -1) -
                                    rest);
}

}  // namespace

// The writer is closed last: it takes what is in the log into the file.
struct SqliteStore::State {
    State(std::unique_ptr<sqlite::Writer> opened, std::unique_ptr<sqlite::Reader> reader,
          std::chrono::milliseconds timeout)
        : writer(std::move(opened)),
          beside_writer(std::move(reader)),
          value_bytes(value_size_max(writer->connection())),
          readers(writer->connection().path(), timeout),
          commits([this](std::span<PendingBatch* const> group) { commit(group); }) {}

    void commit(std::span<PendingBatch* const> group) {
        is_wanted = true;  // before the lock, so that readers cannot keep it among themselves
        const std::scoped_lock lock(writing);
        is_wanted = false;
        writer->commit(group);
    }

    std::unique_ptr<sqlite::Writer> writer;
    /// On the writer's connection, whose cache knows what was written last; every other one
    /// begins with an empty cache after each commit. Used while nobody writes.
    std::unique_ptr<sqlite::Reader> beside_writer;
    std::mutex writing;
    std::atomic<bool> is_wanted = false;
    std::size_t value_bytes;
    sqlite::Readers readers;
    GroupCommit commits;
};

result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path,
                                                       SqliteOptions options) {
    BOOST_OUTCOME_TRY(auto connection, sqlite::Connection::open(path, true, options.timeout));
    BOOST_OUTCOME_TRY(sqlite::prepare_file(connection, options.timeout));
    BOOST_OUTCOME_TRY(auto writer, sqlite::Writer::create(std::move(connection), options.timeout));
    BOOST_OUTCOME_TRY(auto reader, sqlite::Reader::on(writer->connection()));
    return std::unique_ptr<SqliteStore>(new SqliteStore(
        std::make_unique<State>(std::move(writer), std::move(reader), options.timeout)));
}

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteStore::~SqliteStore() = default;

result<std::vector<std::optional<Value>>> SqliteStore::read(const std::vector<std::string>& keys) {
    if (!state_->is_wanted) {
        if (const std::unique_lock lock(state_->writing, std::try_to_lock); lock) {
            return state_->beside_writer->read(keys);
        }
    }
    BOOST_OUTCOME_TRY(const auto reader, state_->readers.borrow());
    return reader->read(keys);
}

result<ScanPage> SqliteStore::scan(std::string_view from, std::string_view to, std::size_t limit) {
    assert(limit > 0);
    BOOST_OUTCOME_TRY(const auto reader, state_->readers.borrow());
    return reader->scan(from, to, limit);
}

result<Stamp> SqliteStore::commit(const Batch& batch) {
    BOOST_OUTCOME_TRY(check_batch(batch));
    const auto too_long = [this](const Write& write) {
        return write.text && write.text->size() > state_->value_bytes;
    };
    const auto found = std::ranges::find_if(batch.writes, too_long);
    if (found != batch.writes.end()) {
        return Error{Errc::store_value, found->key + ", too long", {}};
    }
    return state_->commits.commit(batch);
}

Limits SqliteStore::limits() const noexcept {
    Limits limits;
    limits.value_bytes = state_->value_bytes;
    return limits;
}

}  // namespace licet
