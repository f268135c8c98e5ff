#include "store/sqlite_wal_buffer.hpp"

#include <cstring>
#include <utility>

#include <boost/outcome/try.hpp>

namespace licet::sqlite {
namespace {

constexpr std::size_t capacity = 0x1ffff;  // SQLite's files for Unix take no more in one call

}  // namespace

result<std::unique_ptr<WalBuffer>> WalBuffer::before_log_of(const Connection& connection) {
    // SQLite opens the log when it first reads.
    BOOST_OUTCOME_TRYV(connection.execute("SELECT last FROM licet_stamp"));
    sqlite3_file* log = nullptr;
    const int code =
        sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (code != SQLITE_OK || !log->pMethods) {
        return Error{Errc::store_failed, "no write-ahead log", {}};
    }
    return std::unique_ptr<WalBuffer>(new WalBuffer(connection.handle(), log));
}

WalBuffer::WalBuffer(sqlite3* database, sqlite3_file* log)
    : sqlite3_io_methods(*log->pMethods),
      database_(database),
      log_(log),
      real_(*log->pMethods),
      bytes_(std::make_unique_for_overwrite<std::byte[]>(capacity)) {
    iVersion = 1;  // all that a log needs; what later ones have more may not be in this struct
    xClose = close;
    xRead = read;
    xWrite = write;
    xTruncate = truncate;
    xSync = sync;
    xFileSize = size;
    log->pMethods = this;
    sqlite3_rollback_hook(database, forget, this);
}

// What was never synced is of no commit.
WalBuffer::~WalBuffer() {
    if (log_) {
        sqlite3_rollback_hook(database_, nullptr, nullptr);
        log_->pMethods = &real_;
    }
}

WalBuffer& WalBuffer::of(sqlite3_file* log) noexcept {
    return *static_cast<WalBuffer*>(const_cast<sqlite3_io_methods*>(log->pMethods));
}

// Whoever stands below finds the file as it knows it.
template <class Function, class... Arguments>
int WalBuffer::real(Function function, Arguments... arguments) {
    log_->pMethods = &real_;
    const int code = (real_.*function)(log_, arguments...);
    log_->pMethods = this;
    return code;
}

int WalBuffer::close(sqlite3_file* log) {
    of(log).log_ = nullptr;
    log->pMethods = &of(log).real_;
    return log->pMethods->xClose(log);
}

int WalBuffer::read(sqlite3_file* log, void* into, int size, sqlite3_int64 at) {
    WalBuffer& self = of(log);
    const auto count = static_cast<sqlite3_int64>(self.count_);
    if (self.begin_ <= at && at + size <= self.begin_ + count) {
        std::memcpy(into, self.bytes_.get() + (at - self.begin_), static_cast<std::size_t>(size));
        return SQLITE_OK;
    }
    if (const int code = self.empty(); code != SQLITE_OK) {
        return code;
    }
    return self.real(&sqlite3_io_methods::xRead, into, size, at);
}

int WalBuffer::write(sqlite3_file* log, const void* from, int size, sqlite3_int64 at) {
    WalBuffer& self = of(log);
    const auto wanted = static_cast<std::size_t>(size);
    if (at != self.begin_ + static_cast<sqlite3_int64>(self.count_) ||
        wanted > capacity - self.count_) {
        if (const int code = self.empty(); code != SQLITE_OK) {
            return code;
        }
        self.begin_ = at;
    }
    if (wanted > capacity) {
        return self.real(&sqlite3_io_methods::xWrite, from, size, at);
    }
    std::memcpy(self.bytes_.get() + self.count_, from, wanted);
    self.count_ += wanted;
    return SQLITE_OK;
}

int WalBuffer::truncate(sqlite3_file* log, sqlite3_int64 size) {
    WalBuffer& self = of(log);
    const int code = self.empty();
    return code == SQLITE_OK ? self.real(&sqlite3_io_methods::xTruncate, size) : code;
}

int WalBuffer::sync(sqlite3_file* log, int flags) {
    WalBuffer& self = of(log);
    const int code = self.empty();
    return code == SQLITE_OK ? self.real(&sqlite3_io_methods::xSync, flags) : code;
}

int WalBuffer::size(sqlite3_file* log, sqlite3_int64* size) {
    WalBuffer& self = of(log);
    const int code = self.empty();
    return code == SQLITE_OK ? self.real(&sqlite3_io_methods::xFileSize, size) : code;
}

// A transaction that is rolled back touches no file, but it gives up its place in the log: what
// stands there next may be somebody else's.
void WalBuffer::forget(void* self) noexcept { static_cast<WalBuffer*>(self)->count_ = 0; }

// Whatever comes of it, the bytes are gone: SQLite takes back a transaction whose write has failed,
// and none of it may reach the file later.
int WalBuffer::empty() {
    const std::size_t count = std::exchange(count_, 0);
    return count == 0
               ? SQLITE_OK
               : real(&sqlite3_io_methods::xWrite, bytes_.get(), static_cast<int>(count), begin_);
}

}  // namespace licet::sqlite
