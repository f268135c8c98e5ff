#pragma once

/// \file
/// A disk that fails under SQLite.

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include <sqlite3.h>
#include <unistd.h>

/// While it lives, so many bytes of what SQLite writes come through, the last of them as part of a
/// write, and then this error. One at a time.
class FailingDisk {
public:
    FailingDisk(std::int64_t room, int error) {
        room_ = room;
        error_ = error;
        writes_ = 0;
        replace(reinterpret_cast<sqlite3_syscall_ptr>(write),
                reinterpret_cast<sqlite3_syscall_ptr>(pwrite));
    }
    ~FailingDisk() { replace(nullptr, nullptr); }

    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;

    /// How many times the system was asked to write.
    int writes() const { return writes_; }

private:
    static void replace(sqlite3_syscall_ptr write, sqlite3_syscall_ptr pwrite) {
        sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
        vfs->xSetSystemCall(vfs, "write", write);
        vfs->xSetSystemCall(vfs, "pwrite", pwrite);
        vfs->xSetSystemCall(vfs, "pwrite64", pwrite);
    }

    // How much of a write comes through; 0: none, which is an error.
    static std::size_t granted(std::size_t size) {
        ++writes_;
        const auto wanted = static_cast<std::int64_t>(size);
        const std::int64_t left = room_.fetch_sub(wanted);
        errno = error_;
        return static_cast<std::size_t>(std::clamp<std::int64_t>(left, 0, wanted));
    }

    static ssize_t write(int file, const void* data, std::size_t size) {
        const std::size_t some = granted(size);
        return some > 0 ? ::write(file, data, some) : -1;
    }

    static ssize_t pwrite(int file, const void* data, std::size_t size, off_t at) {
        const std::size_t some = granted(size);
        return some > 0 ? ::pwrite(file, data, some, at) : -1;
    }

    static inline std::atomic<std::int64_t> room_;
    static inline std::atomic<int> error_;
    static inline std::atomic<int> writes_;
};
