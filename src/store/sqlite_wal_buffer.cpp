#include "store/sqlite_wal_buffer.hpp"

#include <cstring>
#include <utility>

namespace licet::sqlite {
namespace {

constexpr std::size_t capacity = 0x1ffff;  // SQLite's files for Unix take no more in one call

}  // namespace

std::unique_ptr<WalBuffer> WalBuffer::before_log_of(const Connection& connection) {
    // SQLite opens the log when it first reads.
    if (!connection.execute("SELECT last FROM licet_stamp")) {
        return nullptr;
    }
    sqlite3_file* log = nullptr;
    sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (!log || !log->pMethods) {
        return nullptr;
    }
    std::unique_ptr<WalBuffer> buffer(new WalBuffer(*log->pMethods));
    log->pMethods = buffer.get();
    return buffer;
}

WalBuffer::WalBuffer(const sqlite3_io_methods& log)
    : sqlite3_io_methods(log),
      real_(log),
      bytes_(std::make_unique_for_overwrite<std::byte[]>(capacity)) {
    xClose = close;
    xRead = read;
    xWrite = write;
    xTruncate = truncate;
    xSync = sync;
    xFileSize = size;
}

WalBuffer& WalBuffer::of(sqlite3_file* log) noexcept {
    return *static_cast<WalBuffer*>(const_cast<sqlite3_io_methods*>(log->pMethods));
}

// What was never synced is of no commit.
int WalBuffer::close(sqlite3_file* log) {
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
    if (const int code = self.empty(log); code != SQLITE_OK) {
        return code;
    }
    return self.real_.xRead(log, into, size, at);
}

int WalBuffer::write(sqlite3_file* log, const void* from, int size, sqlite3_int64 at) {
    WalBuffer& self = of(log);
    const auto wanted = static_cast<std::size_t>(size);
    if (at != self.begin_ + static_cast<sqlite3_int64>(self.count_) ||
        wanted > capacity - self.count_) {
        if (const int code = self.empty(log); code != SQLITE_OK) {
            return code;
        }
        self.begin_ = at;
    }
    if (wanted > capacity) {
        return self.real_.xWrite(log, from, size, at);
    }
    std::memcpy(self.bytes_.get() + self.count_, from, wanted);
    self.count_ += wanted;
    return SQLITE_OK;
}

int WalBuffer::truncate(sqlite3_file* log, sqlite3_int64 size) {
    const int code = of(log).empty(log);
    return code == SQLITE_OK ? of(log).real_.xTruncate(log, size) : code;
}

int WalBuffer::sync(sqlite3_file* log, int flags) {
    const int code = of(log).empty(log);
    return code == SQLITE_OK ? of(log).real_.xSync(log, flags) : code;
}

int WalBuffer::size(sqlite3_file* log, sqlite3_int64* size) {
    const int code = of(log).empty(log);
    return code == SQLITE_OK ? of(log).real_.xFileSize(log, size) : code;
}

// Whatever comes of it, the bytes are gone: SQLite takes back a transaction whose write has failed,
// and none of it may reach the file later.
int WalBuffer::empty(sqlite3_file* log) {
    const std::size_t count = std::exchange(count_, 0);
    return count == 0 ? SQLITE_OK
                      : real_.xWrite(log, bytes_.get(), static_cast<int>(count), begin_);
}

}  // namespace licet::sqlite
